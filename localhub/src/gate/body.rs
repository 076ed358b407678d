//! A body, read whole into memory, and no more of it than its operation takes.

use std::time::Duration;

use axum::{
    body::{Body, BodyDataStream, Bytes},
    http::{HeaderMap, StatusCode, header},
};
use futures_util::StreamExt;

use crate::problem::Problem;

/// How long the rest of a body that is refused is read on: a sender that is cut off while it sends sees
/// a broken connection in place of the refusal.
const PATIENCE: Duration = Duration::from_secs(30);

/// How large the bodies of an operation may be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    /// In bytes.
    pub(crate) bytes: usize,
    /// What a sender of a larger one can do.
    pub(crate) cure: &'static str,
}

/// Reads a body into one piece of memory of the size that is announced.
///
/// # Errors
/// 413 where it is larger, at once where that is announced; 400 where it was cut off.
pub(super) async fn read(headers: &HeaderMap, body: Body, limit: Limit) -> Result<Bytes, Problem> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let mut body = body.into_data_stream();
    let most = u64::try_from(limit.bytes).unwrap_or(u64::MAX);
    if let Some(announced) = announced.filter(|announced| *announced > most) {
        drain(body).await;
        return Err(too_large(&format!("has {announced} bytes"), Some(announced), limit));
    }
    let expected = announced.and_then(|announced| usize::try_from(announced).ok()).unwrap_or_default();
    let mut whole = Vec::with_capacity(expected);
    while let Some(part) = body.next().await {
        let part = part.map_err(|error| Problem::bad(format!("The body was cut off: {error}.")))?;
        if whole.len().saturating_add(part.len()) > limit.bytes {
            drain(body).await;
            return Err(too_large("has more bytes", None, limit));
        }
        whole.extend_from_slice(&part);
    }
    Ok(whole.into())
}

async fn drain(mut body: BodyDataStream) {
    // Whether it ends, fails or takes too long: nobody reads it.
    let _ = tokio::time::timeout(PATIENCE, async { while let Some(Ok(_)) = body.next().await {} }).await;
}

fn too_large(size: &str, announced: Option<u64>, limit: Limit) -> Problem {
    let Limit { bytes, cure } = limit;
    let detail = format!(
        "The body {size}, and at most {bytes} ({} MiB) are taken here; nothing was kept. {cure}",
        bytes / 1024 / 1024
    );
    let refused = Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", detail).with("limit", bytes);
    match announced {
        Some(announced) => refused.with("size", announced),
        None => refused,
    }
}
