//! The Markdown inventory.

use ops_model::Catalog;

use super::{Finding, Places, rules};
use crate::import::{ImportError, import};

/// Imports an inventory; what cannot be placed is a finding, and so is what cannot be read.
pub(crate) fn check(file: &str, text: &str, findings: &mut Vec<Finding>) -> Option<Catalog> {
    let places = Places::new(text);
    match import(file, text) {
        Ok(catalog) => {
            findings.extend(catalog.notes.iter().map(|note| {
                let place = places.of_line(note.source.line as usize, note.source.column as usize);
                let message = format!("'{}': {}", note.text, note.reason);
                Finding { rule: &rules::UNPLACED, file: file.to_owned(), place, message }
            }));
            Some(catalog)
        }
        Err(report) => {
            let (place, message) = match report.downcast_ref::<ImportError>() {
                Some(error) => {
                    let (start, length, message, cure) = error.parts();
                    (places.of(start, start + length), format!("{message}; {cure}"))
                }
                None => (places.of(0, 1), report.to_string()),
            };
            findings.push(Finding { rule: &rules::SYNTAX, file: file.to_owned(), place, message });
            None
        }
    }
}
