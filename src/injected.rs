//! Panics on demand, for the tests of containment; in no bundle that is handed out.
//!
//! A page sets `opsHubFault` to `PLACE:NAME` (`effect:ops-env-local`): the widget of that name panics
//! there, once. Places are `mount`, `handler`, `effect` and, of the hub's store, `fetch`.

use ops_widgets::view::prelude::*;
use ops_widgets::{
    HubState,
    view::{Draw, View, ev, html::button},
};
use reactive_graph::traits::Track;
use wasm_bindgen::JsValue;

/// Panics where the page has asked for it.
#[expect(clippy::panic, reason = "what this is for")]
pub(crate) fn at(place: &str, name: &str) {
    let key = JsValue::from_str("opsHubFault");
    let wanted = js_sys::Reflect::get(&js_sys::global(), &key).ok().and_then(|wanted| wanted.as_string());
    if wanted.is_some_and(|wanted| wanted == [place, ":", name].concat()) {
        let _ = js_sys::Reflect::set(&js_sys::global(), &key, &JsValue::UNDEFINED);
        panic!("injected at {place} of {name}");
    }
}

/// What stands before the widget in such a bundle: a button whose handler can panic, and an effect that can.
pub(crate) fn view(name: &str, state: &ArcRwSignal<HubState>) -> View {
    at("mount", name);
    let (state, in_effect, in_handler) = (state.clone(), name.to_owned(), name.to_owned());
    let in_effect = RenderEffect::new(move |before: Option<()>| {
        state.track();
        // The first time is while the widget is mounted.
        before.iter().for_each(|()| at("effect", &in_effect));
    });
    let act = move |_| {
        let _ = &in_effect;
        at("handler", &in_handler);
    };
    button().class("injected").on(ev::click, act).child("fault").draw()
}
