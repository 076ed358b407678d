//! A real hub on a free port with a database file of its own, and requests to it.
#![allow(dead_code, unreachable_pub, clippy::expect_used, clippy::missing_panics_doc)]

use std::{fs, net::SocketAddr, path::Path};

use ops_localhub::{Access, Config, Hub, Limits, Scope};
use reqwest::{Client, Method, RequestBuilder, StatusCode, redirect::Policy};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{sync::oneshot, task::JoinHandle};

/// A hub that listens.
pub struct TestHub {
    pub url: String,
    pub access: Access,
    pub client: Client,
    pub folder: TempDir,
    open: Hub,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

/// What a hub answered.
pub struct Answer {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
}

pub fn config(folder: &Path) -> Config {
    Config {
        db: folder.join("hub.sqlite"),
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        bundle: folder.join("bundle"),
        settable_clock: true,
        allow_origins: Vec::new(),
        limits: Limits::default(),
    }
}

impl Answer {
    /// The ETag, quotes included.
    pub fn etag(&self) -> &str {
        self.headers["etag"].to_str().expect("an ETag")
    }
}

impl TestHub {
    pub async fn start() -> Self {
        Self::start_in(tempfile::tempdir().expect("a folder")).await
    }

    pub async fn start_in(folder: TempDir) -> Self {
        Self::start_with(folder, Limits::default()).await
    }

    /// Starts a hub whose senders have these allowances.
    pub async fn start_with(folder: TempDir, limits: Limits) -> Self {
        // An error means that a test before chose it already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let config = Config { limits, ..config(folder.path()) };
        let hub = Hub::open(config).await.expect("the hub opens");
        let access = hub.grant_access().await.expect("access");
        let bound = hub.bind().await.expect("a port");
        let (stop, stopped) = oneshot::channel::<()>();
        let (url, open) = (bound.url(), hub.clone());
        let task = tokio::spawn(async move {
            let until = async {
                stopped.await.ok();
            };
            bound.run(until).await.expect("the hub serves");
        });
        let client = Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { url, access, client, folder, open, stop, task }
    }

    /// Ends the hub as Ctrl-C does; gives the folder of its database.
    pub async fn end(self) -> TempDir {
        self.stop.send(()).expect("the hub runs");
        self.task.await.expect("the hub ends in order");
        self.folder
    }

    /// A fresh token with these scopes.
    pub async fn token(&self, name: &str, scopes: &[Scope]) -> String {
        self.open.grant_token(name, scopes).await.expect("a token")
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url))
    }

    pub async fn answer(&self, request: RequestBuilder) -> Answer {
        let answer = request.send().await.expect("an answer");
        let (status, headers) = (answer.status(), answer.headers().clone());
        let text = answer.text().await.expect("a body");
        Answer { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) }
    }

    /// Sends with the maintainer's token.
    pub async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let mut request = self.request(method, path).bearer_auth(&self.access.token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        self.answer(request).await
    }

    /// Sends with the maintainer's token and a header.
    pub async fn send_if(&self, method: Method, path: &str, header: (&str, &str), body: Option<Value>) -> Answer {
        let mut request = self.request(method, path).bearer_auth(&self.access.token).header(header.0, header.1);
        if let Some(body) = body {
            request = request.json(&body);
        }
        self.answer(request).await
    }

    /// Makes the hub, and the manifest its active one; no widget yet.
    pub async fn with_manifest(&self) {
        let manifest = manifest();
        let made = self.send(Method::PUT, "/api/v2/hubs/ops-hub", Some(manifest["hub"].clone())).await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.body);
        let made = self.send(Method::POST, "/api/v2/hubs/ops-hub/manifests", Some(manifest)).await;
        assert_eq!((made.status, &made.body["state"]), (StatusCode::CREATED, &json!("draft")));
        let path = format!("/api/v2/hubs/ops-hub/manifests/{}/activation", env!("CARGO_PKG_VERSION"));
        let active = self.send(Method::POST, &path, None).await;
        assert_eq!((active.status, &active.body["state"]), (StatusCode::OK, &json!("active")));
    }

    /// Makes the endpoint widget of the inventory's first event; gives its identifier.
    pub async fn with_widget(&self) -> String {
        let widget = json!({ "kind": "endpoint", "subject": "endpoint:gitea-oci-registry", "title": "Gitea", "viewContext": "a" });
        let made =
            self.send(Method::PUT, "/api/v2/hubs/ops-hub/widgets/ops-endpoint-gitea-registry", Some(widget)).await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.body);
        made.body["id"].as_str().expect("an id").to_owned()
    }

    pub async fn record(&self, event: Value) -> Answer {
        self.send(Method::POST, "/api/v2/events", Some(event)).await
    }

    /// Signs in with the form; gives the session's cookie.
    pub async fn sign_in(&self) -> String {
        let form =
            [("user", self.access.user.as_str()), ("password", &self.access.password), ("return", "/Hubs/ops-hub")];
        let request = self.request(Method::POST, "/NewSession").header("sec-fetch-site", "same-origin").form(&form);
        let answer = self.answer(request).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let cookie = answer.headers["set-cookie"].to_str().expect("a cookie");
        cookie.split(';').next().expect("its value").to_owned()
    }
}

/// The committed manifest.
pub fn manifest() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../manifest/ops-hub.manifest.json");
    serde_json::from_str(&fs::read_to_string(path).expect("the manifest")).expect("JSON")
}

/// The committed manifest as another version.
pub fn manifest_of(version: &str) -> Value {
    let mut manifest = manifest();
    manifest["extension"]["version"] = version.into();
    manifest
}

/// The inventory's first event, on a widget.
pub fn first_event(widget: &str) -> Value {
    json!({
        "widgetId": widget, "eventType": "ops-endpoint-verified",
        "viewContext": "railiance-apps/workplans/RAIL-AP-WP-0001",
        "metadata": {
            "vsmFunction": "OPS", "vsmSystem": "S1", "endpoint": "https://gitea.coulomb.social/v2/",
            "expectedStatus": 401, "observedHeader": "Docker-Distribution-Api-Version: registry/2.0"
        }
    })
}
