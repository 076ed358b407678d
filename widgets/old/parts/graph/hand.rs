//! What a reader's keys, pointer and wheel do to a picture.

use std::sync::{Mutex, PoisonError};

use crate::view::prelude::*;
use ops_model::{
    graph::{Direction, Rect, Viewport, step},
    whole::whole,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, HtmlElement, KeyboardEvent, PointerEvent, WheelEvent};

/// How far a key moves the picture, in px.
const PAN: i32 = 60;
/// How far a pointer has to move before it drags, in px: less is a click.
const DRAG: i32 = 4;

/// The events that a picture listens to.
pub(super) const EVENTS: [&str; 11] = [
    "keydown",
    "wheel",
    "pointerdown",
    "pointermove",
    "pointerup",
    "pointercancel",
    "pointerover",
    "pointerleave",
    "focusin",
    "focusout",
    "dragstart",
];

/// A reader's hand on one picture.
pub(super) struct Hand {
    /// Where the reader has zoomed to ([`Viewport::print`]).
    pub(super) view: ArcRwSignal<String>,
    /// The stop that Tab leads to: the one that had the focus last.
    pub(super) at: ArcRwSignal<String>,
    /// The stop that is looked at now; empty for none.
    pub(super) hot: ArcRwSignal<String>,
    /// The size of the picture in its own px.
    pub(super) size: (i32, i32),
    /// The places of the stops.
    pub(super) stops: Vec<Rect>,
    /// The relations between stops.
    pub(super) links: Vec<(usize, usize)>,
    /// The pointers that are down: which, and where they were last. Forgotten where a rendering comes
    /// in between; the next press starts anew.
    pub(super) pointers: Mutex<Vec<(i32, i32, i32)>>,
}

impl Hand {
    /// Takes an event of the picture.
    pub(super) fn take(&self, event: &Event) {
        match event.type_().as_str() {
            "keydown" => self.key(event.unchecked_ref()),
            "wheel" => self.wheel(event.unchecked_ref()),
            "pointerdown" => self.press(event.unchecked_ref()),
            "pointermove" => self.drag(event.unchecked_ref()),
            "pointerup" | "pointercancel" => self.release(event.unchecked_ref()),
            "pointerover" => self.light(event, stop_of(event)),
            "pointerleave" | "focusout" => self.light(event, None),
            "focusin" => self.focused(event),
            // A link is not dragged away: the picture is.
            "dragstart" => event.prevent_default(),
            _ => {}
        }
    }

    /// Zooms around the middle by a key or its button: `+`, `-`, or `0` for all of it.
    pub(super) fn zoom(&self, event: &Event, key: &str) {
        let percent = if key == "+" { 125 } else { 80 };
        let middle = (self.size.0 / 2, self.size.1 / 2);
        let next = if key == "0" { Viewport::default() } else { self.now().zoomed(percent, middle, self.size) };
        self.show(event, next);
    }

    /// What is in view now.
    fn now(&self) -> Viewport {
        self.view.with_untracked(|view| Viewport::parse(view))
    }

    /// Changes what is in view: for the next rendering, and on the page now.
    #[inline(never)]
    fn show(&self, event: &Event, next: Viewport) {
        if next == self.now() {
            return;
        }
        self.view.update_untracked(|view| *view = next.print());
        let graph = element_of(event.current_target()).and_then(|one| one.closest(".graph").ok().flatten());
        let find = |selector: &str| graph.as_ref().and_then(|graph| graph.query_selector(selector).ok().flatten());
        set(find(".graph-world"), "transform", &next.transform());
        set(find("[data-percent]"), "data-percent", &next.percent.to_string());
        if let Some(canvas) = find(".graph-canvas") {
            // A class that is no valid token cannot be set; this one is.
            let _ = canvas.class_list().toggle_with_force("is-zoomed", !next.is_whole());
        }
    }

    /// Lights what a stop is related to, and dims the rest; for no stop all is as it was.
    fn light(&self, event: &Event, stop: Option<String>) {
        let stop = stop.unwrap_or_default();
        if self.hot.with_untracked(|hot| *hot == stop) {
            return;
        }
        let Some(canvas) = picture_of(event) else { return };
        let _ = canvas.class_list().toggle_with_force("is-hot", !stop.is_empty());
        if let Ok(found) = canvas.query_selector_all("[data-near]") {
            for at in 0..found.length() {
                let Some(one) = found.item(at).map(JsCast::unchecked_into::<Element>) else { continue };
                let near = one.get_attribute("data-near").unwrap_or_default();
                let _ = one
                    .class_list()
                    .toggle_with_force("lit", !stop.is_empty() && near.split(' ').any(|one| one == stop));
            }
        }
        self.hot.update_untracked(|hot| *hot = stop);
    }

