//! Services, and the data stores, resources, releases and repositories that their rows name.

use ops_model::{EntityKind, EntityRef, RelationKind, entity::keys};

use super::cells;
use crate::import::{
    builder::{Builder, Stored},
    labels::{self, Label},
    names::{repository, slug},
    nothing::says_nothing,
    places,
    text::{Code, Text, is_joint},
};

/// What else a cell says of the repositories that it names.
const OWNER_REMARK: &str = "owner-remark";

/// Words in the names of data stores.
const STORES: &[&str] = &[
    "database",
    "databases",
    "db",
    "storage",
    "store",
    "volume",
    "volumes",
    "data",
    "pvc",
    "blobs",
    "bucket",
    "datenbank",
    "speicher",
    "daten",
    "datenspeicher",
];

pub(super) fn read(builder: &mut Builder<'_>, row: &[Text]) -> Option<EntityRef> {
    let [name, environment, owners, evidence, gaps] = cells(row);
    let found = labels::read(&evidence);
    let is_store = is_store(builder, &name, &evidence, &found);
    let id = builder.define(if is_store { EntityKind::DataStore } else { EntityKind::Service }, &name);
    let places = places::read(builder, &id, RelationKind::RunsOn, &environment);
    read_owners(builder, &id, &owners);
    for resource in resources(&found) {
        let object = read_resource(builder, &resource);
        if is_store {
            builder.relate(&id, RelationKind::StoredIn, &object, resource.offset);
        } else {
            builder.stored.push(Stored {
                service: id.clone(),
                object,
                title: resource.name.to_owned(),
                offset: resource.offset,
            });
        }
    }
    read_releases(builder, &id, &found);
    for (_, port) in found.iter().filter(|(label, _)| *label == Label::NodePort) {
        read_port(builder, &id, &name, &places, *port);
    }
    builder.cell(&id, keys::EVIDENCE, &evidence);
    builder.gaps(&id, &gaps);
    Some(id)
}

/// Whether a row is about a data store: its evidence begins with what is behind it and names no release or port, and
/// its name says so or begins with the name of another service.
fn is_store(builder: &Builder<'_>, name: &Text, evidence: &Text, found: &[(Label, Code<'_>)]) -> bool {
    let behind = |label: &Label| matches!(label, Label::Database | Label::Claim);
    let Some((_, first)) = found.first().filter(|(label, _)| behind(label)) else { return false };
    let is_first = first.before.split_whitespace().count() <= 2
        && evidence.codes().next().is_some_and(|code| code.source == first.source);
    let deployed = found.iter().any(|(label, _)| matches!(label, Label::Release | Label::NodePort | Label::Version));
    let title = name.trimmed().to_lowercase();
    let is_named = title.split(|char: char| !char.is_alphanumeric()).any(|word| STORES.contains(&word));
    is_first && !deployed && (is_named || builder.is_begun_by_other(EntityKind::Service, name.trimmed()))
}

/// A database or volume claim that a cell names.
struct Resource<'a> {
    kind: &'static str,
    name: &'a str,
    namespace: &'a str,
    offset: usize,
}

/// The databases and volume claims, each with the namespace that is named after it.
fn resources<'t>(found: &[(Label, Code<'t>)]) -> Vec<Resource<'t>> {
    let mut resources: Vec<Resource<'t>> = Vec::new();
    let mut is_last = false;
    for (label, code) in found {
        match label {
            Label::Database => {
                resources.push(Resource { kind: "database", name: code.text, namespace: "", offset: code.source });
            }
            Label::Claim => {
                let (namespace, name) = code.text.split_once('/').unwrap_or(("", code.text));
                let offset = code.source + code.text.len() - name.len();
                resources.push(Resource { kind: "PersistentVolumeClaim", name, namespace, offset });
            }
            Label::Namespace if is_last => {
                // Of a list of databases, all are in it.
                for resource in resources.iter_mut().filter(|one| one.namespace.is_empty()) {
                    resource.namespace = code.text;
                }
            }
            _ => {}
        }
        is_last = matches!(label, Label::Database | Label::Claim);
    }
    resources
}

