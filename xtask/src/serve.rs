//! `cargo xtask serve`: from the sources to a hub page.

use std::{
    collections::BTreeMap,
    env, fs,
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, ExitCode, Stdio},
    thread,
    time::{Duration, Instant, SystemTime},
};

use anyhow::{Context, bail};
use lexopt::{Arg, Parser, ValueExt};
use serde_json::Value;

use crate::{
    bundle::{self, Mode},
    run::{cargo, root, run, step, target},
    tools::{self, WasmTools},
};

const HELP: &str = "\
cargo xtask serve [OPTIONS]

Builds the widgets, imports the inventory, starts the local hub, registers the extension, prints URL and sign-in.

--port N           the port, 8420 where absent
--release          the release bundle instead of the debug one
--open             open the hub page in the browser
--watch            build, import and register again when a source changes
--db FILE          the database; in the user's data directory where absent
--inventory FILE   the inventory, static/inventory/OpsHubInventory.md where absent
--settable-clock   let /local/clock move the hub's clock";

#[derive(Debug)]
struct Options {
    port: u16,
    mode: Mode,
    open: bool,
    watch: bool,
    db: Option<PathBuf>,
    inventory: PathBuf,
    settable_clock: bool,
}

fn options(parser: &mut Parser) -> anyhow::Result<Option<Options>> {
    let mut options = Options {
        port: 8420,
        mode: Mode::Debug,
        open: false,
        watch: false,
        db: None,
        inventory: root().join("static/inventory/OpsHubInventory.md"),
        settable_clock: false,
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => return Ok(None),
            Arg::Long("port") => options.port = parser.value()?.parse()?,
            Arg::Long("release") => options.mode = Mode::Release,
            Arg::Long("open") => options.open = true,
            Arg::Long("watch") => options.watch = true,
            Arg::Long("db") => options.db = Some(env::current_dir()?.join(parser.value()?)),
            Arg::Long("inventory") => options.inventory = env::current_dir()?.join(parser.value()?),
            Arg::Long("settable-clock") => options.settable_clock = true,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Some(options))
}

