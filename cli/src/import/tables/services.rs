//! Services, and the data stores, resources, releases and repositories that their rows name.

use ops_model::{EntityKind, EntityRef, RelationKind, entity::keys};

use super::cells;
use crate::import::{
    builder::Builder,
    names::{repository, slug},
    text::{Code, Text},
};

/// The labels before a code span, and the facts of a release that they give.
const RELEASE_FACTS: &[(&str, &str)] =
    &[("Helm release", keys::HELM_RELEASE), ("namespace", keys::NAMESPACE), ("app version", keys::APP_VERSION)];

pub(super) fn read(builder: &mut Builder<'_>, row: &[Text]) {
    let [name, environment, owners, evidence, gaps] = cells(row);
    let resource = resource(&evidence);
    let kind = if resource.is_some() { EntityKind::DataStore } else { EntityKind::Service };
    let id = builder.define(kind, slug(name.trimmed()), &name);
    let place = builder.environment(&id, RelationKind::RunsOn, &environment);
    read_owners(builder, &id, &owners);
    if let Some(resource) = resource {
        let object = EntityRef::new(EntityKind::Resource, repository(resource.name));
        builder.mention(object.clone(), resource.name, resource.offset);
        builder.fact(&object, keys::TYPE, resource.kind, evidence.start());
        builder.fact(&object, keys::NAMESPACE, resource.namespace, resource.offset);
        builder.relate(&id, RelationKind::StoredIn, &object, resource.offset);
    } else {
        read_release(builder, &id, &name, place, &evidence);
    }
    builder.cell(&id, keys::EVIDENCE, &evidence);
    builder.gaps(&id, &gaps);
}

/// The object behind a data store, as its evidence names it.
struct Resource<'a> {
    kind: &'static str,
    name: &'a str,
    namespace: &'a str,
    offset: usize,
}

fn resource(evidence: &Text) -> Option<Resource<'_>> {
    if let Some(Code { text: name, source: offset, .. }) = evidence.labelled("Database") {
        let namespace = evidence.labelled("namespace").map_or("", |code| code.text);
        return Some(Resource { kind: "database", name, namespace, offset });
    }
    let claim = evidence.labelled("PVC")?;
    let (namespace, name) = claim.text.split_once('/').unwrap_or(("", claim.text));
    let at = claim.text.len() - name.len();
    Some(Resource { kind: "PersistentVolumeClaim", name, namespace, offset: claim.source + at })
}

fn read_owners(builder: &mut Builder<'_>, id: &EntityRef, owners: &Text) {
    let named: Vec<(String, usize)> = owners.codes().map(|code| (code.text.to_owned(), code.source)).collect();
    if named.is_empty() {
        builder.note(owners, Some(id), "no repository is named; write each as `name`, with ' / ' between them");
    }
    for (title, offset) in named {
        let owner = EntityRef::new(EntityKind::Repository, repository(&title));
        builder.mention(owner.clone(), &title, offset);
        builder.relate(id, RelationKind::OwnedBy, &owner, offset);
    }
}

/// Helm release, namespace, app version and NodePort, where the evidence names them.
fn read_release(
    builder: &mut Builder<'_>,
    id: &EntityRef,
    name: &Text,
    place: Option<(EntityRef, usize)>,
    evidence: &Text,
) {
    let release = evidence.labelled("Helm release").map(|code| {
        let release = EntityRef::new(EntityKind::Release, repository(code.text));
        builder.mention(release.clone(), code.text, code.source);
        builder.relate(&release, RelationKind::PartOf, id, code.source);
        release
    });
    for (label, key) in RELEASE_FACTS {
        if let Some(code) = evidence.labelled(label) {
            builder.fact(id, key, code.text, code.source);
            if let Some(release) = &release {
                builder.fact(release, key, code.text, code.source);
            }
        }
    }
    let Some(port) = evidence.labelled("NodePort") else { return };
    if !port.text.parse::<u16>().is_ok_and(|port| port > 0) {
        let message = format!("'{}' is not a port", port.text);
        let end = port.source + port.text.len();
        builder.mistake_at(port.source, end, message, "write a whole number from 1 to 65535");
        return;
    }
    let endpoint = EntityRef::new(EntityKind::Endpoint, format!("{}-nodeport", id.name));
    builder.mention(endpoint.clone(), &format!("{} NodePort", name.trimmed()), port.source);
    builder.fact(&endpoint, keys::TYPE, "NodePort", port.source);
    builder.fact(&endpoint, keys::NODE_PORT, port.text, port.source);
    builder.fact(id, keys::NODE_PORT, port.text, port.source);
    builder.relate(id, RelationKind::ExposedBy, &endpoint, port.source);
    if let Some((place, offset)) = place {
        builder.relate(&endpoint, RelationKind::RunsOn, &place, offset);
    }
}

/// Relates each data store to the service whose name its own starts with.
pub(super) fn join_data_stores(builder: &mut Builder<'_>) {
    let stores: Vec<(String, EntityRef, ops_model::Source)> = builder
        .of_kind(EntityKind::DataStore)
        .map(|store| (store.title.clone(), store.id.clone(), store.source))
        .collect();
    for (title, store, source) in stores {
        let owner = builder.begun_by(EntityKind::Service, &title).map(|(service, _)| service.id.clone());
        match owner {
            Some(service) => builder.relate_at(&service, RelationKind::StoredIn, &store, source),
            None => builder.note_at(
                &title,
                Some(&store),
                "no service's name starts this one, so that it is not known whose data this is; begin it with one",
                source,
            ),
        }
    }
}
