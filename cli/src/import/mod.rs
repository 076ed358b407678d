//! From a Markdown inventory to a catalog.
//!
//! `document` reads the Markdown, `tables` the six tables, `requests` the lists of questions and
//! widgets and the events, `prose` everything else, `gaps` the sentences that say what is missing.
//! All of them write to the `builder`, which knows the line and column of each fact.

mod builder;
mod document;
mod error;
mod gaps;
mod names;
mod prose;
mod requests;
mod tables;
mod text;

use std::path::Path;

use ops_model::{Catalog, SCHEMA_VERSION, SourceDocument};
use sha2::{Digest, Sha256};

use builder::Builder;
pub(crate) use error::{InLine, Malformed, Mistake, Shown};
pub(crate) use text::Lines;

/// The catalog of an inventory.
///
/// The catalog keeps the last part of the file's name.
///
/// # Errors
/// Every place that cannot be read, not the first alone: missing tables and columns, rows with too many
/// or too few cells, unknown environments, names that are there twice, events that are not JSON. What
/// only follows from such a place is not said besides.
pub(crate) fn import(lines: &Lines<'_>) -> Result<Catalog, Malformed> {
    let (file, inventory) = (lines.file, lines.text);
    let sections = document::read(inventory);
    let mut builder = Builder::new(lines);
    tables::read(&mut builder, &sections);
    requests::read(&mut builder, &sections);
    if !builder.mistakes.is_empty() {
        builder.mistakes.sort_by_key(|mistake| mistake.start);
        return Err(Malformed(builder.mistakes));
    }
    builder.catalog.source = SourceDocument {
        file: Path::new(file).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        title: sections
            .iter()
            .find(|section| section.level == 1)
            .map(|section| section.name().to_owned())
            .unwrap_or_default(),
        date: String::new(),
        sha256: Sha256::digest(inventory.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect(),
        lines: lines.count(),
    };
    prose::read(&mut builder, &sections);
    let mut catalog = builder.catalog;
    catalog.schema = SCHEMA_VERSION;
    // In the order of the document, whatever the order in which it was read.
    catalog.entities.sort_by_key(|entity| entity.source);
    catalog.relations.sort_by_key(|relation| relation.source);
    catalog.gaps.sort_by_key(|gap| gap.source);
    catalog.notes.sort_by_key(|note| note.source);
    Ok(catalog)
}
