//! A hub as a process of its own, as `ops-hub serve` starts it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Output, Stdio},
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
        let access = folder.path().join("access.json");
        if access.exists() {
            fs::remove_file(&access).expect("the sign-in of before is removed");
        }
        let process = ops_hub()
            .args(["serve", "--listen", "127.0.0.1:0", "--db"])
            .arg(folder.path().join("hub.sqlite"))
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

    /// Registers a manifest with an inventory.
    pub fn register_with(&self, manifest: &Path, inventory: &str, more: &[&str]) -> Output {
        ops_hub()
            .args(["register", "--hub", self.url(), "--catalog"])
            .arg(self.import(inventory))
            .arg("--manifest")
            .arg(manifest)
            .args(more)
            .env("OPS_HUB_TOKEN", self.token())
            .output()
            .expect("the program runs")
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
