//! `cargo xtask dist`: the release bundle.

use std::{collections::BTreeMap, fs, path::Path, process::ExitCode};

use anyhow::{Context, bail, ensure};
use lexopt::{Arg, Parser};

use crate::{
    bench::Budget,
    bundle::{self, Mode},
    run::{root, step, target},
    tools,
};

const HELP: &str = "\
cargo xtask dist [--check]

Packs the release bundle into target/dist: every file but the entry is named by its hash, with brotli
and gzip twins; manifest.json has sizes and SRI hashes.

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

/// Builds the release bundle, and prints its sizes. Gives its bytes of brotli together.
pub(crate) fn build(wasm: &tools::WasmTools) -> anyhow::Result<u64> {
    let folder = bundle::folder(Mode::Release);
    let files = bundle::build(wasm, Mode::Release, &target(), &folder)?;
    let entry_most = Budget::read()?.loader;
    let mut total = 0;
    for file in &files {
        let twin = folder.join(format!("{}.br", file.name));
        let packed = fs::metadata(&twin).with_context(|| format!("cannot read {}", twin.display()))?.len();
        total += packed;
        ensure!(
            file.role != "entry" || packed <= entry_most,
            "{} has {packed} B packed; a page waits for it, so it has to stay within {entry_most} B",
            file.name
        );
        println!("{:<36} {:>9} B {:>9} B brotli", file.name, file.bytes.len(), packed);
    }
    println!("{:<36} {:>11} {total:>9} B brotli", "together", "");
    println!("in {}", folder.display());
    Ok(total)
}

/// Builds once more from a copy of the sources in another folder, and compares file by file.
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
