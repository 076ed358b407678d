//! The widget bundle: wasm, its JavaScript with the style sheet in it, the entry, the manifest.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use crate::{
    elements, loader,
    optimise::{Language, Optimiser},
    pack::File,
    run::{cargo, output, root, run, step, target},
    split::{self, Split},
    tools::{self, WASM, WasmTools},
};

/// The token in the loader's source that is replaced by the bundle's files.
const TOKEN: &str = "__OPS_HUB_BUNDLE__";

/// How a bundle is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Fast to build, and larger.
    Debug,
    /// Small, split into what is loaded first and what is loaded on demand, with compressed twins.
    Release,
    /// As [`Mode::Debug`], and panics where a test asks for it.
    Faults,
}

impl Mode {
    const fn profile(self) -> &'static str {
        match self {
            Self::Debug | Self::Faults => "preview",
            Self::Release => "bundle",
        }
    }

    /// Cargo names the folder after the profile.
    const fn folder(self) -> &'static str {
        self.profile()
    }

    const fn features(self) -> &'static [&'static str] {
        match self {
            Self::Debug => &[],
            Self::Release => &["--features", "split"],
            Self::Faults => &["--features", "fault-injection"],
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
            Self::Faults => "debug, with faults to be injected",
        }
    }
}

/// The compiler's flags for everything that runs in the browser.
///
/// The remapped paths keep the machine's folders out of the wasm, so that a build is the same anywhere. Where
/// the sources of Rust's own library are installed, the compiler names them by their place on the machine;
/// where they are not, by the commit that it was made from.
///
/// # Errors
/// Where the compiler does not say what it is.
pub(crate) fn browser_flags() -> anyhow::Result<String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let remap = |from: &Path, to: &str| format!("--remap-path-prefix={}={to}", from.display());
    let mut flags = vec![remap(&root(), "/ops-hub")];
    flags.extend(home.map(|home| remap(&home, "/cargo")));
    let compiler = |arguments: &[&str]| output(Command::new("rustc").args(arguments).current_dir(root()));
    let sources = Path::new(compiler(&["--print", "sysroot"])?.trim()).join("lib/rustlib/src/rust");
    let version = compiler(&["--version", "--verbose"])?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: "));
    flags.extend(commit.map(|commit| remap(&sources, &format!("/rustc/{commit}"))));
    Ok(flags.join("\u{1f}"))
}

/// The name of cargo's variable for [`browser_flags`].
pub(crate) const FLAGS: &str = "CARGO_ENCODED_RUSTFLAGS";

/// Builds a bundle into `folder`, and removes what is there of an older one. Gives its files. `build` is the
/// folder in which cargo builds.
pub(crate) fn build(tools: &WasmTools, mode: Mode, build: &Path, folder: &Path) -> anyhow::Result<Vec<File>> {
    let release = if mode == Mode::Release { Some((Optimiser::find()?, tools::splitter()?)) } else { None };
    step(&format!("building the widgets ({})", mode.word()), || {
        run(cargo()
            .args(["build", "--package", "ops-hub-widgets", "--lib", "--target", WASM, "--profile", mode.profile()])
            .args(mode.features())
            .env("CARGO_TARGET_DIR", build)
            .env(FLAGS, flags(mode)?))
    })?;
    step("packing them", || {
        let wasm = build.join(WASM).join(mode.folder()).join("ops_hub_widgets.wasm");
        let glued = empty(build.join("bindgen").join(mode.folder()))?;
        let (files, manifest) = match &release {
            Some((optimiser, splitter)) => {
                let split = Split::new(splitter, &wasm, &empty(build.join("split"))?)?;
                bindgen(tools, mode, &split.main, &glued)?;
                assemble(Some((optimiser, &split)), &glued)?
            }
            None => {
                bindgen(tools, mode, &wasm, &glued)?;
                assemble(None, &glued)?
            }
        };
        write(&files, &manifest, mode, folder)?;
        Ok(files)
    })
}

fn flags(mode: Mode) -> anyhow::Result<String> {
    let mut flags = browser_flags()?;
    if mode == Mode::Release {
        flags.push('\u{1f}');
        flags.push_str(split::LINKER_FLAG);
    }
    Ok(flags)
}

/// A folder without the files of an earlier build.
fn empty(folder: PathBuf) -> anyhow::Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot clear {}", folder.display()))?;
    }
    Ok(folder)
}

fn bindgen(tools: &WasmTools, mode: Mode, wasm: &Path, out: &Path) -> anyhow::Result<()> {
    let mut command = Command::new(&tools.bindgen);
    command.args(["--target", "web", "--no-typescript", "--out-name", "ops_hub", "--out-dir"]).arg(out);
    if mode != Mode::Release {
        // After a panic the browser makes an instance at once, but none of 8 MB and more: names are most of it.
        command.arg("--remove-name-section");
    } else {
        // The loader says where the wasm is; every browser that runs it can encode into a buffer; chunks need the
        // exports that the linker made.
        command.args(["--omit-default-module-path", "--encode-into", "always", "--keep-lld-exports"]);
    }
    run(command.arg(wasm))?;
    ensure!(!out.join("snippets").exists(), "wasm-bindgen wrote snippets, which the bundle does not carry");
    Ok(())
}

