//! The local hub as a process of its own.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Output, Stdio},
};

use anyhow::{Context, ensure};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::{choose_tls, setting, until};

/// A running hub with an empty database. It ends, and its files go, when this is dropped.
#[derive(Debug)]
pub struct LocalHub {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    /// The operator's name.
    pub user: String,
    /// The operator's password.
    pub password: String,
    token: String,
    client: Client,
    folder: TempDir,
    _process: Child,
}

impl LocalHub {
    /// Starts a hub on a free port, with a clock that tests can set.
    ///
    /// # Errors
    /// Where it does not start.
    pub async fn start() -> anyhow::Result<Self> {
        Self::start_with(Path::new(&setting("OPS_HUB_BUNDLE")?)).await
    }

    /// Starts a hub that pages of these origins may ask; `null` is a frame without an origin.
    ///
    /// # Errors
    /// Where it does not start.
    pub async fn start_allowing(origins: &[&str]) -> anyhow::Result<Self> {
        let arguments: Vec<&str> = origins.iter().flat_map(|origin| ["--allow-origin", origin]).collect();
        Self::spawn(Path::new(&setting("OPS_HUB_BUNDLE")?), &arguments).await
    }

    /// Starts a hub that serves another bundle.
    ///
    /// # Errors
    /// Where it does not start.
    pub async fn start_with(bundle: &Path) -> anyhow::Result<Self> {
        Self::spawn(bundle, &[]).await
    }

    /// The token of its maintainer.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    async fn spawn(bundle: &Path, arguments: &[&str]) -> anyhow::Result<Self> {
        choose_tls();
        let folder = tempfile::tempdir()?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let access_file = folder.path().join("access.json");
        let process = Command::new(setting("OPS_HUB_BIN")?)
            .arg("serve")
            .args(arguments)
            .args(["--listen", &format!("127.0.0.1:{port}"), "--settable-clock", "--db"])
            .arg(folder.path().join("hub.sqlite"))
            .arg("--bundle")
            .arg(bundle)
            .arg("--access-file")
            .arg(&access_file)
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("the hub did not start")?;
        let client = Client::new();
        let url = format!("http://127.0.0.1:{port}");
        until("the hub to answer", || async {
            let answer = client.get(format!("{url}/healthz")).send().await;
            Ok(answer.is_ok_and(|answer| answer.status().is_success()).then_some(()))
        })
        .await?;
        let access: Value = serde_json::from_slice(&std::fs::read(&access_file)?)?;
        let field =
            |name: &str| access[name].as_str().map(str::to_owned).with_context(|| format!("no {name} in {access}"));
        Ok(Self {
            user: field("user")?,
            password: field("password")?,
            token: field("token")?,
            url,
            client,
            folder,
            _process: process,
        })
    }

    /// Runs `ops-hub register` with the bundle's manifest and the imported catalog.
    ///
    /// # Errors
    /// Where it cannot run or does not succeed.
    pub async fn register(&self) -> anyhow::Result<String> {
        self.register_catalog(&PathBuf::from(setting("OPS_HUB_CATALOG")?)).await
    }

    /// Runs `ops-hub register` with the bundle's manifest and this catalog.
    ///
    /// # Errors
    /// Where it cannot run or does not succeed.
    pub async fn register_catalog(&self, catalog: &Path) -> anyhow::Result<String> {
        let manifest = PathBuf::from(setting("OPS_HUB_BUNDLE")?).join("manifest.json");
        let catalog = catalog.display().to_string();
        let arguments = ["register", "--yes", "--catalog", &catalog, "--manifest", &manifest.display().to_string()];
        let output = self.run(&arguments).await?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        ensure!(output.status.success(), "register: {said}{}", String::from_utf8_lossy(&output.stderr));
        Ok(said)
    }

    /// Runs an `ops-hub` command on this hub, with its token.
    ///
    /// # Errors
    /// Where it cannot run.
    pub async fn run(&self, arguments: &[&str]) -> anyhow::Result<Output> {
        let mut command = Command::new(setting("OPS_HUB_BIN")?);
        command.args(arguments).args(["--hub", &self.url]).env("OPS_HUB_TOKEN", &self.token);
        command.env("OPS_HUB_OUTBOX", self.folder.path().join("outbox.sqlite"));
        Ok(command.current_dir(self.folder.path()).output().await?)
    }

    /// The folder of this hub's files.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Sends a request with the token; gives status and body.
    ///
    /// # Errors
    /// Where there is no answer or it is not JSON.
    pub async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> anyhow::Result<(StatusCode, Value)> {
        let mut request = self.client.request(method, format!("{}{path}", self.url)).bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await?;
        let status = answer.status();
        let text = answer.text().await?;
        let body =
            if text.is_empty() { Value::Null } else { serde_json::from_str(&text).with_context(|| text.clone())? };
        Ok((status, body))
    }

    /// Moves the hub's clock ahead.
    ///
    /// # Errors
    /// Where the hub refuses.
    pub async fn advance(&self, seconds: u64) -> anyhow::Result<()> {
        let (status, body) =
            self.send(Method::PUT, "/local/clock", Some(&json!({ "advanceSeconds": seconds }))).await?;
        ensure!(status.is_success(), "the clock was not moved: {status} {body}");
        Ok(())
    }

    /// The hub's identifier of a widget.
    ///
    /// # Errors
    /// Where the hub has no widget of this name.
    pub async fn widget_id(&self, name: &str) -> anyhow::Result<String> {
        let (_, page) = self.send(Method::GET, "/api/v2/hubs/ops-hub/widgets", None).await?;
        let items = page["items"].as_array().context("no items")?;
        let found = items.iter().find(|item| item["name"] == name).with_context(|| format!("no widget {name}"))?;
        found["id"].as_str().map(str::to_owned).context("no id")
    }
}
