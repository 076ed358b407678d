//! `cargo xtask dist`: the release bundle.

use std::{collections::BTreeMap, fs, path::Path, process::ExitCode};

use anyhow::{Context, bail};
use lexopt::{Arg, Parser};

use crate::{
    bundle::{self, Mode},
    run::{root, step, target},
    size::Sizes,
    tools,
};

const HELP: &str = "\
cargo xtask dist [--check]

Packs the release bundle into target/dist: every file but the entry is named by its hash, with brotli
and gzip twins; manifest.json has sizes and SRI hashes. Chunks hold what a page loads on demand.

Needs cargo and npm, and installs into target/tools what is missing: wasm-bindgen in the version of Cargo.lock,
wasm-split-cli (package wasm_split_cli_support) in the version of xtask/src/tools.rs, wasm-opt (npm package
binaryen) and esbuild in the versions of xtask/npm/package-lock.json.

--check   build a second time from nothing, and compare: both have to be byte-identical";

pub(crate) fn command(parser: &mut Parser) -> anyhow::Result<ExitCode> {
    let mut check = false;
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => {
                println!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Arg::Long("check") => check = true,
            other => return Err(other.unexpected().into()),
        }
    }
    let wasm = tools::wasm()?;
    build(&wasm)?;
    if check {
        build_again(&wasm)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Builds the release bundle, and prints its sizes.
pub(crate) fn build(wasm: &tools::WasmTools) -> anyhow::Result<Sizes> {
    let folder = bundle::folder(Mode::Release);
    let files = bundle::build(wasm, Mode::Release, &target(), &folder)?;
    let sizes = Sizes::of(&files, &folder)?;
    sizes.print();
    println!("in {}", folder.display());
    Ok(sizes)
}

/// Builds once more, from nothing and in another folder, and compares file by file.
pub(crate) fn build_again(wasm: &tools::WasmTools) -> anyhow::Result<()> {
    let again = target().join("dist-again");
    if again.exists() {
        fs::remove_dir_all(&again).context("cannot clear the second build")?;
    }
    let built = again.join("out");
    bundle::build(wasm, Mode::Release, &again.join("build"), &built)?;
    step("comparing both builds", || {
        let (one, other) = (contents(&bundle::folder(Mode::Release))?, contents(&built)?);
        for name in one.keys().chain(other.keys()) {
            if one.get(name) != other.get(name) {
                bail!("{name} is not the same in two builds of {}", root().display());
            }
        }
        fs::remove_dir_all(&again).context("cannot clear the second build")
    })
}

fn contents(folder: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        found.insert(entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path())?);
    }
    Ok(found)
}
