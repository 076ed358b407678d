//! Events by name and type.

use std::marker::PhantomData;

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::{Event, FocusEvent, KeyboardEvent, MouseEvent, SubmitEvent};

/// The name of an event whose object is a `T`.
#[derive(Clone, Copy, Debug)]
pub struct Kind<T>(&'static str, PhantomData<fn(T)>);

impl<T> Kind<T> {
    /// An event by its name in the DOM.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self(name, PhantomData)
    }

    /// The name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.0
    }
}

macro_rules! events {
    ($($name:ident: $kind:ty)+) => {
        $(
            #[doc = concat!("`", stringify!($name), "`")]
            #[expect(non_upper_case_globals, reason = "named as in the DOM")]
            pub const $name: Kind<$kind> = Kind::new(stringify!($name));
        )+
    };
}

events! {
    change: Event
    click: MouseEvent
    focusin: Event
    focusout: FocusEvent
    input: Event
    keydown: KeyboardEvent
    scroll: Event
    submit: SubmitEvent
    toggle: Event
}

/// What the control at which an event happened holds now; empty where it holds no text.
#[must_use]
pub fn event_target_value(event: &Event) -> String {
    let value = event.target().and_then(|target| Reflect::get(&target, &JsValue::from_str("value")).ok());
    value.and_then(|value| value.as_string()).unwrap_or_default()
}
