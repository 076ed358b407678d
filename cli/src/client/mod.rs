//! A hub's API, its operations found by the mapping in the document that the hub serves.

mod address;
mod connection;
mod failure;
mod listing;
mod preflight;
mod refusal;
mod transport;

use bytes::Bytes;
use ops_manifest::{
    Manifest,
    contract::Contract,
    mapping::{Mapping, Operation, Verdict, bind, compare, incoming, outgoing},
};
use reqwest::{Method, StatusCode, Url};
use serde_json::Value;

pub(crate) use address::{below, is_loopback, must_be_safe};
pub(crate) use connection::Answer;
use connection::{Connection, Request, body_of};
pub(crate) use failure::{Failure, chain, ending};
pub(crate) use preflight::must_be_able;
pub(crate) use transport::{Transport, builder, is_unknown_name, tls, unanswered};

/// How to reach a hub.
#[derive(Clone, Debug)]
pub(crate) struct Access {
    /// The hub's address.
    pub(crate) hub: Url,
    /// The token.
    pub(crate) token: String,
    /// How often a transient failure is tried again.
    pub(crate) retries: usize,
    /// What the hub calls its operations.
    pub(crate) mapping: Mapping,
}

/// A hub that was reached and has described its API.
#[derive(Debug)]
pub(crate) struct Client {
    connection: Connection,
    slug: String,
    mapping: Mapping,
    document: Value,
}

/// A call of an operation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Call {
    /// The extension's name of the operation.
    pub(crate) operation: &'static str,
    /// Its parameters besides the hub.
    pub(crate) parameters: Vec<(&'static str, String)>,
    /// What to send.
    pub(crate) body: Option<Value>,
    /// What to send in its place, as JSON: what is large is not decoded.
    pub(crate) text: Option<Bytes>,
}

impl Call {
    /// A call without parameters and body.
    pub(crate) fn to(operation: &'static str) -> Self {
        Self { operation, ..Self::default() }
    }

    /// Adds a parameter.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.parameters.push((name, value.into()));
        self
    }

    /// Adds a body.
    pub(crate) fn sending(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    /// Adds a body that is JSON already.
    pub(crate) fn sending_text(mut self, text: Bytes) -> Self {
        self.text = Some(text);
        self
    }

    /// How large such a body is; 0 where there is none.
    pub(crate) fn text_bytes(&self) -> usize {
        self.text.as_ref().map_or(0, Bytes::len)
    }
}

impl Client {
    /// Reads the hub's document; `slug` is the hub's name in addresses.
    pub(crate) async fn connect(access: Access, slug: &str) -> Result<Self, Failure> {
        let Access { hub, token, retries, mapping } = access;
        let connection = Connection::new(hub, token, retries)?;
        let request = Request {
            what: "the hub's API document",
            method: Method::GET,
            path: &mapping.document,
            query: &[],
            headers: &[],
            body: None,
        };
        let document = body_of(connection.send(&request).await?.0);
        if !document.get("paths").is_some_and(Value::is_object) {
            let url = below(connection.hub(), &mapping.document)?.to_string();
            return Err(Failure::Unreadable { url, why: "this is not an OpenAPI document, it has no `paths`".into() });
        }
        Ok(Self { connection, slug: slug.to_owned(), mapping, document })
    }

    /// The hub's address.
    pub(crate) const fn hub(&self) -> &Url {
        self.connection.hub()
    }

    /// The hub's name in addresses.
    pub(crate) fn slug(&self) -> &str {
        &self.slug
    }

    /// What the hub says of its API.
    pub(crate) const fn document(&self) -> &Value {
        &self.document
    }

    /// What the extension needs of a hub.
    pub(crate) const fn mapping(&self) -> &Mapping {
        &self.mapping
    }

    /// Checks the version of the hub's API against what a manifest needs; gives words where it does not match.
    pub(crate) fn must_match(&self, manifest: &Manifest) -> miette::Result<()> {
        let matched =
            Contract::new(self.document.clone()).and_then(|contract| contract.must_match(&manifest.extension.hub_api));
        matched.map_err(|error| {
            miette::miette!(
                help = "use a version of the extension that is made for this hub, or another hub",
                "{}: {error}",
                self.hub()
            )
        })
    }