pub(crate) fn command(parser: &mut Parser) -> anyhow::Result<ExitCode> {
    let Some(options) = options(parser)? else {
        println!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    };
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
    // Known before minutes go into building.
    if let Err(error) = TcpListener::bind(listen) {
        bail!(
            "port {} cannot be used ({error}): choose another with --port, or end the program that has it",
            options.port
        );
    }
    let wasm = tools::wasm()?;
    let program = program()?;
    let catalog = import(&program, &options.inventory)?;
    let bundle = bundle(&wasm, options.mode)?;
    let (mut hub, access) = start(&program, &options, listen, &bundle)?;
    // The hub ends with this pipe: also where this program alone is ended by a signal.
    let _alive = hub.stdin.take();
    let registered = register(&program, &access, &catalog, &bundle);
    if registered.is_err() {
        hub.kill().context("cannot end the hub")?;
    }
    registered?;
    let field = |name: &str| access[name].as_str().unwrap_or_default();
    let page = format!("{}/Hubs/ops-hub", field("url"));
    println!("\n  {page}\n  sign in as {} with {}\n\n  Ctrl-C ends it.", field("user"), field("password"));
    if options.open {
        open(&page);
    }
    if options.watch {
        watch(&wasm, &options, &program, &access)?;
    }
    let status = hub.wait().context("the hub")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Builds the `ops-hub` program; gives its path.
pub(crate) fn program() -> anyhow::Result<PathBuf> {
    step("building the ops-hub program", || run(cargo().args(["build", "--package", "ops-hub"])))?;
    Ok(target().join("debug").join(format!("ops-hub{}", env::consts::EXE_SUFFIX)))
}

/// Imports the inventory; gives the catalog's path.
pub(crate) fn import(program: &Path, inventory: &Path) -> anyhow::Result<PathBuf> {
    let catalog = target().join("catalog.json");
    step("importing the inventory", || {
        run(Command::new(program).arg("import").arg(inventory).arg("-o").arg(&catalog))
    })?;
    Ok(catalog)
}

fn bundle(wasm: &WasmTools, mode: Mode) -> anyhow::Result<PathBuf> {
    let folder = bundle::folder(mode);
    bundle::build(wasm, mode, &target(), &folder)?;
    Ok(folder)
}

/// Starts the hub, and waits until it answers.
fn start(program: &Path, options: &Options, listen: SocketAddr, bundle: &Path) -> anyhow::Result<(Child, Value)> {
    step("starting the local hub", || {
        let file = target().join("access.json");
        if file.exists() {
            fs::remove_file(&file).context("cannot remove the sign-in of before")?;
        }
        let mut command = Command::new(program);
        command
            .args(["serve", "--until-input-ends", "--listen", &listen.to_string(), "--access-file"])
            .arg(&file)
            .arg("--bundle")
            .arg(bundle);
        if let Some(db) = &options.db {
            command.arg("--db").arg(db);
        }
        if options.settable_clock {
            command.arg("--settable-clock");
        }
        let mut hub = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().context("cannot start the hub")?;
        let start = Instant::now();
        loop {
            if let Some(status) = hub.try_wait()? {
                bail!("the hub ended at once ({status}); what it said is above");
            }
            if file.exists() && TcpStream::connect(listen).is_ok() {
                return Ok((hub, serde_json::from_slice(&fs::read(&file)?)?));
            }
            if start.elapsed() > Duration::from_secs(30) {
                hub.kill()?;
                bail!("the hub did not answer within 30 s");
            }
            thread::sleep(Duration::from_millis(50));
        }
    })
}

fn register(program: &Path, access: &Value, catalog: &Path, bundle: &Path) -> anyhow::Result<()> {
    let field = |name: &str| access[name].as_str().unwrap_or_default();
    step("registering the extension", || {
        run(Command::new(program)
            .args(["register", "--yes", "--hub", field("url"), "--catalog"])
            .arg(catalog)
            .arg("--manifest")
            .arg(bundle.join("manifest.json"))
            .env("OPS_HUB_TOKEN", field("token"))
            .stdout(Stdio::null()))
    })
}

fn open(page: &str) {
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    if Command::new(opener).arg(page).stdout(Stdio::null()).stderr(Stdio::null()).spawn().is_err() {
        eprintln!("no browser could be opened by {opener}; open the address above");
    }
}

/// Builds again whenever a source changes; the error of a broken one is shown, and the old bundle stays.
fn watch(wasm: &WasmTools, options: &Options, program: &Path, access: &Value) -> anyhow::Result<()> {
    println!("  Watching the sources; reload the page after a build.");
    let mut known = sources(&options.inventory)?;
    loop {
        thread::sleep(Duration::from_millis(500));
        let now = sources(&options.inventory)?;
        if now == known {
            continue;
        }
        known = now;
        let catalog = import(program, &options.inventory);
        let done = catalog
            .and_then(|catalog| Ok((catalog, bundle(wasm, options.mode)?)))
            .and_then(|(catalog, bundle)| register(program, access, &catalog, &bundle));
        if let Err(error) = done {
            eprintln!("error: {error:#}");
        }
    }
}

/// The times of change of everything that goes into bundle, catalog and manifest.
fn sources(inventory: &Path) -> anyhow::Result<BTreeMap<PathBuf, SystemTime>> {
    let mut found = BTreeMap::new();
    let mut open: Vec<PathBuf> = ["model/src", "manifest", "widgets/src", "widgets/styles", "src"]
        .iter()
        .map(|folder| root().join(folder))
        .collect();
    found.insert(inventory.to_owned(), fs::metadata(inventory)?.modified()?);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            match fs::metadata(&path) {
                Ok(about) if about.is_dir() => open.push(path),
                Ok(about) => {
                    found.insert(path, about.modified()?);
                }
                // An editor's temporary file that is gone already.
                Err(_) => {}
            }
        }
    }
    Ok(found)
}
