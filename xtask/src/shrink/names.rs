//! Short names for what the wasm and its glue know each other by, and no code that is unused.
//!
//! wasm-bindgen gives each import and each export that it makes a long name with a hash, once in the wasm
//! and once or more in the glue. Hashes do not compress: 2 % of the bundle were such names.

use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
};

use anyhow::{Context, ensure};
use wasm_encoder::{
    CodeSection, ExportSection, Function, ImportSection, Module,
    reencode::{self, Error, Reencode},
};
use wasmparser::{CustomSectionReader, Export, FunctionBody, ImportSectionReader, Parser, TypeRef};

use super::unused;

/// The name of what the wasm imports from.
const GLUE: &str = "a";

/// The wasm and the glue, both with short names, and the wasm without what is only for a debugger and
/// without the code of what is unused. What a person has named keeps its name.
pub(super) fn short(wasm: &[u8], glue: &str) -> anyhow::Result<(Vec<u8>, String)> {
    let mut names = Names { unused: unused::functions(wasm)?, ..Names::default() };
    let mut module = Module::new();
    names.parse_core_module(&mut module, Parser::new(0), wasm).context("cannot read the wasm")?;
    let glue = names.put_into(glue)?;
    Ok((module.finish(), glue))
}

#[derive(Default)]
struct Names {
    modules: BTreeSet<String>,
    imports: BTreeMap<String, String>,
    exports: BTreeMap<String, String>,
    /// The functions of which no code is kept.
    unused: BTreeSet<u32>,
    /// The number of the function that comes next: those that are imported come first.
    function: u32,
}

impl Reencode for Names {
    type Error = Infallible;

    fn parse_import_section(&mut self, into: &mut ImportSection, from: ImportSectionReader<'_>) -> Result<(), Error> {
        for import in from.into_imports() {
            let import = import?;
            self.modules.insert(import.module.to_owned());
            self.function += u32::from(matches!(import.ty, TypeRef::Func(_)));
            let next = letters(self.imports.len());
            let name = self.imports.entry(import.name.to_owned()).or_insert(next).clone();
            into.import(GLUE, &name, self.entity_type(import.ty)?);
        }
        Ok(())
    }

    fn parse_export(&mut self, into: &mut ExportSection, export: Export<'_>) -> Result<(), Error> {
        let mut name = export.name.to_owned();
        if name.starts_with("__") || name.starts_with("wasm_bindgen_") {
            let next = letters(self.exports.len());
            name = self.exports.entry(name).or_insert(next).clone();
        }
        let kind = self.export_kind(export.kind)?;
        into.export(&name, kind, self.external_index(export.kind, export.index)?);
        Ok(())
    }

    fn parse_function_body(&mut self, into: &mut CodeSection, from: FunctionBody<'_>) -> Result<(), Error> {
        let number = self.function;
        self.function += 1;
        if self.unused.contains(&number) {
            let mut body = Function::new([]);
            body.instructions().unreachable().end();
            into.function(&body);
            return Ok(());
        }
        reencode::utils::parse_function_body(self, into, from)
    }

    /// Names, producers and the like: nothing in them changes what the wasm does.
    fn parse_custom_section(&mut self, _: &mut Module, _: CustomSectionReader<'_>) -> Result<(), Error> {
        Ok(())
    }
}

impl Names {
    /// The glue with these names: an import is the key of a function, an export a property of `wasm`.
    fn put_into(&self, glue: &str) -> anyhow::Result<String> {
        let mut named = String::with_capacity(glue.len());
        let mut given = BTreeSet::new();
        let mut rest = glue;
        while let Some(start) = rest.find(is_word) {
            let (before, from) = rest.split_at(start);
            let (word, after) = from.split_at(from.find(|letter| !is_word(letter)).unwrap_or(from.len()));
            named.push_str(before);
            let name = if named.ends_with("wasm.") {
                self.exports.get(word)
            } else if after.starts_with(": function") {
                given.insert(word);
                self.imports.get(word)
            } else {
                None
            };
            named.push_str(name.map_or(word, String::as_str));
            rest = after;
        }
        named.push_str(rest);
        for name in self.imports.keys() {
            ensure!(given.contains(name.as_str()), "wasm-bindgen's glue does not give the wasm its {name}");
        }
        for module in &self.modules {
            let key = format!("\"{module}\": import");
            ensure!(named.matches(&key).count() == 1, "wasm-bindgen's glue does not have {key} once");
            named = named.replace(&key, &format!("{GLUE}: import"));
        }
        Ok(named)
    }
}

const fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || letter == '$'
}

/// `a` to `z`, then `aa` to `az`, and so on.
fn letters(number: usize) -> String {
    let letter = char::from(b'a' + u8::try_from(number % 26).unwrap_or_default());
    let mut name = if number < 26 { String::new() } else { letters(number / 26 - 1) };
    name.push(letter);
    name
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{EntityType, ExportKind, MemorySection, MemoryType, TypeSection};
    use wasmparser::Payload;

    use super::*;

    const LOG: &str = "__wbg_log_0123456789abcdef";
    const NOW: &str = "__wbg_now_fedcba9876543210";

    /// Two imports, and three exports of which a person has named one.
    fn wasm(module: &str) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import(module, LOG, EntityType::Function(0)).import(module, NOW, EntityType::Function(0));
        let mut memories = MemorySection::new();
        memories.memory(MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None });
        let mut exports = ExportSection::new();
        exports.export("memory", ExportKind::Memory, 0).export("__wbindgen_start", ExportKind::Func, 1);
        exports.export("wasm_bindgen_0123___invoke", ExportKind::Func, 0);
        let mut made = Module::new();
        made.section(&types).section(&imports).section(&memories).section(&exports);
        made.finish()
    }

    #[test]
    fn both_sides_have_the_same_short_names() -> anyhow::Result<()> {
        let glue = format!(
            "const import0 = {{\n{LOG}: function() {{}},\n{NOW}: function() {{}},\n}};\n\
             return {{ \"./x.js\": import0 }};\n\
             function wasm_bindgen_0123___invoke() {{ wasm.wasm_bindgen_0123___invoke(); }}\n\
             wasm.memory; wasm.__wbindgen_start();\n"
        );
        let (wasm, glue) = super::short(&wasm("./x.js"), &glue)?;
        assert_eq!(
            glue,
            "const import0 = {\na: function() {},\nb: function() {},\n};\nreturn { a: import0 };\n\
             function wasm_bindgen_0123___invoke() { wasm.b(); }\nwasm.memory; wasm.a();\n"
        );
        let mut found = Vec::new();
        for payload in Parser::new(0).parse_all(&wasm) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        let import = import?;
                        found.push(format!("{}.{}", import.module, import.name));
                    }
                }
                Payload::ExportSection(section) => {
                    for export in section {
                        let export = export?;
                        found.push(format!("{} {}", export.name, export.index));
                    }
                }
                _ => {}
            }
        }
        assert_eq!(found, ["a.a", "a.b", "memory 0", "a 1", "b 0"]);
        Ok(())
    }

    #[test]
    fn glue_of_another_shape_is_refused() {
        let keys = format!("{LOG}: function() {{}}, {NOW}: function() {{}}");
        for glue in [keys.clone(), format!("{LOG}: function() {{}}, \"./x.js\": import0"), String::new()] {
            assert!(super::short(&wasm("./x.js"), &glue).is_err(), "{glue}");
        }
        assert!(super::short(&wasm("./x.js"), &format!("{keys} \"./x.js\": import0")).is_ok());
        assert!(super::short(b"no wasm", "").is_err());
    }

    #[test]
    fn no_name_is_given_twice() {
        let given: BTreeSet<String> = (0..1000).map(letters).collect();
        assert_eq!(given.len(), 1000);
        assert_eq!([letters(0), letters(25), letters(26), letters(51), letters(52)], ["a", "z", "aa", "az", "ba"]);
    }
}
