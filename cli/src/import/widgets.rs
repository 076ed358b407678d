//! The widgets that show an inventory.

use std::collections::BTreeSet;

use ops_manifest::WidgetInstance;
use ops_model::{Catalog, Entity, EntityKind, EntityRef};

use super::names::{hash, longest_prefix, slug};

/// The longest name and title that a manifest may have.
const NAME: usize = 100;
const TITLE: usize = 200;

/// The kinds of widget about one entity: how their names begin, the kind, and what they are about.
const KINDS: &[(&str, &str, EntityKind)] = &[
    ("ops-env-", "environment", EntityKind::Environment),
    ("ops-host-", "host", EntityKind::Host),
    ("ops-service-", "service", EntityKind::Service),
    ("ops-endpoint-", "endpoint", EntityKind::Endpoint),
    ("ops-readiness-", "readiness", EntityKind::Service),
    ("ops-migration-", "migration", EntityKind::MigrationWave),
];

/// The widgets about the whole catalog: name, kind, title.
const WHOLE: &[(&str, &str, &str)] = &[
    ("ops-service-catalog", "service-catalog", "Service catalog"),
    ("ops-evidence-feed", "evidence-feed", "Evidence feed"),
];

/// The widgets of a catalog, and the names that it asks for and that are about nothing in it.
///
/// Where the inventory lists widgets, these; else one for each environment, host, service and endpoint. In both cases
/// the service catalog and the feed of evidence, which are about everything. A widget of `before` that has the same
/// name keeps its title, its subject where the catalog has that, and its view context.
pub(crate) fn of(catalog: &Catalog, hub: &str, before: &[WidgetInstance]) -> (Vec<WidgetInstance>, Vec<String>) {
    let mut strange = Vec::new();
    let mut widgets: Vec<WidgetInstance> = Vec::new();
    let new = |name: String, kind: &str, subject: Option<EntityRef>, title: String| {
        let view_context = format!("{hub}/{name}");
        let title = title.chars().take(TITLE).collect();
        WidgetInstance { name, kind: kind.to_owned(), subject, title, view_context }
    };
    let whole = |name: &str| {
        let (name, kind, title) = WHOLE.iter().find(|(one, ..)| *one == name)?;
        let known = before.iter().find(|one| one.name == *name).cloned();
        Some(known.unwrap_or_else(|| new((*name).to_owned(), kind, None, (*title).to_owned())))
    };
    for asked in &catalog.widgets {
        let known = before.iter().find(|one| one.name == asked.name);
        let fits = known.filter(|one| one.subject.as_ref().is_some_and(|subject| entity(catalog, subject).is_some()));
        let made = || {
            let (kind, entity) = about(catalog, &asked.name)?;
            Some(new(asked.name.clone(), kind, Some(entity.id.clone()), entity.title.clone()))
        };
        match fits.cloned().or_else(|| whole(&asked.name)).or_else(made) {
            Some(widget) => widgets.push(widget),
            None => strange.push(asked.name.clone()),
        }
    }
    if catalog.widgets.is_empty() {
        let mut names = BTreeSet::new();
        for entity in &catalog.entities {
            // A readiness widget is about a service too, which has one already.
            let kind = KINDS.iter().find(|(_, _, about)| *about == entity.id.kind);
            if let Some((start, kind, _)) = kind {
                let name = name(start, entity, &mut names);
                widgets.push(new(name, kind, Some(entity.id.clone()), entity.title.clone()));
            }
        }
    }
    let missing: Vec<WidgetInstance> = WHOLE
        .iter()
        .filter(|(name, ..)| !widgets.iter().any(|one| one.name == *name))
        .filter_map(|(name, ..)| whole(name))
        .collect();
    widgets.extend(missing);
    (widgets, strange)
}

/// The kind and the entity that a widget's name says: the entity's name follows the kind; a service's may go on, as in
/// `ops-readiness-gitea-registry`, and an endpoint's may leave words out.
fn about<'c>(catalog: &'c Catalog, widget: &str) -> Option<(&'static str, &'c Entity)> {
    let (start, kind, about) = KINDS.iter().find(|(start, ..)| widget.starts_with(start))?;
    let rest = widget.strip_prefix(start)?;
    let all = || catalog.entities.iter().filter(|entity| entity.id.kind == *about);
    let named = |name: &str| all().find(|entity| slug(&entity.id.name) == name);
    if let Some(entity) = named(rest) {
        return Some((kind, entity));
    }
    let entity = match *kind {
        "readiness" => named(longest_prefix(rest, all().map(|entity| &*entity.id.name))?)?,
        "endpoint" => {
            let has = |entity: &&Entity| rest.split('-').all(|word| entity.id.name.split('-').any(|part| part == word));
            let mut fitting = all().filter(has);
            fitting.next().filter(|_| fitting.next().is_none())?
        }
        _ => return None,
    };
    Some((kind, entity))
}

fn entity<'c>(catalog: &'c Catalog, id: &EntityRef) -> Option<&'c Entity> {
    catalog.entities.iter().find(|entity| entity.id == *id)
}

/// A widget's name: letters, digits and single hyphens, unique and short enough.
fn name(start: &str, entity: &Entity, names: &mut BTreeSet<String>) -> String {
    let plain = format!("{start}{}", slug(&entity.id.name));
    let fits = plain.len() <= NAME && !names.contains(&plain);
    let own = || {
        let room = NAME - hash(&entity.id.name).len() - 1;
        let kept = plain.get(..plain.len().min(room)).unwrap_or(&plain).trim_end_matches('-');
        format!("{kept}-{}", hash(&entity.id.name))
    };
    let name = if fits { plain.clone() } else { own() };
    names.insert(name.clone());
    name
}
