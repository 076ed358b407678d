//! The hub's time in the browser.
//!
//! Standings are computed in the hub's time, never in the reader's: a laptop with a wrong clock
//! must not make stale evidence look fresh. The hub says its time with every answer; between
//! answers the page's monotonic clock carries it on.

use std::cell::Cell;

use ops_model::Timestamp;

/// Hub time as an offset to the page's monotonic clock.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    offset_ms: Cell<Option<i64>>,
}

impl Clock {
    /// Takes over what the hub says that the time is now.
    pub(crate) fn set(&self, now: Timestamp) {
        self.offset_ms.set(Some(now.as_ms().saturating_sub(monotonic_ms())));
    }

    /// The hub's time; before its first answer the browser's own.
    pub(crate) fn now(&self) -> Timestamp {
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit an i64")]
        let fallback = || Timestamp::from_ms(js_sys::Date::now() as i64);
        self.offset_ms.get().map_or_else(fallback, |offset| Timestamp::from_ms(offset.saturating_add(monotonic_ms())))
    }
}

/// Milliseconds since the page began, whatever happens to the clocks.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds since the page began fit an i64")]
pub(crate) fn monotonic_ms() -> i64 {
    precise_ms() as i64
}

/// The same with their fractions, as fine as the browser tells.
pub(crate) fn precise_ms() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}
