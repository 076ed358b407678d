//! The wasm and its glue made small, beyond what the compiler does. What they do stays the same.
//!
//! What counts is what a page downloads: bytes after brotli. It finds what is said twice where both are near
//! each other and written alike, so most of this is about how code is written down.

mod functions;
mod lean;
mod locals;
mod names;
mod order;
mod renumbered;
mod same;
mod unused;

pub(crate) use lean::lean;

/// The wasm and its glue, as wasm-bindgen made them, without what a browser does not need.
///
/// # Errors
/// Where they are not of the shape that wasm-bindgen gives them.
pub(crate) fn shrink(wasm: &[u8], glue: &str) -> anyhow::Result<(Vec<u8>, String)> {
    let (wasm, glue) = names::short(wasm, &lean(glue)?)?;
    let wasm = same::once(locals::by_use(&wasm)?)?;
    // The numbers of what functions call change with their order: the second time the order follows those.
    let wasm = order::alike(&order::alike(&wasm)?)?;
    Ok((wasm, glue))
}
