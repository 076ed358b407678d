//! Pan, zoom and the arrow keys: what a reader does to a picture by pointer, wheel, keys and buttons.

use leptos::{prelude::*, svg::Svg};
use ops_model::{
    EntityRef,
    graph::{Direction, Viewport},
};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FocusEvent, KeyboardEvent, PointerEvent, SvgElement, WheelEvent};

use super::{pointers::Pointers, stage::Stage};
use crate::session::persisted;

/// How far a key moves the picture, in px.
const PAN: i32 = 60;
/// How large the picture becomes by one step nearer or farther, in percent of what it was.
const NEARER: i32 = 125;
const FARTHER: i32 = 80;

/// How to zoom, by a key or its button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zoom {
    Nearer,
    Farther,
    /// The whole picture in its own size.
    All,
}

/// What a reader looks at in one picture. It is in the context of everything that the picture draws.
#[derive(Clone, Copy)]
pub(super) struct PanZoom {
    stage: Memo<Stage>,
    /// What part of the picture is in view.
    pub(super) viewport: RwSignal<Viewport>,
    /// The stop that had the focus last.
    visited: RwSignal<Option<EntityRef>>,
    /// The stop that the Tab key leads to.
    tab_stop: Memo<Option<EntityRef>>,
    /// The stop below the pointer or with the focus: it and what it is related to are lit.
    lit: RwSignal<Option<EntityRef>>,
    pointers: StoredValue<Pointers>,
    /// The picture on the page.
    pub(super) canvas: NodeRef<Svg>,
}

impl PanZoom {
    /// Of the picture with this stage. What is in view and the stop of the Tab key outlive a restart.
    pub(super) fn new(stage: Memo<Stage>) -> Self {
        let visited = persisted::<Option<EntityRef>>("graph-at");
        Self {
            stage,
            viewport: persisted("graph-view"),
            visited,
            tab_stop: Memo::new(move |_| stage.read().tab_stop(visited.read().as_ref())),
            lit: RwSignal::new(None),
            pointers: StoredValue::default(),
            canvas: NodeRef::new(),
        }
    }

    /// The size of the picture in its own px.
    pub(super) fn size(&self) -> (i32, i32) {
        self.stage.read().size
    }

