//! The functions of a wasm, by number.

use anyhow::Context;
use wasmparser::{FunctionBody, Parser, Payload, TypeRef};

/// What is said of the functions of a wasm.
#[derive(Default)]
pub(super) struct Functions<'a> {
    /// How many are imported: the numbers of those with code begin there.
    pub(super) imported: u32,
    /// The type of each one with code.
    pub(super) types: Vec<u32>,
    /// The code of each.
    pub(super) bodies: Vec<FunctionBody<'a>>,
}

impl<'a> Functions<'a> {
    /// # Errors
    /// Where this is no wasm.
    pub(super) fn of(wasm: &'a [u8]) -> anyhow::Result<Self> {
        let mut functions = Self::default();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.context("this is no wasm")? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        functions.imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::FunctionSection(section) => functions.types = section.into_iter().collect::<Result<_, _>>()?,
                Payload::CodeSectionEntry(body) => functions.bodies.push(body),
                _ => {}
            }
        }
        Ok(functions)
    }

    /// The types and the code together: functions of which both are the same do the same.
    pub(super) fn written(&self) -> impl Iterator<Item = (u32, &'a [u8])> {
        self.types.iter().copied().zip(self.bodies.iter().map(FunctionBody::as_bytes))
    }
}
