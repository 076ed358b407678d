//! Views that are loaded on demand, in a real browser: shown once they are there, and tried again where they fail.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod support;

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use leptos::{mount::mount_to, prelude::*};
use ops_widgets::{
    on_demand,
    texts::Texts,
    ui::{LoadError, OnDemand},
};
use support::settle;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

on_demand! {
    /// A list of that many items.
    fn list(count: u32) -> AnyView = list_view;
}

fn list_view(count: u32) -> AnyView {
    (0..count).map(|number| view! { <li>{number}</li> }).collect_view().into_any()
}

fn shown(view: impl FnOnce() -> AnyView + 'static) -> HtmlElement {
    let document = web_sys::window().unwrap().document().unwrap();
    let element: HtmlElement = document.create_element("div").unwrap().unchecked_into();
    document.body().unwrap().append_child(&element).unwrap();
    mount_to(element.clone(), move || {
        provide_context(Texts::of("en"));
        view()
    })
    .forget();
    element
}

#[wasm_bindgen_test]
async fn a_view_is_shown_once_its_code_is_there() {
    let element = shown(|| view! { <OnDemand load=|| list(3) /> }.into_any());
    settle().await;
    assert_eq!(element.query_selector_all("li").unwrap().length(), 3, "{}", element.inner_html());
    assert!(element.query_selector("[aria-busy]").unwrap().is_none(), "{}", element.inner_html());
}

#[wasm_bindgen_test]
async fn a_view_that_fails_to_load_says_so_and_can_be_tried_again() {
    let tries = Arc::new(AtomicU32::new(0));
    let load = move || {
        let tries = tries.clone();
        async move { if tries.fetch_add(1, Ordering::Relaxed) == 0 { Err(LoadError) } else { list(2).await } }
    };
    let element = shown(|| view! { <OnDemand load /> }.into_any());
    settle().await;
    let alert = element.query_selector("[role=alert]").unwrap().unwrap();
    assert!(alert.text_content().unwrap().contains("could not be loaded"), "{}", element.inner_html());
    alert.query_selector("button").unwrap().unwrap().unchecked_into::<HtmlElement>().click();
    settle().await;
    assert_eq!(element.query_selector_all("li").unwrap().length(), 2, "{}", element.inner_html());
    assert!(element.query_selector("[role=alert]").unwrap().is_none(), "{}", element.inner_html());
}
