//! Cells that say where something runs: environments, and the clusters and hosts in them.

use ops_model::{EntityKind, EntityRef, RelationKind, entity::keys};

use super::{
    builder::Builder,
    names::suggestion,
    nothing::says_nothing,
    text::{Text, is_joint},
};

/// What else a cell says of the environments that it names: `(behind the VPN)`.
const ENVIRONMENT_REMARK: &str = "environment-remark";

/// Words before a name that say that it is not the place, or not any more.
const NOT: &[&str] = &[
    "not",
    "no",
    "never",
    "formerly",
    "previously",
    "except",
    "without",
    "nicht",
    "kein",
    "früher",
    "ehemals",
    "außer",
    "ohne",
    "bis",
];

/// Whether the words before a name, back to the last comma, say that it is not meant.
pub(crate) fn is_denied(before: &str) -> bool {
    let clause = before.rsplit([',', ';', '.']).next().unwrap_or_default().to_lowercase();
    let mut words = clause.split(|char: char| !char.is_alphanumeric());
    words.any(|word| NOT.contains(&word)) || clause.contains("no longer") || clause.contains("nicht mehr")
}

/// Relates an entity to each place that a cell names. What names none is kept in words and noted; a single word or
/// code span that names none is a mistake. Gives the places that were related, and where the cell names them.
pub(crate) fn read(
    builder: &mut Builder<'_>,
    id: &EntityRef,
    kind: RelationKind,
    cell: &Text,
) -> Vec<(EntityRef, usize)> {
    if cell.is_empty() || says_nothing(cell.trimmed()) {
        builder.note(cell, Some(id), "the cell is empty; name an environment of the table 'Environments'");
        return Vec::new();
    }
    if cell.codes().next().is_some() { in_code(builder, id, kind, cell) } else { in_words(builder, id, kind, cell) }
}

fn in_code(builder: &mut Builder<'_>, id: &EntityRef, kind: RelationKind, cell: &Text) -> Vec<(EntityRef, usize)> {
    let mut related = Vec::new();
    let mut strange: Vec<&str> = Vec::new();
    for code in cell.codes() {
        match place(builder, id, code.text) {
            Some(_) if is_denied(code.before) => {}
            Some(found) => related.push(relate(builder, id, kind, found, code.source)),
            None => strange.push(code.text),
        }
    }
    match strange.first() {
        Some(first) if related.is_empty() => unknown(builder, cell, first),
        Some(first) => keep_remark(builder, id, cell, first),
        None if !cell.remark().is_empty() => keep_remark(builder, id, cell, &cell.remark()),
        None => {}
    }
    related
}

/// Keeps a cell that says more than the places that were read.
fn keep_remark(builder: &mut Builder<'_>, id: &EntityRef, cell: &Text, remark: &str) {
    builder.fact(id, ENVIRONMENT_REMARK, cell.trimmed(), cell.start());
    let reason = format!("'{remark}' names no place of the tables; the cell is kept as a fact '{ENVIRONMENT_REMARK}'");
    builder.note(cell, Some(id), reason);
}

fn in_words(builder: &mut Builder<'_>, id: &EntityRef, kind: RelationKind, cell: &Text) -> Vec<(EntityRef, usize)> {
    let text = cell.plain.as_str();
    let start = |part: &str, from: usize| {
        let at = text.get(from..).and_then(|rest| rest.find(part)).map_or(from, |at| from + at);
        (cell.source_at(at), at + part.len())
    };
    if let Some(found) = place(builder, id, text) {
        return vec![relate(builder, id, kind, found, cell.start())];
    }
    let mut related = Vec::new();
    let (parts, mut at) = (parts(cell), 0);
    // `local/remote bridge` is one thing, unless both sides are places.
    let is_list = parts.len() > 1
        && (parts.iter().all(|part| place(builder, id, bare(part)).is_some())
            || [", ", "; ", " / ", " + ", " & ", " and ", " und "].iter().any(|joint| text.contains(joint)));
    let mut left = !is_list && parts.len() > 1;
    let listed = if left { &[] } else { parts.as_slice() };
    for part in listed {
        let (source, end) = start(part, at);
        match place(builder, id, bare(part)) {
            Some(found) => {
                left |= bare(part) != *part;
                related.push(relate(builder, id, kind, found, source));
            }
            None => left = true,
        }
        at = end;
    }
    if related.is_empty() {
        if text.trim().contains(|char: char| char.is_whitespace() || char == '/') {
            builder.cell(id, keys::ENVIRONMENT_TEXT, cell);
            let reason = "no environment of that name is in the table 'Environments'; name one of it to place this";
            builder.note(cell, Some(id), reason);
        } else {
            unknown(builder, cell, cell.trimmed());
        }
    } else if left || related.len() < parts.len() {
        keep_remark(builder, id, cell, cell.trimmed());
    }
    related
}

/// The parts of a list of names.
fn parts(cell: &Text) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let breaks = cell.breaks.iter().copied().chain([cell.plain.len()]);
    for end in breaks {
        let line = cell.plain.get(start..end).unwrap_or_default();
        for part in line.split([',', ';', '/', '+', '&']) {
            found.extend(part.split(" and ").flat_map(|part| part.split(" und ")).map(str::trim));
        }
        start = end;
    }
    found.retain(|part| !is_joint(part));
    found
}

/// A name without the brackets behind it.
fn bare(part: &str) -> &str {
    part.split_once(" (").map_or(part, |(name, _)| name).trim()
}

/// The environment, cluster or host of this name; an environment is in no other, a host in no host.
fn place(builder: &Builder<'_>, id: &EntityRef, name: &str) -> Option<EntityRef> {
    let kinds: &[EntityKind] = match id.kind {
        EntityKind::Host | EntityKind::Cluster => &[EntityKind::Environment],
        _ => &[EntityKind::Environment, EntityKind::Cluster, EntityKind::Host],
    };
    kinds.iter().find_map(|kind| builder.named(*kind, name))
}

fn relate(
    builder: &mut Builder<'_>,
    id: &EntityRef,
    kind: RelationKind,
    place: EntityRef,
    offset: usize,
) -> (EntityRef, usize) {
    builder.relate(id, kind, &place, offset);
    (place, offset)
}

fn unknown(builder: &mut Builder<'_>, cell: &Text, given: &str) {
    if builder.knows_environments {
        let known = builder.of_kind(EntityKind::Environment).map(|entity| entity.title.as_str());
        let cure = format!("{}; or add it to the table 'Environments'", suggestion(given, known));
        builder.mistake(cell, format!("unknown environment '{given}'"), cure);
    }
}
