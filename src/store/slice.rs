//! Work in slices, so that the page answers its reader in between.

use std::{future::poll_fn, pin::pin, task::Poll};

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

use super::clock;

/// How long a slice takes at most, in ms: half of a frame.
const SLICE_MS: i64 = 8;

/// A slice of work, from its start.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slice(i64);

impl Slice {
    /// Begins now.
    pub(crate) fn new() -> Self {
        Self(clock::monotonic_ms())
    }

    /// Whether it is time to let others go on.
    pub(crate) fn is_over(self) -> bool {
        clock::monotonic_ms().saturating_sub(self.0) >= SLICE_MS
    }

    /// Lets others go on, then begins anew. A message comes as the next task; a timer would wait 4 ms.
    pub(crate) async fn renew(&mut self) {
        if let Ok(channel) = MessageChannel::new() {
            let (here, there) = (channel.port1(), channel.port2());
            let promise = Promise::new(&mut |resolve, _| {
                here.set_onmessage(Some(&resolve));
                // Where it cannot be sent, nobody would be woken: the promise is settled at once.
                if there.post_message(&JsValue::NULL).is_err() {
                    drop(resolve.call0(&JsValue::NULL));
                }
            });
            drop(JsFuture::from(promise).await);
            here.close();
        }
        *self = Self::new();
    }
}

/// Waits for both.
pub(crate) async fn both<A, B>(first: impl Future<Output = A>, second: impl Future<Output = B>) -> (A, B) {
    let (mut first, mut second) = (pin!(first), pin!(second));
    let (mut one, mut two) = (None, None);
    poll_fn(|task| {
        if one.is_none()
            && let Poll::Ready(value) = first.as_mut().poll(task)
        {
            one = Some(value);
        }
        if two.is_none()
            && let Poll::Ready(value) = second.as_mut().poll(task)
        {
            two = Some(value);
        }
        match (one.take(), two.take()) {
            (Some(one), Some(two)) => Poll::Ready((one, two)),
            unfinished => {
                (one, two) = unfinished;
                Poll::Pending
            }
        }
    })
    .await
}
