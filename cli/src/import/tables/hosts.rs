//! Hosts, and what is missing for them.

use ops_model::{EntityKind, EntityRef, RelationKind, entity::keys};

use super::cells;
use crate::import::{address, builder::Builder, places, text::Text};

pub(super) fn read(builder: &mut Builder<'_>, row: &[Text]) -> Option<EntityRef> {
    let [name, environment, address, role, gaps] = cells(row);
    let id = builder.define(EntityKind::Host, &name);
    places::read(builder, &id, RelationKind::RunsOn, &environment);
    let found = address::of_cell(&address);
    for one in &found.addresses {
        builder.fact(&id, keys::ADDRESS, &one.text, one.source);
    }
    if !found.remark.is_empty() {
        builder.fact(&id, address::REMARK, &found.remark, address.start());
    }
    builder.cell(&id, keys::ROLE, &role);
    builder.gaps(&id, &gaps);
    Some(id)
}
