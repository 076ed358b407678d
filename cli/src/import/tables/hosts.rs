//! Hosts, and what is missing for them.

use ops_model::{EntityKind, RelationKind, entity::keys};

use super::cells;
use crate::import::{builder::Builder, names::slug, text::Text};

pub(super) fn read(builder: &mut Builder<'_>, row: &[Text]) {
    let [name, environment, address, role, gaps] = cells(row);
    let id = builder.define(EntityKind::Host, slug(name.trimmed()), &name);
    builder.environment(&id, RelationKind::RunsOn, &environment);
    builder.cell(&id, keys::ADDRESS, &address);
    builder.cell(&id, keys::ROLE, &role);
    builder.gaps(&id, &gaps);
}
