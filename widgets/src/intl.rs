//! Times for readers, by the browser's own `Intl`: no date library in the bundle.

use std::cell::RefCell;

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use ops_model::Timestamp;
use wasm_bindgen::{JsCast, JsValue};

/// What formats in one language. Making it takes the browser many times as long as using it.
#[derive(Clone)]
struct Formats {
    relative: Intl::RelativeTimeFormat,
    absolute: Function,
    day: Function,
}

thread_local! {
    /// A page has one language or two.
    static FORMATS: RefCell<Vec<(String, Formats)>> = const { RefCell::new(Vec::new()) };
}

fn formats(lang: &str) -> Formats {
    FORMATS.with_borrow_mut(|all| {
        if let Some((_, formats)) = all.iter().find(|(of, _)| of == lang) {
            return formats.clone();
        }
        let tags = Array::of1(&lang.into());
        let dates = |entries| Intl::DateTimeFormat::new(&tags, &object(entries)).format();
        let formats = Formats {
            relative: Intl::RelativeTimeFormat::new(&tags, &object(&[("numeric", "auto")])),
            absolute: dates(&[
                ("year", "numeric"),
                ("month", "short"),
                ("day", "numeric"),
                ("hour", "2-digit"),
                ("minute", "2-digit"),
                ("second", "2-digit"),
                ("timeZoneName", "short"),
            ]),
            day: dates(&[("weekday", "long"), ("year", "numeric"), ("month", "long"), ("day", "numeric")]),
        };
        all.push((lang.to_owned(), formats.clone()));
        formats
    })
}

fn written(format: &Function, at: Timestamp) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit an f64")]
    let date = JsValue::from_f64(at.as_ms() as f64);
    // Every time that a timestamp holds is one that the browser can write.
    format.call1(&JsValue::UNDEFINED, &date).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

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
    #[expect(clippy::cast_precision_loss, reason = "a count of days fits an f64")]
    String::from(formats(lang).relative.format(-(amount as f64), unit))
}

/// The point in time in the reader's language and zone, with the zone's name.
#[must_use]
pub fn absolute(at: Timestamp, lang: &str) -> String {
    written(&formats(lang).absolute, at)
}

/// The day in the reader's language and zone.
#[must_use]
pub fn day(at: Timestamp, lang: &str) -> String {
    written(&formats(lang).day, at)
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
