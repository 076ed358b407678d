//! From a Markdown inventory to a catalog.
//!
//! `decode` makes the file's bytes text, `document` reads the Markdown, `html` what HTML is in it. `tables` reads the
//! six tables, `requests` the lists of questions and widgets and the events, `prose` everything else. What cells say
//! is read by `address`, `expectation`, `gaps`, `labels`, `places` and `nothing`; `names` and `aliases` know how
//! things are called, `widgets` which widgets show a catalog. All of them write to the `builder`, which knows the line and column of each fact.

mod address;
mod aliases;
mod builder;
pub(crate) mod credentials;
mod decode;
mod document;
mod error;
mod expectation;
mod gaps;
mod html;
mod labels;
mod lines;
mod names;
mod nothing;
mod places;
mod prose;
mod requests;
mod tables;
mod text;
pub(crate) mod widgets;

use std::path::Path;

use ops_model::{Catalog, SCHEMA_VERSION, SourceDocument};
use sha2::{Digest, Sha256};

pub(crate) use aliases::Aliases;
use builder::Builder;
pub(crate) use decode::decode;
pub(crate) use error::{InLine, Malformed, Mistake, Shown};
pub(crate) use lines::Lines;

/// The catalog of an inventory.
///
/// The catalog keeps the last part of the file's name.
///
/// # Errors
/// Every place that cannot be read, not the first alone: missing tables and columns, rows with too many
/// or too few cells, unknown environments, names that are there twice, events that are not JSON, users and passwords
/// in addresses. What only follows from such a place is not said besides.
pub(crate) fn import(lines: &Lines<'_>, aliases: &Aliases) -> Result<Catalog, Malformed> {
    let (file, inventory) = (lines.file, lines.text);
    let mut document = document::read(inventory);
    for section in &mut document.sections {
        section.topic = aliases.section(section.name());
    }
    let sections = document.sections;
    let mut builder = Builder::new(lines);
    builder.footnotes = document.footnotes;
    for secret in credentials::find(inventory) {
        let cure = "take them out, here and at the service: everyone who reads the hub would read them";
        builder.mistake_at(secret.start, secret.end, "this address has a user or password", cure);
    }
    tables::read(&mut builder, &sections, aliases);
    requests::read(&mut builder, &sections);
    if !builder.mistakes.is_empty() {
        builder.mistakes.sort_by_key(|mistake| mistake.start);
        return Err(Malformed(builder.mistakes));
    }
    for unused in &document.unused {
        let reason = "no link uses this definition; it is read in links alone";
        builder.section.clear();
        builder.note_at(&unused.text, None, reason, lines.place(unused.source));
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
