//! One hub's address, and the way to it: every request with its retries.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use bytes::Bytes;
use reqwest::{
    Method, Url,
    header::{CONTENT_TYPE, ETAG, HeaderMap, RETRY_AFTER},
};
use serde_json::Value;
use tokio::time::timeout;

use super::{
    address::{below, location, must_be_safe},
    failure::Failure,
    refusal,
    transport::{Transport, unanswered},
};
use crate::output::note;

/// A longer wait than this is the operator's to decide.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// How long nothing has to come for a hub to count as not answering.
const PATIENCE: Duration = Duration::from_secs(120);
/// How many bytes a second of what is sent are waited for besides.
const SLOWEST: u64 = 128 * 1024;

/// What a hub answered; its status is one of success.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// The body; a text where it is not JSON.
    pub(crate) body: Value,
    /// The version of what was read or written, where the hub says one.
    pub(crate) etag: Option<String>,
}

/// A request: what it is called in messages, and what is sent.
#[derive(Clone, Debug)]
pub(crate) struct Request<'a> {
    /// In the extension's words.
    pub(crate) what: &'a str,
    /// The method.
    pub(crate) method: Method,
    /// The path.
    pub(crate) path: &'a str,
    /// The query.
    pub(crate) query: &'a [(String, String)],
    /// The headers.
    pub(crate) headers: &'a [(String, String)],
    /// The body.
    pub(crate) body: Option<Bytes>,
}

/// A hub's address and the way to it.
#[derive(Debug)]
pub(crate) struct Connection {
    http: Transport,
    hub: Url,
    token: String,
    retries: usize,
}

impl Connection {
    /// A connection that sends the token to this hub only.
    pub(crate) fn new(hub: Url, token: String, retries: usize) -> Result<Self, Failure> {
        must_be_safe(&hub)?;
        let http = Transport::new(concat!("ops-hub/", env!("CARGO_PKG_VERSION")), None)?;
        Ok(Self { http, hub, token, retries })
    }

    /// The hub's address.
    pub(crate) const fn hub(&self) -> &Url {
        &self.hub
    }

    /// Sends a request until it is answered for good: what is transient is tried again with growing
    /// pauses, or after the time that the hub asks for. Gives what it says, and the version of that.
    pub(crate) async fn send(&self, request: &Request<'_>) -> Result<(String, Option<String>), Failure> {
        let pauses = ExponentialBuilder::default()
            .with_min_delay(Duration::from_millis(250))
            .with_max_delay(Duration::from_secs(20))
            .with_factor(2.0)
            .with_jitter()
            .with_max_times(self.retries);
        (|| self.once(request))
            .retry(pauses)
            .when(Failure::is_transient)
            .adjust(|failure, pause| match failure {
                Failure::Refused { retry_after: Some(asked), .. } => {
                    pause.map(|pause| pause.max(*asked)).filter(|pause| *pause <= LONGEST_WAIT)
                }
                _ => pause,
            })
            .notify(|failure, pause| {
                note!("{failure}; trying again in {:.1} s", pause.as_secs_f32());
            })
            .await
    }

    async fn once(&self, request: &Request<'_>) -> Result<(String, Option<String>), Failure> {
        let mut url = below(&self.hub, request.path)?;
        if !request.query.is_empty() {
            url.query_pairs_mut().extend_pairs(request.query);
        }
        let mut builder = self.http.of(&url).request(request.method.clone(), url.clone()).bearer_auth(&self.token);
        for (name, value) in request.headers {
            builder = builder.header(name, value);
        }
        let mut patience = PATIENCE;
        if let Some(body) = &request.body {
            patience += Duration::from_secs(u64::try_from(body.len()).unwrap_or(u64::MAX) / SLOWEST);
            builder = builder.header(CONTENT_TYPE, "application/json").body(body.clone());
        }
        let unreached = |error| unanswered(&url, error);
        let late =
            |_| Failure::Unreached { url: url.to_string(), why: format!("nothing came for {} s", patience.as_secs()) };
        let mut answer = timeout(patience, builder.send()).await.map_err(late)?.map_err(unreached)?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let mut bytes = Vec::new();
        while let Some(part) = timeout(patience, answer.chunk()).await.map_err(late)?.map_err(unreached)? {
            bytes.extend_from_slice(&part);
        }
        let text =
            String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        if status.is_success() {
            let etag = headers.get(ETAG).and_then(|value| value.to_str().ok()).map(str::to_owned);
            return Ok((text, etag));
        }
        let body = body_of(text);
        let detail = match location(&url, &headers).filter(|_| status.is_redirection()) {
            Some(to) => format!("the hub leads to {to}, where the token is not sent"),
            None => {
                Some(refusal::words(&body)).filter(|words| !words.is_empty()).unwrap_or_else(|| "without a word".into())
            }
        };
        Err(Failure::Refused {
            hub: self.hub.to_string(),
            what: request.what.to_owned(),
            status,
            detail,
            retry_after: retry_after(&headers),
            body: Box::new(body),
        })
    }
}

/// A body as JSON; as a text where it is none, which is shown where the status is a refusal.
pub(super) fn body_of(text: String) -> Value {
    serde_json::from_str(&text).unwrap_or(Value::String(text))
}

/// When to come again: seconds, or a date (RFC 9110, 10.2.3).
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = httpdate::parse_http_date(text).ok()?;
    Some(at.duration_since(std::time::SystemTime::now()).unwrap_or_default())
}
