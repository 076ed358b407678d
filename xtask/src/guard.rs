//! What must hold for every release bundle: which libraries the browser's half is made of, and that it writes no HTML.

use std::{collections::BTreeSet, fs};

use anyhow::{Context, ensure};

use crate::{
    bundle::{self, Mode},
    run::{cargo, output},
    tools::WASM,
};

/// What the components are made with.
const NEEDED: [&str; 7] = ["gloo-net", "js-sys", "leptos", "serde", "serde_json", "wasm-bindgen", "web-sys"];

/// An allocator and readers and writers of WebAssembly: nothing that a component needs.
const UNWANTED: [&str; 6] = ["rustc-demangle", "talc", "wasm-encoder", "wasmparser", "wasmprinter", "wat"];

/// Checks the crates that are compiled into the bundle.
///
/// # Errors
/// Where one is missing that the components are made with, or one is there that has no place in a page.
pub(crate) fn dependencies() -> anyhow::Result<()> {
    let tree = output(
        cargo()
            .args(["tree", "--locked", "--target", WASM, "--edges", "normal", "--prefix", "none"])
            .args(["--package", "ops-hub-widgets"]),
    )?;
    judge(&tree.lines().filter_map(|line| line.split(' ').next()).collect())
}

fn judge(crates: &BTreeSet<&str>) -> anyhow::Result<()> {
    let missing: Vec<_> = NEEDED.into_iter().filter(|name| !crates.contains(name)).collect();
    let unwanted: Vec<_> = UNWANTED.into_iter().filter(|name| crates.contains(name)).collect();
    ensure!(missing.is_empty(), "the bundle is not made with {}", missing.join(", "));
    ensure!(unwanted.is_empty(), "the bundle must not contain {}", unwanted.join(", "));
    Ok(())
}

/// Checks that no script of the release bundle sets `innerHTML`, which a page under `require-trusted-types-for
/// 'script'` refuses. wasm-bindgen imports only what the components call, so this holds for the whole program.
///
/// # Errors
/// Where one does: an element of a `view!` with attributes or children has no dynamic part.
pub(crate) fn no_html_sink() -> anyhow::Result<()> {
    let folder = bundle::folder(Mode::Release);
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "js") {
            let script = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            ensure!(
                !script.contains("innerHTML"),
                "{} sets innerHTML: a `view!` has an element with attributes or children and nothing dynamic in it",
                path.display()
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{NEEDED, judge};

    #[test]
    fn a_bundle_has_what_it_needs_and_nothing_unwanted() {
        let needed = NEEDED.into_iter().collect();
        assert!(judge(&needed).is_ok());
        let mut without = needed.clone();
        without.remove("leptos");
        assert!(judge(&without).is_err_and(|error| error.to_string().contains("leptos")));
        let mut with = needed;
        with.insert("talc");
        assert!(judge(&with).is_err_and(|error| error.to_string().contains("talc")));
    }
}
