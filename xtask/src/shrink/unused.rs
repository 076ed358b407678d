//! What the wasm carries and nothing calls.
//!
//! js-sys describes each of its functions that takes a closure, used or not. wasm-bindgen takes the
//! descriptions out, but not the functions that they point to, by which JavaScript would call closures of
//! those types: they stay in the table, where nothing looks them up. Those that are used are exported.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use wasmparser::{
    ElementItems, ElementSectionReader, ExternalKind, FunctionBody, KnownCustom, Name, NameSectionReader, Operator,
    Parser, Payload,
};

use super::functions::Functions;

/// How the name begins of a function by which JavaScript calls a closure.
const INVOKE: &str = "wasm_bindgen::convert::closures::_::invoke::";

/// The functions for closures of types that JavaScript is given none of, and what only they call, by their
/// numbers; none where the wasm has no names.
pub(super) fn functions(wasm: &[u8]) -> anyhow::Result<BTreeSet<u32>> {
    let functions = Functions::of(wasm)?;
    let bodies = (functions.imported..).zip(&functions.bodies);
    let mut calls: BTreeMap<u32, BTreeSet<u32>> =
        bodies.map(|(function, body)| Ok((function, called(body)?))).collect::<anyhow::Result<_>>()?;
    let (mut invokes, mut listed, mut open) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.context("this is no wasm")? {
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        open.push(export.index);
                    }
                }
            }
            Payload::StartSection { func, .. } => open.push(func),
            Payload::ElementSection(section) => listed = elements(section)?,
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(section) = section.as_known() {
                    invokes = named(section, INVOKE)?;
                }
            }
            _ => {}
        }
    }
    let mut unused: BTreeSet<u32> = calls.keys().copied().collect();
    if invokes.is_empty() {
        return Ok(invokes);
    }
    open.extend(listed.difference(&invokes));
    while let Some(used) = open.pop() {
        if unused.remove(&used) {
            open.extend(calls.remove(&used).unwrap_or_default());
        }
    }
    Ok(unused)
}

/// The functions of the table.
fn elements(section: ElementSectionReader<'_>) -> anyhow::Result<BTreeSet<u32>> {
    let mut functions = BTreeSet::new();
    for element in section {
        match element?.items {
            ElementItems::Functions(items) => {
                for function in items {
                    functions.insert(function?);
                }
            }
            ElementItems::Expressions(_, items) => {
                for expression in items {
                    for operator in expression?.get_operators_reader() {
                        if let Operator::RefFunc { function_index } = operator? {
                            functions.insert(function_index);
                        }
                    }
                }
            }
        }
    }
    Ok(functions)
}

/// The functions that a body calls or gives away.
fn called(body: &FunctionBody<'_>) -> anyhow::Result<BTreeSet<u32>> {
    let mut functions = BTreeSet::new();
    for operator in body.get_operators_reader()? {
        match operator? {
            Operator::Call { function_index }
            | Operator::ReturnCall { function_index }
            | Operator::RefFunc { function_index } => drop(functions.insert(function_index)),
            _ => {}
        }
    }
    Ok(functions)
}

/// The functions whose names begin so.
fn named(section: NameSectionReader<'_>, start: &str) -> anyhow::Result<BTreeSet<u32>> {
    let mut functions = BTreeSet::new();
    for part in section {
        let Name::Function(found) = part? else { continue };
        for naming in found {
            let naming = naming?;
            if naming.name.starts_with(start) {
                functions.insert(naming.index);
            }
        }
    }
    Ok(functions)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use wasm_encoder::{
        CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function,
        FunctionSection, ImportSection, Module, NameMap, NameSection, RefType, TableSection, TableType, TypeSection,
    };

    use super::*;

    /// Functions with what they call, all of them in the table; the first is exported.
    fn wasm(functions: &[(&str, Option<u32>)], has_names: bool) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("a", "a", EntityType::Function(0));
        let mut tables = TableSection::new();
        let (element_type, minimum) = (RefType::FUNCREF, 8);
        tables.table(TableType { element_type, minimum, maximum: None, table64: false, shared: false });
        let mut exports = ExportSection::new();
        exports.export("a", ExportKind::Func, 1);
        let (mut declared, mut code, mut names) = (FunctionSection::new(), CodeSection::new(), NameMap::new());
        let mut listed = Vec::new();
        for (index, (name, calls)) in (1..).zip(functions) {
            declared.function(0);
            let mut body = Function::new([]);
            if let Some(calls) = calls {
                body.instructions().call(*calls);
            }
            body.instructions().end();
            code.function(&body);
            names.append(index, name);
            if !name.is_empty() {
                listed.push(index);
            }
        }
        let mut table = ElementSection::new();
        table.active(None, &ConstExpr::i32_const(1), Elements::Functions(Cow::Owned(listed)));
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&declared).section(&tables).section(&exports);
        module.section(&table).section(&code);
        let mut naming = NameSection::new();
        naming.functions(&names);
        if has_names {
            module.section(&naming);
        }
        module.finish()
    }

    #[test]
    fn unused_is_what_only_an_unused_closure_calls() -> anyhow::Result<()> {
        let [exported, called, unused] = ["f64", "i32", "u32"].map(|kind| format!("{INVOKE}{kind}"));
        let functions = [
            (exported.as_str(), Some(2)),
            (&called, None),
            (&unused, Some(4)),
            // Nameless ones are not in the table.
            ("", Some(0)),
            ("looked up", Some(6)),
            ("", None),
        ];
        assert_eq!(super::functions(&wasm(&functions, true))?, BTreeSet::from([3, 4]));
        assert_eq!(super::functions(&wasm(&functions, false))?, BTreeSet::new());
        assert_eq!(Functions::of(&wasm(&functions, true))?.imported, 1);
        assert!(super::functions(b"no wasm").is_err());
        Ok(())
    }
}
