//! Attributes, properties and listeners of an element.

use wasm_bindgen::JsCast;

use super::{
    Element,
    ev::Kind as EventKind,
    node::{IntoSetting, IntoValue, Kind, Setting, Value},
};

macro_rules! named {
    ($($method:ident $name:literal)+) => {
        impl Element {
            $(
                #[doc = concat!("Sets the attribute `", $name, "`.")]
                #[must_use]
                pub fn $method<M>(self, value: impl IntoSetting<M>) -> Self {
                    self.attr($name, value)
                }
            )+
        }
    };
}

named! {
    class "class" id "id" title "title" href "href" rel "rel" target "target" scope "scope" colspan "colspan"
    r#type "type" r#for "for" value "value" max "max" placeholder "placeholder"
}

impl Element {
    /// Sets an attribute; `None` takes it away, `true` sets it to nothing.
    #[must_use]
    pub fn attr<M>(mut self, name: &'static str, value: impl IntoSetting<M>) -> Self {
        self.settings.push((Kind::Attribute, name, value.into_setting().0));
        self
    }

    /// Sets a property of the DOM's object, which an attribute does not reach: a field's `value`.
    #[must_use]
    pub fn prop<M>(mut self, name: &'static str, value: impl IntoSetting<M>) -> Self {
        self.settings.push((Kind::Property, name, value.into_setting().0));
        self
    }

    /// Chooses an option.
    #[must_use]
    pub fn selected(mut self, is_selected: bool) -> Self {
        let value = Setting::Fixed(is_selected.then_some("").into_value());
        self.settings.push((Kind::Attribute, "selected", value));
        self.settings.push((Kind::Property, "selected", Setting::Fixed(Value::Flag(is_selected))));
        self
    }

    /// Calls `act` at an event.
    #[must_use]
    pub fn on<T: JsCast>(mut self, event: EventKind<T>, act: impl Fn(T) + Send + Sync + 'static) -> Self {
        self.listeners.push((event.name(), Box::new(move |event| act(event.unchecked_into()))));
        self
    }

    /// Gives the element to `act` once, when it is made; what `act` gives is dropped with the element.
    #[must_use]
    pub fn made<T: 'static>(mut self, act: impl FnOnce(&web_sys::Element) -> T + Send + 'static) -> Self {
        self.made = Some(Box::new(move |element| Box::new(act(element))));
        self
    }
}
