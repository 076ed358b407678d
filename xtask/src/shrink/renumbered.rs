//! A wasm with its functions in another order, or with fewer of them.

use std::convert::Infallible;

use anyhow::Context;
use wasm_encoder::{
    CodeSection, FunctionSection, Module,
    reencode::{Error, Reencode},
};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Parser};

/// Which functions there are to be, and by which numbers all are found.
pub(super) struct Renumbered {
    /// The functions that stay, in their new order, counted from the first that has code.
    pub(super) order: Vec<usize>,
    /// The new number of each, imported ones too: of one that goes, the number of what stands in for it.
    pub(super) numbers: Vec<u32>,
}

impl Renumbered {
    /// Writes a wasm so.
    ///
    /// # Errors
    /// Where this is no wasm.
    pub(super) fn write(mut self, wasm: &[u8]) -> anyhow::Result<Vec<u8>> {
        let mut module = Module::new();
        self.parse_core_module(&mut module, Parser::new(0), wasm).context("cannot read the wasm")?;
        Ok(module.finish())
    }
}

impl Reencode for Renumbered {
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
