//! The manifest, alone and with the catalog.

use ops_manifest::{Manifest, check};

use super::{Finding, catalog::Checked, document::Document, rules};

/// Checks a manifest against its schema and its own references; it is given where it can be read,
/// whatever is wrong with it.
pub(crate) fn check(document: &Document, findings: &mut Vec<Finding>) -> Option<Manifest> {
    if let Err(found) = check::check(&document.value) {
        findings.extend(
            found
                .iter()
                .map(|found| document.finding(rules::named(found.rule), &found.pointer, found.message.as_str())),
        );
    }
    serde_json::from_value(document.value.clone()).ok()
}

/// Whether the catalog has what the widgets are about.
pub(crate) fn subjects(document: &Document, manifest: &Manifest, catalog: &Checked, findings: &mut Vec<Finding>) {
    for (at, widget) in manifest.widgets.iter().enumerate() {
        if let Some(subject) = &widget.subject
            && !catalog.has(subject)
        {
            let message = format!("{} has no entity '{subject}', which '{}' is about", catalog.file, widget.name);
            findings.push(document.finding(&rules::WIDGET_SUBJECT, &format!("/widgets/{at}/subject"), message));
        }
    }
}
