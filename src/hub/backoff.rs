//! How long a hub is left alone after it failed.

use std::cell::Cell;

use ops_model::pause;
use ops_widgets::timer::monotonic_ms;

/// How much earlier than the hub asked for it may be asked again, in ms: the alarm for that very moment must
/// not find the hub still closed.
const SLACK_MS: f64 = 50.0;

/// The failures in a row, and until when the hub asked to be left alone.
#[derive(Debug, Default)]
pub(super) struct Backoff {
    failures: Cell<u32>,
    closed_until_ms: Cell<f64>,
}

impl Backoff {
    /// The hub answered.
    pub(super) fn reset(&self) {
        self.failures.set(0);
    }

    /// The hub failed. Gives the pause before it is asked again, in ms; `asked` is what a `Retry-After` said.
    #[expect(clippy::cast_precision_loss, reason = "at most an hour")]
    pub(super) fn next_pause(&self, asked: Option<i64>) -> i64 {
        let pause = pause_after(self.failures.get(), asked);
        self.failures.set(self.failures.get().saturating_add(1));
        if asked.is_some() {
            self.closed_until_ms.set(monotonic_ms() + pause as f64 - SLACK_MS);
        }
        pause
    }

    /// Whether the hub asked to be left alone for longer. Even a reader's press on "try again" waits then.
    pub(super) fn is_closed(&self) -> bool {
        monotonic_ms() < self.closed_until_ms.get()
    }
}

/// The pause after so many failures in a row, in ms. Half of it is random.
pub(super) fn pause_after(failures: u32, asked: Option<i64>) -> i64 {
    pause::after(failures, js_sys::Math::random(), asked)
}
