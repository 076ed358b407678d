//! The host applications of the embed journeys, bundled.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context;

use crate::{
    run::{root, run, step, target},
    web,
};

/// Bundles `tests/web/hosts`; gives the folder in which the packages (`node_modules`) and the
/// applications (`hosts`) are.
pub(crate) fn build() -> anyhow::Result<PathBuf> {
    let modules = web::modules()?;
    let folder = modules.parent().map_or_else(|| target().join("web"), Path::to_owned);
    let source = root().join("tests/web");
    step("bundling the host applications", || {
        // It finds its packages beside it.
        fs::copy(source.join("build.mjs"), folder.join("build.mjs")).context("cannot copy build.mjs")?;
        let mut node = Command::new("node");
        node.arg("build.mjs").arg(source.join("hosts")).arg(folder.join("hosts")).current_dir(&folder);
        run(&mut node).context("Node.js comes with npm; is it in PATH?")
    })?;
    Ok(folder)
}
