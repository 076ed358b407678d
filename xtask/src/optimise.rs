//! What makes the release bundle small once the compiler is done: wasm-opt for WebAssembly, esbuild for scripts
//! and style sheets. Both are npm packages, pinned by `xtask/npm/package-lock.json`.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, ensure};

use crate::{
    run::{root, run, target, words},
    web,
};

/// The features of WebAssembly that Rust's compiler and wasm-bindgen make use of.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// A language that esbuild minifies.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Language {
    Script,
    Style,
}

/// The programs, as scripts for Node.
#[derive(Clone, Debug)]
pub(crate) struct Optimiser {
    wasm_opt: PathBuf,
    esbuild: PathBuf,
}

impl Optimiser {
    /// Finds them in `target/tools/npm`; installs them there where they are missing or of another version.
    ///
    /// # Errors
    /// Where npm is missing or the packages cannot be fetched.
    pub(crate) fn find() -> anyhow::Result<Self> {
        let modules = web::packages(&root().join("xtask/npm"), &target().join("tools/npm"))?;
        Ok(Self { wasm_opt: modules.join("binaryen/bin/wasm-opt"), esbuild: modules.join("esbuild/bin/esbuild") })
    }

    /// The same WebAssembly, smaller, without names for a debugger.
    ///
    /// # Errors
    /// Where wasm-opt fails.
    pub(crate) fn wasm(&self, path: &Path) -> anyhow::Result<Vec<u8>> {
        let small = path.with_extension("small.wasm");
        run(Command::new("node")
            .arg(&self.wasm_opt)
            .args(["-Oz", "--strip-debug", "--strip-producers", "--strip-target-features"])
            .args(FEATURES)
            .arg(path)
            .arg("-o")
            .arg(&small))?;
        fs::read(&small).with_context(|| format!("cannot read {}", small.display()))
    }

    /// The same script or style sheet without what only people read. What a script exports keeps its name.
    ///
    /// # Errors
    /// Where esbuild does not understand it.
    pub(crate) fn text(&self, language: Language, text: &str) -> anyhow::Result<String> {
        let mut command = Command::new("node");
        command.arg(&self.esbuild).args(["--minify", "--legal-comments=none", "--log-level=warning"]);
        match language {
            Language::Script => command.args(["--loader=js", "--format=esm"]),
            Language::Style => command.arg("--loader=css"),
        };
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().with_context(|| words(&command))?;
        // It reads all of its input before it writes.
        child.stdin.take().context("no input")?.write_all(text.as_bytes())?;
        let output = child.wait_with_output()?;
        ensure!(output.status.success(), "{} failed; what it said is above", words(&command));
        String::from_utf8(output.stdout).context("esbuild does not write UTF-8")
    }
}