    fn key(&self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let direction = match event.key().as_str() {
            key @ ("+" | "=" | "-" | "_" | "0") => {
                event.prevent_default();
                let key = match key {
                    "=" => "+",
                    "_" => "-",
                    key => key,
                };
                return self.zoom(event, key);
            }
            "ArrowLeft" => Direction::Left,
            "ArrowRight" => Direction::Right,
            "ArrowUp" => Direction::Up,
            "ArrowDown" => Direction::Down,
            _ => return,
        };
        event.prevent_default();
        if event.shift_key() {
            let (x, y) = match direction {
                Direction::Left => (PAN, 0),
                Direction::Right => (-PAN, 0),
                Direction::Up => (0, PAN),
                Direction::Down => (0, -PAN),
            };
            return self.show(event, self.now().panned(x, y, self.size));
        }
        let here = stop_of(event).and_then(|stop| whole(&stop));
        let next = here.and_then(|here| step(&self.stops, &self.links, here, direction));
        if let (Some(next), Some(picture)) = (next, picture_of(event)) {
            let selector = ["[data-stop='", &next.to_string(), "']"].concat();
            let found = picture.query_selector(&selector).ok().flatten();
            // A focus that is refused leaves the reader where he is.
            let _ = found.map(|found| found.unchecked_into::<HtmlElement>().focus());
        }
    }

    fn focused(&self, event: &Event) {
        let Some(stop) = stop_of(event) else { return };
        if let Some(place) = whole::<usize>(&stop).and_then(|at| self.stops.get(at)) {
            self.show(event, self.now().showing(*place, self.size));
        }
        let before = picture_of(event).and_then(|one| one.query_selector("[data-stop][tabindex='0']").ok().flatten());
        set(before, "tabindex", "-1");
        set(element_of(event.target()), "tabindex", "0");
        self.at.update_untracked(|at| at.clone_from(&stop));
        self.light(event, Some(stop));
    }

    /// A wheel scrolls the page, as everywhere; with Ctrl, and so by a pinch of a touch pad, it zooms.
    fn wheel(&self, event: &WheelEvent) {
        if !event.ctrl_key() && !event.meta_key() {
            return;
        }
        event.prevent_default();
        #[expect(clippy::cast_possible_truncation, reason = "a share of the turn, cut to whole percents")]
        let turn = (event.delta_y() / 3.0) as i32;
        let around = self.point(event, event.client_x(), event.client_y());
        self.show(event, self.now().zoomed(100 - turn.clamp(-40, 40), around, self.size));
    }

    fn press(&self, event: &PointerEvent) {
        if event.button() == 0 {
            let (x, y) = self.point(event, event.client_x(), event.client_y());
            self.with_pointers(|pointers| pointers.push((event.pointer_id(), x, y)));
        }
    }

    /// One pointer drags the picture, two zoom it around the point between them.
    fn drag(&self, event: &PointerEvent) {
        let now = self.point(event, event.client_x(), event.client_y());
        let id = event.pointer_id();
        let moved = self.with_pointers(|pointers| {
            let other = pointers.iter().find(|one| one.0 != id).map(|one| (one.1, one.2));
            let mine = pointers.iter_mut().find(|one| one.0 == id)?;
            let before = (mine.1, mine.2);
            let started = far(before, now) > DRAG || picture_of(event).is_some_and(|one| one.has_pointer_capture(id));
            if started {
                (mine.1, mine.2) = now;
            }
            started.then_some((before, other))
        });
        let Some((before, other)) = moved else { return };
        if let Some(picture) = picture_of(event) {
            // The click that ends a drag goes to the picture then, not to the link below. A pointer
            // that is gone already cannot be captured, and needs not be.
            let _ = picture.set_pointer_capture(id);
        }
        match other {
            Some(other) => {
                let percent = far(other, now) * 100 / far(other, before).max(1);
                let around = (i32::midpoint(other.0, now.0), i32::midpoint(other.1, now.1));
                self.show(event, self.now().zoomed(percent, around, self.size));
            }
            None => self.show(event, self.now().panned(now.0 - before.0, now.1 - before.1, self.size)),
        }
    }

    fn release(&self, event: &PointerEvent) {
        self.with_pointers(|pointers| pointers.retain(|one| one.0 != event.pointer_id()));
    }

    fn with_pointers<T>(&self, act: impl FnOnce(&mut Vec<(i32, i32, i32)>) -> T) -> T {
        act(&mut self.pointers.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A point of the window as one of the picture.
    fn point(&self, event: &Event, x: i32, y: i32) -> (i32, i32) {
        let Some(place) = picture_of(event).map(|picture| picture.get_bounding_client_rect()) else { return (0, 0) };
        let scale = f64::from(self.size.0) / place.width().max(1.0);
        #[expect(clippy::cast_possible_truncation, reason = "points of a picture are whole px")]
        let at = |point: i32, edge: f64| ((f64::from(point) - edge) * scale) as i32;
        (at(x, place.left()), at(y, place.top()))
    }
}

/// How far apart two points are, along the longer side.
fn far(one: (i32, i32), other: (i32, i32)) -> i32 {
    (one.0 - other.0).abs().max((one.1 - other.1).abs())
}

fn element_of(target: Option<EventTarget>) -> Option<Element> {
    target.map(JsCast::unchecked_into)
}

fn picture_of(event: &Event) -> Option<Element> {
    element_of(event.current_target())
}

/// The stop that an event is about.
fn stop_of(event: &Event) -> Option<String> {
    element_of(event.target())?.closest("[data-stop]").ok()??.get_attribute("data-stop")
}

/// Sets an attribute that a rendering sets as well, to what the next rendering will set.
fn set(element: Option<Element>, name: &str, value: &str) {
    if let Some(element) = element {
        // A name that is no valid one cannot be set; these are.
        let _ = element.set_attribute(name, value);
    }
}
