//! What every picture has in common: its frame, zoom, drag and keys, and which box has the focus.

use std::sync::{Arc, Mutex};

use crate::view::prelude::*;
use ops_model::{
    EntityRef,
    graph::{Rect, Viewport},
    whole::whole,
};

use super::{
    hand::{EVENTS, Hand},
    shapes::{Look, Tag, Views},
    width::measured,
};
use crate::scope::Scene;

/// Which stop Tab leads to, and which is looked at; none of it makes anything be drawn again.
#[derive(Clone, Copy)]
pub(super) struct Marks {
    at: usize,
    hot: Option<usize>,
}

impl Marks {
    /// The marks of a picture with so many stops. Where the stop that had the focus is gone, Tab leads
    /// to the first.
    pub(super) fn of(scene: &Scene, stops: usize) -> Self {
        let mark = |name| {
            let kept = scene.memory.text(name).with_untracked(|mark| whole::<usize>(mark));
            kept.filter(|mark| *mark < stops)
        };
        Self { at: mark("graph-at").unwrap_or_default(), hot: mark("graph-hot") }
    }

    /// The look of what is lit while one of these stops is looked at.
    pub(super) fn lit(self, class: &str, stops: &[usize]) -> Look {
        let is_lit = self.hot.is_some_and(|hot| stops.contains(&hot));
        let mut look = Look::class(&[class, if is_lit { " lit" } else { "" }].concat());
        let mut near = " ".to_owned();
        for stop in stops {
            near.push_str(&stop.to_string());
            near.push(' ');
        }
        look.set("data-near", &near);
        look
    }

    /// Makes a look that of a stop of the picture: a link to an entity's own view, named by its title.
    /// One stop takes part in the page's Tab order.
    pub(super) fn stop(self, look: &mut Look, scene: &Scene, stop: usize, id: &EntityRef) {
        look.set("part", "entity");
        look.set("href", &[scene.link_base.as_str(), &id.address()].concat());
        look.set("data-ref", &id.to_string());
        look.set("data-stop", &stop.to_string());
        look.tab_index(if stop == self.at { 0 } else { -1 });
    }
}

/// A picture, ready to be framed.
pub(super) struct Surface {
    /// Its name.
    pub(super) label: String,
    /// Its size in px.
    pub(super) size: (i32, i32),
    /// What a key can lead to, in the order of their numbers.
    pub(super) stops: Vec<Rect>,
    /// The relations between stops.
    pub(super) links: Vec<(usize, usize)>,
    /// What is drawn, from the back to the front.
    pub(super) layers: Views,
    /// What stands below: what the lines mean, and the picture as a list.
    pub(super) below: Views,
}

/// Frames a picture.
pub(super) fn surface(scene: &Scene, marks: Marks, surface: Surface) -> View {
    let texts = &scene.texts.graph;
    let Surface { label, size, stops, links, layers, below } = surface;
    let hand = Arc::new(Hand {
        view: scene.memory.text("graph-view"),
        at: scene.memory.text("graph-at"),
        hot: scene.memory.text("graph-hot"),
        size,
        stops,
        links,
        pointers: Mutex::default(),
    });
    let view = hand.view.with_untracked(|view| Viewport::parse(view));

    let mut tools = Views::default();
    for (name, sign, key) in [(texts.farther, "−", "-"), (texts.whole, "", "0"), (texts.nearer, "+", "+")] {
        let mut look = Look::class("graph-tool");
        look.set("type", "button");
        look.set("aria-label", name);
        look.set("title", name);
        if key == "0" {
            look.set("data-percent", &view.percent.to_string());
        }
        let hand = hand.clone();
        look.on("click", Box::new(move |event| hand.zoom(&event, key)));
        let mut inside = Views::default();
        inside.text(sign);
        tools.hold(Tag::Button, look, inside);
    }
    let mut tool_look = Look::class("graph-tools");
    tool_look.set("role", "group");
    tool_look.set("aria-label", texts.zoom);

    let mut look = Look::class(match (view.is_whole(), marks.hot) {
        (true, None) => "graph-canvas",
        (true, Some(_)) => "graph-canvas is-hot",
        (false, None) => "graph-canvas is-zoomed",
        (false, Some(_)) => "graph-canvas is-zoomed is-hot",
    });
    look.set("viewBox", &["0 0 ", &size.0.to_string(), " ", &size.1.to_string()].concat());
    look.set("role", "group");
    look.set("aria-label", &label);
    look.set("aria-describedby", "graph-keys");
    for name in EVENTS {
        let hand = hand.clone();
        look.on(name, Box::new(move |event| hand.take(&event)));
    }
    let mut world_look = Look::class("graph-world");
    world_look.set("transform", &view.transform());
    let (mut world, mut stage, mut whole, mut framed) =
        (Views::default(), Views::default(), Views::default(), Views::default());
    world.hold(Tag::Group, world_look, layers);
    stage.hold(Tag::Picture, look, world);
    let mut keys_look = Look::class("graph-keys");
    keys_look.set("id", "graph-keys");
    let mut keys = Views::default();
    keys.text(texts.keys);
    stage.hold(Tag::P, keys_look, keys);
    whole.add(measured(scene));
    whole.hold(Tag::Div, tool_look, tools);
    whole.block(Tag::Div, "graph-stage", stage);
    whole.add(below.together());
    framed.block(Tag::Div, "graph", whole);
    framed.together()
}
