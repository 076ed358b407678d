//! The hub's time in the browser.
//!
//! Standings are computed in the hub's time, never in the reader's: a laptop with a wrong clock must not make
//! stale evidence look fresh. Answers that cannot be old say the hub's time; between them the page's monotonic
//! clock carries it on.

use std::cell::Cell;

use ops_model::Timestamp;
use ops_widgets::timer::monotonic_ms;

/// Hub time as an offset to the page's monotonic clock.
#[derive(Debug, Default)]
pub(super) struct Clock {
    offset_ms: Cell<Option<i64>>,
}

impl Clock {
    /// Takes over what the hub says that the time is now.
    pub(super) fn set(&self, now: Timestamp) {
        self.offset_ms.set(Some(now.as_ms().saturating_sub(page_ms())));
    }

    /// The hub's time; before its first answer the browser's own.
    pub(super) fn now(&self) -> Timestamp {
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit an i64")]
        let fallback = || Timestamp::from_ms(js_sys::Date::now() as i64);
        self.offset_ms.get().map_or_else(fallback, |offset| Timestamp::from_ms(offset.saturating_add(page_ms())))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "milliseconds since the page began fit an i64")]
fn page_ms() -> i64 {
    monotonic_ms() as i64
}
