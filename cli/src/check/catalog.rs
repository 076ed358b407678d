//! The catalog, alone and with the manifest.

use std::collections::{BTreeMap, BTreeSet};

use ops_manifest::{Manifest, check};
use ops_model::{Catalog, Entity, EntityKind, EntityRef, catalog::Source, entity::keys, event::Claim};
use reqwest::Url;

use super::{
    Finding, Place, Places,
    document::Document,
    rules::{self, Rule},
};
use crate::import::credentials;

/// A catalog with the way to its places: its own file, or the inventory that it was imported from.
#[derive(Debug)]
pub(crate) struct Checked {
    /// The file that findings are in.
    pub(crate) file: String,
    /// The catalog.
    pub(crate) catalog: Catalog,
    names: BTreeSet<EntityRef>,
    origin: Origin,
}

#[derive(Debug)]
enum Origin {
    Json(Document),
    Markdown(Places),
}

impl Checked {
    /// A catalog that was imported just now.
    pub(crate) fn imported(file: &str, text: &str, catalog: Catalog) -> Self {
        Self::new(file.to_owned(), catalog, Origin::Markdown(Places::new(text)))
    }

    /// A catalog's own file, checked against its schema.
    pub(crate) fn read(document: Document, findings: &mut Vec<Finding>) -> Option<Self> {
        for found in check::against(check::CATALOG_SCHEMA, &document.value) {
            findings.push(document.finding(&rules::SCHEMA, &found.pointer, found.message));
        }
        let catalog = serde_json::from_value(document.value.clone()).ok()?;
        Some(Self::new(document.file.clone(), catalog, Origin::Json(document)))
    }

    fn new(file: String, catalog: Catalog, origin: Origin) -> Self {
        let names = catalog.entities.iter().map(|entity| entity.id.clone()).collect();
        Self { file, catalog, names, origin }
    }

    /// Whether it has an entity.
    pub(crate) fn has(&self, id: &EntityRef) -> bool {
        self.names.contains(id)
    }

    /// A finding about what stands at a pointer of the catalog, and at a place of the inventory.
    pub(crate) fn finding(
        &self,
        rule: &'static Rule,
        pointer: &str,
        source: Source,
        message: impl Into<String>,
    ) -> Finding {
        let place: Place = match &self.origin {
            Origin::Json(document) => document.place(pointer),
            Origin::Markdown(places) => places.of_line(source.line as usize, source.column as usize),
        };
        Finding { rule, file: self.file.clone(), place, message: message.into() }
    }
}

/// What is wrong with a catalog alone; `subjects` are entities that a widget shows.
pub(crate) fn check(checked: &Checked, subjects: &[&EntityRef], findings: &mut Vec<Finding>) {
    let catalog = &checked.catalog;
    let mut seen = BTreeSet::new();
    for (at, entity) in catalog.entities.iter().enumerate() {
        if !seen.insert(&entity.id) {
            let message = format!("'{}' is there twice; the first one counts", entity.id);
            let pointer = format!("/entities/{at}/ref");
            findings.push(checked.finding(&rules::DUPLICATE_NAME, &pointer, entity.source, message));
        }
        if entity.id.kind == EntityKind::Endpoint {
            endpoint(checked, at, entity, findings);
        }
    }
    let mut unknown = |id: &EntityRef, pointer: String, source, what: &str| {
        if !checked.has(id) {
            let message = format!("the catalog has no entity '{id}', {what}");
            findings.push(checked.finding(&rules::UNKNOWN_REFERENCE, &pointer, source, message));
        }
    };
    for (at, relation) in catalog.relations.iter().enumerate() {
        let what = format!("which '{}' leads from", relation.kind);
        unknown(&relation.from, format!("/relations/{at}/from"), relation.source, &what);
        let what = format!("which '{}' leads to from '{}'", relation.kind, relation.from);
        unknown(&relation.to, format!("/relations/{at}/to"), relation.source, &what);
    }
    for (at, gap) in catalog.gaps.iter().enumerate() {
        unknown(&gap.subject, format!("/gaps/{at}/subject"), gap.source, "which a gap is about");
    }
    unreachable(checked, subjects, findings);
}

