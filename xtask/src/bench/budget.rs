//! What the bundle may weigh: `bench/budget.json`, in bytes of brotli.

use std::fs;

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::run::root;

/// The most that the bundle may weigh, in bytes of brotli, quality 11.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    /// Entry, glue and wasm together.
    pub(crate) total: u64,
    /// The entry alone: every page that has a widget waits for it.
    pub(crate) loader: u64,
}

impl Budget {
    /// Reads it.
    ///
    /// # Errors
    /// Where the file is missing or lacks a number.
    pub(crate) fn read() -> anyhow::Result<Self> {
        let path = root().join("bench/budget.json");
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Self::parse(&text).with_context(|| path.display().to_string())
    }

    fn parse(text: &str) -> anyhow::Result<Self> {
        let found: Value = serde_json::from_str(text)?;
        let number = |name: &str| found[name].as_u64().with_context(|| format!("{name} has to be a number of bytes"));
        Ok(Self { total: number("total")?, loader: number("loader")? })
    }

    /// Holds a bundle of this weight to it.
    ///
    /// # Errors
    /// Where it is heavier.
    pub(crate) fn hold(self, total: u64) -> anyhow::Result<()> {
        ensure!(
            total <= self.total,
            "the bundle has {total} B of brotli, {} B more than bench/budget.json allows",
            total - self.total
        );
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Budget;

    #[test]
    fn a_bundle_is_held_to_its_budget_to_the_byte() -> anyhow::Result<()> {
        let budget = Budget::parse(r#"{"total": 100, "loader": 10}"#)?;
        budget.hold(100)?;
        let error = budget.hold(103).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains("3 B more"), "{error}");
        assert!(Budget::parse(r#"{"total": "100", "loader": 10}"#).is_err());
        Budget::read().map(|_| ())
    }
}
