//! Functions of which several have the same code, once.
//!
//! The compiler makes code from generic functions type by type, and merges what is the same before it chooses
//! instructions; of what became the same by that choice the linker keeps every copy. That two functions have
//! two addresses is nothing that Rust promises.

use std::collections::HashMap;

use super::{functions::Functions, renumbered::Renumbered};

/// The wasm with each code once. Callers of what became one can be the same in their turn.
pub(super) fn once(mut wasm: Vec<u8>) -> anyhow::Result<Vec<u8>> {
    loop {
        let functions = Functions::of(&wasm)?;
        let kept = first_of_each(&functions);
        if kept.order.len() == functions.bodies.len() {
            return Ok(wasm);
        }
        wasm = kept.write(&wasm)?;
    }
}

/// Of functions that are the same, the first.
fn first_of_each(functions: &Functions<'_>) -> Renumbered {
    let (mut order, mut numbers) = (Vec::new(), (0..functions.imported).collect::<Vec<_>>());
    let (mut first, mut next) = (HashMap::new(), functions.imported);
    for (function, written) in functions.written().enumerate() {
        let number = *first.entry(written).or_insert(next);
        if number == next {
            order.push(function);
            next += 1;
        }
        numbers.push(number);
    }
    Renumbered { order, numbers }
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
