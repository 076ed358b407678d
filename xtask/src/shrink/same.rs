//! Functions of which several have the same code, once.
//!
//! The compiler makes code from generic functions type by type, and merges what is the same before it chooses
//! instructions; of what became the same by that choice the linker keeps every copy. That two functions have
//! two addresses is nothing that Rust promises.

use std::{collections::HashMap, convert::Infallible};

use anyhow::Context;
use wasm_encoder::{
    CodeSection, FunctionSection, Module,
    reencode::{Error, Reencode, utils},
};
use wasmparser::{FunctionBody, FunctionSectionReader, Parser};

use super::functions::Functions;

/// The wasm with each code once. Callers of what became one can be the same in their turn.
pub(super) fn once(mut wasm: Vec<u8>) -> anyhow::Result<Vec<u8>> {
    loop {
        let mut same = Same::of(&Functions::of(&wasm)?);
        if same.is_kept.iter().all(|is_kept| *is_kept) {
            return Ok(wasm);
        }
        let mut module = Module::new();
        same.parse_core_module(&mut module, Parser::new(0), &wasm).context("cannot read the wasm")?;
        wasm = module.finish();
    }
}

struct Same {
    /// Whether a function stays, counted from the first that has code.
    is_kept: Vec<bool>,
    /// The new number of each, imported ones too: of what goes, the number of what is the same.
    numbers: Vec<u32>,
    /// The function whose code comes next.
    next: usize,
}

impl Same {
    fn of(functions: &Functions<'_>) -> Self {
        let (mut is_kept, mut numbers) = (Vec::new(), (0..functions.imported).collect::<Vec<_>>());
        let (mut first, mut next) = (HashMap::new(), functions.imported);
        for written in functions.written() {
            let number = *first.entry(written).or_insert(next);
            is_kept.push(number == next);
            numbers.push(number);
            next += u32::from(number == next);
        }
        Self { is_kept, numbers, next: 0 }
    }
}

impl Reencode for Same {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error> {
        Ok(self.numbers[function as usize])
    }

    fn parse_function_section(
        &mut self,
        into: &mut FunctionSection,
        from: FunctionSectionReader<'_>,
    ) -> Result<(), Error> {
        for (kind, is_kept) in from.into_iter().zip(&self.is_kept) {
            let kind = kind?;
            if *is_kept {
                into.function(kind);
            }
        }
        Ok(())
    }

    fn parse_function_body(&mut self, into: &mut CodeSection, from: FunctionBody<'_>) -> Result<(), Error> {
        self.next += 1;
        if self.is_kept[self.next - 1] { utils::parse_function_body(self, into, from) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::once;

    #[test]
    fn code_is_kept_once_and_found_by_all_who_had_it() -> anyhow::Result<()> {
        // Two that are the same, one of another type, two that call them and so are the same too.
        let wasm = wat::parse_str(
            r#"(module (import "a" "a" (func)) (table 3 funcref) (elem (i32.const 0) func 5 2 3)
                 (func i32.const 1 drop) (func i32.const 1 drop) (func (param i32) i32.const 1 drop)
                 (func call 0 call 1) (func (export "e") call 0 call 2))"#,
        )?;
        let printed = wasmprinter::print_bytes(once(wasm)?)?;
        assert_eq!(printed.matches("(func (;").count(), 4, "an imported one and three: {printed}");
        assert!(printed.contains("func 3 1 2)"), "the table: {printed}");
        assert!(printed.contains("(export \"e\" (func 3))"), "{printed}");
        assert!(printed.contains("call 0") && printed.contains("call 1"), "{printed}");
        Ok(())
    }
}