/// What is expected of an endpoint, where it cannot be checked.
fn endpoint(checked: &Checked, at: usize, entity: &Entity, findings: &mut Vec<Finding>) {
    for (place, fact) in entity.facts.iter().enumerate() {
        let value = fact.value.as_str();
        let wrong = match fact.key.as_str() {
            keys::EXPECTED_STATUS if !value.parse().is_ok_and(|status: u16| (100..600).contains(&status)) => {
                Some("is not an HTTP status; write a number from 100 to 599")
            }
            keys::EXPECTED_HEADER if value.split_once(':').is_none_or(|(name, _)| name.trim().is_empty()) => {
                Some("is not a header; write it as Name: value")
            }
            keys::ADDRESS if value.contains("://") && Url::parse(value).is_err() => Some("is not a URL"),
            keys::ADDRESS if !credentials::find(value).is_empty() => {
                Some("has a user or password, which every reader of the hub would see; take them out")
            }
            _ => None,
        };
        if let Some(wrong) = wrong {
            let pointer = format!("/entities/{at}/facts/{place}/value");
            let shown = credentials::hidden(value);
            let message = format!("{} of {}: '{shown}' {wrong}", fact.key, entity.id);
            findings.push(checked.finding(&rules::ENDPOINT, &pointer, fact.source, message));
        }
    }
}

/// Entities to which no relation leads from an environment or a widget's subject, in either direction.
fn unreachable(checked: &Checked, subjects: &[&EntityRef], findings: &mut Vec<Finding>) {
    let mut beside: BTreeMap<&EntityRef, Vec<&EntityRef>> = BTreeMap::new();
    for relation in &checked.catalog.relations {
        beside.entry(&relation.from).or_default().push(&relation.to);
        beside.entry(&relation.to).or_default().push(&relation.from);
    }
    let environments = checked.names.iter().filter(|id| id.kind == EntityKind::Environment);
    let mut open: Vec<&EntityRef> = environments.chain(subjects.iter().copied()).collect();
    let mut reached: BTreeSet<&EntityRef> = open.iter().copied().collect();
    while let Some(id) = open.pop() {
        for next in beside.get(id).into_iter().flatten() {
            if reached.insert(next) {
                open.push(next);
            }
        }
    }
    for (at, entity) in checked.catalog.entities.iter().enumerate() {
        if !reached.contains(&entity.id) {
            let message = format!("no relation leads to '{}' from an environment or a widget", entity.id);
            let pointer = format!("/entities/{at}/ref");
            findings.push(checked.finding(&rules::UNREACHABLE, &pointer, entity.source, message));
        }
    }
}

/// What the catalog asks for, and the manifest does not have: widgets, event types for gates and gaps.
pub(crate) fn asked_for(checked: &Checked, manifest: &Manifest, findings: &mut Vec<Finding>) {
    let catalog = &checked.catalog;
    for (at, widget) in catalog.widgets.iter().enumerate() {
        if !manifest.widgets.iter().any(|known| known.name == widget.name) {
            let message =
                format!("the inventory asks for the widget '{}', which the manifest does not have", widget.name);
            let pointer = format!("/widgets/{at}/name");
            findings.push(checked.finding(&rules::WIDGET_MISSING, &pointer, widget.source, message));
        }
    }
    let assessed = manifest.event_types.iter().any(|kind| {
        let accepted = manifest.kinds.iter().any(|widget| widget.accepts.contains(&kind.name));
        accepted && kind.rule.claim == Claim::Readiness && kind.rule.subjects.contains(&EntityKind::Gate)
    });
    for (at, entity) in catalog.entities.iter().enumerate() {
        if entity.id.kind == EntityKind::Gate && !assessed {
            let message = format!(
                "nothing can assess '{}': no event type with the claim readiness is about gates and accepted by a kind of widget",
                entity.id
            );
            let pointer = format!("/entities/{at}/ref");
            findings.push(checked.finding(&rules::GATE_EVENT_TYPE, &pointer, entity.source, message));
        }
    }
    for (at, gap) in catalog.gaps.iter().enumerate() {
        for kind in &gap.kinds {
            let closer = kind.closed_by();
            if !manifest.event_types.iter().any(|known| known.name == closer) {
                let message =
                    format!("nothing can close this gap of '{}': the manifest has no '{closer}'", gap.subject);
                let pointer = format!("/gaps/{at}/kinds");
                findings.push(checked.finding(&rules::GAP_EVENT_TYPE, &pointer, gap.source, message));
            }
        }
    }
}

/// Whether a catalog was made from the inventory beside it.
pub(crate) fn is_of(checked: &Checked, inventory: &Catalog, file: &str, findings: &mut Vec<Finding>) {
    if checked.catalog.source.sha256 != inventory.source.sha256 {
        let message = format!("it was not made from {file} as it is now; make it anew: ops-hub import");
        findings.push(checked.finding(&rules::STALE_CATALOG, "/source/sha256", Source::default(), message));
    }
}
