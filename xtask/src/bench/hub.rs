//! The local hub under load: the release build, a database of many events, `wrk` on the loopback
//! interface. What is asked, and how the database is filled, stands in `bench/hub/`.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail};
use serde_json::{Value, json};

use super::node;
use crate::{
    bundle::{self, Mode},
    run::{cargo, output, run, step, target},
    tools::{in_path, install, is_debian_root},
};

/// For how long each request is repeated, in s.
const SECONDS: u32 = 10;

/// Requests a second at a database of few and of `events` events. `None` where this hub has no way to
/// raise what one sender may send: then its allowance would be measured.
pub(super) fn measure(catalog: &Path, events: u32, is_quick: bool) -> anyhow::Result<Option<Value>> {
    let (wrk, sqlite) = (tool("wrk")?, tool("sqlite3")?);
    let program = step("building the ops-hub program (release)", || {
        run(cargo().args(["build", "--release", "--package", "ops-hub"]))?;
        anyhow::Ok(target().join("release").join(format!("ops-hub{}", env::consts::EXE_SUFFIX)))
    })?;
    if !output(Command::new(&program).args(["serve", "--help"]))?.contains("--allowance") {
        eprintln!("left out: the hub under load; this `ops-hub serve` has no --allowance");
        return Ok(None);
    }
    let folder = target().join("bench").join("hub");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("cannot clear the database of before")?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let out = folder.join("found.json");
    let said = json!({
        "program": program, "bundle": bundle::folder(Mode::Release), "catalog": catalog, "folder": folder,
        "events": events, "seconds": if is_quick { 1 } else { SECONDS }, "wrk": wrk, "sqlite": sqlite, "out": out,
    });
    step("measuring the local hub", || run(node().arg("bench/hub/main.mjs").arg(said.to_string())))?;
    let found = fs::read(&out).with_context(|| format!("cannot read {}", out.display()))?;
    Ok(Some(serde_json::from_slice(&found)?))
}

/// A program of Debian's package of the same name.
fn tool(name: &str) -> anyhow::Result<PathBuf> {
    if let Some(found) = in_path(name) {
        return Ok(found);
    }
    if !is_debian_root() {
        bail!("{name} was not found; install it (Debian and Ubuntu: `sudo apt-get install {name}`)");
    }
    step(&format!("installing {name} by apt"), || install(&[name]))?;
    in_path(name).with_context(|| format!("apt installed {name}, but it is not in PATH"))
}
