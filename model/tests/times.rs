//! Times are read and written as RFC 3339 says.
#![allow(missing_docs, clippy::unwrap_used)]

use ops_model::Timestamp;
use proptest::prelude::*;

/// The first and the last millisecond of the years 0 to 9999.
const FIRST_MS: i64 = -62_167_219_200_000;
const LAST_MS: i64 = 253_402_300_799_999;

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn a_time_of_any_zone_is_the_same_moment(ms in FIRST_MS..=LAST_MS, minutes in -1439_i64..1440, finer in 0_u32..1_000_000) {
        let local = Timestamp::from_ms(ms).plus_ms(minutes * 60_000);
        prop_assume!(local.since(Timestamp::from_ms(ms)) == minutes * 60_000);
        let text = local.to_string().replace('Z', "");
        let (sign, minutes) = (if minutes < 0 { '-' } else { '+' }, minutes.abs());
        let text = format!("{text}{sign}{:02}:{:02}", minutes / 60, minutes % 60);
        prop_assert_eq!(Timestamp::parse(&text).unwrap().as_ms(), ms, "{}", text);
        // What is finer than milliseconds is cut off, before 1970 as after it.
        let whole = Timestamp::from_ms(ms).to_string();
        let whole = whole.trim_end_matches('Z');
        let (second, thousandths) = whole.split_once('.').unwrap_or((whole, ""));
        let finer = format!("{second}.{thousandths:0<3}{finer:06}Z");
        prop_assert_eq!(Timestamp::parse(&finer).unwrap().as_ms(), ms, "{}", finer);
    }

    #[test]
    fn what_is_written_is_read_as_the_same(ms in FIRST_MS..=LAST_MS) {
        let text = Timestamp::from_ms(ms).to_string();
        prop_assert_eq!(Timestamp::parse(&text).unwrap().as_ms(), ms, "{}", text);
        prop_assert!(text.ends_with('Z') && !(text.contains('.') && text.ends_with("0Z")), "{}", text);
    }

    #[test]
    fn a_time_without_a_zone_or_a_day_without_a_time_is_none(
        text in "[0-2][0-9]{3}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9]:[0-5][0-9](\\.[0-9]{0,4})?",
        cut in 0_usize..40,
    ) {
        prop_assert!(Timestamp::parse(&text).is_err(), "{}", text);
        let whole = format!("{text}Z");
        let cut = &whole[..cut.min(text.len())];
        prop_assert!(Timestamp::parse(cut).is_err(), "{}", cut);
    }

    #[test]
    fn any_text_is_a_time_or_none(text in any::<String>()) {
        let _ = Timestamp::parse(&text);
    }
}

#[test]
fn times_are_written_without_needless_digits() {
    for (ms, text) in [
        (0, "1970-01-01T00:00:00Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (1_780_732_800_500, "2026-06-06T08:00:00.5Z"),
        (FIRST_MS, "0000-01-01T00:00:00Z"),
        (LAST_MS, "9999-12-31T23:59:59.999Z"),
        (i64::MIN, "0000-01-01T00:00:00Z"),
        (i64::MAX, "9999-12-31T23:59:59.999Z"),
    ] {
        assert_eq!(Timestamp::from_ms(ms).to_string(), text);
    }
}

#[test]
fn what_is_no_time_is_refused() {
    for text in [
        "",
        "NaN",
        "soon",
        "2026-06-06",
        "2026-06-06T08:00:00",
        "2026-02-29T08:00:00Z",
        "2026-13-01T08:00:00Z",
        "2026-06-06T24:00:00Z",
        "2026-06-06T08:60:00Z",
        "2026-06-06T08:00:61Z",
        "2026-06-06T08:00:00.Z",
        "2026-06-06T08:00:00+24:60",
        "2026-06-06T08:00:00Zulu",
        " 2026-06-06T08:00:00Z",
        "10000-01-01T00:00:00Z",
    ] {
        let error = Timestamp::parse(text).unwrap_err();
        assert!(error.contains(&format!("'{text}'")), "{error}");
    }
    let local = Timestamp::parse("2026-06-06t10:30:00.25+02:30").unwrap();
    assert_eq!(local.to_string(), "2026-06-06T08:00:00.25Z");
}

#[test]
fn a_leap_second_is_the_end_of_its_minute() {
    let leap = Timestamp::parse("2016-12-31T23:59:60.5Z").unwrap();
    assert_eq!(leap, Timestamp::parse("2016-12-31T23:59:59.5Z").unwrap());
}
