//! The hub's clock. Tests may move it, so that freshness need not be waited for.

use std::sync::atomic::{AtomicI64, Ordering};

use ops_model::Timestamp;

/// Real time plus an offset.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    offset_ms: AtomicI64,
}

impl Clock {
    /// The hub's time.
    pub(crate) fn now(&self) -> Timestamp {
        real().plus_ms(self.offset_ms.load(Ordering::Relaxed))
    }

    /// Makes it `now`.
    pub(crate) fn set(&self, now: Timestamp) {
        self.offset_ms.store(now.since(real()), Ordering::Relaxed);
    }

    /// Goes back to real time.
    pub(crate) fn reset(&self) {
        self.offset_ms.store(0, Ordering::Relaxed);
    }
}

fn real() -> Timestamp {
    Timestamp::from_ms(jiff::Timestamp::now().as_millisecond())
}
