//! A catalog in parts, split once when it is put: pages are then joined from parts as they are.
//!
//! The order is that of `getCatalog`: entities of small kinds first, then each service followed by
//! the endpoints and data stores that it is the first to name, then the rest.

use std::collections::{BTreeMap, HashMap};

use ops_model::EntityKind;
use serde::Deserialize;
use serde_json::value::RawValue;

/// What stands on every page.
const ALWAYS: [&str; 2] = ["schema", "source"];
/// What is spread over the pages.
const SPREAD: [&str; 3] = ["entities", "relations", "gaps"];

/// A catalog in parts.
#[derive(Debug, Default)]
pub(super) struct Split {
    /// The fields of every page, as JSON without braces.
    pub(super) always: String,
    /// The fields of the first page alone, likewise; `totals` with them.
    pub(super) once: String,
    /// One for each entity, in the order of the pages.
    pub(super) parts: Vec<Part>,
    /// Relations of no entity of the catalog, joined by commas; they stand on the last page.
    pub(super) relations: String,
    /// Gaps of no entity of the catalog.
    pub(super) gaps: String,
}

/// An entity with what stands on its page.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// The entity's name: `service:gitea`.
    pub(super) id: String,
    /// Whether a page may begin here: it is not a follower of the service before it.
    pub(super) is_head: bool,
    /// The entity as it was put.
    pub(super) entity: String,
    /// The relations from it, joined by commas.
    pub(super) relations: String,
    /// Its gaps, joined by commas.
    pub(super) gaps: String,
    /// What its relations lead to.
    pub(super) targets: Vec<String>,
}

#[derive(Deserialize)]
struct Named {
    #[serde(rename = "ref")]
    id: String,
}

#[derive(Deserialize)]
struct Link {
    from: String,
    to: String,
}

#[derive(Deserialize)]
struct About {
    subject: String,
}

type Fields<'a> = BTreeMap<String, &'a RawValue>;

fn items<'a>(fields: &Fields<'a>, name: &str) -> serde_json::Result<Vec<&'a RawValue>> {
    fields.get(name).map_or_else(|| Ok(Vec::new()), |list| serde_json::from_str(list.get()))
}

fn said<'a>(fields: impl Iterator<Item = (&'a String, &'a &'a RawValue)>) -> String {
    let fields = fields.map(|(name, value)| format!("{}:{}", serde_json::Value::from(name.as_str()), value.get()));
    fields.collect::<Vec<_>>().join(",")
}

fn join(list: &mut String, item: &str) {
    if !list.is_empty() {
        list.push(',');
    }
    list.push_str(item);
}

/// Splits the bytes of a catalog.
///
/// # Errors
/// Where they are not a catalog.
pub(super) fn split(bytes: &[u8]) -> serde_json::Result<Split> {
    let fields: Fields<'_> = serde_json::from_slice(bytes)?;
    let [entities, relations, gaps] = SPREAD.map(|name| items(&fields, name));
    let (entities, relations, gaps) = (entities?, relations?, gaps?);
    let totals = format!(
        "\"totals\":{{\"entities\":{},\"relations\":{},\"gaps\":{}}}",
        entities.len(),
        relations.len(),
        gaps.len()
    );
    let mut split = Split {
        always: said(fields.iter().filter(|(name, _)| ALWAYS.contains(&name.as_str()))),
        once: said(
            fields.iter().filter(|(name, _)| !ALWAYS.contains(&name.as_str()) && !SPREAD.contains(&name.as_str())),
        ),
        ..Split::default()
    };
    join(&mut split.once, &totals);

    let mut parts = Vec::with_capacity(entities.len());
    let mut places = HashMap::with_capacity(entities.len());
    for (at, entity) in entities.iter().enumerate() {
        let Named { id } = serde_json::from_str(entity.get())?;
        places.entry(id.clone()).or_insert(at);
        parts.push(Part { id, entity: entity.get().to_owned(), ..Part::default() });
    }
    for relation in relations {
        let Link { from, to } = serde_json::from_str(relation.get())?;
        match places.get(&from).and_then(|at| parts.get_mut(*at)) {
            Some(part) => {
                join(&mut part.relations, relation.get());
                part.targets.push(to);
            }
            None => join(&mut split.relations, relation.get()),
        }
    }
    for gap in gaps {
        let About { subject } = serde_json::from_str(gap.get())?;
        let part = places.get(&subject).and_then(|at| parts.get_mut(*at));
        join(part.map_or(&mut split.gaps, |part| &mut part.gaps), gap.get());
    }
    split.parts = ordered(parts, &places);
    Ok(split)
}

fn kind(id: &str) -> Option<EntityKind> {
    EntityKind::parse(id.split(':').next()?)
}

/// The parts in the order of the pages.
fn ordered(parts: Vec<Part>, places: &HashMap<String, usize>) -> Vec<Part> {
    use EntityKind::{DataStore, Endpoint, Service};
    let is_follower = |id: &str| matches!(kind(id), Some(Endpoint | DataStore));
    let mut parts: Vec<Option<Part>> = parts.into_iter().map(Some).collect();
    let (mut small, mut services) = (Vec::new(), Vec::new());
    for (at, part) in parts.iter().enumerate() {
        match part.as_ref().and_then(|part| kind(&part.id)) {
            Some(Service) => services.push(at),
            Some(Endpoint | DataStore) => {}
            _ => small.push(at),
        }
    }
    let mut ordered = Vec::with_capacity(parts.len());
    let mut take = |at: usize, is_head: bool| {
        let part = parts.get_mut(at).and_then(Option::take)?;
        let targets = part.targets.clone();
        ordered.push(Part { is_head, ..part });
        Some(targets)
    };
    for at in small {
        take(at, true);
    }
    for at in services {
        for target in take(at, true).unwrap_or_default().iter().filter(|target| is_follower(target)) {
            if let Some(at) = places.get(target) {
                take(*at, false);
            }
        }
    }
    let rest = parts.into_iter().flatten().map(|part| Part { is_head: true, ..part });
    ordered.extend(rest);
    ordered
}
