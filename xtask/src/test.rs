//! `cargo xtask test`: every test, and one line with the sum.

use std::{
    env,
    io::{BufRead, BufReader},
    process::{Command, ExitCode, Stdio},
    time::Instant,
};

use anyhow::Context;
use lexopt::{Arg, Parser, ValueExt};

use crate::{
    bundle::{self, Mode},
    dist, guard, hosts, python,
    run::{cargo, root, target, words},
    serve, tools, web,
};

const HELP: &str = "\
cargo xtask test [--only PART]...

Runs all tests, and ends with the line `N passed, M failed`.

fmt      the format of the sources
clippy   lints, native and for the browser; a warning fails
native   model, manifest, importer, local hub, tools
contract the local hub against its API document, with schemathesis
wasm     the widgets in headless Chromium
dist     the release bundle is packed and not too heavy, has the libraries that it needs and no others, sets no
         innerHTML, and a second build is byte-identical
e2e      the journeys in headless Chromium, on the release bundle and a local hub; `cargo xtask gallery`
         runs those over the gallery alone";

/// The browser's crates; everything else is native.
const BROWSER: [&str; 4] = ["--package", "ops-hub-widgets", "--package", "ops-widgets"];
const NATIVE: [&str; 5] = ["--workspace", "--exclude", "ops-hub-widgets", "--exclude", "ops-widgets"];

