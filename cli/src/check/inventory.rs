//! The Markdown inventory: all that cannot be read in it, or all that cannot be placed.

use ops_model::Catalog;

use super::{Finding, Places, rules};
use crate::import::{Aliases, Lines, Malformed, Mistake, import};

/// Imports an inventory; what cannot be placed is a finding, and so is what cannot be read.
pub(crate) fn check(file: &str, text: &str, aliases: &Aliases, findings: &mut Vec<Finding>) -> Option<Catalog> {
    let places = Places::new(text);
    match import(&Lines::new(file, text), aliases) {
        Ok(catalog) => {
            findings.extend(catalog.notes.iter().map(|note| {
                let place = places.of_line(note.source.line as usize, note.source.column as usize);
                let message = format!("'{}': {}", note.text, note.reason);
                Finding { rule: &rules::UNPLACED, file: file.to_owned(), place, message }
            }));
            Some(catalog)
        }
        Err(Malformed(mistakes)) => {
            findings.extend(mistakes.into_iter().map(|Mistake { start, end, message, cure }| Finding {
                rule: &rules::SYNTAX,
                file: file.to_owned(),
                place: places.of(start, end),
                message: format!("{message}; {cure}"),
            }));
            None
        }
    }
}
