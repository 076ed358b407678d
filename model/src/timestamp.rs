//! A point in time, UTC, to the millisecond.

use core::fmt;

use jiff::{SignedDuration, civil::DateTime, fmt::temporal::Pieces};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The first and the last millisecond that RFC 3339 can write: its years have four digits.
const FIRST_MS: i64 = -62_167_219_200_000;
const LAST_MS: i64 = 253_402_300_799_999;
/// 1970-01-01T00:00:00.
const EPOCH: DateTime = jiff::civil::datetime(1970, 1, 1, 0, 0, 0, 0);

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

    /// Reads RFC 3339 with any offset, and its near relatives of ISO 8601 and RFC 9557. Finer than
    /// milliseconds is cut off, and a leap second is the second before it.
    ///
    /// # Errors
    /// A sentence that names the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        read(text).ok_or_else(|| format!("'{text}' is not an RFC 3339 time such as 2026-06-06T08:00:00Z"))
    }
}

fn read(text: &str) -> Option<Timestamp> {
    // Parts rather than a `jiff::Timestamp`, which ends before the last day of the year 9999.
    let parts = Pieces::parse(text).ok()?;
    let local = parts.date().to_datetime(parts.time()?);
    let offset = parts.to_numeric_offset()?;
    let since = local.duration_since(EPOCH) - SignedDuration::from_secs(offset.seconds().into());
    Some(Timestamp::from_ms(i64::try_from(since.as_nanos().div_euclid(1_000_000)).ok()?))
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = EPOCH.saturating_add(SignedDuration::from_millis(self.0));
        write!(f, "{at}Z")
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
