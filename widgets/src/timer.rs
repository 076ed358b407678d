//! Timers that a page cannot take away unnoticed.
//!
//! Some frameworks (IHP with Turbolinks is one) put functions of their own in the place of `setTimeout`, and
//! clear every timer of the page at each page change. The browser's own function stays as
//! `unsafeSetTimeout`, which is used where it exists. For pages that clear timers in another way there is
//! [`run_overdue`]: whoever hears from the browser calls it, and it runs what should have run already.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
};

use futures::channel::oneshot;
use js_sys::{Function, Reflect};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// How late a timer may be before it counts as lost, in ms. Browsers are a few ms late on a busy page.
const LATE_MS: f64 = 100.0;

/// A call that waits for its time.
struct Planned {
    due_ms: f64,
    /// What `clearTimeout` takes.
    handle: JsValue,
    call: Box<dyn FnOnce()>,
}

thread_local! {
    static PLANNED: RefCell<HashMap<u32, Planned>> = RefCell::default();
    static LAST_KEY: Cell<u32> = const { Cell::new(0) };
    /// What the browser calls, with the key of the timer.
    static FIRE: Closure<dyn Fn(u32)> = Closure::new(fire);
}

/// A call in the future. Dropping the timer cancels it.
#[derive(Debug)]
#[must_use = "dropping a timer cancels it"]
pub struct Timer(u32);

impl Timer {
    /// Calls `call` once, in `ms` milliseconds.
    pub fn new(ms: i64, call: impl FnOnce() + 'static) -> Self {
        let key = LAST_KEY.get().wrapping_add(1);
        LAST_KEY.set(key);
        #[expect(clippy::cast_precision_loss, reason = "at most an hour")]
        let ms = ms.max(0) as f64;
        let fire = FIRE.with(|fire| fire.as_ref().clone());
        // Without a handle there is no alarm of the browser; then `run_overdue` makes the call.
        let handle = call_window(["unsafeSetTimeout", "setTimeout"], &[fire, ms.into(), key.into()]);
        let planned = Planned { due_ms: monotonic_ms() + ms, handle, call: Box::new(call) };
        PLANNED.with_borrow_mut(|all| all.insert(key, planned));
        Self(key)
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        // The call is dropped outside of the borrow: it may own other timers.
        let planned = PLANNED.with_borrow_mut(|all| all.remove(&self.0));
        if let Some(planned) = planned {
            clear(&planned.handle);
        }
    }
}

/// Waits.
pub async fn sleep(ms: i64) {
    let (sender, over) = oneshot::channel::<()>();
    let _timer = Timer::new(ms, move || drop(sender));
    // The sender is dropped when the time is over, which is an error that means no harm.
    let _ = over.await;
}

/// Runs the timers whose time is over, soon after the caller is done. They were cleared by the page, or the
/// browser is late; either way the call is made once.
pub fn run_overdue() {
    let now = monotonic_ms();
    let overdue: Vec<u32> = PLANNED.with_borrow(|all| {
        let late = all.iter().filter(|(_, planned)| planned.due_ms + LATE_MS < now);
        late.map(|(key, _)| *key).collect()
    });
    for key in overdue {
        spawn_local(async move { fire(key) });
    }
}

/// Cancels every timer that can be reached. For the end of this instance of the components, whatever it was
/// in the middle of.
pub fn cancel_all() {
    PLANNED.with(|all| {
        for planned in all.try_borrow().iter().flat_map(|all| all.values()) {
            clear(&planned.handle);
        }
    });
}

/// Milliseconds since the page began. It never goes back, whatever is done to the clocks.
#[must_use]
pub fn monotonic_ms() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}

fn fire(key: u32) {
    let planned = PLANNED.with_borrow_mut(|all| all.remove(&key));
    if let Some(planned) = planned {
        clear(&planned.handle);
        (planned.call)();
    }
}

fn clear(handle: &JsValue) {
    call_window(["unsafeClearTimeout", "clearTimeout"], std::slice::from_ref(handle));
}

/// Calls the first of these functions that the window has.
fn call_window(names: [&str; 2], arguments: &[JsValue]) -> JsValue {
    let Some(window) = web_sys::window() else { return JsValue::UNDEFINED };
    let named = |name: &&str| Reflect::get(&window, &(*name).into()).ok()?.dyn_into::<Function>().ok();
    let function = names.iter().find_map(named);
    let arguments = arguments.iter().collect::<js_sys::Array>();
    function.and_then(|function| function.apply(&window, &arguments).ok()).unwrap_or_default()
}
