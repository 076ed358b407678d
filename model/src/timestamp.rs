//! A point in time, UTC, to the millisecond.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::{Date, Month};

use crate::whole::whole;

/// The first and the last millisecond that RFC 3339 can write: its years have four digits.
const FIRST_MS: i64 = -62_167_219_200_000;
const LAST_MS: i64 = 253_402_300_799_999;
/// A day in ms.
const DAY_MS: i64 = 86_400_000;
/// The Julian day of 1970-01-01.
const EPOCH_DAY: i64 = 2_440_588;

/// Milliseconds since 1970-01-01T00:00:00Z. On the wire an RFC 3339 text: `2026-06-06T08:00:00Z`.
///
/// ```
/// use ops_model::Timestamp;
/// let at = Timestamp::parse("2026-06-06T08:00:00Z")?;
/// assert_eq!(at.plus_ms(1500).to_string(), "2026-06-06T08:00:01.5Z");
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From milliseconds since the epoch, clamped to what RFC 3339 can write (years 0 to 9999).
    #[must_use]
    pub fn from_ms(ms: i64) -> Self {
        Self(ms.clamp(FIRST_MS, LAST_MS))
    }

    /// Milliseconds since the epoch.
    #[must_use]
    pub const fn as_ms(self) -> i64 {
        self.0
    }

    /// This point moved by `ms`, which may be negative.
    #[must_use]
    pub fn plus_ms(self, ms: i64) -> Self {
        Self::from_ms(self.0.saturating_add(ms))
    }

    /// How long ago `earlier` was, in ms; negative where it lies ahead.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Reads RFC 3339 with any offset; finer than milliseconds is cut off, and a leap second is the last
    /// moment before the next minute.
    ///
    /// # Errors
    /// A sentence that names the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        read(text).ok_or_else(|| ["'", text, "' is not an RFC 3339 time such as 2026-06-06T08:00:00Z"].concat())
    }
}

/// By hand but for the calendar: the parsers and formatters of `time` would cost ten times as much of the
/// browser's bundle as its calendar does.
fn read(text: &str) -> Option<Timestamp> {
    let number = |from: usize, to: usize| -> Option<i32> {
        let digits = text.get(from..to).filter(|digits| digits.bytes().all(|one| one.is_ascii_digit()))?;
        whole(digits)
    };
    let sign = |at: usize| text.as_bytes().get(at).copied();
    let within = |value: i32, most: i32| (value <= most).then_some(i64::from(value));
    if (sign(4)?, sign(7)?, sign(13)?, sign(16)?) != (b'-', b'-', b':', b':')
        || !matches!(sign(10)?, b'T' | b't' | b' ')
    {
        return None;
    }
    let month = Month::try_from(u8::try_from(number(5, 7)?).ok()?).ok()?;
    let date = Date::from_calendar_date(number(0, 4)?, month, u8::try_from(number(8, 10)?).ok()?).ok()?;
    let (hour, minute) = (within(number(11, 13)?, 23)?, within(number(14, 16)?, 59)?);
    let mut second_ms = within(number(17, 19)?, 60)? * 1000;
    let mut zone = 19;
    if sign(zone)? == b'.' {
        let digits = text.get(20..)?.bytes().take_while(u8::is_ascii_digit).count();
        zone += 1 + digits;
        // Of one or two digits the rest is noughts.
        let kept = digits.min(3);
        second_ms +=
            i64::from(number(20, 20 + kept)?) * [0, 100, 10, 1].get(kept).copied().filter(|scale| *scale > 0)?;
    }
    let (end, offset_minutes) = match sign(zone)? {
        b'Z' | b'z' => (zone + 1, 0),
        side @ (b'+' | b'-') if sign(zone + 3)? == b':' => {
            let minutes = within(number(zone + 1, zone + 3)?, 23)? * 60 + within(number(zone + 4, zone + 6)?, 59)?;
            (zone + 6, if side == b'-' { -minutes } else { minutes })
        }
        _ => return None,
    };
    let second_ms = second_ms.min(59_999);
    let minutes = (i64::from(date.to_julian_day()) - EPOCH_DAY) * 1440 + hour * 60 + minute - offset_minutes;
    (end == text.len()).then(|| Timestamp::from_ms(minutes * 60_000 + second_ms))
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, ms) = (self.0.div_euclid(DAY_MS), self.0.rem_euclid(DAY_MS));
        let date = i32::try_from(day + EPOCH_DAY).ok().and_then(|day| Date::from_julian_day(day).ok());
        let Some((year, month, day)) = date.map(Date::to_calendar_date) else { return f.write_str("-") };
        let mut text = String::new();
        let second = ms / 1000;
        let parts = [
            (i64::from(year), 4, "-"),
            (i64::from(u8::from(month)), 2, "-"),
            (i64::from(day), 2, "T"),
            (second / 3600, 2, ":"),
            (second / 60 % 60, 2, ":"),
            (second % 60, 2, "."),
            (ms % 1000, 3, ""),
        ];
        for (number, width, then) in parts {
            let digits = number.to_string();
            (digits.len()..width).for_each(|_| text.push('0'));
            text.push_str(&digits);
            text.push_str(then);
        }
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))?;
        f.write_str("Z")
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}
