//! What a page downloads of the release bundle: each file as it is, and packed with brotli.

use std::{fs, path::Path};

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use crate::pack::File;

/// The most that all files of the bundle may have together, in bytes of brotli. It guards against accidents: a
/// dependency that nobody wanted, a build without optimisation.
const MOST: u64 = 360_000;

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
        let names = files.iter().map(|file| (file.role, file.name.as_str())).chain([("manifest", "manifest.json")]);
        let row = |(role, name): (&'static str, &str)| {
            Ok(Row { role, name: name.to_owned(), raw: length(name)?, brotli: length(&format!("{name}.br"))? })
        };
        names.map(row).collect::<anyhow::Result<_>>().map(Self)
    }

    /// Bytes of brotli of all files.
    fn total(&self) -> u64 {
        self.0.iter().map(|row| row.brotli).sum()
    }

    /// Prints them as a table.
    pub(crate) fn print(&self) {
        println!("{:<10}{:<36}{:>12}{:>12}", "", "bytes", "as it is", "brotli");
        for Row { role, name, raw, brotli } in &self.0 {
            println!("{role:<10}{name:<36}{raw:>12}{brotli:>12}");
        }
        let raw: u64 = self.0.iter().map(|row| row.raw).sum();
        println!("{:<46}{raw:>12}{:>12}", "every page", self.total());
    }

    /// The same for the report of the bench.
    pub(crate) fn json(&self) -> Value {
        let files = self.0.iter().map(|row| json!({ "name": row.name, "raw": row.raw, "brotli": row.brotli }));
        json!({ "files": files.collect::<Vec<_>>(), "total": self.total(), "most": MOST })
    }

    /// Checks that the bundle is not heavier than it may be.
    ///
    /// # Errors
    /// Where it is.
    pub(crate) fn check(&self) -> anyhow::Result<()> {
        let total = self.total();
        ensure!(total <= MOST, "the bundle has {total} B of brotli together; at most {MOST} B are allowed");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Row, Sizes};

    fn sizes(brotli: u64) -> Sizes {
        let row = |role, brotli| Row { role, name: role.to_owned(), raw: 2 * brotli, brotli };
        Sizes(vec![row("entry", 1000), row("wasm", brotli)])
    }

    #[test]
    fn all_files_count() {
        assert!(sizes(MOST - 1000).check().is_ok());
        let error = sizes(MOST - 999).check().err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains(&(MOST + 1).to_string()), "{error}");
        assert_eq!(sizes(500).json()["total"], 1500);
    }
}
