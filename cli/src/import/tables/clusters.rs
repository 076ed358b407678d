//! Clusters, and the services that their notes say they host.

use ops_model::{EntityKind, EntityRef, RelationKind, entity::keys};

use super::cells;
use crate::import::{builder::Builder, names::slug, text::Text};

pub(super) fn read(builder: &mut Builder<'_>, row: &[Text]) {
    let [name, environment, role, notes] = cells(row);
    let id = builder.define(EntityKind::Cluster, slug(name.trimmed()), &name);
    builder.environment(&id, RelationKind::PartOf, &environment);
    builder.cell(&id, keys::ROLE, &role);
    builder.cell(&id, keys::NOTES, &notes);
    if let Some(hosted) = notes.trimmed().strip_prefix("Hosts ") {
        let services = hosted_services(builder, hosted);
        for service in &services {
            builder.relate(service, RelationKind::RunsOn, &id, notes.start());
        }
        if services.is_empty() || hosted.contains("related services") {
            builder.note(
                &notes,
                Some(&id),
                "not every service that it hosts is named; name each by its entry in 'Services'",
            );
        }
    }
}

/// The services whose title stands in the text as whole words, longer titles first.
fn hosted_services(builder: &Builder<'_>, text: &str) -> Vec<EntityRef> {
    let mut services: Vec<(&str, &EntityRef)> =
        builder.of_kind(EntityKind::Service).map(|service| (service.title.as_str(), &service.id)).collect();
    services.sort_by_key(|(title, _)| core::cmp::Reverse(title.len()));
    let mut rest = format!(" {} ", text.replace(|char: char| !char.is_alphanumeric() && char != '-', " "));
    let mut found = Vec::new();
    for (title, id) in services {
        let words = format!(" {title} ");
        if rest.contains(&words) {
            rest = rest.replace(&words, " ");
            found.push(id.clone());
        }
    }
    found
}
