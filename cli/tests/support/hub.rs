//! A hub as a process of its own, as `ops-hub serve` starts it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

use super::{ops_hub, own_inventory, stderr};

/// A running hub; it ends when this is dropped.
#[derive(Debug)]
pub struct Hub {
    pub process: Child,
    pub access: Value,
    pub folder: Arc<TempDir>,
}

impl Hub {
    pub fn start() -> Self {
        Self::start_in(Arc::new(tempfile::tempdir().expect("a folder")))
    }

    /// Starts a hub on the database in a folder; it is made where there is none.
    pub fn start_in(folder: Arc<TempDir>) -> Self {
        Self::start_at(folder, "127.0.0.1:0")
    }

    /// The same, at an address.
    pub fn start_at(folder: Arc<TempDir>, address: &str) -> Self {
        let access = folder.path().join("access.json");
        if access.exists() {
            fs::remove_file(&access).expect("the sign-in of before is removed");
        }
        let process = ops_hub()
            .args(["serve", "--listen", address, "--db"])
            .arg(folder.path().join("hub.sqlite"))
            .arg("--bundle")
            .arg(folder.path().join("bundle"))
            .arg("--access-file")
            .arg(&access)
            .stdout(Stdio::null())
            .spawn()
            .expect("the program runs");
        let start = Instant::now();
        while !access.exists() {
            assert!(start.elapsed() < Duration::from_secs(20), "the hub did not start");
            thread::sleep(Duration::from_millis(20));
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&access).expect("the file").permissions().mode();
            assert_eq!(mode & 0o077, 0, "others may read the sign-in");
        }
        let access = serde_json::from_slice(&fs::read(&access).expect("the sign-in")).expect("JSON");
        Self { process, access, folder }
    }

    /// The hub's address.
    pub fn url(&self) -> &str {
        self.access["url"].as_str().expect("the URL")
    }

    /// A token that may register.
    pub fn token(&self) -> &str {
        self.access["token"].as_str().expect("the token")
    }

    /// The program on this hub, with its token and an outbox in its folder.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program runs")
    }

    /// The same, not started yet.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = ops_hub();
        command.args(arguments).env("OPS_HUB_URL", self.url()).env("OPS_HUB_TOKEN", self.token());
        command.env("OPS_HUB_OUTBOX", self.folder.path().join("outbox.sqlite"));
        command
    }

    /// Everything that the hub has recorded, oldest first.
    pub async fn events(&self) -> Vec<Value> {
        let mut items = self.get("/api/v2/hubs/ops-hub/events?limit=1000").await["items"].take();
        let mut items = items.as_array_mut().map(std::mem::take).expect("items");
        items.reverse();
        items
    }

    /// What the hub answers.
    pub async fn get(&self, path: &str) -> Value {
        // An error means that another test chose it already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let request = reqwest::Client::new().get(format!("{}{path}", self.url())).bearer_auth(self.token());
        request.send().await.expect("an answer").json().await.expect("JSON")
    }

    /// Imports an inventory; gives the catalog's path.
    fn import(&self, text: &str) -> PathBuf {
        let (inventory, catalog) = (self.folder.path().join("inventory.md"), self.folder.path().join("catalog.json"));
        fs::write(&inventory, text).expect("written");
        let output = ops_hub().arg("import").arg(inventory).arg("-o").arg(&catalog).output().expect("the program runs");
        assert!(output.status.success(), "{}", stderr(&output));
        catalog
    }

    /// Registers a manifest with the project's own inventory.
    pub fn register(&self, manifest: &Path, more: &[&str]) -> Output {
        self.register_with(manifest, &own_inventory(), more)
    }

    /// Registers a manifest with an inventory; applied without asking, unless it is a dry run.
    pub fn register_with(&self, manifest: &Path, inventory: &str, more: &[&str]) -> Output {
        self.registration(manifest, inventory, more).output().expect("the program runs")
    }

    /// The same, not started yet.
    pub fn registration(&self, manifest: &Path, inventory: &str, more: &[&str]) -> Command {
        let mut command = self.command(&["register", "--catalog"]);
        command.arg(self.import(inventory)).arg("--manifest").arg(manifest).args(more);
        if !more.contains(&"--dry-run") {
            command.arg("--yes");
        }
        command
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        // Gone already is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The committed manifest.
pub fn committed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../manifest/ops-hub.manifest.json")
}
