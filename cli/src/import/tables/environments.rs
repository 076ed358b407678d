//! Environments: a place with one role and one state.

use std::net::IpAddr;

use ops_model::{EntityKind, entity::keys};

use super::cells;
use crate::import::{builder::Builder, names::slug, text::Text};

pub(super) fn read(builder: &mut Builder<'_>, row: &[Text]) {
    let [name, role, state, notes] = cells(row);
    let id = builder.define(EntityKind::Environment, slug(name.trimmed()), &name);
    builder.cell(&id, keys::ROLE, &role);
    builder.cell(&id, keys::STATE, &state);
    for code in notes.codes().filter(|code| code.text.parse::<IpAddr>().is_ok()) {
        builder.fact(&id, keys::ADDRESS, code.text, code.source);
    }
    builder.cell(&id, keys::NOTES, &notes);
}
