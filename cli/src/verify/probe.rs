//! One request to an endpoint. No redirect is followed: where it leads is what is looked at.

use std::{
    fmt,
    time::{Duration, Instant},
};

use reqwest::{Client, Url, header::HeaderMap, redirect::Policy};

use crate::client::chain;

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Observed {
    /// The HTTP status.
    pub(crate) status: u16,
    /// Time to the response's headers, in ms.
    pub(crate) latency_ms: u64,
    headers: HeaderMap,
}

impl Observed {
    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// Why nothing came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The name is not known.
    Dns(String),
    /// Nobody answers at the address.
    Connect(String),
    /// The certificate or the handshake is not in order.
    Tls(String),
    /// No answer came in time.
    Timeout(Duration),
    /// The connection broke, or what came is not HTTP.
    Other(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dns(why) => write!(f, "DNS: {why}"),
            Self::Connect(why) => write!(f, "connect: {why}"),
            Self::Tls(why) => write!(f, "TLS: {why}"),
            Self::Timeout(limit) => write!(f, "timeout: no answer within {} ms", limit.as_millis()),
            Self::Other(why) => write!(f, "connection: {why}"),
        }
    }
}

/// A client for probes.
pub(crate) fn client(limit: Duration) -> Result<Client, reqwest::Error> {
    let agent = concat!("ops-hub-verify/", env!("CARGO_PKG_VERSION"));
    Client::builder().redirect(Policy::none()).timeout(limit).user_agent(agent).no_proxy().build()
}

/// Requests an address once.
pub(crate) async fn probe(client: &Client, url: Url, limit: Duration) -> Result<Observed, Failure> {
    let start = Instant::now();
    let answer = client.get(url).send().await.map_err(|error| failure(&error, limit))?;
    let latency_ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(Observed { status: answer.status().as_u16(), latency_ms, headers: answer.headers().clone() })
}

/// The verdict of a request that failed. The HTTP library tells name resolution and TLS apart in words only.
fn failure(error: &reqwest::Error, limit: Duration) -> Failure {
    if error.is_timeout() {
        return Failure::Timeout(limit);
    }
    // The outermost words repeat the address.
    let words = std::error::Error::source(error).map_or_else(|| error.to_string(), chain);
    let says = |sign: &str| words.to_ascii_lowercase().contains(sign);
    if says("dns error") {
        Failure::Dns(words)
    } else if says("certificate") || says("tls") || says("invalidcontenttype") || says("corrupt message") {
        Failure::Tls(words)
    } else if error.is_connect() {
        Failure::Connect(words)
    } else {
        Failure::Other(words)
    }
}
