//! The hub's place in the Viable System Model.

use ops_model::{EntityRef, Fact};

use super::cells;
use crate::import::{builder::Builder, names::slug, text::Text};

pub(super) fn read(builder: &mut Builder<'_>, row: &[Text]) -> Option<EntityRef> {
    let [field, value] = cells(row);
    let key = slug(field.trimmed());
    if let Some(known) = builder.catalog.placement.iter().find(|fact| fact.key == key) {
        let message = format!("the field '{}' is there twice", field.trimmed());
        let cure = format!("it stands in line {} already; remove one of the two", known.source.line);
        builder.mistake(&field, message, cure);
        return None;
    }
    let source = builder.lines.place(value.start());
    builder.catalog.placement.push(Fact { key, value: value.trimmed().to_owned(), source });
    None
}
