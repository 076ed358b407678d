//! What every picture has in common: its frame, zoom, drag and keys, and which box has the focus.

use std::sync::{Arc, Mutex};

use leptos::{
    ev,
    html::{button, div, p},
    prelude::*,
};
use ops_model::{
    EntityRef,
    graph::{Rect, Viewport},
};

use super::{
    hand::{EVENTS, Hand},
    shapes::{Live, Look},
    width::measured,
};
use crate::scope::Scene;

/// Which stop Tab leads to, and which is looked at.
#[derive(Clone)]
pub(super) struct Marks {
    at: ArcRwSignal<String>,
    hot: ArcRwSignal<String>,
}

impl Marks {
    /// The marks of a picture with so many stops. Where the stop that had the focus is gone, Tab leads
    /// to the first.
    pub(super) fn of(scene: &Scene, stops: usize) -> Self {
        let (at, hot) = (scene.memory.text("graph-at"), scene.memory.text("graph-hot"));
        for mark in [&at, &hot] {
            if mark.with_untracked(|mark| mark.parse::<usize>().is_ok_and(|mark| mark >= stops)) {
                mark.set(String::new());
            }
        }
        Self { at, hot }
    }

    /// Whether a stop takes part in the page's Tab order: one of a picture does.
    fn tab_index(&self, stop: usize) -> Box<dyn FnMut() -> i32 + Send> {
        let at = self.at.clone();
        Box::new(move || if at.with(|at| at.parse() == Ok(stop) || stop == 0 && at.is_empty()) { 0 } else { -1 })
    }

    /// A class that has `lit` besides while one of these stops is looked at.
    pub(super) fn lit(&self, class: String, stops: Vec<usize>) -> Live {
        let hot = self.hot.clone();
        Box::new(move || {
            let lit = hot.with(|hot| hot.parse::<usize>().is_ok_and(|hot| stops.contains(&hot)));
            if lit { [&class, " lit"].concat() } else { class.clone() }
        })
    }

    /// A link to an entity's own view that is a stop of the picture.
    pub(super) fn stop(&self, scene: &Scene, stop: usize, id: &EntityRef, label: String) -> Look {
        Look::default()
            .with("part", "entity")
            .with("href", [&scene.link_base, &id.address()].map(String::as_str).concat())
            .with("data-ref", id.to_string())
            .with("data-stop", stop.to_string())
            .with("aria-label", label)
            .tab_index(self.tab_index(stop))
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
    pub(super) layers: Vec<AnyView>,
    /// What stands below: what the lines mean, and the picture as a list.
    pub(super) below: AnyView,
}

/// Frames a picture.
pub(super) fn surface(scene: &Scene, marks: &Marks, surface: Surface) -> AnyView {
    let texts = &scene.texts.graph;
    let Surface { label, size, stops, links, layers, below } = surface;
    let view = scene.memory.text("graph-view");
    let hand = Arc::new(Hand {
        view: view.clone(),
        at: marks.at.clone(),
        hot: marks.hot.clone(),
        size,
        stops,
        links,
        pointers: Mutex::default(),
    });
    let (zoomed, moved, shown, hot) = (view.clone(), view.clone(), view, marks.hot.clone());
    let class: Live = Box::new(move || {
        let near = if zoomed.with(|view| Viewport::parse(view).is_whole()) { "" } else { " is-zoomed" };
        ["graph-canvas", near, if hot.with(String::is_empty) { "" } else { " is-hot" }].concat()
    });
    let transform: Live = Box::new(move || moved.with(|view| Viewport::parse(view).transform()));
    let percent: Live =
        Box::new(move || [&shown.with(|view| Viewport::parse(view).percent.to_string()), " %"].concat());
    let mut look = Look::default()
        .live("class", class)
        .with("viewBox", ["0 0 ", &size.0.to_string(), " ", &size.1.to_string()].concat())
        .with("role", "group")
        .with("aria-label", label)
        .with("aria-describedby", "graph-keys");
    for name in EVENTS {
        let hand = hand.clone();
        look = look.on(name, Box::new(move |event| hand.take(&event)));
    }
    let canvas = look.picture(vec![Look::class("graph-world").live("transform", transform).group(layers)]);
    let tool = |name: &'static str, sign: AnyView, act: fn(&Hand)| {
        let hand = hand.clone();
        button()
            .r#type("button")
            .class("graph-tool")
            .attr("aria-label", name)
            .title(name)
            .on(ev::click, move |_| act(&hand))
            .child(sign)
            .into_any()
    };
    let tools = div().class("graph-tools").attr("role", "group").attr("aria-label", texts.zoom).child(vec![
        tool(texts.farther, "−".into_any(), |hand| hand.zoom(80)),
        tool(texts.whole, percent.into_any(), Hand::whole),
        tool(texts.nearer, "+".into_any(), |hand| hand.zoom(125)),
    ]);
    let keys = p().id("graph-keys").class("graph-keys").child(texts.keys).into_any();
    let stage = div().class("graph-stage").child(vec![canvas, keys]).into_any();
    div().class("graph").child(vec![measured(scene), tools.into_any(), stage, below]).into_any()
}
