//! Which crate the code of a wasm file comes from, and what its functions hold, as Twiggy counts it.
//!
//! A generic function counts to the crate that defines it, whoever made use of it; a method of a trait
//! to the crate of the type that it is implemented for.

use std::{collections::BTreeMap, path::Path, process::Command};

use anyhow::Context;
use serde_json::{Value, json};

use crate::run::output;

/// How many of the functions that hold most are told.
const MOST: usize = 30;

/// Bytes and functions by crate, the largest first; the bytes of data; and the functions that hold most: with
/// what only they call.
pub(super) fn count(twiggy: &Path, wasm: &Path) -> anyhow::Result<Value> {
    let mut data = 0;
    let mut sums: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let items = items(twiggy, wasm)?;
    for item in &items {
        match Kind::of(&item.name) {
            Kind::Function => {
                let (sum, functions) = sums.entry(crate_of(&item.name)).or_default();
                *sum += item.bytes;
                *functions += 1;
            }
            Kind::Data => data += item.bytes,
            Kind::Other => sums.entry("types, tables, imports and exports".to_owned()).or_default().0 += item.bytes,
            Kind::Names => {}
        }
    }
    let mut rows: Vec<_> = sums.into_iter().collect();
    rows.sort_by_key(|(_, (bytes, _))| std::cmp::Reverse(*bytes));
    let rows: Vec<Value> = rows
        .into_iter()
        .map(|(name, (bytes, functions))| json!({ "crate": name, "bytes": bytes, "functions": functions }))
        .collect();
    let holds: Vec<Value> = items
        .iter()
        .filter(|item| matches!(Kind::of(&item.name), Kind::Function))
        .take(MOST)
        .map(|item| json!({ "name": readable(&item.name), "bytes": item.bytes, "retained": item.retained }))
        .collect();
    Ok(json!({ "rows": rows, "data": data, "holds": holds }))
}

/// One thing in the file: its own bytes, and with what is there for it alone.
struct Item {
    name: String,
    bytes: u64,
    retained: u64,
}

/// Everything in the file, what holds most first.
fn items(twiggy: &Path, wasm: &Path) -> anyhow::Result<Vec<Item>> {
    let mut command = Command::new(twiggy);
    let answer = output(command.args(["top", "--retained", "-n", "1000000", "-f", "json"]).arg(wasm))?;
    let all: Vec<Value> = serde_json::from_str(&answer).context("Twiggy does not answer in JSON")?;
    all.iter()
        .map(|item| {
            Ok(Item {
                name: item["name"].as_str().context("an item without a name")?.to_owned(),
                bytes: item["shallow_size"].as_u64().context("an item without a size")?,
                retained: item["retained_size"].as_u64().context("an item without what it holds")?,
            })
        })
        .collect()
}

/// What Twiggy's name of an item tells.
#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Function,
    Data,
    /// Names and notes that the bundle does not carry.
    Names,
    Other,
}

impl Kind {
    fn of(name: &str) -> Self {
        let starts = |all: &[&str]| all.iter().any(|start| name.starts_with(start));
        if starts(&["\"", "custom section "]) {
            Self::Names
        } else if starts(&["data segment "]) {
            Self::Data
        } else if starts(&["type[", "table[", "elem[", "memory[", "global[", "import ", "export ", "wasm magic "])
            || name.ends_with(" section headers")
        {
            Self::Other
        } else {
            Self::Function
        }
    }
}

/// A name without the hashes of its crates.
fn readable(name: &str) -> String {
    let name = format!("{:#}", rustc_demangle::demangle(name));
    let mut parts = name.split('[');
    let mut short = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((hash, rest)) if hash.len() > 8 && hash.chars().all(|mark| mark.is_ascii_hexdigit()) => {
                short.push_str(rest);
            }
            _ => {
                short.push('[');
                short.push_str(part);
            }
        }
    }
    short
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
    use super::{Kind, crate_of, readable};

    #[test]
    fn what_is_no_function_is_told_by_its_name() {
        for (name, kind) in [
            ("\"function names\" subsection", Kind::Names),
            ("custom section 'producers'", Kind::Names),
            ("data segment \".rodata\"", Kind::Data),
            ("export \"mount\"", Kind::Other),
            ("code section headers", Kind::Other),
            ("code[4091]", Kind::Function),
            ("mount", Kind::Function),
        ] {
            assert_eq!(Kind::of(name), kind, "{name}");
        }
        let name = "<ops_model[88aac4c8372b3ae8]::reading::CatalogReading>::read::<[u8]>";
        assert_eq!(readable(name), "<ops_model::reading::CatalogReading>::read::<[u8]>");
    }

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
