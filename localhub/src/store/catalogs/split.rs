//! A catalog in parts, split once when it is put: pages are then joined from parts as they are. A part
//! is known by its places in the catalog's bytes, and copied only when it is written.
//!
//! The order is that of `getCatalog`: each service followed by what it is the first to name, then the rest.

use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
};

use ops_model::EntityKind;
use serde::Deserialize;
use serde_json::value::RawValue;

/// What stands on every page.
const ALWAYS: [&str; 2] = ["schema", "source"];
/// What is spread over the pages.
const SPREAD: [&str; 3] = ["entities", "relations", "gaps"];

/// Places of items in the bytes of the catalog.
pub(super) type Span = Range<usize>;

/// A catalog in parts.
#[derive(Debug, Default)]
pub(super) struct Split {
    /// The fields of every page, as JSON without braces.
    pub(super) always: String,
    /// The fields of the first page alone, likewise; `totals` with them.
    pub(super) once: String,
    /// One for each entity, in the order of the pages.
    pub(super) parts: Vec<Part>,
    /// Relations of no entity of the catalog; they stand on the last page.
    pub(super) relations: Vec<Span>,
    /// Gaps of no entity of the catalog.
    pub(super) gaps: Vec<Span>,
}

/// An entity with what stands on its page.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// The entity's name: `service:gitea`.
    pub(super) id: String,
    /// Whether a page may begin here: it is not a follower of the service before it.
    pub(super) is_head: bool,
    /// The entity as it was put.
    pub(super) entity: Span,
    /// The relations from it.
    pub(super) relations: Vec<Span>,
    /// Its gaps.
    pub(super) gaps: Vec<Span>,
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

/// Where an item that was read from these bytes stands in them.
fn span(bytes: &[u8], item: &RawValue) -> Span {
    let start = item.get().as_ptr().addr().saturating_sub(bytes.as_ptr().addr());
    start..start.saturating_add(item.get().len())
}

/// Items as they stand in the catalog's bytes, joined by commas.
pub(super) fn joined(bytes: &[u8], spans: &[Span]) -> String {
    let mut list = String::with_capacity(spans.iter().map(|span| span.len().saturating_add(1)).sum());
    for span in spans {
        if !list.is_empty() {
            list.push(',');
        }
        // What was read as JSON is UTF-8.
        list.push_str(&String::from_utf8_lossy(bytes.get(span.clone()).unwrap_or_default()));
    }
    list
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
    if !split.once.is_empty() {
        split.once.push(',');
    }
    split.once.push_str(&totals);

    let mut parts = Vec::with_capacity(entities.len());
    let mut places = HashMap::with_capacity(entities.len());
    for (at, entity) in entities.iter().enumerate() {
        let Named { id } = serde_json::from_str(entity.get())?;
        places.entry(id.clone()).or_insert(at);
        parts.push(Part { id, entity: span(bytes, entity), ..Part::default() });
    }
    for relation in relations {
        let Link { from, to } = serde_json::from_str(relation.get())?;
        match places.get(&from).and_then(|at| parts.get_mut(*at)) {
            Some(part) => {
                part.relations.push(span(bytes, relation));
                part.targets.push(to);
            }
            None => split.relations.push(span(bytes, relation)),
        }
    }
    for gap in gaps {
        let About { subject } = serde_json::from_str(gap.get())?;
        let part = places.get(&subject).and_then(|at| parts.get_mut(*at));
        part.map_or(&mut split.gaps, |part| &mut part.gaps).push(span(bytes, gap));
    }
    split.parts = ordered(parts, &places);
    Ok(split)
}

/// The parts in the order of the pages.
fn ordered(parts: Vec<Part>, places: &HashMap<String, usize>) -> Vec<Part> {
    let is_service = |id: &str| id.split(':').next().and_then(EntityKind::parse) == Some(EntityKind::Service);
    let services: Vec<usize> =
        parts.iter().enumerate().filter(|(_, part)| is_service(&part.id)).map(|(at, _)| at).collect();
    let mut parts: Vec<Option<Part>> = parts.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(parts.len());
    let mut take = |at: usize, is_head: bool| {
        let part = parts.get_mut(at).and_then(Option::take)?;
        let targets = part.targets.clone();
        ordered.push(Part { is_head, ..part });
        Some(targets)
    };
    for at in services {
        for target in take(at, true).unwrap_or_default().iter().filter(|target| !is_service(target)) {
            if let Some(at) = places.get(target) {
                take(*at, false);
            }
        }
    }
    let rest = parts.into_iter().flatten().map(|part| Part { is_head: true, ..part });
    ordered.extend(rest);
    ordered
}
