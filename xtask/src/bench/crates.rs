//! Which crate the code of a wasm file comes from, by its name section.
//!
//! A generic function counts to the crate that defines it, whoever made use of it; a method of a trait
//! to the crate of the type that it is implemented for.

use std::{collections::BTreeMap, ops::Range};

use anyhow::Context;
use serde_json::{Value, json};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// Bytes and functions by crate, the largest first, and the bytes of data.
pub(super) fn count(wasm: &[u8]) -> anyhow::Result<Value> {
    let (mut imported, mut data) = (0_u32, 0_u64);
    let mut bodies: Vec<u64> = Vec::new();
    let mut names: BTreeMap<u32, String> = BTreeMap::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.context("this is no wasm")? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(length(body.range())),
            Payload::DataSection(section) => data = length(section.range()),
            Payload::CustomSection(section) => {
                let KnownCustom::Name(section) = section.as_known() else { continue };
                for part in section {
                    let Name::Function(found) = part? else { continue };
                    for naming in found {
                        let naming = naming?;
                        names.insert(naming.index, naming.name.to_owned());
                    }
                }
            }
            _ => {}
        }
    }
    let mut sums: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for (index, bytes) in (imported..).zip(bodies) {
        let name = names.get(&index).map_or("", String::as_str);
        let (sum, functions) = sums.entry(crate_of(name)).or_default();
        *sum += bytes;
        *functions += 1;
    }
    let mut rows: Vec<_> = sums.into_iter().collect();
    rows.sort_by_key(|(_, (bytes, _))| std::cmp::Reverse(*bytes));
    let rows: Vec<Value> = rows
        .into_iter()
        .map(|(name, (bytes, functions))| json!({ "crate": name, "bytes": bytes, "functions": functions }))
        .collect();
    Ok(json!({ "rows": rows, "data": data }))
}

const fn length(range: Range<u64>) -> u64 {
    range.end.saturating_sub(range.start)
}

/// The crate in a function's name: that of the first path in it. What has a name without a path is
/// exported, or was added by wasm-bindgen.
fn crate_of(name: &str) -> String {
    let name = format!("{:#}", rustc_demangle::demangle(name));
    let mut paths = name.split(|mark: char| !(mark.is_alphanumeric() || matches!(mark, '_' | ':' | '[' | ']')));
    let found = paths.find_map(|word| {
        let (first, _) = word.trim_start_matches('[').split_once("::")?;
        // The compiler's own library says a hash with its crates: `core[0123456789abcdef]::fmt`.
        let (first, _) = first.split_once('[').unwrap_or((first, ""));
        first.starts_with(|mark: char| mark.is_ascii_lowercase() || mark == '_').then_some(first)
    });
    let without = if name.starts_with('<') { "core" } else { "exports and shims" };
    found.unwrap_or(without).to_owned()
}

#[cfg(test)]
mod tests {
    use super::crate_of;

    #[test]
    fn a_function_belongs_to_the_crate_of_its_type() {
        for (name, expected) in [
            ("core::fmt::write", "core"),
            ("<ops_model::index::CatalogIndex as core::clone::Clone>::clone", "ops_model"),
            ("<&mut serde_json::de::Deserializer<R> as serde::de::Deserializer>::deserialize_any", "serde_json"),
            ("<[ops_model::Event] as core::fmt::Debug>::fmt", "ops_model"),
            ("_ZN4core3fmt5write17h0123456789abcdefE", "core"),
            ("core[c5930c85a12de822]::num::flt2dec::strategy::dragon::format_exact", "core"),
            (
                "<dlmalloc[e24a27700634d609]::dlmalloc::Dlmalloc<dlmalloc[e24a27700634d609]::sys::System>>::malloc",
                "dlmalloc",
            ),
            ("<str>::to_lowercase", "core"),
            ("mounted_free", "exports and shims"),
        ] {
            assert_eq!(crate_of(name), expected, "{name}");
        }
    }
}