/// A part's name and what it does.
type Part = (&'static str, fn() -> anyhow::Result<Tally>);

const PARTS: &[Part] = &[
    ("fmt", fmt),
    ("clippy", clippy),
    ("native", native),
    ("contract", contract),
    ("wasm", wasm),
    ("dist", packed),
    ("e2e", e2e),
];

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

impl Tally {
    const fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

pub(crate) fn command(parser: &mut Parser) -> anyhow::Result<ExitCode> {
    let mut only = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => {
                println!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Arg::Long("only") => {
                let name = parser.value()?.string()?;
                let known = PARTS.iter().map(|(name, _)| *name).collect::<Vec<_>>();
                anyhow::ensure!(
                    known.contains(&name.as_str()),
                    "there is no part '{name}'; parts: {}",
                    known.join(", ")
                );
                only.push(name);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let mut sum = Tally::default();
    let start = Instant::now();
    for (name, part) in PARTS.iter().filter(|(name, _)| only.is_empty() || only.iter().any(|only| only == name)) {
        eprintln!("━━ {name}");
        let began = Instant::now();
        let tally = part().unwrap_or_else(|error| {
            eprintln!("error: {error:#}");
            Tally { passed: 0, failed: 1 }
        });
        eprintln!(
            "━━ {name}: {} passed, {} failed, {:.0} s",
            tally.passed,
            tally.failed,
            began.elapsed().as_secs_f32()
        );
        sum.add(tally);
    }
    eprintln!("━━ {:.0} s", start.elapsed().as_secs_f32());
    println!("{} passed, {} failed", sum.passed, sum.failed);
    Ok(if sum.failed == 0 && sum.passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn fmt() -> anyhow::Result<Tally> {
    check(cargo().args(["fmt", "--all", "--check"]))
}

fn clippy() -> anyhow::Result<Tally> {
    tools::wasm()?;
    let deny = ["--all-targets", "--", "--deny", "warnings"];
    let mut tally = check(cargo().arg("clippy").args(NATIVE).args(deny))?;
    tally.add(check(
        cargo()
            .arg("clippy")
            .args(BROWSER)
            .args(["--target", tools::WASM])
            .args(deny)
            .env(bundle::FLAGS, bundle::browser_flags()?),
    )?);
    Ok(tally)
}

fn native() -> anyhow::Result<Tally> {
    counted(cargo().arg("test").args(NATIVE).args(["--exclude", "ops-e2e", "--no-fail-fast"]))
}

fn contract() -> anyhow::Result<Tally> {
    let program = python::schemathesis()?;
    let mut command = cargo();
    command.args(["test", "--package", "ops-localhub", "--test", "schemathesis", "--", "--ignored"]);
    counted(command.env("SCHEMATHESIS", program))
}

fn wasm() -> anyhow::Result<Tally> {
    let (wasm, browser) = (tools::wasm()?, tools::browser()?);
    counted(
        cargo()
            .args(["test", "--package", "ops-widgets", "--tests", "--target", tools::WASM, "--no-fail-fast"])
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", wasm.test_runner)
            .env("CHROMEDRIVER", browser.driver)
            .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
            .env(bundle::FLAGS, bundle::browser_flags()?),
    )
}

fn packed() -> anyhow::Result<Tally> {
    let wasm = tools::wasm()?;
    let sizes = dist::build(&wasm)?;
    let mut tally = Tally::default();
    for result in [sizes.check(), guard::dependencies(), guard::no_html_sink(), dist::build_again(&wasm)] {
        if let Err(error) = &result {
            eprintln!("error: {error:#}");
        }
        tally.add(Tally { passed: usize::from(result.is_ok()), failed: usize::from(result.is_err()) });
    }
    Ok(tally)
}

fn e2e() -> anyhow::Result<Tally> {
    journeys(None, false)
}

/// The journeys whose name has `filter`. `accept` makes what they see the pictures to compare with.
pub(crate) fn journeys(filter: Option<&str>, accept: bool) -> anyhow::Result<Tally> {
    let (wasm, browser, modules) = (tools::wasm()?, tools::browser()?, web::modules()?);
    dist::build(&wasm)?;
    bundle::build(&wasm, Mode::Faults, &target(), &bundle::folder(Mode::Faults))?;
    if filter.is_none() {
        // What `serve` builds: a journey that starts it would build while others look at clocks and pictures.
        bundle::build(&wasm, Mode::Debug, &target(), &bundle::folder(Mode::Debug))?;
    }
    let web = hosts::build()?;
    let program = serve::program()?;
    let catalog = serve::import(&program, &root().join("static/inventory/OpsHubInventory.md"))?;
    let mut command = cargo();
    command
        .args(["test", "--package", "ops-e2e", "--no-fail-fast", "--"])
        .args(filter)
        .arg("--test-threads=2")
        .env("OPS_XTASK", env::current_exe()?)
        .env("OPS_HUB_BIN", program)
        .env("OPS_HUB_BUNDLE", bundle::folder(Mode::Release))
        .env("OPS_WEB", web)
        .env("OPS_HUB_FAULT_BUNDLE", bundle::folder(Mode::Faults))
        .env("OPS_HUB_CATALOG", catalog)
        .env("OPS_WEB_MODULES", modules)
        .env("CHROMEDRIVER", browser.driver)
        .env("CHROMIUM", browser.browser)
        // A journey's error says what was waited for; forty frames of its runtime would push that out of sight.
        .env("RUST_LIB_BACKTRACE", "0");
    if accept {
        command.env("OPS_GALLERY_ACCEPT", "1");
    }
    match tools::registry()? {
        Some(registry) => command.env("DOCKER_REGISTRY", registry),
        None => {
            eprintln!(
                "left out: the journey with a container registry; install docker-registry, or name it in DOCKER_REGISTRY"
            );
            command.args(["--skip", "registry::"])
        }
    };
    counted(&mut command)
}

/// A command that counts as one test.
fn check(command: &mut Command) -> anyhow::Result<Tally> {
    eprintln!("▸ {}", words(command));
    let passed = crate::run::status(command)?.success();
    Ok(Tally { passed: usize::from(passed), failed: usize::from(!passed) })
}

/// A command that runs tests: what it prints is shown, and its results are counted.
fn counted(command: &mut Command) -> anyhow::Result<Tally> {
    eprintln!("▸ {}", words(command));
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| words(command))?;
    let mut tally = Tally::default();
    for line in BufReader::new(child.stdout.take().context("no output")?).lines() {
        let line = line?;
        println!("{line}");
        tally.add(result(&line));
    }
    // A test binary that does not compile or ends early counts as a failure.
    if !child.wait()?.success() && tally.failed == 0 {
        tally.failed = 1;
    }
    Ok(tally)
}

/// The numbers of `test result: ok. 3 passed; 0 failed; …`.
fn result(line: &str) -> Tally {
    let Some((_, rest)) = line.split_once("test result: ") else { return Tally::default() };
    let number = |word: &str| {
        let words: Vec<&str> = rest.split([' ', ';']).collect();
        let at = words.iter().position(|found| *found == word).and_then(|at| at.checked_sub(1));
        at.and_then(|at| words.get(at)?.parse().ok()).unwrap_or_default()
    };
    Tally { passed: number("passed"), failed: number("failed") }
}

#[cfg(test)]
mod tests {
    use super::result;

    #[test]
    fn results_are_counted() {
        let tally = result("test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out");
        assert_eq!((tally.passed, tally.failed), (12, 3));
        let tally = result("3 passed; 4 failed");
        assert_eq!((tally.passed, tally.failed), (0, 0));
    }
}
