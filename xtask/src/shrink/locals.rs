//! Locals numbered by how often they are used, and no hints about alignment.
//!
//! The compiler numbers them as its registers fell. Numbered alike, functions that do alike are written alike.

use std::{cmp::Reverse, collections::BTreeMap, convert::Infallible};

use anyhow::Context;
use wasm_encoder::{
    CodeSection, Function, Instruction, MemArg, Module, ValType,
    reencode::{Error, Reencode, utils},
};
use wasmparser::{CompositeInnerType, FunctionBody, Operator, Parser, Payload};

use super::functions::Functions;

/// The wasm with the locals of each function by type and, within a type, those first that are used most. Its
/// accesses to memory say nothing about alignment, which is a hint and changes nothing of what they do
/// (WebAssembly Core Specification 2.0, 4.4.7).
pub(super) fn by_use(wasm: &[u8]) -> anyhow::Result<Vec<u8>> {
    let parameters = parameters(wasm)?;
    let count = |kind: &u32| parameters.get(*kind as usize).copied().context("a type that is not there");
    let parameters = Functions::of(wasm)?.types.iter().map(count).collect::<anyhow::Result<Vec<_>>>()?;
    let mut module = Module::new();
    Locals { parameters: parameters.into_iter() }
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .context("cannot read the wasm")?;
    Ok(module.finish())
}

/// How many parameters each type of function has, by its number.
fn parameters(wasm: &[u8]) -> anyhow::Result<Vec<u32>> {
    let mut parameters = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let Payload::TypeSection(section) = payload.context("this is no wasm")? else { continue };
        for group in section {
            for kind in group?.into_types() {
                let CompositeInnerType::Func(kind) = kind.composite_type.inner else { continue };
                parameters.push(u32::try_from(kind.params().len())?);
            }
        }
    }
    Ok(parameters)
}

struct Locals<I> {
    /// How many parameters the functions have whose code comes next.
    parameters: I,
}

impl<I: Iterator<Item = u32>> Reencode for Locals<I> {
    type Error = Infallible;

    fn mem_arg(&mut self, from: wasmparser::MemArg) -> Result<MemArg, Error> {
        Ok(MemArg { align: 0, ..utils::mem_arg(self, from)? })
    }

    fn parse_function_body(&mut self, into: &mut CodeSection, from: FunctionBody<'_>) -> Result<(), Error> {
        let start = self.parameters.next().unwrap_or_default();
        let mut uses: BTreeMap<u32, usize> = BTreeMap::new();
        for operator in from.get_operators_reader()? {
            if let Operator::LocalGet { local_index: local }
            | Operator::LocalSet { local_index: local }
            | Operator::LocalTee { local_index: local } = operator?
            {
                *uses.entry(local).or_default() += 1;
            }
        }
        let mut locals: Vec<(u32, ValType)> = Vec::new();
        for declared in from.get_locals_reader()? {
            let (count, kind) = declared?;
            let kind = self.val_type(kind)?;
            for _ in 0..count {
                locals.push((start + u32::try_from(locals.len()).unwrap_or(u32::MAX), kind));
            }
        }
        // Those of a type are declared together.
        let mut kinds: Vec<ValType> = Vec::new();
        for (_, kind) in &locals {
            if !kinds.contains(kind) {
                kinds.push(*kind);
            }
        }
        locals.sort_by_key(|(local, kind)| {
            (kinds.iter().position(|one| one == kind), Reverse(uses.get(local).copied()), *local)
        });
        let numbers: BTreeMap<u32, u32> = locals.iter().map(|(local, _)| *local).zip(start..).collect();
        let number = |local: u32| numbers.get(&local).copied().unwrap_or(local);
        let mut body = Function::new_with_locals_types(locals.iter().map(|(_, kind)| *kind));
        let mut operators = from.get_operators_reader()?;
        while !operators.eof() {
            body.instruction(&match self.parse_instruction(&mut operators)? {
                Instruction::LocalGet(local) => Instruction::LocalGet(number(local)),
                Instruction::LocalSet(local) => Instruction::LocalSet(number(local)),
                Instruction::LocalTee(local) => Instruction::LocalTee(number(local)),
                other => other,
            });
        }
        into.function(&body);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::by_use;

    #[test]
    fn locals_come_by_type_and_by_use_and_parameters_stay() -> anyhow::Result<()> {
        let wasm = wat::parse_str(
            "(module (memory 1) (func (param i64) (local i32 i64 i32)
               local.get 3 local.get 3 i32.add local.tee 1 i64.load align=8 local.set 2 local.get 2 local.get 0 i64.add drop))",
        )?;
        let printed = wasmprinter::print_bytes(by_use(&wasm)?)?;
        let lines: Vec<&str> = printed.lines().map(str::trim).collect();
        assert!(lines.contains(&"(local i32 i32 i64)"), "{printed}");
        let code: Vec<&str> =
            lines.into_iter().filter(|line| line.starts_with("local.") || line.contains("load")).collect();
        assert_eq!(
            code,
            [
                "local.get 1",
                "local.get 1",
                "local.tee 2",
                "i64.load align=1",
                "local.set 3",
                "local.get 3",
                "local.get 0"
            ]
        );
        assert!(by_use(b"no wasm").is_err());
        Ok(())
    }
}
