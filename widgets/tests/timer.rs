//! Timers in a real browser, on pages that clear them.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used)]

use std::{cell::Cell, rc::Rc};

use gloo_timers::future::TimeoutFuture;
use ops_widgets::timer::{Timer, run_overdue, sleep};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A counter, and a call that moves it on.
fn counter() -> (Rc<Cell<u32>>, impl FnOnce() + Clone) {
    let count = Rc::new(Cell::new(0));
    let counted = count.clone();
    (count, move || counted.set(counted.get() + 1))
}

/// Clears the timers that are set meanwhile. Other tests run at the same time and keep theirs.
fn cleared<T>(set: impl FnOnce() -> T) -> T {
    let window = web_sys::window().unwrap();
    let handle = || window.set_timeout_with_str("0").unwrap();
    let (first, timers, last) = (handle(), set(), handle());
    (first..=last).for_each(|handle| window.clear_timeout_with_handle(handle));
    timers
}

#[wasm_bindgen_test]
async fn a_timer_calls_once_and_a_dropped_one_never() {
    let ((kept, call), (dropped, other)) = (counter(), counter());
    let _timer = Timer::new(10, call);
    drop(Timer::new(10, other));
    assert_eq!(kept.get(), 0, "not before its time");
    TimeoutFuture::new(50).await;
    assert_eq!((kept.get(), dropped.get()), (1, 0));
}

#[wasm_bindgen_test]
async fn a_timer_that_the_page_cleared_runs_at_the_next_sign_of_life() {
    let _ = any_spawner::Executor::init_wasm_bindgen();
    let ((count, call), (later, other)) = (counter(), counter());
    let _timers = cleared(|| (Timer::new(10, call), Timer::new(60_000, other)));
    TimeoutFuture::new(200).await;
    assert_eq!(count.get(), 0, "the page has cleared it");
    run_overdue();
    sleep(0).await;
    assert_eq!(count.get(), 1);
    run_overdue();
    sleep(0).await;
    assert_eq!((count.get(), later.get()), (1, 0), "once, and none before its time");
}

#[wasm_bindgen_test]
async fn the_browsers_own_function_is_taken_where_the_page_keeps_it() {
    let window = web_sys::window().unwrap();
    let eval = |code: &str| js_sys::eval(code).unwrap();
    eval("window.unsafeSetTimeout = window.setTimeout; window.setTimeout = () => 0");
    let (count, call) = counter();
    let _timer = Timer::new(10, call);
    eval("window.setTimeout = window.unsafeSetTimeout; delete window.unsafeSetTimeout");
    TimeoutFuture::new(50).await;
    assert_eq!(count.get(), 1);
    assert!(window.get("unsafeSetTimeout").is_none_or(|function| !function.is_function()));
}
