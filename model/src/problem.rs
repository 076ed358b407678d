//! Why a hub refused.

use serde_json::Value;

use crate::lenient::showable;

/// What a hub says of why it refused, as far as its body is `application/problem+json` (RFC 9457): its
/// `detail` and the `message` of each of its `errors`; the status alone where it says nothing. The words
/// can be shown.
#[must_use]
pub fn refusal(status: u16, body: &[u8]) -> String {
    let problem: Value = serde_json::from_slice(body).unwrap_or_default();
    let mut said = problem["detail"].as_str().map_or_else(|| format!("HTTP {status}"), str::to_owned);
    for error in problem["errors"].as_array().into_iter().flatten() {
        if let Some(message) = error["message"].as_str() {
            said.push(' ');
            said.push_str(message);
        }
    }
    showable(&said)
}