/// The files of the bundle and its manifest. A release is optimised and has chunks.
fn assemble(release: Option<(&Optimiser, &Split)>, glued: &Path) -> anyhow::Result<(Vec<File>, Value)> {
    let text = |path: PathBuf| fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()));
    let small = |language, text: String| match release {
        Some((optimiser, _)) => optimiser.text(language, &text),
        None => Ok(text),
    };
    let (wasm, mut glue) = (glued.join("ops_hub_bg.wasm"), text(glued.join("ops_hub.js"))?);
    let mut chunks = BTreeMap::new();
    let wasm = match release {
        Some((optimiser, split)) => {
            chunks = split.chunks(|path| optimiser.wasm(path))?;
            glue = split.linked(&glue, &chunks)?;
            optimiser.wasm(&wasm)?
        }
        None => fs::read(&wasm).with_context(|| format!("cannot read {}", wasm.display()))?,
    };
    // The style sheet is part of the glue: a file of its own would be one more request before anything is shown.
    let style = format!("export const css = {};\n", template(&small(Language::Style, styles()?)?));
    let glue = small(Language::Script, glue + &loader::behind()? + &style)?;
    let glue = File::hashed("glue", "ops_hub", "js", glue.into_bytes());
    let wasm = File::hashed("wasm", "ops_hub", "wasm", wasm);

    let mut manifest: Value = serde_json::from_str(&text(root().join("manifest/ops-hub.manifest.json"))?)?;
    let references = json!({
        "version": manifest["extension"]["version"],
        "glue": glue.reference(), "wasm": wasm.reference(),
        "preload": manifest["preload"],
    });
    let entry = loader::joined()?;
    ensure!(entry.matches(TOKEN).count() == 1, "src/loader has to have {TOKEN} once");
    let entry = small(Language::Script, entry.replace(TOKEN, &references.to_string()))?;
    let entry = File { role: "entry", name: "ops-hub.js".into(), bytes: entry.into_bytes() };

    // The first file with the role `wasm` is what every page loads; the others are chunks. The entry comes last:
    // whoever reads it finds what it names.
    let files: Vec<File> = [glue, wasm].into_iter().chain(chunks.into_values()).chain([entry]).collect();
    manifest["bundle"] = files.iter().map(File::entry).collect();
    Ok((files, manifest))
}

/// A text as a template literal of JavaScript.
fn template(text: &str) -> String {
    format!("`{}`", text.replace('\\', "\\\\").replace('`', "\\`").replace("${", "\\${"))
}

/// The style sheets in the order of their names, as one.
fn styles() -> anyhow::Result<String> {
    let folder = root().join("widgets/styles");
    let mut paths = fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "css"));
    paths.sort();
    let sheets = paths.iter().map(fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
    Ok(sheets.join("\n"))
}

fn write(files: &[File], manifest: &Value, mode: Mode, folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let twins = mode == Mode::Release;
    let mut keep = BTreeSet::new();
    for file in files {
        keep.extend(file.write(folder, twins)?);
    }
    for file in elements::files(manifest["extension"]["version"].as_str().unwrap_or_default())? {
        keep.extend(file.write(folder, false)?);
    }
    // Without spaces: every page reads it.
    let bytes = (manifest.to_string() + "\n").into_bytes();
    keep.extend(File { role: "manifest", name: "manifest.json".into(), bytes }.write(folder, twins)?);
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !keep.contains(&*entry.file_name().to_string_lossy()) {
            fs::remove_file(entry.path()).with_context(|| format!("cannot remove {}", entry.path().display()))?;
        }
    }
    Ok(())
}

/// Where a bundle goes that is served from the working copy. Not a folder in which cargo keeps a
/// profile's own files.
pub(crate) fn folder(mode: Mode) -> PathBuf {
    match mode {
        Mode::Debug => target().join("widgets"),
        Mode::Release => target().join("dist"),
        Mode::Faults => target().join("widgets-faults"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stands_in_a_template_as_it_is() {
        assert_eq!(template("a\n\"b\" 'c'"), "`a\n\"b\" 'c'`");
        assert_eq!(template(r"`\${1}`"), r"`\`\\\${1}\``");
    }

    #[test]
    fn a_bundle_does_not_share_a_folder_with_cargo() {
        for mode in [Mode::Debug, Mode::Release, Mode::Faults] {
            for profile in [Mode::Debug, Mode::Release] {
                assert_ne!(folder(mode), target().join(profile.folder()));
            }
        }
    }
}