    /// The `tabindex` of a stop: one of them takes part in the page's Tab order.
    pub(super) fn tab_index(&self, stop: &EntityRef) -> &'static str {
        if self.tab_stop.read().as_ref() == Some(stop) { "0" } else { "-1" }
    }

    /// Whether anything is lit, so that the rest is dimmed.
    pub(super) fn is_lit(&self) -> bool {
        self.lit.read().is_some()
    }

    /// Whether what belongs to these stops is lit.
    pub(super) fn is_any_lit<'a>(&self, stops: impl IntoIterator<Item = &'a EntityRef>) -> bool {
        self.lit.read().as_ref().is_some_and(|lit| stops.into_iter().any(|stop| stop == lit))
    }

    /// Zooms around the middle.
    pub(super) fn zoom(&self, zoom: Zoom) {
        let size = self.stage.read_untracked().size;
        let middle = (size.0 / 2, size.1 / 2);
        match zoom {
            Zoom::All => self.show(|_, _| Viewport::default()),
            Zoom::Nearer => self.show(|view, size| view.zoomed(NEARER, middle, size)),
            Zoom::Farther => self.show(|view, size| view.zoomed(FARTHER, middle, size)),
        }
    }

    /// Changes what is in view. Nothing is told where it stays the same.
    fn show(&self, change: impl FnOnce(Viewport, (i32, i32)) -> Viewport) {
        let size = self.stage.read_untracked().size;
        let next = change(self.viewport.get_untracked(), size);
        self.viewport.maybe_update(|view| std::mem::replace(view, next) != next);
    }

    fn light(&self, stop: Option<EntityRef>) {
        self.lit.maybe_update(|lit| {
            let is_new = *lit != stop;
            *lit = stop;
            is_new
        });
    }

    /// The entity of the stop that an event is about.
    fn entity_of(&self, event: &Event) -> Option<EntityRef> {
        let stop = stop_of(event)?;
        self.stage.read_untracked().entities.get(stop).cloned().flatten()
    }

    pub(super) fn on_key(&self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let key = event.key();
        let zoom = match key.as_str() {
            "+" | "=" => Some(Zoom::Nearer),
            "-" | "_" => Some(Zoom::Farther),
            "0" => Some(Zoom::All),
            _ => None,
        };
        if let Some(zoom) = zoom {
            event.prevent_default();
            return self.zoom(zoom);
        }
        let direction = match key.as_str() {
            "ArrowLeft" => Direction::Left,
            "ArrowRight" => Direction::Right,
            "ArrowUp" => Direction::Up,
            "ArrowDown" => Direction::Down,
            _ => return,
        };
        event.prevent_default();
        match event.shift_key() {
            true => self.pan(direction),
            false => self.step(event, direction),
        }
    }

    /// Moves the picture so that more is seen in this direction.
    fn pan(&self, direction: Direction) {
        let (x, y) = match direction {
            Direction::Left => (PAN, 0),
            Direction::Right => (-PAN, 0),
            Direction::Up => (0, PAN),
            Direction::Down => (0, -PAN),
        };
        self.show(|view, size| view.panned(x, y, size));
    }

    /// Moves the focus to the next stop in this direction, if there is one.
    fn step(&self, event: &Event, direction: Direction) {
        let next = stop_of(event).and_then(|here| self.stage.read_untracked().step(here, direction));
        if let Some(next) = next {
            self.focus(next);
        }
    }

    fn focus(&self, stop: usize) {
        let canvas = self.canvas.get_untracked();
        let found = canvas.and_then(|canvas| canvas.query_selector(&format!("[data-stop='{stop}']")).ok().flatten());
        if let Some(Ok(found)) = found.map(JsCast::dyn_into::<SvgElement>) {
            // Where the browser refuses, the focus stays where it is.
            let _ = found.focus();
        }
    }

    pub(super) fn on_focus(&self, event: &FocusEvent) {
        let Some(stop) = stop_of(event) else { return };
        let place = self.stage.read_untracked().places.get(stop).copied();
        if let Some(place) = place {
            self.show(|view, size| view.showing(place, size));
        }
        let entity = self.entity_of(event);
        self.visited.maybe_update(|visited| {
            let is_new = *visited != entity;
            visited.clone_from(&entity);
            is_new
        });
        self.light(entity);
    }

    pub(super) fn on_pointer_over(&self, event: &PointerEvent) {
        self.light(self.entity_of(event));
    }

    /// The pointer or the focus leaves: nothing is lit.
    pub(super) fn on_leave(&self) {
        self.light(None);
    }

    /// A wheel scrolls the page, as everywhere. With Ctrl it zooms; a pinch on a touch pad comes as that.
    pub(super) fn on_wheel(&self, event: &WheelEvent) {
        if !event.ctrl_key() && !event.meta_key() {
            return;
        }
        event.prevent_default();
        #[expect(clippy::cast_possible_truncation, reason = "a share of the turn, cut to whole percents")]
        let turn = (event.delta_y() / 3.0) as i32;
        let around = self.point(event.client_x(), event.client_y());
        self.show(|view, size| view.zoomed(100 - turn.clamp(-40, 40), around, size));
    }

    pub(super) fn on_pointer_down(&self, event: &PointerEvent) {
        if event.button() == 0 {
            let at = self.point(event.client_x(), event.client_y());
            self.pointers.update_value(|pointers| pointers.press(event.pointer_id(), at));
        }
    }

    /// One pointer drags the picture; two zoom it around the point between them.
    pub(super) fn on_pointer_move(&self, event: &PointerEvent) {
        let (id, now) = (event.pointer_id(), self.point(event.client_x(), event.client_y()));
        let Some(canvas) = self.canvas.get_untracked() else { return };
        let is_dragging = canvas.has_pointer_capture(id);
        let moved = self.pointers.try_update_value(|pointers| pointers.moved(id, now, is_dragging)).flatten();
        let Some(drag) = moved else { return };
        // With the pointer captured, the click that ends a drag goes to the picture and not to the link
        // below. A pointer that is gone already cannot be captured, and need not be.
        let _ = canvas.set_pointer_capture(id);
        self.show(|view, size| drag.apply(view, size));
    }

    pub(super) fn on_pointer_up(&self, event: &PointerEvent) {
        self.pointers.update_value(|pointers| pointers.release(event.pointer_id()));
    }

    /// A point of the window as one of the picture.
    fn point(&self, x: i32, y: i32) -> (i32, i32) {
        let Some(canvas) = self.canvas.get_untracked() else { return (0, 0) };
        let place = canvas.get_bounding_client_rect();
        let scale = f64::from(self.stage.read_untracked().size.0) / place.width().max(1.0);
        #[expect(clippy::cast_possible_truncation, reason = "points of a picture are whole px")]
        let within = |point: i32, edge: f64| ((f64::from(point) - edge) * scale) as i32;
        (within(x, place.left()), within(y, place.top()))
    }
}

/// The picture around the caller.
pub(super) fn use_pan_zoom() -> PanZoom {
    expect_context()
}

/// The number of the stop that an event is about.
fn stop_of(event: &Event) -> Option<usize> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest("[data-stop]").ok()??.get_attribute("data-stop")?.parse().ok()
}
