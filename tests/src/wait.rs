//! Waiting for what happens in its own time.

use std::{future::Future, time::Duration};

use anyhow::bail;
use tokio::time::{Instant, sleep};

/// How long anything may take before it counts as not happening.
const PATIENCE: Duration = Duration::from_secs(40);

/// Asks again and again until `probe` gives a value.
///
/// # Errors
/// The error of `probe`, or, after 40 s, a sentence with `what` was waited for.
pub async fn until<T, F, P>(what: &str, mut probe: P) -> anyhow::Result<T>
where
    F: Future<Output = anyhow::Result<Option<T>>>,
    P: FnMut() -> F,
{
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(value) = probe().await? {
            return Ok(value);
        }
        if Instant::now() > end {
            bail!("waited {} s in vain for: {what}", PATIENCE.as_secs());
        }
        sleep(Duration::from_millis(100)).await;
    }
}