    /// Whether the hub does not have an operation that the mapping calls optional: it is done without.
    pub(crate) fn does_without(&self, operation: &str) -> bool {
        self.mapping.operation(operation).is_ok_and(|need| need.optional) && !self.has(operation)
    }

    /// What a reading operation gives; `None` where the hub has no such thing.
    pub(crate) async fn get(&self, operation: &'static str) -> Result<Option<Answer>, Failure> {
        if self.does_without(operation) {
            return Ok(None);
        }
        match self.call(&Call::to(operation)).await {
            Ok(answer) => Ok(Some(answer)),
            Err(failure) if failure.status() == Some(StatusCode::NOT_FOUND) => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// The document of a reading operation as text, and its version; `None` where the hub has no such thing.
    pub(crate) async fn text(&self, operation: &'static str) -> Result<Option<(String, Option<String>)>, Failure> {
        if self.does_without(operation) {
            return Ok(None);
        }
        let need = self.mapping.operation(operation).map_err(|error| self.unusable(error))?;
        let (text, etag) = match self.ask(&Call::to(operation)).await {
            Ok(answer) => answer,
            Err(failure) if failure.status() == Some(StatusCode::NOT_FOUND) => return Ok(None),
            Err(failure) => return Err(failure),
        };
        if need.response.is_empty() {
            return Ok(Some((text, etag)));
        }
        Ok(Some((incoming(&need.response, body_of(text)).to_string(), etag)))
    }

    /// Whether the hub has an operation.
    pub(crate) fn has(&self, operation: &str) -> bool {
        let has = |operation: &Operation| !matches!(compare(operation, &self.document), Verdict::Missing);
        self.mapping.operation(operation).is_ok_and(has)
    }

    /// Whether the hub takes this parameter.
    fn offers(&self, operation: &str, parameter: &str) -> bool {
        let values = [("hub", self.slug.as_str()), (parameter, "")];
        let bound = bind(&self.mapping, &self.document, operation, &values);
        bound.is_ok_and(|bound| bound.query.iter().chain(&bound.headers).any(|(_, value)| value.is_empty()))
    }

    /// Calls an operation.
    pub(crate) async fn call(&self, call: &Call) -> Result<Answer, Failure> {
        let need = self.mapping.operation(call.operation).map_err(|error| self.unusable(error))?;
        let (text, etag) = self.ask(call).await?;
        let body = body_of(text);
        let body = if need.items.is_none() { incoming(&need.response, body) } else { body };
        Ok(Answer { body, etag })
    }

    /// Calls an operation; gives the text that comes back, and its version.
    async fn ask(&self, call: &Call) -> Result<(String, Option<String>), Failure> {
        let mut values = vec![("hub", self.slug.as_str())];
        values.extend(call.parameters.iter().map(|(name, value)| (*name, value.as_str())));
        let bound =
            bind(&self.mapping, &self.document, call.operation, &values).map_err(|error| self.unusable(error))?;
        let need = self.mapping.operation(call.operation).map_err(|error| self.unusable(error))?;
        let body = match &call.text {
            // Its fields have the names that the hub has for them.
            Some(text) if need.request.is_empty() => Some(text.clone()),
            Some(text) => {
                Some(outgoing(&need.request, body_of(String::from_utf8_lossy(text).into_owned())).to_string().into())
            }
            None => call.body.clone().map(|body| outgoing(&need.request, body).to_string().into()),
        };
        let method = bound.method.parse().map_err(|_| Failure::Unreadable {
            url: self.hub().to_string(),
            why: format!("'{}' is not an HTTP method", bound.method),
        })?;
        let request = Request {
            what: call.operation,
            method,
            path: &bound.path,
            query: &bound.query,
            headers: &bound.headers,
            body,
        };
        self.connection.send(&request).await
    }

    fn unusable(&self, error: ops_manifest::mapping::MappingError) -> Failure {
        Failure::Mapping { hub: self.hub().to_string(), error }
    }
}
