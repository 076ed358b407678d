//! What an event can be about, and what the catalog knows of that already.

use ops_manifest::EventType;
use ops_model::{CatalogIndex, EntityKind, EntityRef, entity::keys};

use super::Draft;

/// How many entities are offered as what an event is about.
const MOST_SUBJECTS: usize = 200;

/// What an event of these kinds can be about, seen from a widget: its own entity and what is next to it;
/// everything where the widget is about no entity in particular. None of more than [`MOST_SUBJECTS`]: such a
/// list is no help, and the reference is typed.
pub(super) fn candidates(index: &CatalogIndex, own: Option<&EntityRef>, kinds: &[EntityKind]) -> Vec<EntityRef> {
    let near: Vec<EntityRef> = match own {
        None if kinds.iter().map(|kind| index.count(*kind)).sum::<usize>() > MOST_SUBJECTS => Vec::new(),
        None => kinds.iter().flat_map(|kind| index.of_kind(*kind)).map(|entity| entity.id.clone()).collect(),
        Some(id) => {
            let from = index.value(id, keys::MOVES_FROM).and_then(|from| from.parse::<EntityRef>().ok());
            let mut near = vec![id.clone()];
            near.extend(index.relations_to(id).map(|relation| relation.from.clone()));
            near.extend(index.relations_from(id).map(|relation| relation.to.clone()));
            if let Some(from) = &from {
                near.extend(index.relations_to(from).map(|relation| relation.from.clone()));
            }
            near
        }
    };
    let mut found: Vec<EntityRef> = Vec::new();
    for id in near.into_iter().filter(|id| kinds.contains(&id.kind)) {
        if !found.contains(&id) {
            found.push(id);
        }
        if found.len() > MOST_SUBJECTS {
            return Vec::new();
        }
    }
    found
}

/// A draft with what the catalog knows already.
pub(super) fn defaults(index: &CatalogIndex, own: Option<&EntityRef>, event_type: &EventType) -> Draft {
    let mut draft = Draft::new();
    let subjects = candidates(index, own, &event_type.rule.subjects);
    let only = if subjects.len() == 1 { subjects.first() } else { None };
    let Some(id) = own.filter(|id| subjects.contains(id)).or(only) else { return draft };
    draft.insert("subject".to_owned(), id.to_string());
    let known = [
        ("endpoint", keys::ADDRESS),
        ("address", keys::ADDRESS),
        ("expectedStatus", keys::EXPECTED_STATUS),
        ("expectedHeader", keys::EXPECTED_HEADER),
        ("expectedVersion", keys::APP_VERSION),
        ("release", keys::HELM_RELEASE),
        ("namespace", keys::NAMESPACE),
    ];
    for (field, key) in known {
        if let Some(value) = index.value(id, key) {
            draft.insert(field.to_owned(), value.to_owned());
        }
    }
    draft
}