/// Two namespaces may each have a claim of the same name.
fn read_resource(builder: &mut Builder<'_>, resource: &Resource<'_>) -> EntityRef {
    let Resource { kind, name, namespace, offset } = *resource;
    let mut object = EntityRef::new(EntityKind::Resource, repository(name));
    let known = builder.entity(&object).map(|known| {
        let fact = |key: &str| known.fact(key).map_or("", |fact| fact.value.as_str());
        fact(keys::NAMESPACE) == namespace && fact(keys::TYPE) == kind
    });
    if known == Some(false) {
        let whole = if namespace.is_empty() { format!("{kind}/{name}") } else { format!("{namespace}/{name}") };
        object = EntityRef::new(EntityKind::Resource, repository(&whole));
    }
    builder.mention(object.clone(), name, offset);
    builder.fact(&object, keys::TYPE, kind, offset);
    builder.fact(&object, keys::NAMESPACE, namespace, offset);
    object
}

fn read_owners(builder: &mut Builder<'_>, id: &EntityRef, owners: &Text) {
    let mut named: Vec<(String, usize, bool)> = owners
        .codes()
        .map(|code| (code.text.trim().to_owned(), code.source, places::is_denied(code.before)))
        .filter(|(title, ..)| !says_nothing(title))
        .collect();
    let is_plain = named.is_empty();
    if is_plain {
        named = plain_owners(owners);
    }
    if named.is_empty() {
        builder.cell(id, OWNER_REMARK, owners);
        builder.note(owners, Some(id), "no repository is named; write each as `name`, with ' / ' between them");
        return;
    }
    for (title, offset, _) in named.into_iter().filter(|(.., denied)| !denied) {
        let owner = EntityRef::new(EntityKind::Repository, repository(&title));
        builder.mention(owner.clone(), &title, offset);
        builder.relate(id, RelationKind::OwnedBy, &owner, offset);
    }
    let remark = owners.remark();
    if !is_plain && !remark.is_empty() {
        builder.cell(id, OWNER_REMARK, owners);
        let reason = format!("'{remark}' names no repository; the cell is kept as a fact '{OWNER_REMARK}'");
        builder.note(owners, Some(id), reason);
    }
}

/// Repositories that are not written as code: a cell of single words, such as `docs/wiki, docs/theme`.
fn plain_owners(owners: &Text) -> Vec<(String, usize, bool)> {
    let words: Vec<&str> = owners.plain.split_whitespace().collect();
    let (mut names, mut at, mut is_name_next) = (Vec::new(), 0, true);
    for word in words {
        let start = owners.plain.get(at..).and_then(|rest| rest.find(word)).map_or(at, |found| at + found);
        at = start + word.len();
        let name = word.trim_end_matches([',', ';']);
        if is_joint(name) {
            is_name_next = true;
            continue;
        }
        let fits = name.chars().all(|char| char.is_alphanumeric() || "-._/".contains(char));
        // Two words side by side are no list of names.
        if !is_name_next || !fits {
            return Vec::new();
        }
        names.push((name.to_owned(), owners.source_at(start), false));
        is_name_next = name != word || owners.breaks.contains(&at);
    }
    if says_nothing(owners.trimmed()) { Vec::new() } else { names }
}

