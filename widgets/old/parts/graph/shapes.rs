//! The few shapes that every picture is drawn with, and the few elements around it, put where they
//! belong at once.

use ops_model::graph::Rect;

use crate::view::{Element, View, ev, html, prelude::Draw, svg};

/// The attributes and listeners of a shape or element.
#[derive(Default)]
pub(crate) struct Look {
    attributes: Vec<(&'static str, String)>,
    listeners: Vec<(&'static str, Act)>,
}

/// What happens at an event.
pub(crate) type Act = Box<dyn Fn(web_sys::Event) + Send + Sync>;

impl Look {
    /// A shape of this class.
    pub(crate) fn class(class: &str) -> Self {
        let mut look = Self::default();
        look.set("class", class);
        look
    }

    /// One more attribute.
    pub(crate) fn set(&mut self, name: &'static str, value: &str) {
        self.attributes.push((name, value.to_owned()));
    }

    /// The place in the page's Tab order.
    pub(super) fn tab_index(&mut self, value: i32) {
        self.set("tabindex", &value.to_string());
    }

    /// What happens at an event.
    pub(crate) fn on(&mut self, name: &'static str, act: Act) {
        self.listeners.push((name, act));
    }

    /// An element that looks so.
    fn dress(self, mut element: Element) -> Element {
        for (name, value) in self.attributes {
            element = element.attr(name, value);
        }
        for (name, act) in self.listeners {
            element = element.on(ev::Kind::<web_sys::Event>::new(name), act);
        }
        element
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
pub(crate) struct Views(Vec<View>);

impl Views {
    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One more view.
    pub(crate) fn add(&mut self, view: View) {
        self.0.push(view);
    }

    /// Some words.
    pub(crate) fn text(&mut self, words: &str) {
        self.0.push(words.to_owned().draw());
    }

    /// An element that holds others.
    pub(crate) fn hold(&mut self, tag: Tag, look: Look, views: Self) {
        let element = match tag {
            Tag::Div => html::div(),
            Tag::P => html::p(),
            Tag::Span => html::span(),
            Tag::Ul => html::ul(),
            Tag::Li => html::li(),
            Tag::Button => html::button(),
            Tag::Link => svg::a(),
            Tag::Group => svg::g(),
            Tag::Picture => svg::svg(),
        };
        self.0.push(look.dress(element).child(views.0).draw());
    }

    /// An element of a class that holds others.
    pub(crate) fn block(&mut self, tag: Tag, class: &str, views: Self) {
        self.hold(tag, Look::class(class), views);
    }

    /// An element of a class with some words.
    pub(crate) fn words(&mut self, tag: Tag, class: &str, words: &str) {
        let mut inside = Self::default();
        inside.text(words);
        self.block(tag, class, inside);
    }

    /// A path, moved to a point.
    pub(super) fn path(&mut self, class: &str, (x, y): (i32, i32), data: &str) {
        let mut look = Look::class(class);
        look.set("transform", &moved(x, y));
        look.set("d", data);
        self.0.push(look.dress(svg::path()).draw());
    }

    /// A rectangle with rounded corners.
    pub(super) fn rect(&mut self, class: &str, place: Rect, radius: i32) {
        let (right, down) = ((place.width - 2 * radius).to_string(), (place.height - 2 * radius).to_string());
        let radius = radius.to_string();
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
    pub(super) fn line(&mut self, class: &str, (x, y): (i32, i32), text: &str) {
        let mut look = Look::class(class);
        look.set("x", &x.to_string());
        look.set("y", &y.to_string());
        self.0.push(look.dress(svg::text()).child(text.to_owned()).draw());
    }

    /// The whole name of what is around it.
    pub(super) fn title(&mut self, text: &str) {
        self.0.push(svg::title().child(text.to_owned()).draw());
    }

    /// A group that only decorates, hidden from assistive technology.
    pub(super) fn decoration(&mut self, class: &str, views: Self) {
        let mut look = Look::class(class);
        look.set("aria-hidden", "true");
        self.hold(Tag::Group, look, views);
    }

    /// All of them as one view.
    pub(crate) fn together(self) -> View {
        self.0.draw()
    }

    /// All of them as they are.
    pub(crate) fn list(self) -> Vec<View> {
        self.0
    }
}

/// The transformation that moves something to a point.
pub(super) fn moved(x: i32, y: i32) -> String {
    ["translate(", &x.to_string(), " ", &y.to_string(), ")"].concat()
}
