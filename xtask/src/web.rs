//! The npm packages that the journeys and the bench use, in the versions of their lock files.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, bail};

use crate::{
    run::{root, run, step, target},
    tools::{in_path, install, is_debian_root},
};

/// What npm reads.
const FILES: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];

/// The folder of the journeys' packages.
pub(crate) fn modules() -> anyhow::Result<PathBuf> {
    packages(&root().join("tests/web"), &target().join("web"))
}

/// The folder of the packages that `source` locks, in `folder`; installs npm where that is possible,
/// and the packages where they are missing or of another lock file.
pub(crate) fn packages(source: &Path, folder: &Path) -> anyhow::Result<PathBuf> {
    let modules = folder.join("node_modules");
    let same = |name: &str| fs::read(source.join(name)).ok() == fs::read(folder.join(name)).ok();
    // Written by npm when it is done: a copy that was cut off has none.
    if modules.join(".package-lock.json").exists() && FILES.into_iter().all(same) {
        return Ok(modules);
    }
    let npm = npm()?;
    step(&format!("fetching the tools of {} into {}", source.display(), folder.display()), || {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        for name in FILES {
            fs::copy(source.join(name), folder.join(name)).with_context(|| format!("cannot copy {name}"))?;
        }
        let fetched = run(Command::new(&npm).arg("ci").current_dir(folder).stdout(Stdio::null()));
        fetched.context("needs the network once; connect and run this again")
    })?;
    Ok(modules)
}

fn npm() -> anyhow::Result<PathBuf> {
    if let Some(npm) = found() {
        return Ok(npm);
    }
    if !is_debian_root() {
        bail!("npm was not found; install Node.js with npm (Debian and Ubuntu: `sudo apt-get install nodejs npm`)");
    }
    step("installing Node.js and npm by apt", || install(&["nodejs", "npm"]))?;
    found().context("apt installed npm, but it is not in PATH")
}

fn found() -> Option<PathBuf> {
    let name = if cfg!(windows) { Path::new("npm.cmd") } else { Path::new("npm") };
    in_path(&name.to_string_lossy())
}
