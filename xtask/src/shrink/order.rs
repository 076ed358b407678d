//! Functions that are written alike next to each other.

use super::{functions::Functions, renumbered::Renumbered};

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
    Renumbered { order, numbers }.write(wasm)
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
