//! How long to wait before a hub is asked again.

use jiff::fmt::rfc2822::DateTimeParser;

use crate::timestamp::Timestamp;

/// The first pause after a failed request, in ms; doubles up to [`MOST_MS`].
const FIRST_MS: i64 = 2_000;
const MOST_MS: i64 = 60_000;
/// The longest wait that a hub may ask for, in ms (an hour).
const ASKED_MOST_MS: i64 = 3_600_000;

/// The pause after so many `failures` in a row. Half of it is drawn by lot (`chance`, 0 to 1), so that
/// many pages do not come back at once. What the hub `asked` for is a lower bound.
pub fn after(failures: u32, chance: f64, asked: Option<i64>) -> i64 {
    let doubled = FIRST_MS.saturating_mul(1 << failures.min(5)).min(MOST_MS);
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "at most 30,000")]
    let jitter = (chance * doubled as f64 / 2.0) as i64;
    let own = doubled / 2 + jitter;
    asked.map_or(own, |asked| asked.min(ASKED_MOST_MS).saturating_add(jitter).max(own))
}

/// The wait of a `Retry-After` header, in ms: seconds, or the time from `now` to an HTTP date. `None` where
/// it is neither.
pub fn asked(header: &str, now: Timestamp) -> Option<i64> {
    let header = header.trim();
    if let Ok(seconds) = header.parse::<u32>() {
        return Some(i64::from(seconds) * 1000);
    }
    let until = DateTimeParser::new().parse_timestamp(header).ok()?;
    Some(until.as_millisecond().saturating_sub(now.as_ms()).max(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_doubles_to_a_minute_and_half_of_it_is_by_lot() {
        let whole: Vec<i64> = (0..8).map(|failures| after(failures, 1.0, None)).collect();
        assert_eq!(whole, [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
        assert_eq!(after(3, 0.0, None), 8_000);
    }

    #[test]
    fn what_the_hub_asks_for_is_kept_but_not_for_more_than_an_hour() {
        assert_eq!(after(0, 0.0, Some(30_000)), 30_000);
        assert_eq!(after(5, 0.0, Some(1_000)), 30_000);
        assert_eq!(after(0, 0.0, Some(i64::MAX)), 3_600_000);
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = Timestamp::parse("2026-10-21T07:27:57Z").unwrap_or_default();
        assert_eq!(asked(" 120", now), Some(120_000));
        assert_eq!(asked("Wed, 21 Oct 2026 07:28:00 GMT", now), Some(3_000));
        assert_eq!(asked("Wed, 21 Oct 2026 07:27:00 GMT", now), Some(0), "a time that is over");
        assert_eq!(asked("soon", now), None);
    }
}
