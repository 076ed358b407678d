//! A hub's API, its operations found by id in the document that the hub serves.

use std::time::Duration;

use miette::{Result, miette};
use ops_manifest::{
    Manifest,
    contract::{Contract, ContractError, Operation},
};
use reqwest::{Method, StatusCode, Url};
use serde_json::Value;

/// Where a hub describes its API. The only path that is known beforehand.
const DOCUMENT: &str = "/api/v2/openapi.json";

/// A hub that was reached and whose API the extension works with.
#[derive(Debug)]
pub(crate) struct Client {
    connection: Connection,
    slug: String,
    contract: Contract,
}

/// A hub's address and the way to it.
#[derive(Debug)]
struct Connection {
    http: reqwest::Client,
    hub: Url,
    token: String,
}

/// Something to do.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// In words: `create widget ops-env-local`.
    pub(crate) what: String,
    /// The operation's id.
    pub(crate) operation: &'static str,
    /// Its path's parameters besides the hub.
    pub(crate) parameters: Vec<(&'static str, String)>,
    /// What to send.
    pub(crate) body: Option<Value>,
}

impl Client {
    /// Reads the hub's document; `slug` is the hub's name in addresses.
    pub(crate) async fn connect(hub: Url, token: &str, slug: &str) -> Result<Self> {
        let is_local =
            hub.host_str().is_some_and(|host| host == "localhost" || host.starts_with("127.") || host == "[::1]");
        if hub.scheme() != "https" && !is_local {
            return Err(miette!(help = "use https", "{hub}: the token would go over the network in clear text"));
        }
        let http = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(120))
            .user_agent(concat!("ops-hub/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| miette!("cannot make an HTTP client: {}", chain(&error)))?;
        let connection = Connection { http, hub, token: token.to_owned() };
        let (status, document) = connection.send(Method::GET, DOCUMENT, None).await?;
        if !status.is_success() {
            return Err(connection.refused("the hub's API document", status, &document));
        }
        let contract = Contract::new(document).map_err(|error| connection.unusable(&error))?;
        Ok(Self { connection, slug: slug.to_owned(), contract })
    }

    /// Checks the version of the hub's API against what a manifest needs.
    pub(crate) fn must_match(&self, manifest: &Manifest) -> Result<()> {
        self.contract.must_match(&manifest.extension.hub_api).map_err(|error| self.connection.unusable(&error))
    }

    /// What a reading operation gives; `None` where the hub has no such thing.
    pub(crate) async fn get(&self, operation: &str, parameters: &[(&'static str, String)]) -> Result<Option<Value>> {
        let (status, body) = self.call(operation, parameters, None).await?;
        match status {
            StatusCode::NOT_FOUND => Ok(None),
            status if status.is_success() => Ok(Some(body)),
            status => Err(self.refused(operation, status, &body)),
        }
    }

    /// The items of a listing operation; none where the hub has no such thing.
    pub(crate) async fn list(&self, operation: &str) -> Result<Vec<Value>> {
        let items = self.get(operation, &[]).await?.and_then(|mut page| page.get_mut("items").map(Value::take));
        Ok(if let Some(Value::Array(items)) = items { items } else { Vec::new() })
    }

    /// Does a step.
    pub(crate) async fn apply(&self, step: &Step) -> Result<()> {
        let (status, body) = self.call(step.operation, &step.parameters, step.body.as_ref()).await?;
        if status.is_success() { Ok(()) } else { Err(self.refused(step.operation, status, &body)) }
    }

    /// Calls an operation; gives whatever the hub answers.
    pub(crate) async fn call(
        &self,
        operation: &str,
        parameters: &[(&'static str, String)],
        body: Option<&Value>,
    ) -> Result<(StatusCode, Value)> {
        let bound = self.bind(operation, parameters)?;
        self.connection.send(method(&bound)?, &bound.path, body).await
    }

    fn bind(&self, operation: &str, parameters: &[(&'static str, String)]) -> Result<Operation> {
        let mut all = vec![("hub", self.slug.as_str())];
        all.extend(parameters.iter().map(|(name, value)| (*name, value.as_str())));
        self.contract.bind(operation, &all).map_err(|error| miette!("{}: {error}", self.connection.hub))
    }

    /// What a refusal says, with the cure.
    pub(crate) fn refused(&self, what: &str, status: StatusCode, body: &Value) -> miette::Report {
        self.connection.refused(what, status, body)
    }
}

impl Connection {
    fn unusable(&self, error: &ContractError) -> miette::Report {
        miette!(help = "is this the right hub?", "{}: {error}", self.hub)
    }

    async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Result<(StatusCode, Value)> {
        let url = self.hub.join(path).map_err(|error| miette!("{}{path}: {error}", self.hub))?;
        let mut request = self.http.request(method, url.clone()).bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await.map_err(|error| {
            miette!(help = "is the hub running, and is --hub its address?", "cannot reach {url}: {}", chain(&error))
        })?;
        let status = answer.status();
        let text = answer.text().await.map_err(|error| miette!("{url}: {}", chain(&error)))?;
        // A body that is not JSON is shown as it is where the status is a refusal, and of no use otherwise.
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::String(text))))
    }

    fn refused(&self, what: &str, status: StatusCode, body: &Value) -> miette::Report {
        let detail = body.get("detail").and_then(Value::as_str).or_else(|| body.as_str()).unwrap_or_default();
        let detail: String = detail.chars().take(500).collect();
        let cure = match status {
            StatusCode::UNAUTHORIZED => "the hub does not know this token; make a new one",
            StatusCode::FORBIDDEN => "the token lacks a scope; make one that may register",
            _ => "correct what the hub names, then run this again: what is done already is not done twice",
        };
        miette!(help = cure, "{}: {what}: {status}: {detail}", self.hub)
    }
}

fn method(operation: &Operation) -> Result<Method> {
    operation.method.parse().map_err(|_| miette!("'{}' is not an HTTP method", operation.method))
}

/// An error with all its causes, of which the last says most.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
