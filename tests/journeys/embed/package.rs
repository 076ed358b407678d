//! The package: npm takes the bundle as it is, and TypeScript reads its declarations.

use std::path::PathBuf;

use anyhow::{Context, ensure};
use ops_e2e::setting;
use serde_json::Value;
use tokio::process::Command;

#[tokio::test]
async fn npm_packs_the_bundle_with_all_that_it_loads() -> anyhow::Result<()> {
    let bundle = setting("OPS_HUB_BUNDLE")?;
    let output = Command::new("npm").args(["pack", "--dry-run", "--json"]).arg(&bundle).output().await?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let packed: Value = serde_json::from_slice(&output.stdout)?;
    let packed = String::from_utf8_lossy(packed.to_string().as_bytes()).into_owned();
    let manifest: Value = serde_json::from_slice(&std::fs::read(PathBuf::from(&bundle).join("manifest.json"))?)?;
    let files = manifest["bundle"].as_array().context("the manifest names no files")?;
    let loaded = files.iter().filter_map(|file| file["path"].as_str());
    for name in loaded.chain(["package.json", "manifest.json", "ops-hub.d.ts", "custom-elements.json"]) {
        ensure!(packed.contains(&format!("\"path\":\"{name}\"")), "{name} is not in the package: {packed}");
    }
    Ok(())
}

#[tokio::test]
async fn typescript_reads_the_declarations() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    // As npm would put it there.
    let package = folder.path().join("node_modules/ops-hub-widgets");
    std::fs::create_dir_all(&package)?;
    for name in ["package.json", "ops-hub.d.ts"] {
        std::fs::copy(PathBuf::from(setting("OPS_HUB_BUNDLE")?).join(name), package.join(name))?;
    }
    std::fs::write(folder.path().join("types.ts"), include_str!("../../web/types.ts"))?;
    let output = Command::new("node")
        .arg(PathBuf::from(setting("OPS_WEB")?).join("node_modules/typescript/bin/tsc"))
        .args(["--noEmit", "--strict", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler"])
        .args(["--lib", "es2022,dom", "types.ts"])
        .current_dir(folder.path())
        .output()
        .await?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    Ok(())
}
