//! The card around every widget, and the states in which there is no body.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod support;

use ops_widgets::{Target, Trouble};
use support::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn an_unknown_widget_is_named_once_the_hub_has_answered() {
    let nobody = || Target::Instance("nobody".into());
    assert_eq!(show(nobody(), HubState::default(), "en").count("[aria-busy=true]"), 1);
    let known = show(nobody(), hub(&[]), "en");
    assert!(known.text().contains("nobody"), "{}", known.text());
}

#[wasm_bindgen_test]
async fn an_unknown_widget_says_that_the_hub_is_away() {
    let shown = show(Target::Instance("nobody".into()), HubState::default(), "en");
    shown.state.set(HubState { trouble: Some(Trouble::Away("HTTP 503".into())), ..HubState::default() });
    settle().await;
    assert!(shown.text().contains("HTTP 503"), "{}", shown.text());
}
