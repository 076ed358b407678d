//! Times for readers, by the browser's own `Intl`: no date library in the bundle.

use js_sys::{Array, Date, Intl, Object, Reflect};
use ops_model::Timestamp;
use wasm_bindgen::{JsCast, JsValue};

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

/// Whether a text has a pattern of a JSON Schema (ECMA-262); a pattern that is none lets all through.
#[must_use]
pub fn matches(pattern: &str, text: &str) -> bool {
    // The constructor throws where the pattern is none: through Reflect that is an error, no trap.
    let constructor = Reflect::get(&js_sys::global(), &"RegExp".into()).ok();
    let made = constructor.and_then(|constructor| {
        Reflect::construct(constructor.unchecked_ref::<js_sys::Function>(), &Array::of2(&pattern.into(), &"u".into()))
            .ok()
    });
    made.is_none_or(|made| made.unchecked_into::<js_sys::RegExp>().test(text))
}

/// A local date and time as a form gives it, in UTC; `None` where it is none.
#[must_use]
pub fn utc(local: &str) -> Option<String> {
    let date = Date::new(&JsValue::from_str(local));
    (!date.get_time().is_nan()).then(|| String::from(date.to_iso_string()))
}

/// A key that no other page and no other moment gives.
#[must_use]
pub fn fresh_key() -> String {
    [&js_sys::Math::random().to_bits().to_string(), "-", &Date::now().to_bits().to_string()].concat()
}

fn object(entries: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (key, value) in entries {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &(*key).into(), &(*value).into());
    }
    object
}
