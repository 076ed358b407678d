//! What every picture has in common: its frame, zoom, drag and keys, and which box has the focus.

use std::sync::{Arc, Mutex};

use leptos::{
    ev,
    html::{button, div, p},
    prelude::*,
    svg,
};
use ops_model::graph::{Rect, Viewport};

use super::{hand::Hand, width::measured};
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

    /// Whether a stop takes part in the page's Tab order: one of a picture does. To be set as the
    /// property `tabIndex`: a rendering takes attributes away before it sets them, and without its
    /// `tabindex` an element loses the focus.
    pub(super) fn tab_index(&self, stop: usize) -> impl Fn() -> i32 + Clone + Send + 'static {
        let at = self.at.clone();
        move || if at.with(|at| at.parse() == Ok(stop) || stop == 0 && at.is_empty()) { 0 } else { -1 }
    }

    /// A class that has `lit` besides while one of these stops is looked at.
    pub(super) fn lit(&self, class: String, stops: Vec<usize>) -> impl Fn() -> String + Clone + Send + 'static {
        let hot = self.hot.clone();
        move || {
            let lit = hot.with(|hot| hot.parse::<usize>().is_ok_and(|hot| stops.contains(&hot)));
            if lit { [&class, " lit"].concat() } else { class.clone() }
        }
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
    let whole = {
        let view = view.clone();
        move || view.with(|view| Viewport::parse(view).is_whole())
    };
    let class = {
        let (whole, hot) = (whole.clone(), marks.hot.clone());
        move || {
            let near = if whole() { "" } else { " is-zoomed" };
            ["graph-canvas", near, if hot.with(String::is_empty) { "" } else { " is-hot" }].concat()
        }
    };
    let percent = {
        let view = view.clone();
        move || [&view.with(|view| Viewport::parse(view).percent.to_string()), " %"].concat()
    };
    let world = svg::g()
        .attr("class", "graph-world")
        .attr("transform", move || view.with(|view| Viewport::parse(view).transform()))
        .child(layers);
    // One type of handler for all events: each further one would cost its own code.
    let take = || -> Box<dyn FnMut(web_sys::Event)> {
        let hand = hand.clone();
        Box::new(move |event| hand.take(&event))
    };
    let event = |name: &'static str| ev::Custom::<web_sys::Event>::new(name);
    let canvas = svg::svg()
        .attr("class", class)
        .attr("viewBox", ["0 0 ", &size.0.to_string(), " ", &size.1.to_string()].concat())
        .attr("role", "group")
        .attr("aria-label", label)
        .attr("aria-describedby", "graph-keys")
        .on(event("keydown"), take())
        .on(event("wheel"), take())
        .on(event("pointerdown"), take())
        .on(event("pointermove"), take())
        .on(event("pointerup"), take())
        .on(event("pointercancel"), take())
        .on(event("pointerover"), take())
        .on(event("pointerleave"), take())
        .on(event("focusin"), take())
        .on(event("focusout"), take())
        .on(event("dragstart"), take())
        .child(world);
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
    let tools = div().class("graph-tools").attr("role", "group").attr("aria-label", texts.zoom).child((
        tool(texts.farther, "−".into_any(), |hand| hand.zoom(80)),
        tool(texts.whole, percent.into_any(), Hand::whole),
        tool(texts.nearer, "+".into_any(), |hand| hand.zoom(125)),
    ));
    div()
        .class("graph")
        .child((
            measured(scene),
            tools,
            div().class("graph-stage").child((canvas, p().id("graph-keys").class("graph-keys").child(texts.keys))),
            below,
        ))
        .into_any()
}
