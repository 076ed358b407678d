//! Environments: a place with one role and one state.

use std::net::IpAddr;

use ops_model::{EntityKind, EntityRef, entity::keys};

use super::cells;
use crate::import::{builder::Builder, text::Text};

pub(super) fn read(builder: &mut Builder<'_>, row: &[Text]) -> Option<EntityRef> {
    let [name, role, state, notes] = cells(row);
    let id = builder.define_as(EntityKind::Environment, title(&name), &name);
    if title(&name) != name.trimmed() {
        builder.fact(&id, "name-remark", name.trimmed(), name.start());
    }
    builder.cell(&id, keys::ROLE, &role);
    builder.cell(&id, keys::STATE, &state);
    for code in notes.codes().filter(|code| code.text.parse::<IpAddr>().is_ok()) {
        builder.fact(&id, keys::ADDRESS, code.text, code.source);
    }
    builder.cell(&id, keys::NOTES, &notes);
    Some(id)
}

/// The name that other tables refer to: `prod` in ``| `prod` (live) |``.
pub(super) fn title(cell: &Text) -> &str {
    let mut codes = cell.codes();
    match (codes.next(), codes.next()) {
        (Some(code), None) if code.before.trim().is_empty() && code.after.trim_start().starts_with('(') => code.text,
        _ => cell.trimmed(),
    }
}
