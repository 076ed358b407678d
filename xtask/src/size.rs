//! What a page downloads of the release bundle: each file as it is, and packed with brotli.

use std::{fs, path::Path};

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use crate::pack::File;

/// The most that all files of the bundle may have together, in bytes of brotli. It guards against accidents: a
/// dependency that nobody wanted, a build without optimisation.
const MOST: u64 = 900_000;

/// The most that a page with one panel may load, in bytes of brotli: everything but the chunks.
const MOST_FIRST: u64 = 740_000;

/// What a file is called that is loaded on demand.
const CHUNK: &str = "chunk";

/// One file of the bundle.
#[derive(Clone, Debug)]
struct Row {
    role: &'static str,
    name: String,
    /// Bytes as it is.
    raw: u64,
    /// Bytes of its brotli twin.
    brotli: u64,
}

/// What the files of a bundle weigh.
#[derive(Clone, Debug)]
pub(crate) struct Sizes(Vec<Row>);

impl Sizes {
    /// Those of the files in `folder`, and of the manifest, which every page reads too.
    ///
    /// # Errors
    /// Where a file or its brotli twin cannot be read.
    pub(crate) fn of(files: &[File], folder: &Path) -> anyhow::Result<Self> {
        let length = |name: &str| {
            let path = folder.join(name);
            fs::metadata(&path).map(|about| about.len()).with_context(|| format!("cannot read {}", path.display()))
        };
        // The first file with components is what every page loads.
        let first = files.iter().position(|file| file.role == "wasm");
        let role = |at, file: &File| if file.role == "wasm" && first != Some(at) { CHUNK } else { file.role };
        let names = files.iter().enumerate().map(|(at, file)| (role(at, file), file.name.as_str()));
        let names = names.chain([("manifest", "manifest.json")]);
        let row = |(role, name): (&'static str, &str)| {
            Ok(Row { role, name: name.to_owned(), raw: length(name)?, brotli: length(&format!("{name}.br"))? })
        };
        names.map(row).collect::<anyhow::Result<_>>().map(Self)
    }

    /// Bytes as they are and of brotli: of what every page loads, and of all files.
    fn sums(&self) -> [(u64, u64); 2] {
        let sum = |rows: &mut dyn Iterator<Item = &Row>| {
            rows.fold((0, 0), |(raw, brotli), row| (raw + row.raw, brotli + row.brotli))
        };
        [sum(&mut self.0.iter().filter(|row| row.role != CHUNK)), sum(&mut self.0.iter())]
    }

    /// Prints them as a table.
    pub(crate) fn print(&self) {
        let line =
            |role: &str, name: &str, raw: &str, brotli: &str| println!("{role:<10}{name:<44}{raw:>12}{brotli:>12}");
        line("", "bytes", "as it is", "brotli");
        for Row { role, name, raw, brotli } in &self.0 {
            line(role, name, &raw.to_string(), &brotli.to_string());
        }
        for (name, (raw, brotli)) in ["every page, without chunks", "everything"].into_iter().zip(self.sums()) {
            line("", name, &raw.to_string(), &brotli.to_string());
        }
    }

    /// The same for the report of the bench.
    pub(crate) fn json(&self) -> Value {
        let files = self.0.iter().map(|row| json!({ "name": row.name, "raw": row.raw, "brotli": row.brotli }));
        let [(_, first), (_, total)] = self.sums();
        json!({
            "files": files.collect::<Vec<_>>(),
            "first": first, "mostFirst": MOST_FIRST, "total": total, "most": MOST,
        })
    }

    /// Checks that the bundle is not heavier than it may be.
    ///
    /// # Errors
    /// Where it is.
    pub(crate) fn check(&self) -> anyhow::Result<()> {
        let [(_, first), (_, total)] = self.sums();
        ensure!(total <= MOST, "the bundle has {total} B of brotli together; at most {MOST} B are allowed");
        ensure!(first <= MOST_FIRST, "a page loads {first} B of brotli at first; at most {MOST_FIRST} B are allowed");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{CHUNK, MOST, MOST_FIRST, Row, Sizes};

    /// What the check says of a bundle with an entry of 1,000 B.
    fn said(wasm: u64, chunk: u64) -> String {
        let row = |role, brotli| Row { role, name: role.to_owned(), raw: 2 * brotli, brotli };
        let sizes = Sizes(vec![row("entry", 1000), row("wasm", wasm), row(CHUNK, chunk)]);
        assert_eq!(sizes.json()["total"], 1000 + wasm + chunk);
        sizes.check().err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn chunks_count_among_everything_but_not_at_first() {
        let chunk = MOST - MOST_FIRST;
        assert_eq!(said(MOST_FIRST - 1000, chunk), "");
        assert!(said(MOST_FIRST - 1000, chunk + 1).contains("together"));
        assert!(said(MOST_FIRST - 999, 0).contains("at first"));
    }
}
