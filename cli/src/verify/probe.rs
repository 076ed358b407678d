//! One look at an endpoint. Where it redirects to is looked at; it is followed only where that is asked for.

use std::{
    error::Error,
    fmt,
    io::{self, ErrorKind},
    time::{Duration, Instant},
};

use reqwest::{
    Client, Url,
    header::{HeaderMap, LOCATION},
};

use crate::{
    client::{builder, chain, is_unknown_name, tls},
    text::of_header,
};

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Observed {
    /// The HTTP status.
    pub(crate) status: u16,
    /// Time to the response's headers, in ms; of all responses together where redirects were followed.
    pub(crate) latency_ms: u64,
    /// Where the first response led to; empty where it did not redirect.
    pub(crate) location: String,
    pub(super) headers: HeaderMap,
}

impl Observed {
    /// A header's values, a line each; empty where it is not there.
    pub(crate) fn header(&self, name: &str) -> Vec<String> {
        self.headers.get_all(name).iter().map(of_header).collect()
    }
}

/// Why nothing came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The name is not known.
    Dns(String),
    /// Nobody answers at the address.
    Connect {
        /// In the system's words.
        why: String,
        /// Whether something at the address has said so, and not the way to it.
        answered: bool,
    },
    /// This machine could not look: its DNS, its network, its limits. It says nothing of the endpoint.
    Own(String),
    /// The certificate or the handshake is not in order.
    Tls(String),
    /// No answer came in time.
    Timeout(Duration),
    /// The redirects could not be followed to their end.
    Redirect(String),
    /// The connection broke, or what came is not HTTP.
    Other(String),
}

impl Failure {
    /// Its verdict in one word.
    pub(crate) const fn word(&self) -> &'static str {
        match self {
            Self::Dns(_) => "dns",
            Self::Connect { .. } => "connect",
            Self::Own(_) => "inconclusive",
            Self::Tls(_) => "tls",
            Self::Timeout(_) => "timeout",
            Self::Redirect(_) => "redirect",
            Self::Other(_) => "connection",
        }
    }

    /// Whether another machine was reached, which shows that one's own network works.
    pub(crate) const fn is_of_the_other_side(&self) -> bool {
        match self {
            Self::Tls(_) | Self::Redirect(_) | Self::Other(_) => true,
            Self::Connect { answered, .. } => *answered,
            Self::Dns(_) | Self::Timeout(_) | Self::Own(_) => false,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dns(why) => write!(f, "DNS: {why}"),
            Self::Connect { why, .. } => write!(f, "connect: {why}"),
            Self::Own(why) => f.write_str(why),
            Self::Tls(why) => write!(f, "TLS: {why}"),
            Self::Timeout(limit) => write!(f, "timeout: no answer within {} ms", limit.as_millis()),
            Self::Redirect(why) => write!(f, "redirect: {why}"),
            Self::Other(why) => write!(f, "connection: {why}"),
        }
    }
}

/// A client for probes.
pub(crate) fn client(limit: Duration) -> Result<Client, reqwest::Error> {
    let agent = concat!("ops-hub-verify/", env!("CARGO_PKG_VERSION"));
    builder().timeout(limit).user_agent(agent).no_proxy().build()
}

/// Requests an address; follows up to `follow` redirects.
pub(crate) async fn probe(client: &Client, url: Url, limit: Duration, follow: u8) -> Result<Observed, Failure> {
    let start = Instant::now();
    let (mut at, mut location) = (url, String::new());
    let mut left = follow;
    loop {
        let answer = client.get(at.clone()).send().await.map_err(|error| failure(&error, limit))?;
        let to = answer.headers().get(LOCATION).map(of_header);
        let next = to.filter(|_| answer.status().is_redirection());
        if location.is_empty() {
            location = next.clone().unwrap_or_default();
        }
        match next {
            Some(to) if follow > 0 => {
                if left == 0 {
                    return Err(Failure::Redirect(format!("more than {follow}, the last to {to}")));
                }
                at = next_address(&at, &to)?;
                left -= 1;
            }
            _ => {
                let latency_ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
                let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
                return Ok(Observed { status, latency_ms, location, headers });
            }
        }
    }
}

fn next_address(from: &Url, to: &str) -> Result<Url, Failure> {
    let next = from.join(to).map_err(|error| Failure::Redirect(format!("'{to}': {error}")))?;
    match (from.scheme(), next.scheme()) {
        ("https", "http") => Err(Failure::Redirect(format!("from https to {next}, which is not followed"))),
        (_, "http" | "https") => Ok(next),
        (_, scheme) => Err(Failure::Redirect(format!("to {next}, and {scheme} is not followed"))),
    }
}

/// The verdict of a request that failed, by the error at its root.
fn failure(error: &reqwest::Error, limit: Duration) -> Failure {
    if error.is_timeout() {
        return Failure::Timeout(limit);
    }
    // The outermost words repeat the address.
    let words = error.source().map_or_else(|| error.to_string(), chain);
    if error.is_dns() {
        let why = words.rsplit_once("DNS: ").map_or(words.clone(), |(_, last)| last.to_owned());
        return if is_unknown_name(&words) { Failure::Dns(why) } else { Failure::Own(format!("DNS: {why}")) };
    }
    if let Some(error) = tls(error) {
        return Failure::Tls(error.to_string());
    }
    let causes = std::iter::successors(error.source(), |cause| (*cause).source());
    match causes.filter_map(|cause| cause.downcast_ref::<io::Error>()).last().map(io::Error::kind) {
        Some(
            ErrorKind::NetworkUnreachable
            | ErrorKind::NetworkDown
            | ErrorKind::AddrNotAvailable
            | ErrorKind::PermissionDenied
            | ErrorKind::OutOfMemory
            | ErrorKind::QuotaExceeded,
        ) => Failure::Own(format!("connect: {words}")),
        // Without a kind: this machine has no more files or memory for a connection.
        _ if words.contains("(os error 23)") || words.contains("(os error 24)") => {
            Failure::Own(format!("connect: {words}"))
        }
        kind if error.is_connect() => {
            let answered = matches!(kind, Some(ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset));
            Failure::Connect { why: words, answered }
        }
        _ => Failure::Other(words),
    }
}
