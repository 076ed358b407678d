//! Test programs written in Python, in an environment of their own below `target/tools`.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, bail};

use crate::{
    run::{output, root, run, step, target},
    tools::{install, is_root},
};

/// The packages with their versions.
const PACKAGES: &str = "localhub/tests/requirements.txt";

/// schemathesis in the version of `localhub/tests/requirements.txt`; installs what is missing.
pub(crate) fn schemathesis() -> anyhow::Result<PathBuf> {
    let folder = target().join("tools").join("schemathesis");
    let programs = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let program = programs.join(format!("schemathesis{}", env::consts::EXE_SUFFIX));
    let wanted = fs::read(root().join(PACKAGES)).with_context(|| format!("cannot read {PACKAGES}"))?;
    // Written after everything was installed.
    let done = folder.join("installed.txt");
    if fs::read(&done).is_ok_and(|installed| installed == wanted)
        && output(Command::new(&program).arg("--version")).is_ok()
    {
        return Ok(program);
    }
    step(&format!("installing schemathesis into {}", folder.display()), || {
        if folder.exists() {
            fs::remove_dir_all(&folder).context("cannot remove the environment of before")?;
        }
        environment(&folder)?;
        let python = programs.join(format!("python{}", env::consts::EXE_SUFFIX));
        let install = run(Command::new(python)
            .args(["-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input", "install", "--requirement"])
            .arg(root().join(PACKAGES)));
        install.context("needs the network once; connect and run this again")?;
        fs::write(&done, &wanted).context("cannot say that it is installed")
    })?;
    Ok(program)
}

/// Makes an empty environment; on Debian as root, Python is installed where it is missing.
fn environment(folder: &Path) -> anyhow::Result<()> {
    let python = env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
    let make = || output(Command::new(&python).args(["-m", "venv"]).arg(folder).stdin(Stdio::null()));
    let Err(error) = make() else { return Ok(()) };
    if !Path::new("/etc/debian_version").exists() || !is_root() {
        bail!(
            "Python 3 cannot make a virtual environment ({error:#}); install it with its module venv (Debian and \
             Ubuntu: `sudo apt-get install python3 python3-venv`), or name a Python in PYTHON"
        );
    }
    step("installing Python and its module venv by apt", || install(&["python3", "python3-venv"]))?;
    make().map(drop).context("apt installed Python, and it still makes no virtual environment")
}
