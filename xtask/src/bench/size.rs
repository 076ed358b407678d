//! What the bundle weighs: file by file, and the wasm crate by crate.

use std::{fs, process::Command};

use anyhow::Context;
use serde_json::{Value, json};

use super::{Budget, crates};
use crate::{
    bundle::{self, Mode},
    run::{run, step, target},
    tools::{self, WASM, WasmTools},
};

/// The bundle's files, its weight of `total` bytes beside the budget, and the bytes of each crate.
pub(super) fn measure(wasm: &WasmTools, total: u64) -> anyhow::Result<Value> {
    let folder = bundle::folder(Mode::Release);
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(name) = name.strip_suffix(".br") else { continue };
        let length = |path| fs::metadata(&path).map(|about| about.len()).with_context(|| name.to_owned());
        let (raw, brotli) = (length(folder.join(name))?, length(path)?);
        // The manifest is for the hub and the loader; it is no part of the budget.
        files.push(json!({ "name": name, "raw": raw, "brotli": brotli, "counts": name != "manifest.json" }));
    }
    files.sort_by_key(|file| std::cmp::Reverse(file["brotli"].as_u64()));
    let Budget { total: most, loader } = Budget::read()?;
    Ok(json!({
        "files": files, "total": total, "budget": { "total": most, "loader": loader }, "crates": by_crate(wasm)?,
    }))
}

/// The same wasm as in the bundle, with its names kept.
fn by_crate(wasm: &WasmTools) -> anyhow::Result<Value> {
    let out = target().join("bench").join("named");
    let built = target().join(WASM).join("bundle").join("ops_hub_widgets.wasm");
    let twiggy = tools::twiggy()?;
    step("counting the wasm crate by crate", || {
        run(Command::new(&wasm.bindgen)
            .args(["--target", "web", "--no-typescript", "--out-name", "ops_hub", "--out-dir"])
            .arg(&out)
            .arg(&built))?;
        crates::count(&twiggy, &out.join("ops_hub_bg.wasm"))
    })
}
