//! Clusters, and the services that their notes say they host.

use ops_model::{EntityKind, EntityRef, RelationKind, entity::keys};

use super::cells;
use crate::import::{
    builder::Builder,
    names::ends_before,
    places::{self, is_denied},
    text::Text,
};

/// Words that begin a sentence about what a cluster hosts.
const HOSTS: &[&str] = &["Hosts ", "hosts ", "Hosts: ", "Hosted: ", "Hostet ", "hostet ", "Hostet: ", "Beherbergt "];

pub(super) fn read(builder: &mut Builder<'_>, row: &[Text]) -> Option<EntityRef> {
    let [name, environment, role, notes] = cells(row);
    let id = builder.define(EntityKind::Cluster, &name);
    places::read(builder, &id, RelationKind::PartOf, &environment);
    builder.cell(&id, keys::ROLE, &role);
    builder.cell(&id, keys::NOTES, &notes);
    let sentences = notes.plain.split_inclusive(['.', ';']).map(str::trim_start);
    let sentences = sentences.filter_map(|sentence| HOSTS.iter().find_map(|word| sentence.strip_prefix(word)));
    let (mut services, mut is_whole, mut hosts) = (Vec::new(), true, false);
    for hosted in sentences {
        let found = hosted_services(builder, hosted);
        is_whole &= found.is_whole && !hosted.contains("related services");
        hosts = true;
        services.extend(found.services);
    }
    for service in &services {
        builder.relate(service, RelationKind::RunsOn, &id, notes.start());
    }
    if hosts && (services.is_empty() || !is_whole) {
        builder.note(
            &notes,
            Some(&id),
            "not every service that it hosts is named; name each by its entry in 'Services'",
        );
    }
    Some(id)
}

struct Hosted {
    services: Vec<EntityRef>,
    /// Whether each name of a service in the text is one of the table.
    is_whole: bool,
}

/// The services whose titles stand in the text, longer titles first. A title that is a part of a longer name, such as
/// `Vault` in `Vault (DR)` or `Vault Agent`, is not that service.
fn hosted_services(builder: &Builder<'_>, text: &str) -> Hosted {
    let mut hosted = Hosted { services: Vec::new(), is_whole: true };
    let mut rest_of_text = String::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let before = text.get(..at).unwrap_or_default();
        let starts = !before.ends_with(|last: char| last.is_alphanumeric() || "-_./".contains(last));
        if starts && let Some((service, end)) = title_at(builder, rest) {
            let after = rest.get(end..).unwrap_or_default();
            if is_denied(before) || !stands_alone(before, after) {
                hosted.is_whole = false;
            } else {
                hosted.services.push(service);
            }
            at += end;
        } else {
            let next = rest.chars().next().unwrap_or_default();
            rest_of_text.push(next);
            at += next.len_utf8();
        }
    }
    // A word with a capital letter is the name of something that no row of the table has.
    hosted.is_whole &= !rest_of_text.split_whitespace().any(|word| word.starts_with(char::is_uppercase));
    hosted
}

/// The service with the longest title that a text starts with, and how long that is.
fn title_at(builder: &Builder<'_>, text: &str) -> Option<(EntityRef, usize)> {
    let ends = text.char_indices().map(|(at, _)| at).skip(1).chain([text.len()]).collect::<Vec<_>>();
    ends.into_iter().rev().filter(|end| *end <= builder.longest_title(EntityKind::Service)).find_map(|end| {
        let (title, rest) = text.split_at_checked(end)?;
        let is_end = !rest.starts_with(|next: char| next.is_alphanumeric());
        let service = builder.titled(EntityKind::Service, title).filter(|_| is_end && title.trim() == title)?;
        Some((service.id.clone(), end))
    })
}

/// Whether a title between two texts is a name of its own, and no part of a longer one.
fn stands_alone(before: &str, after: &str) -> bool {
    let is_name = |word: Option<&str>| word.is_some_and(|word| word.starts_with(|first: char| first.is_uppercase()));
    let joined = before.trim_end().ends_with([',', ';', '/', '&', ':']) || before.trim().is_empty();
    let next = after.strip_prefix(' ').and_then(|rest| rest.split_whitespace().next());
    let owns = after.starts_with("'s") || after.starts_with("’s");
    ends_before(after) && !owns && !is_name(next) && (joined || !is_name(before.split_whitespace().next_back()))
}
