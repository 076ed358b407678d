//! The canvas of a picture: its frame, its zoom buttons, and the events that pan and zoom it.

use leptos::{prelude::*, svg};

use super::{
    pan_zoom::{PanZoom, Zoom},
    width::{Width, WidthGauge},
};
use crate::texts::use_texts;

/// The id of the help for keys, within the widget's shadow root.
const KEYS: &str = "graph-keys";

/// A picture with its zoom buttons. What is drawn in it finds the [`PanZoom`] in its context.
#[component]
pub(super) fn Canvas(
    /// The picture's name.
    #[prop(into)]
    label: Signal<String>,
    pan_zoom: PanZoom,
    width: Width,
    /// What is drawn, from the back to the front.
    children: Children,
) -> impl IntoView {
    let texts = use_texts();
    provide_context(pan_zoom);
    let viewport = pan_zoom.viewport;
    let class = move || {
        let zoomed = if viewport.get().is_whole() { "" } else { " is-zoomed" };
        let lit = if pan_zoom.is_lit() { " is-hot" } else { "" };
        format!("graph-canvas{zoomed}{lit}")
    };
    let view_box = move || {
        let (width, height) = pan_zoom.size();
        format!("0 0 {width} {height}")
    };
    view! {
        <WidthGauge width />
        <ZoomButtons pan_zoom />
        <div class="graph-stage">
            <svg
                class=class
                viewBox=view_box
                role="group"
                aria-label=label
                aria-describedby=KEYS
                node_ref=pan_zoom.canvas
                on:keydown=move |event| pan_zoom.on_key(&event)
                on:wheel=move |event| pan_zoom.on_wheel(&event)
                on:pointerdown=move |event| pan_zoom.on_pointer_down(&event)
                on:pointermove=move |event| pan_zoom.on_pointer_move(&event)
                on:pointerup=move |event| pan_zoom.on_pointer_up(&event)
                on:pointercancel=move |event| pan_zoom.on_pointer_up(&event)
                on:pointerover=move |event| pan_zoom.on_pointer_over(&event)
                on:pointerleave=move |_| pan_zoom.on_leave()
                on:focusin=move |event| pan_zoom.on_focus(&event)
                on:focusout=move |_| pan_zoom.on_leave()
                // A link would be dragged away in place of the picture.
                on:dragstart=|event| event.prevent_default()
            >
                <g class="graph-world" transform=move || viewport.get().transform()>
                    {children()}
                </g>
            </svg>
            <p class="graph-keys" id=KEYS>
                {texts.graph.keys}
            </p>
        </div>
    }
}

#[component]
fn ZoomButtons(pan_zoom: PanZoom) -> impl IntoView {
    let texts = &use_texts().graph;
    let button = move |name: &'static str, sign: &'static str, zoom: Zoom| {
        let percent = (zoom == Zoom::All).then_some(move || pan_zoom.viewport.get().percent);
        view! {
            <button
                type="button"
                class="graph-tool"
                aria-label=name
                title=name
                data-percent=percent
                on:click=move |_| pan_zoom.zoom(zoom)
            >
                {sign}
            </button>
        }
    };
    view! {
        <div class="graph-tools" role="group" aria-label=texts.zoom>
            {button(texts.farther, "−", Zoom::Farther)}
            {button(texts.whole, "", Zoom::All)}
            {button(texts.nearer, "+", Zoom::Nearer)}
        </div>
    }
}

/// The whole name of the element around it, for assistive technology and on hover.
pub(super) fn title(text: impl Fn() -> String + Send + 'static) -> impl IntoView {
    svg::title().child(text)
}

/// The transformation that moves something to a point.
pub(super) fn moved(x: i32, y: i32) -> String {
    format!("translate({x} {y})")
}
