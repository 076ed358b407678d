//! Times against those of the `time` crate, which reads and writes RFC 3339 as a whole.
#![allow(missing_docs, clippy::unwrap_used)]

use ops_model::Timestamp;
use proptest::prelude::*;
use time::{OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339};

fn theirs(text: &str) -> Option<i64> {
    let at = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    Some(Timestamp::from_ms((at.unix_timestamp_nanos().div_euclid(1_000_000)).try_into().ok()?).as_ms())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn a_time_of_any_zone_is_the_same_moment(ns in -62_100_000_000_000_000_000_i128..253_300_000_000_000_000_000, minutes in -1439_i32..1440) {
        let zone = UtcOffset::from_whole_seconds(minutes * 60).unwrap();
        let Some(at) = OffsetDateTime::from_unix_timestamp_nanos(ns).unwrap().checked_to_offset(zone) else { return Ok(()) };
        let Ok(text) = at.format(&Rfc3339) else { return Ok(()) };
        prop_assert_eq!(Some(Timestamp::parse(&text).unwrap().as_ms()), theirs(&text), "{}", text);
    }

    #[test]
    fn a_time_is_written_as_they_write_it(ms in -62_167_219_200_000_i64..=253_402_300_799_999) {
        let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(ms) * 1_000_000).unwrap();
        prop_assert_eq!(Timestamp::from_ms(ms).to_string(), at.format(&Rfc3339).unwrap());
    }

    #[test]
    fn what_they_refuse_is_refused(
        text in "[0-2][0-9]{3}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9]:[0-5][0-9](\\.[0-9]{0,4})?([Zz]|[+-][0-2][0-9]:[0-6][0-9]|)",
        cut in 0_usize..40,
    ) {
        let cut = &text[..cut.min(text.len())];
        prop_assert_eq!(Timestamp::parse(&text).ok().map(Timestamp::as_ms), theirs(&text), "{}", text);
        prop_assert_eq!(Timestamp::parse(cut).ok().map(Timestamp::as_ms), theirs(cut), "{}", cut);
    }
}

#[test]
fn a_leap_second_is_the_end_of_its_minute() {
    let leap = Timestamp::parse("2016-12-31T23:59:60.5Z").unwrap();
    assert_eq!(leap, Timestamp::parse("2016-12-31T23:59:59.999Z").unwrap());
}
