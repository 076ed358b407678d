//! Why a hub refused.

use crate::json;

/// What a hub says of why it refused, as far as its body is `application/problem+json` (RFC 9457): its
/// `detail` and the `message` of each of its `errors`; the status alone where it says nothing. Showable.
#[must_use]
pub fn refusal(status: u16, body: &str) -> String {
    let problem = json::read(body).unwrap_or_default();
    let mut said = match problem["detail"].as_str() {
        Some(detail) => detail.to_owned(),
        None => ["HTTP ", &status.to_string()].concat(),
    };
    for error in problem["errors"].as_array().into_iter().flatten() {
        if let Some(message) = error["message"].as_str() {
            said.push(' ');
            said.push_str(message);
        }
    }
    json::shown(&said)
}
