//! Times for readers, by the browser's own `Intl`: no date library in the bundle.

use js_sys::{Array, Date, Intl, Object, Reflect};
use ops_model::Timestamp;
use wasm_bindgen::JsValue;

/// The distance from now in the reader's language: `5 minutes ago`, `vor 2 Tagen`.
#[must_use]
pub fn relative(at: Timestamp, now: Timestamp, lang: &str) -> String {
    let seconds = now.since(at) / 1000;
    let (amount, unit) = match seconds.abs() {
        0..60 => (seconds, "second"),
        60..3_600 => (seconds / 60, "minute"),
        3_600..86_400 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    let options = object(&[("numeric", "auto")]);
    let format = Intl::RelativeTimeFormat::new(&Array::of1(&lang.into()), &options);
    #[expect(clippy::cast_precision_loss, reason = "a count of days fits an f64")]
    String::from(format.format(-(amount as f64), unit))
}

/// The point in time in the reader's language and zone, with the zone's name.
#[must_use]
pub fn absolute(at: Timestamp, lang: &str) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit an f64")]
    let date = Date::new(&JsValue::from_f64(at.as_ms() as f64));
    let options = object(&[
        ("year", "numeric"),
        ("month", "short"),
        ("day", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("second", "2-digit"),
        ("timeZoneName", "short"),
    ]);
    String::from(date.to_locale_string(lang, &options))
}

/// The day in the reader's language and zone.
#[must_use]
pub fn day(at: Timestamp, lang: &str) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit an f64")]
    let date = Date::new(&JsValue::from_f64(at.as_ms() as f64));
    let options = object(&[("weekday", "long"), ("year", "numeric"), ("month", "long"), ("day", "numeric")]);
    String::from(date.to_locale_date_string(lang, &options))
}

fn object(entries: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (key, value) in entries {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &(*key).into(), &(*value).into());
    }
    object
}
