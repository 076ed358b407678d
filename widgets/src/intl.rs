//! Points in time for readers, by the browser's own `Intl`: no date library in the bundle. An age is words
//! of the texts' own ([`crate::texts::age`]).

use std::cell::RefCell;

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use ops_model::Timestamp;
use wasm_bindgen::{JsCast, JsValue};

/// What is said of a point in time, as options of an `Intl.DateTimeFormat`.
type Said = &'static [(&'static str, &'static str)];

const SECOND: Said = &[
    ("year", "numeric"),
    ("month", "short"),
    ("day", "numeric"),
    ("hour", "2-digit"),
    ("minute", "2-digit"),
    ("second", "2-digit"),
    ("timeZoneName", "short"),
];
const DAY: Said = &[("weekday", "long"), ("year", "numeric"), ("month", "long"), ("day", "numeric")];

thread_local! {
    /// A page has one language or two. Making a format takes the browser many times as long as using it.
    static FORMATS: RefCell<Vec<(&'static str, Said, Function)>> = const { RefCell::new(Vec::new()) };
}

/// The call that writes a date.
fn format(lang: &'static str, said: Said) -> Function {
    FORMATS.with_borrow_mut(|all| {
        if let Some((.., format)) = all.iter().find(|(of, what, _)| *of == lang && *what == said) {
            return format.clone();
        }
        let format = Intl::DateTimeFormat::new(&Array::of1(&lang.into()), &object(said)).format();
        all.push((lang, said, format.clone()));
        format
    })
}

fn written(at: Timestamp, lang: &'static str, said: Said) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit an f64")]
    let date = JsValue::from_f64(at.as_ms() as f64);
    // Every time that a timestamp holds is one that the browser can write.
    let text = format(lang, said).call1(&JsValue::UNDEFINED, &date);
    text.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// The point in time in the reader's language and zone, with the zone's name.
#[must_use]
pub fn absolute(at: Timestamp, lang: &'static str) -> String {
    written(at, lang, SECOND)
}

/// The day in the reader's language and zone.
#[must_use]
pub fn day(at: Timestamp, lang: &'static str) -> String {
    written(at, lang, DAY)
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
