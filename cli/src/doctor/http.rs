//! Plain requests, as a browser would send them.

use std::{io::Read, time::Duration};

use reqwest::{StatusCode, Url, header};

use crate::{
    client::{Failure, Transport, unanswered},
    text::of_header,
};

/// Larger files than this are none of a bundle.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// What came back.
#[derive(Debug)]
pub(crate) struct Page {
    /// The HTTP status.
    pub(crate) status: StatusCode,
    headers: header::HeaderMap,
    /// The body, as it was sent.
    bytes: Vec<u8>,
}

impl Page {
    /// A header's value, empty where there is none; several of one name are joined.
    pub(crate) fn header(&self, name: header::HeaderName) -> String {
        let values = self.headers.get_all(name).iter().map(of_header);
        values.collect::<Vec<_>>().join(", ")
    }

    /// The body without its content encoding.
    pub(crate) fn decoded(&self) -> Result<Vec<u8>, String> {
        let mut decoded = Vec::new();
        let read = match self.header(header::CONTENT_ENCODING).as_str() {
            "" | "identity" => return Ok(self.bytes.clone()),
            "br" => brotli::Decompressor::new(&*self.bytes, 4096).take(MOST_BYTES).read_to_end(&mut decoded),
            "gzip" => flate2::read::GzDecoder::new(&*self.bytes).take(MOST_BYTES).read_to_end(&mut decoded),
            other => return Err(format!("the content encoding '{other}' is not known")),
        };
        read.map(|_| decoded).map_err(|error| format!("the compressed form cannot be read: {error}"))
    }
}

/// A client that follows nothing and decodes nothing.
#[derive(Debug)]
pub(crate) struct Browser(Transport);

impl Browser {
    /// A client.
    pub(crate) fn new() -> Result<Self, Failure> {
        let agent = concat!("ops-hub-doctor/", env!("CARGO_PKG_VERSION"));
        Transport::new(agent, Some(Duration::from_secs(60))).map(Self)
    }

    /// Requests an address, with a token where one is given, and these encodings.
    pub(crate) async fn get(&self, url: &Url, token: Option<&str>, encodings: &str) -> Result<Page, Failure> {
        let mut request = self.0.of(url).get(url.clone()).header(header::ACCEPT_ENCODING, encodings);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let answer = request.send().await.map_err(|error| unanswered(url, error))?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let bytes = answer.bytes().await.map_err(|error| unanswered(url, error))?.to_vec();
        Ok(Page { status, headers, bytes })
    }
}
