//! `cargo xtask bench`: the product against other ways to build it, in one browser on one machine.
//!
//! The bundle is built here, and the local hub is measured ([`hub`]). Scripts for Node in `bench/` drive the
//! browser and write the report.

mod hub;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::{Context, ensure};
use lexopt::{Arg, Parser, ValueExt};
use serde_json::{Value, json};

use crate::{
    bundle::{self, Mode},
    dist,
    run::{root, run, step, target},
    serve, tools, web,
};

const HELP: &str = "\
cargo xtask bench [OPTIONS]

Measures the widgets in headless Chromium against the same table in plain JavaScript, React with TanStack,
Preact, Lit and AG Grid, in turn. Writes target/bench/report.html and target/bench/results.json.

--only NAME      start, catalog, widgets, live, size, hub; may be given more than once; all where absent
--repeats N      visits of each page at each size, 9 where absent
--sizes A,B,…    numbers of services, 1000,10000,100000 where absent
--pages A,B,…    vanilla, ours, preact, lit, react, aggrid; all where absent
--quick          one repeat, 1,000 services, 5 s of events, 10,000 recorded events: a check of the machinery

`--only size` prints what a page downloads, and writes it into the report; it needs no browser.

It fails at a wrong row, a request too many, a dropped event, a bundle that is too heavy; never at a time.";

/// What can be measured alone.
const SCENARIOS: [&str; 6] = ["start", "catalog", "widgets", "live", "size", "hub"];

/// What is measured, and how often.
#[derive(Clone, Debug)]
struct Options {
    only: Vec<String>,
    repeats: u32,
    sizes: Vec<u32>,
    pages: Vec<String>,
    /// How long events are sent, in s.
    seconds: u32,
    /// How many events the hub's database has.
    events: u32,
    /// Whether the machinery is checked alone.
    is_quick: bool,
}

impl Options {
    fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == name)
    }
}

fn options(parser: &mut Parser) -> anyhow::Result<Option<Options>> {
    let mut options = Options {
        only: Vec::new(),
        repeats: 9,
        sizes: vec![1000, 10_000, 100_000],
        pages: Vec::new(),
        seconds: 60,
        events: 1_000_000,
        is_quick: false,
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => return Ok(None),
            Arg::Long("only") => {
                let name = parser.value()?.string()?;
                ensure!(
                    SCENARIOS.contains(&name.as_str()),
                    "there is nothing to measure called '{name}'; there are: {}",
                    SCENARIOS.join(", ")
                );
                options.only.push(name);
            }
            Arg::Long("repeats") => options.repeats = parser.value()?.parse()?,
            Arg::Long("sizes") => {
                let sizes = parser.value()?.string()?;
                options.sizes = sizes.split(',').map(str::parse).collect::<Result<_, _>>().context("--sizes")?;
            }
            Arg::Long("pages") => {
                options.pages = parser.value()?.string()?.split(',').map(str::to_owned).collect();
            }
            Arg::Long("quick") => {
                options =
                    Options { repeats: 1, sizes: vec![1000], seconds: 5, events: 10_000, is_quick: true, ..options };
            }
            other => return Err(other.unexpected().into()),
        }
    }
    ensure!(options.repeats > 0 && options.sizes.iter().all(|size| *size >= 1000), "1 repeat, 1000 services at least");
    Ok(Some(options))
}

pub(crate) fn command(parser: &mut Parser) -> anyhow::Result<ExitCode> {
    let Some(options) = options(parser)? else {
        println!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    };
    let wasm = tools::wasm()?;
    let folder = target().join("bench");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let sizes = dist::build(&wasm)?;
    let mut parts = Vec::new();
    if options.wants("size") {
        parts.push(keep(&folder, "size", &json!({ "size": sizes.json() }))?);
    }
    let in_browser = ["start", "catalog", "widgets", "live"].into_iter().any(|name| options.wants(name));
    if in_browser || options.wants("hub") {
        let catalog = serve::import(&serve::program()?, &root().join("static/inventory/OpsHubInventory.md"))?;
        if in_browser {
            parts.push(browser(&options, &folder, &catalog)?);
        }
        if options.wants("hub")
            && let Some(found) = hub::measure(&catalog, options.events, options.is_quick)?
        {
            parts.push(keep(&folder, "hub", &json!({ "hub": found }))?);
        }
    }
    let report = folder.join("report.html");
    let names = json!({ "parts": parts, "results": folder.join("results.json"), "report": report });
    step("writing the report", || run(node().arg("bench/report/main.mjs").arg(names.to_string())))?;
    println!("{}", report.display());
    sizes.check()?;
    Ok(ExitCode::SUCCESS)
}

/// Node, in the workspace.
fn node() -> Command {
    let mut node = Command::new("node");
    node.current_dir(root());
    node
}

/// Writes a part of the results; gives its path.
fn keep(folder: &Path, name: &str, found: &Value) -> anyhow::Result<PathBuf> {
    let path = folder.join(format!("{name}.json"));
    fs::write(&path, found.to_string()).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}

/// Bundles the peers and drives the browser; gives the path of what it found.
fn browser(options: &Options, folder: &Path, catalog: &Path) -> anyhow::Result<PathBuf> {
    let browser = tools::browser()?;
    let packages = folder.join("npm");
    web::packages(&root().join("bench"), &packages)?;
    let peers = folder.join("peers");
    let build = root().join("bench/build.mjs");
    step("bundling the peers", || {
        run(Command::new("node").arg(build).arg(&peers).current_dir(&packages))
            .context("Node.js comes with npm; is it in PATH?")
    })?;
    let out = folder.join("browser.json");
    let said = json!({
        "root": root(), "bundle": bundle::folder(Mode::Release), "peers": peers, "modules": packages,
        "catalog": catalog, "chromium": browser.browser, "out": out, "repeats": options.repeats,
        "sizes": options.sizes, "only": options.only, "pages": options.pages, "seconds": options.seconds,
    });
    step("measuring in the browser", || run(node().arg("bench/main.mjs").arg(said.to_string())))?;
    Ok(out)
}
