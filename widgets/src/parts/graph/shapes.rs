//! The few shapes that every picture is drawn with, and the few elements around it.
//!
//! Each further type of element, attribute or child costs its own code in the browser's bundle, and so
//! does each place where a view is moved. All views of pictures are made here, from one type of each,
//! and are put where they belong at once.

use leptos::{
    attr::{
        any_attribute::{AnyAttribute, IntoAnyAttribute},
        custom::custom_attribute,
    },
    ev, html,
    prelude::*,
    svg,
    tachys::html::property::prop,
};
use ops_model::graph::Rect;

/// The attributes of a shape or element.
#[derive(Default)]
pub(crate) struct Look(Vec<AnyAttribute>);

impl Look {
    /// A shape of this class.
    pub(crate) fn class(class: &str) -> Self {
        let mut look = Self::default();
        look.set("class", class);
        look
    }

    /// One more attribute.
    #[inline(never)]
    pub(crate) fn set(&mut self, name: &'static str, value: &str) {
        self.0.push(custom_attribute(name, value.to_owned()).into_any_attr());
    }

    /// The place in the page's Tab order. It is set as a property: a rendering takes attributes away
    /// before it sets them, and without its `tabindex` an element loses the focus.
    pub(super) fn tab_index(&mut self, value: i32) {
        self.0.push(prop("tabIndex", value).into_any_attr());
    }

    /// What happens at an event.
    #[inline(never)]
    pub(crate) fn on(&mut self, name: &'static str, act: Box<dyn FnMut(web_sys::Event)>) {
        self.0.push(ev::on(ev::Custom::<web_sys::Event>::new(name), act).into_any_attr());
    }
}

/// Which element holds others.
#[derive(Clone, Copy)]
pub(crate) enum Tag {
    /// A block of HTML.
    Div,
    /// A paragraph.
    P,
    /// Words within a line.
    Span,
    /// A list.
    Ul,
    /// An item of a list.
    Li,
    /// A button.
    Button,
    /// A link of a picture.
    Link,
    /// A group of a picture.
    Group,
    /// A picture.
    Picture,
}

/// Views, one behind the other.
#[derive(Default)]
pub(crate) struct Views(Vec<AnyView>);

impl Views {
    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One more view.
    #[inline(never)]
    pub(crate) fn add(&mut self, view: AnyView) {
        self.0.push(view);
    }

    /// Some words.
    #[inline(never)]
    pub(crate) fn text(&mut self, words: &str) {
        self.0.push(words.to_owned().into_any());
    }

    /// An element that holds others.
    #[inline(never)]
    pub(crate) fn hold(&mut self, tag: Tag, look: Look, views: Self) {
        let (look, views) = (look.0, views.0);
        self.0.push(match tag {
            Tag::Div => html::div().add_any_attr(look).child(views).into_any(),
            Tag::P => html::p().add_any_attr(look).child(views).into_any(),
            Tag::Span => html::span().add_any_attr(look).child(views).into_any(),
            Tag::Ul => html::ul().add_any_attr(look).child(views).into_any(),
            Tag::Li => html::li().add_any_attr(look).child(views).into_any(),
            Tag::Button => html::button().add_any_attr(look).child(views).into_any(),
            Tag::Link => svg::a().add_any_attr(look).child(views).into_any(),
            Tag::Group => svg::g().add_any_attr(look).child(views).into_any(),
            Tag::Picture => svg::svg().add_any_attr(look).child(views).into_any(),
        });
    }

    /// An element of a class that holds others.
    pub(crate) fn block(&mut self, tag: Tag, class: &str, views: Self) {
        self.hold(tag, Look::class(class), views);
    }

    /// An element of a class with some words.
    #[inline(never)]
    pub(crate) fn words(&mut self, tag: Tag, class: &str, words: &str) {
        let mut inside = Self::default();
        inside.text(words);
        self.block(tag, class, inside);
    }

    /// A path, moved to a point.
    #[inline(never)]
    pub(super) fn path(&mut self, class: &str, (x, y): (i32, i32), data: &str) {
        let mut look = Look::class(class);
        look.set("transform", &moved(x, y));
        look.set("d", data);
        self.0.push(svg::path().add_any_attr(look.0).into_any());
    }

    /// A rectangle with rounded corners.
    #[inline(never)]
    pub(super) fn rect(&mut self, class: &str, place: Rect, radius: i32) {
        let [right, down, radius] =
            [place.width - 2 * radius, place.height - 2 * radius, radius].map(|n| n.to_string());
        let mut data = ["M", &radius, " 0"].concat();
        let arc = ["a", &radius, " ", &radius, " 0 0 1 "].concat();
        for (side, length, x, y) in
            [("h", &right, "", ""), ("v", &down, "-", ""), ("h-", &right, "-", "-"), ("v-", &down, "", "-")]
        {
            for part in [side, length, &arc, x, &radius, " ", y, &radius] {
                data.push_str(part);
            }
        }
        self.path(class, (place.x, place.y), &data);
    }

    /// A line of words that begins, ends or is centred at a point; its class says which.
    #[inline(never)]
    pub(super) fn line(&mut self, class: &str, (x, y): (i32, i32), text: &str) {
        let mut look = Look::class(class);
        look.set("x", &x.to_string());
        look.set("y", &y.to_string());
        self.0.push(svg::text().add_any_attr(look.0).child(text.to_owned()).into_any());
    }

    /// The whole name of what is around it.
    #[inline(never)]
    pub(super) fn title(&mut self, text: &str) {
        self.0.push(svg::title().child(text.to_owned()).into_any());
    }

    /// A group that only decorates, hidden from assistive technology.
    pub(super) fn decoration(&mut self, class: &str, views: Self) {
        let mut look = Look::class(class);
        look.set("aria-hidden", "true");
        self.hold(Tag::Group, look, views);
    }

    /// All of them as one view.
    pub(crate) fn together(self) -> AnyView {
        self.0.into_any()
    }

    /// All of them as they are.
    pub(crate) fn list(self) -> Vec<AnyView> {
        self.0
    }
}

/// The transformation that moves something to a point.
pub(super) fn moved(x: i32, y: i32) -> String {
    ["translate(", &x.to_string(), " ", &y.to_string(), ")"].concat()
}
