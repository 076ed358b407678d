//! HTTP clients for a hub: what is never proxied, never followed, and what is not worth a second try.

use std::{error::Error, io, time::Duration};

use reqwest::{Client, ClientBuilder, Url, redirect::Policy};

use super::{Failure, address::is_loopback, failure::chain};

/// How many headers an answer may have; proxies and policies add many.
const MOST_HEADERS: usize = 4_096;

/// A client that follows nothing and reads answers with many headers.
pub(crate) fn builder() -> ClientBuilder {
    Client::builder().redirect(Policy::none()).http1_max_headers(MOST_HEADERS)
}

/// Two clients: a proxy of the environment is for other machines, and never for this one.
#[derive(Clone, Debug)]
pub(crate) struct Transport {
    direct: Client,
    proxied: Client,
}

/// Refuses a file of certificate authorities that cannot be read: without them no certificate is trusted,
/// which would pass for a fault of every other machine.
///
/// # Errors
/// Where `SSL_CERT_FILE` names such a file.
fn must_have_authorities() -> Result<(), Failure> {
    let Some(path) = std::env::var_os("SSL_CERT_FILE").filter(|path| !path.is_empty()) else { return Ok(()) };
    match std::fs::File::open(&path) {
        Ok(_) => Ok(()),
        Err(error) => {
            Err(Failure::Own(format!("SSL_CERT_FILE names {}, which cannot be read: {error}", path.display())))
        }
    }
}

impl Transport {
    /// Clients that give themselves this name; `limit` is how long a whole request may take.
    pub(crate) fn new(agent: &str, limit: Option<Duration>) -> Result<Self, Failure> {
        must_have_authorities()?;
        let client = |builder: ClientBuilder| {
            let builder = builder.connect_timeout(Duration::from_secs(10)).user_agent(agent);
            let builder = limit.into_iter().fold(builder, ClientBuilder::timeout);
            builder.build().map_err(|error| Failure::Own(format!("cannot make an HTTP client: {}", chain(&error))))
        };
        Ok(Self { direct: client(builder().no_proxy())?, proxied: client(builder())? })
    }

    /// The client for an address.
    pub(crate) fn of(&self, url: &Url) -> &Client {
        if is_loopback(url) { &self.direct } else { &self.proxied }
    }
}

/// Why a request was not answered: what the next try cannot cure is told apart from what it can.
pub(crate) fn unanswered(url: &Url, error: reqwest::Error) -> Failure {
    let error = error.without_url();
    let (url, why) = (url.to_string(), chain(&error));
    match tls(&error) {
        Some(tls) => Failure::Untrusted { url, why: tls.to_string() },
        None if error.is_dns() && is_unknown_name(&why) => Failure::NoHost { url, why },
        None if error.is_builder() => Failure::Unreadable { url, why },
        None => Failure::Unreached { url, why },
    }
}

/// Whether DNS has answered that there is no such name. Any other answer is that of a DNS that does not
/// work. The system says so in words alone: those of glibc, musl, macOS and Windows.
pub(crate) fn is_unknown_name(words: &str) -> bool {
    let known = [
        "Name or service not known",
        "No address associated",
        "Name does not resolve",
        "nodename nor servname",
        "No such host",
    ];
    known.iter().any(|known| words.contains(known))
}

/// What TLS says; it comes wrapped in errors of the system, which do not name it as their source.
pub(crate) fn tls<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    let wrapped = |cause: &'a (dyn Error + 'static)| {
        let mut inner = Some(cause);
        while let Some(error) = inner {
            if let Some(tls) = error.downcast_ref::<rustls::Error>() {
                return Some(tls);
            }
            inner = error
                .downcast_ref::<io::Error>()
                .and_then(io::Error::get_ref)
                .map(|error| error as &(dyn Error + 'static));
        }
        None
    };
    std::iter::successors(Some(error), |cause| (*cause).source()).find_map(wrapped)
}
