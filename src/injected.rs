//! Panics on demand, for the tests of containment; in no bundle that is handed out.
//!
//! A page sets `opsHubFault` to `PLACE:NAME` (`effect:ops-env-local`): the widget of that name panics there,
//! once. Places are `mount`, `handler`, `effect` and, for the hub's store, `fetch`.

use leptos::prelude::*;
use ops_widgets::Hub;
use wasm_bindgen::JsValue;

/// Panics where the page asked for it.
#[expect(clippy::panic, reason = "what this is for")]
pub(crate) fn at(place: &str, name: &str) {
    let key = JsValue::from_str("opsHubFault");
    let wanted = js_sys::Reflect::get(&js_sys::global(), &key).ok().and_then(|wanted| wanted.as_string());
    if wanted.is_some_and(|wanted| wanted == format!("{place}:{name}")) {
        let _ = js_sys::Reflect::set(&js_sys::global(), &key, &JsValue::UNDEFINED);
        panic!("injected at {place} of {name}");
    }
}

/// A button whose handler can panic, and an effect that can. It stands before the widget.
#[component]
pub(crate) fn Injected(
    /// The element's name.
    name: String,
    /// The hub that the element shows.
    hub: Hub,
) -> impl IntoView {
    at("mount", &name);
    let in_effect = name.clone();
    Effect::new(move |before: Option<()>| {
        hub.is_loaded.track();
        hub.now.track();
        // The first run belongs to the mounting.
        if before.is_some() {
            at("effect", &in_effect);
        }
    });
    view! { <button class="injected" on:click=move |_| at("handler", &name)>{"fault"}</button> }
}
