//! Functions that are written alike next to each other.

use std::convert::Infallible;

use anyhow::Context;
use wasm_encoder::{
    CodeSection, FunctionSection, Module,
    reencode::{Error, Reencode},
};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Parser};

use super::functions::Functions;

/// The wasm with its functions in the order of their types and, within a type, of their bytes.
pub(super) fn alike(wasm: &[u8]) -> anyhow::Result<Vec<u8>> {
    let functions = Functions::of(wasm)?;
    let written: Vec<_> = functions.written().collect();
    let mut order: Vec<usize> = (0..written.len()).collect();
    order.sort_by_key(|function| written[*function]);
    let mut numbers: Vec<u32> = (0..functions.imported).collect();
    numbers.resize(numbers.len() + order.len(), 0);
    for (number, function) in (functions.imported..).zip(&order) {
        numbers[functions.imported as usize + function] = number;
    }
    let mut module = Module::new();
    Order { order, numbers }.parse_core_module(&mut module, Parser::new(0), wasm).context("cannot read the wasm")?;
    Ok(module.finish())
}

struct Order {
    /// Which function comes first, which second, counted from the first that has code.
    order: Vec<usize>,
    /// The new number of each, imported ones too.
    numbers: Vec<u32>,
}

impl Reencode for Order {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error> {
        Ok(self.numbers[function as usize])
    }

    fn parse_function_section(
        &mut self,
        into: &mut FunctionSection,
        from: FunctionSectionReader<'_>,
    ) -> Result<(), Error> {
        let types: Vec<u32> = from.into_iter().collect::<Result<_, _>>()?;
        for function in &self.order {
            into.function(types[*function]);
        }
        Ok(())
    }

    fn parse_code_section(&mut self, into: &mut CodeSection, from: CodeSectionReader<'_>) -> Result<(), Error> {
        let bodies: Vec<_> = from.into_iter().collect::<Result<_, _>>()?;
        for function in self.order.clone() {
            self.parse_function_body(into, bodies[function].clone())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn what_is_written_alike_stands_together_and_is_found_where_it_went() -> anyhow::Result<()> {
        let wasm = wat::parse_str(
            r#"(module (import "a" "a" (func)) (table 2 funcref) (elem (i32.const 0) func 1 4) (start 3)
                 (func i32.const 2 drop) (func (result i32) i32.const 1)
                 (func call 1 call 0) (func (export "one") i32.const 1 drop))"#,
        )?;
        let ordered = alike(&wasm)?;
        let printed = wasmprinter::print_bytes(&ordered)?;
        let order: Vec<&str> = printed
            .lines()
            .map(str::trim)
            .filter(|line| ["i32.const 1", "i32.const 2", "call 3", "call 0"].contains(line))
            .collect();
        // The byte of a call is smaller than that of a constant; the function with a result has another type.
        assert_eq!(order, ["call 3", "call 0", "i32.const 1", "i32.const 2", "i32.const 1"], "{printed}");
        assert!(printed.contains("func 3 2)") && printed.contains("(start 1)"), "{printed}");
        assert!(printed.contains("(export \"one\" (func 2))"), "{printed}");
        assert_eq!(alike(&ordered)?, ordered, "what is in order stays");
        Ok(())
    }
}
