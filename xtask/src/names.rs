//! Short names between the wasm and its JavaScript.
//!
//! wasm-bindgen names each function that goes from one to the other with a hash, once in either file.
//! Hashes do not compress: of a packed bundle they were 2 %. What a page calls keeps its name.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, ensure};
use wasm_encoder::{
    ExportSection, ImportSection, Module, RawSection,
    reencode::{Reencode, RoundtripReencoder},
};
use wasmparser::{Parser, Payload};

/// How the names start that wasm-bindgen makes up.
const MADE_UP: [&str; 2] = ["__w", "wasm_bindgen_"];

/// The JavaScript and the wasm with short names for each other's functions.
///
/// # Errors
/// Where the wasm cannot be read, or takes something that does not stand in the JavaScript.
pub(crate) fn shorten(script: &str, wasm: &[u8]) -> anyhow::Result<(String, Vec<u8>)> {
    let mut short = Short { words: words(script).collect(), names: BTreeMap::new() };
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.context("this is no wasm")?;
        match &payload {
            Payload::ImportSection(section) => {
                let mut imports = ImportSection::new();
                for import in section.clone().into_imports() {
                    let import = import?;
                    imports.import(
                        import.module,
                        &short.name(import.name)?,
                        RoundtripReencoder.entity_type(import.ty)?,
                    );
                }
                module.section(&imports);
            }
            Payload::ExportSection(section) => {
                let mut exports = ExportSection::new();
                for export in section.clone() {
                    let export = export?;
                    let kind = RoundtripReencoder.export_kind(export.kind)?;
                    // What is given and not taken keeps its name: nothing else says which it is.
                    let name = if short.words.contains(export.name) {
                        short.name(export.name)?
                    } else {
                        export.name.to_owned()
                    };
                    exports.export(&name, kind, export.index);
                }
                module.section(&exports);
            }
            _ => {
                if let Some((id, range)) = payload.as_section() {
                    let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
                    let data = wasm.get(range).context("a section ends beyond the file")?;
                    module.section(&RawSection { id, data });
                }
            }
        }
    }
    let script = words(script).map(|word| short.names.get(word).map_or(word, String::as_str)).collect();
    Ok((script, module.finish()))
}

/// The names that were given so far.
struct Short<'a> {
    /// Every word of the script.
    words: BTreeSet<&'a str>,
    names: BTreeMap<String, String>,
}

impl Short<'_> {
    fn name(&mut self, long: &str) -> anyhow::Result<String> {
        if !MADE_UP.iter().any(|start| long.starts_with(start)) {
            return Ok(long.to_owned());
        }
        if let Some(known) = self.names.get(long) {
            return Ok(known.clone());
        }
        let name = format!("_{}", self.names.len());
        ensure!(!self.words.contains(&*name), "the script has a name {name} of its own");
        ensure!(self.words.contains(long), "the script does not know {long}");
        self.names.insert(long.to_owned(), name.clone());
        Ok(name)
    }
}

/// A script as its names and what stands between them.
fn words(script: &str) -> impl Iterator<Item = &str> {
    let is_in_name = |mark: char| mark.is_ascii_alphanumeric() || mark == '_' || mark == '$';
    let mut rest = script;
    std::iter::from_fn(move || {
        let is_name = is_in_name(rest.chars().next()?);
        let end = rest.find(|mark| is_in_name(mark) != is_name).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module that takes `__wbg_log_0123456789abcdef` and gives `run` and `__wbindgen_malloc`.
    fn module() -> Vec<u8> {
        let mut module = Module::new();
        let mut types = wasm_encoder::TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("./a.js", "__wbg_log_0123456789abcdef", wasm_encoder::EntityType::Function(0));
        let mut functions = wasm_encoder::FunctionSection::new();
        functions.function(0);
        let mut exports = ExportSection::new();
        exports.export("run", wasm_encoder::ExportKind::Func, 1);
        exports.export("__wbindgen_malloc", wasm_encoder::ExportKind::Func, 1);
        let mut code = wasm_encoder::CodeSection::new();
        let mut body = wasm_encoder::Function::new([]);
        body.instructions().call(0).end();
        code.function(&body);
        module.section(&types).section(&imports).section(&functions).section(&exports).section(&code);
        module.finish()
    }

    #[test]
    fn both_sides_say_the_same_short_names() -> anyhow::Result<()> {
        let script = "const a = { __wbg_log_0123456789abcdef: f }; wasm.__wbindgen_malloc(); wasm.run(__wbg_log);";
        let (script, wasm) = shorten(script, &module())?;
        assert_eq!(script, "const a = { _0: f }; wasm._1(); wasm.run(__wbg_log);");
        let mut names = Vec::new();
        for payload in Parser::new(0).parse_all(&wasm) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        names.push(import?.name.to_owned());
                    }
                }
                Payload::ExportSection(section) => {
                    for export in section {
                        names.push(export?.name.to_owned());
                    }
                }
                _ => {}
            }
        }
        assert_eq!(names, ["_0", "run", "_1"]);
        Ok(())
    }

    #[test]
    fn what_the_wasm_takes_and_nobody_gives_is_an_error() {
        assert!(shorten("wasm.__wbindgen_malloc()", &module()).is_err());
        assert!(shorten("a.__wbg_log_0123456789abcdef", &module()).is_ok());
        assert!(shorten("const _0 = wasm.__wbindgen_malloc(__wbg_log_0123456789abcdef)", &module()).is_err());
        assert!(shorten("", b"no wasm").is_err());
    }
}
