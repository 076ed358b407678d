//! Attributes, properties and listeners of an element.

use wasm_bindgen::JsCast;

use super::{
    Element,
    ev::Kind as EventKind,
    node::{IntoSetting, Kind, Listener, Setting, Value},
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
    pub fn attr<M>(self, name: &'static str, value: impl IntoSetting<M>) -> Self {
        value.set_on(self, Kind::Attribute, name)
    }

    /// Sets a property of the DOM's object, which an attribute does not reach: a field's `value`.
    #[must_use]
    pub fn prop<M>(self, name: &'static str, value: impl IntoSetting<M>) -> Self {
        value.set_on(self, Kind::Property, name)
    }

    /// Chooses an option.
    #[must_use]
    pub fn selected(self, is_selected: bool) -> Self {
        let value = Setting::Fixed(Value::Flag(is_selected));
        self.attr("selected", is_selected).set(Kind::Property, "selected", value)
    }

    /// Calls `act` at an event.
    #[must_use]
    pub fn on<T: JsCast>(self, event: EventKind<T>, act: impl Fn(T) + Send + Sync + 'static) -> Self {
        self.listen(event.name(), Box::new(move |event| act(event.unchecked_into())))
    }

    #[inline(never)]
    fn listen(mut self, name: &'static str, listener: Listener) -> Self {
        self.0.listeners.push((name, listener));
        self
    }

    /// Gives the element to `act` once, when it is made; what `act` gives is dropped with the element.
    #[must_use]
    pub fn made<T: 'static>(mut self, act: impl FnOnce(&web_sys::Element) -> T + Send + 'static) -> Self {
        self.0.made = Some(Box::new(move |element| Box::new(act(element))));
        self
    }
}
