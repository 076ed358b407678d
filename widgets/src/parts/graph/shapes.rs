//! The few shapes that every picture is drawn with.
//!
//! Each further type of element, attribute or child costs its own code in the browser's bundle: all
//! shapes are made here, from one type of each.

use leptos::{
    attr::{
        any_attribute::{AnyAttribute, IntoAnyAttribute},
        custom::custom_attribute,
    },
    ev,
    prelude::*,
    svg,
    tachys::html::property::prop,
};
use ops_model::graph::Rect;

/// A text that is made again when what it depends on changes.
pub(super) type Live = Box<dyn FnMut() -> String + Send>;

/// The attributes of a shape.
#[derive(Default)]
pub(super) struct Look(Vec<AnyAttribute>);

impl Look {
    /// A shape of this class.
    pub(super) fn class(class: impl Into<String>) -> Self {
        Self::default().with("class", class)
    }

    /// One more attribute.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.0.push(custom_attribute(name, value.into()).into_any_attr());
        self
    }

    /// One more attribute, a length in px.
    pub(super) fn px(self, name: &'static str, value: i32) -> Self {
        self.with(name, value.to_string())
    }

    /// One more attribute that follows what it depends on.
    pub(super) fn live(mut self, name: &'static str, value: Live) -> Self {
        self.0.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// The place in the page's Tab order. It is set as a property: a rendering takes attributes away
    /// before it sets them, and without its `tabindex` an element loses the focus.
    pub(super) fn tab_index(mut self, value: Box<dyn FnMut() -> i32 + Send>) -> Self {
        self.0.push(prop("tabIndex", value).into_any_attr());
        self
    }

    /// What happens at an event.
    pub(super) fn on(mut self, name: &'static str, act: Box<dyn FnMut(web_sys::Event)>) -> Self {
        self.0.push(ev::on(ev::Custom::<web_sys::Event>::new(name), act).into_any_attr());
        self
    }

    /// A link with these shapes in it.
    pub(super) fn link(self, shapes: Vec<AnyView>) -> AnyView {
        svg::a().add_any_attr(self.0).child(shapes).into_any()
    }

    /// A group with these shapes in it.
    pub(super) fn group(self, shapes: Vec<AnyView>) -> AnyView {
        svg::g().add_any_attr(self.0).child(shapes).into_any()
    }

    /// A picture of its own with these shapes in it.
    pub(super) fn picture(self, shapes: Vec<AnyView>) -> AnyView {
        svg::svg().add_any_attr(self.0).child(shapes).into_any()
    }
}

/// A path, moved to a point.
pub(super) fn path(class: impl Into<String>, (x, y): (i32, i32), data: impl Into<String>) -> AnyView {
    svg::path().add_any_attr(Look::class(class).with("transform", moved(x, y)).with("d", data).0).into_any()
}

/// A rectangle with rounded corners.
pub(super) fn rect(class: impl Into<String>, place: Rect, radius: i32) -> AnyView {
    let [right, down] = [place.width, place.height].map(|side| (side - 2 * radius).to_string());
    let radius = radius.to_string();
    let corner = |x: &str, y: &str| ["a", &radius, " ", &radius, " 0 0 1 ", x, &radius, " ", y, &radius].concat();
    let data = [
        "M",
        &radius,
        " 0h",
        &right,
        &corner("", ""),
        "v",
        &down,
        &corner("-", ""),
        "h-",
        &right,
        &corner("-", "-"),
        "v-",
        &down,
        &corner("", "-"),
        "z",
    ]
    .concat();
    path(class, (place.x, place.y), data)
}

/// A line of words that begins, ends or is centred at a point; its class says which.
pub(super) fn words(class: impl Into<String>, (x, y): (i32, i32), text: impl Into<String>) -> AnyView {
    svg::text().add_any_attr(Look::class(class).px("x", x).px("y", y).0).child(text.into()).into_any()
}

/// The whole name of what is around it.
pub(super) fn title(text: impl Into<String>) -> AnyView {
    svg::title().child(text.into()).into_any()
}

/// A group that only decorates, hidden from assistive technology.
pub(super) fn decoration(class: &'static str, shapes: Vec<AnyView>) -> AnyView {
    Look::class(class).with("aria-hidden", "true").group(shapes)
}

/// The transformation that moves something to a point.
pub(super) fn moved(x: i32, y: i32) -> String {
    ["translate(", &x.to_string(), " ", &y.to_string(), ")"].concat()
}
