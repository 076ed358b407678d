//! The tools that are needed besides cargo: found, or installed.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, bail};

use crate::run::{cargo, output, root, run, step, target};

/// The compiler's name for the browser.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Where wasm-bindgen's programs are.
#[derive(Clone, Debug)]
pub(crate) struct WasmTools {
    /// Makes JavaScript and the final wasm.
    pub(crate) bindgen: PathBuf,
    /// Runs wasm tests in a browser.
    pub(crate) test_runner: PathBuf,
}

/// A browser and its driver.
#[derive(Clone, Debug)]
pub(crate) struct BrowserTools {
    /// Chromium or Chrome.
    pub(crate) browser: PathBuf,
    /// chromedriver.
    pub(crate) driver: PathBuf,
}

/// The wasm target and wasm-bindgen's programs in the version of `Cargo.lock`; installs what is missing.
pub(crate) fn wasm() -> anyhow::Result<WasmTools> {
    wasm_target()?;
    let version = locked_version("wasm-bindgen")?;
    let folder = target().join("tools");
    let program = |name: &str| folder.join("bin").join(format!("{name}{}", env::consts::EXE_SUFFIX));
    let tools = WasmTools { bindgen: program("wasm-bindgen"), test_runner: program("wasm-bindgen-test-runner") };
    let installed = output(Command::new(&tools.bindgen).arg("--version")).unwrap_or_default();
    if installed.split_whitespace().nth(1) != Some(&version) || !tools.test_runner.exists() {
        // Without --locked: the lock file that is published with the tool does not resolve.
        install_program("wasm-bindgen-cli", &version, &[], "two minutes")?;
    }
    Ok(tools)
}

/// The package of the splitter, and the version whose output [`crate::split`] reads.
const SPLITTER: (&str, &str) = ("wasm_split_cli_support", "0.2.4");

/// The program that moves code that is loaded on demand out of the wasm; installs it where it is missing.
pub(crate) fn splitter() -> anyhow::Result<PathBuf> {
    let (package, version) = SPLITTER;
    let folder = target().join("tools");
    let program = folder.join("bin").join(format!("wasm-split-cli{}", env::consts::EXE_SUFFIX));
    // The program does not tell its version; cargo does.
    let installed = fs::read_to_string(folder.join(".crates.toml")).unwrap_or_default();
    if !installed.contains(&format!("\"{package} {version} ")) || !program.exists() {
        install_program(package, version, &["--features", "build-binary"], "two minutes")?;
    }
    Ok(program)
}

/// Installs a program from the registry into the tools' folder.
fn install_program(package: &str, version: &str, features: &[&str], time: &str) -> anyhow::Result<()> {
    let folder = target().join("tools");
    step(&format!("installing {package} {version} into {} (about {time})", folder.display()), || {
        let install = run(cargo()
            .args(["install", package, "--force", "--version", version, "--root"])
            .arg(&folder)
            .args(features)
            .env("CARGO_TARGET_DIR", folder.join("build")));
        install.context("needs the network once; connect and run this again")?;
        // Only the programs are needed further on.
        fs::remove_dir_all(folder.join("build")).context("cannot clean up")
    })
}

fn wasm_target() -> anyhow::Result<()> {
    let has_target = || {
        let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]).current_dir(root()));
        sysroot.is_ok_and(|sysroot| Path::new(sysroot.trim()).join("lib/rustlib").join(WASM).join("lib").exists())
    };
    if has_target() {
        return Ok(());
    }
    step(&format!("installing the compiler's target {WASM}"), || {
        let added = run(Command::new("rustup").args(["target", "add", WASM]).current_dir(root()));
        added.with_context(|| format!("install rustup (https://rustup.rs) or your system's {WASM} standard library"))
    })?;
    if !has_target() {
        bail!("rustc has no target {WASM} though rustup added it; is another rustc first in PATH?");
    }
    Ok(())
}

/// A package's version in `Cargo.lock`.
fn locked_version(package: &str) -> anyhow::Result<String> {
    let lock = fs::read_to_string(root().join("Cargo.lock")).context("cannot read Cargo.lock")?;
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{package}\""));
    let version = lines.nth(1).and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    version.map(str::to_owned).with_context(|| format!("Cargo.lock has no {package}"))
}

/// Chromium and its driver, of `CHROMIUM` and `CHROMEDRIVER` where those are set; installs both on Debian as root.
pub(crate) fn browser() -> anyhow::Result<BrowserTools> {
    if let Some(tools) = find_browser() {
        return Ok(tools);
    }
    if !is_debian_root() {
        bail!(
            "no Chromium with its driver was found; install both (Debian and Ubuntu: \
             `sudo apt-get install chromium chromium-driver`), or name them in CHROMIUM and CHROMEDRIVER"
        );
    }
    step("installing Chromium and its driver by apt", || install(&["chromium", "chromium-driver"]))?;
    find_browser().context("apt installed Chromium, but it is not in PATH")
}

/// A container registry to verify, of `DOCKER_REGISTRY` where that is set; on Debian unpacked from
/// its package, not installed: an installed one would start as a service. `None` where there is none.
pub(crate) fn registry() -> anyhow::Result<Option<PathBuf>> {
    let folder = target().join("tools").join("registry");
    let unpacked = folder.join("usr/bin/docker-registry");
    if let Some(found) = env::var_os("DOCKER_REGISTRY").map(PathBuf::from).or_else(|| in_path("docker-registry")) {
        return Ok(Some(found));
    }
    if !unpacked.exists() && Path::new("/etc/debian_version").exists() {
        step(&format!("unpacking a container registry to verify into {}", folder.display()), || {
            fs::create_dir_all(&folder)?;
            let download = || output(apt().args(["download", "docker-registry"]).current_dir(&folder));
            if download().is_err() && is_root() {
                run(apt().arg("update").stdout(Stdio::null()))?;
            }
            download().context("needs the network once, and `apt-get update`; do that and run this again")?;
            let packages = fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<Vec<_>>>()?;
            let package =
                packages.into_iter().find(|path| path.extension().is_some_and(|extension| extension == "deb"));
            let package = package.context("apt-get downloaded no package")?;
            run(Command::new("dpkg-deb").arg("--extract").arg(&package).arg(&folder))?;
            fs::remove_file(&package).context("cannot remove the package")
        })?;
    }
    Ok(unpacked.exists().then_some(unpacked))
}

/// Installs packages of Debian.
pub(crate) fn install(packages: &[&str]) -> anyhow::Result<()> {
    run(apt().arg("update").stdout(Stdio::null())).context("needs the network once; connect and run this again")?;
    run(apt().args(["install", "--yes", "--no-install-recommends"]).args(packages).stdout(Stdio::null()))
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command.args(["-qq", "-o", "DPkg::Lock::Timeout=120"]).env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn find_browser() -> Option<BrowserTools> {
    let driver = env::var_os("CHROMEDRIVER").map(PathBuf::from).or_else(|| in_path("chromedriver"))?;
    let named = env::var_os("CHROMIUM").map(PathBuf::from);
    let browser = named.or_else(|| {
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].iter().find_map(|name| in_path(name))
    })?;
    Some(BrowserTools { browser, driver })
}

/// A program of `PATH`.
pub(crate) fn in_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(format!("{name}{}", env::consts::EXE_SUFFIX)))
        .find(|file| file.is_file())
}

/// Whether packages can be installed by apt.
pub(crate) fn is_debian_root() -> bool {
    Path::new("/etc/debian_version").exists() && is_root()
}

/// Whether this runs as root.
pub(crate) fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
