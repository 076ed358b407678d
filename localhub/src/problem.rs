//! Errors of the API as `application/problem+json` (RFC 9457).

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};

use crate::error::HubError;

/// How many characters of a message are said.
const LONGEST: usize = 400;

/// A refusal with words that say what is wrong and what would cure it.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    kind: &'static str,
    detail: String,
    more: Vec<(String, Value)>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Problem {
    /// A refusal; `kind` ends its type `urn:inter-hub:problem:KIND`.
    pub(crate) fn new(status: StatusCode, kind: &'static str, detail: impl Into<String>) -> Self {
        Self { status, kind, detail: detail.into(), more: Vec::new(), headers: Vec::new() }
    }

    /// Adds an extension member.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.more.push((name.to_owned(), value.into()));
        self
    }

    /// Adds a header.
    pub(crate) fn header(mut self, header: (HeaderName, HeaderValue)) -> Self {
        self.headers.push(header);
        self
    }

    /// The extension member `errors`: what is wrong, each with its place.
    pub(crate) fn errors(findings: impl IntoIterator<Item = (String, String)>) -> Vec<Value> {
        let finding =
            |(pointer, message): (String, String)| json!({ "pointer": pointer, "message": shortened(&message) });
        findings.into_iter().map(finding).collect()
    }

    /// 400: what was sent is not what the contract says.
    pub(crate) fn bad(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-request", detail)
    }

    /// 404.
    pub(crate) fn missing(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", detail)
    }

    /// 405.
    pub(crate) fn method() -> Self {
        let detail = "This address does not take this method; the header `Allow` says which it takes.";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", detail)
    }

    /// 409.
    pub(crate) fn conflict(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, "conflict", detail)
    }

    /// 422: well-formed, but not what the hub accepts.
    pub(crate) fn unprocessable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "unprocessable", detail)
    }
}

/// A message that quotes what was sent, of a length that can be read.
pub(crate) fn shortened(message: &str) -> String {
    match message.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", message.get(..end).unwrap_or_default()),
        None => message.to_owned(),
    }
}

impl From<HubError> for Problem {
    fn from(error: HubError) -> Self {
        tracing::error!(%error, "request failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "The hub could not read or write its database.")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body: Map<String, Value> = self.more.into_iter().collect();
        body.insert("type".into(), format!("urn:inter-hub:problem:{}", self.kind).into());
        body.insert("title".into(), self.status.canonical_reason().unwrap_or("Error").into());
        body.insert("status".into(), self.status.as_u16().into());
        body.insert("detail".into(), self.detail.into());
        let mut response = (self.status, json!(body).to_string()).into_response();
        response.headers_mut().extend(self.headers);
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response
    }
}