/// Helm releases with namespace and app version, where the evidence names them. A namespace or version after a
/// release, or after a list of them, is theirs; one before the first is the service's and the first's.
fn read_releases(builder: &mut Builder<'_>, id: &EntityRef, found: &[(Label, Code<'_>)]) {
    let mut releases: Vec<EntityRef> = Vec::new();
    let mut early: Vec<(&str, Code<'_>)> = Vec::new();
    let mut of_resource = false;
    // Where the list of releases that was read last begins, and whether it may go on.
    let (mut list, mut goes_on) = (0, false);
    for (label, code) in found {
        let was_release = core::mem::replace(&mut goes_on, *label == Label::Release);
        let key = match label {
            Label::Release => {
                let mut release = EntityRef::new(EntityKind::Release, repository(code.text));
                if builder.entity(&release).is_some() && !releases.contains(&release) {
                    // Another service has a release of this name, in another namespace or cluster.
                    release = EntityRef::new(EntityKind::Release, format!("{}/{}", id.name, release.name));
                }
                builder.mention(release.clone(), code.text, code.source);
                builder.relate(&release, RelationKind::PartOf, id, code.source);
                builder.fact(&release, keys::HELM_RELEASE, code.text, code.source);
                for (key, code) in early.drain(..) {
                    builder.fact(&release, key, code.text, code.source);
                }
                if !was_release {
                    list = releases.len();
                }
                releases.push(release);
                keys::HELM_RELEASE
            }
            Label::Namespace if of_resource => continue,
            Label::Namespace => keys::NAMESPACE,
            Label::Version => keys::APP_VERSION,
            Label::Database | Label::Claim | Label::NodePort => {
                of_resource |= *label != Label::NodePort;
                continue;
            }
        };
        of_resource = false;
        builder.fact(id, key, code.text, code.source);
        if *label != Label::Release {
            if releases.is_empty() {
                early.push((key, *code));
            }
            for release in releases.get(list..).unwrap_or_default() {
                builder.fact(release, key, code.text, code.source);
            }
        }
    }
}

fn read_port(builder: &mut Builder<'_>, id: &EntityRef, name: &Text, places: &[(EntityRef, usize)], port: Code<'_>) {
    if !port.text.parse::<u16>().is_ok_and(|port| port > 0) {
        let message = format!("'{}' is not a port", port.text);
        let end = port.source + port.text.len();
        builder.mistake_at(port.source, end, message, "write a whole number from 1 to 65535");
        return;
    }
    let mut endpoint = EntityRef::new(EntityKind::Endpoint, format!("{}-nodeport", id.name));
    let mut title = format!("{} NodePort", name.trimmed());
    if builder.entity(&endpoint).is_some() {
        endpoint = EntityRef::new(EntityKind::Endpoint, format!("{}-nodeport-{}", id.name, port.text));
        title = format!("{title} {}", port.text);
    }
    builder.mention(endpoint.clone(), &title, port.source);
    builder.fact(&endpoint, keys::TYPE, "NodePort", port.source);
    builder.fact(&endpoint, keys::NODE_PORT, port.text, port.source);
    builder.fact(id, keys::NODE_PORT, port.text, port.source);
    builder.relate(id, RelationKind::ExposedBy, &endpoint, port.source);
    for (place, offset) in places {
        builder.relate(&endpoint, RelationKind::RunsOn, place, *offset);
    }
}

/// Relates each data store to the service whose name its own starts with, and each service to the stores of the
/// databases and volumes that its evidence names.
pub(super) fn join_data_stores(builder: &mut Builder<'_>) {
    let stores: Vec<(String, EntityRef, ops_model::Source)> = builder
        .of_kind(EntityKind::DataStore)
        .map(|store| (store.title.clone(), store.id.clone(), store.source))
        .collect();
    let mut joined: Vec<EntityRef> = Vec::new();
    for Stored { service, object, title, offset } in core::mem::take(&mut builder.stored) {
        let store = builder.store_of(&object).unwrap_or_else(|| {
            let store = builder.free(EntityKind::DataStore, slug(&title), &title);
            builder.mention(store.clone(), &title, offset);
            builder.relate(&store, RelationKind::StoredIn, &object, offset);
            store
        });
        builder.relate(&service, RelationKind::StoredIn, &store, offset);
        joined.push(store);
    }
    for (title, store, source) in stores {
        let owner = builder.begun_by(EntityKind::Service, &title).map(|(service, _)| service.id.clone());
        match owner {
            Some(service) => builder.relate_at(&service, RelationKind::StoredIn, &store, source),
            None if joined.contains(&store) => {}
            None => builder.note_at(
                &title,
                Some(&store),
                "no service's name starts this one, so that it is not known whose data this is; begin it with one",
                source,
            ),
        }
    }
}
