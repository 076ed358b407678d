//! Endpoints, the services that they expose, and what is expected of them.

use ops_model::{EntityKind, EntityRef, RelationKind, entity::keys};
use reqwest::Url;

use super::cells;
use crate::import::{
    address::{self, is_address},
    builder::Builder,
    expectation::{self, Found},
    names::suggestion,
    places,
    text::Text,
};

pub(super) fn read(builder: &mut Builder<'_>, row: &[Text]) -> Option<EntityRef> {
    let [address, service, environment, status, evidence] = cells(row);
    let id = builder.define(EntityKind::Endpoint, &service);
    read_address(builder, &id, &address);
    read_service(builder, &id, &service);
    places::read(builder, &id, RelationKind::RunsOn, &environment);
    builder.cell(&id, keys::STATE, &status);
    builder.cell(&id, keys::EVIDENCE, &evidence);
    read_expectation(builder, &id, &evidence);
    for (at, word) in words(&evidence.plain) {
        if word.parse::<jiff::civil::Date>().is_ok() {
            builder.fact(&id, keys::OBSERVED_ON, word, evidence.source_at(at));
        }
    }
    Some(id)
}

fn read_address(builder: &mut Builder<'_>, id: &EntityRef, cell: &Text) {
    let found = address::of_cell(cell);
    for Found { text, source } in &found.addresses {
        let scheme = text.split_once("://").map(|(scheme, _)| scheme);
        match Url::parse(text) {
            Ok(_) if scheme.is_some() || !is_address(text) => {}
            // `localhost:8080` is a URL of the scheme `localhost` to a machine, and none to its author.
            _ if scheme.is_none() && is_address(text) => {
                let reason =
                    "it has no scheme, so that nothing can ask it; write a whole URL, such as `https://host/path`";
                builder.note(cell, Some(id), reason);
            }
            Ok(_) => {}
            Err(error) => {
                let message = format!("'{text}' is not an address: {error}");
                builder.mistake_at(
                    *source,
                    source + text.len(),
                    message,
                    "write a whole URL, such as `https://host/path`",
                );
            }
        }
        builder.fact(id, keys::ADDRESS, text, *source);
    }
    if !found.remark.is_empty() {
        builder.fact(id, address::REMARK, &found.remark, cell.start());
    }
    match found.addresses.as_slice() {
        [] => builder.note(cell, Some(id), "there is no address, so that nothing can ask this endpoint"),
        [_] => {}
        [first, ..] => {
            let reason =
                format!("it has several addresses; '{}' is asked, give each other one a row of its own", first.text);
            builder.note(cell, Some(id), reason);
        }
    }
}

fn read_expectation(builder: &mut Builder<'_>, id: &EntityRef, evidence: &Text) {
    let found = expectation::read(evidence);
    if let Some(wrong) = found.wrong {
        let (message, end) = (format!("'{}' is not an HTTP status", wrong.text), wrong.source + wrong.text.len());
        builder.mistake_at(wrong.source, end, message, "write a whole number from 100 to 599");
    }
    let statuses = found.statuses.iter().map(|one| (keys::EXPECTED_STATUS, one));
    let others = [(keys::EXPECTED_HEADER, &found.header), (keys::REDIRECTS_TO, &found.redirect)];
    let others = others.iter().filter_map(|(key, one)| Some((*key, one.as_ref()?)));
    for (key, Found { text, source }) in statuses.chain(others) {
        builder.fact(id, key, text, *source);
    }
    if let [first, _, ..] = found.statuses.as_slice() {
        let reason = format!("it expects one of several statuses; some views show the first, {}", first.text);
        builder.note(evidence, Some(id), reason);
    }
    if found.unread {
        let reason = "it says more of the answer than is read; write Expected `STATUS`, Expected `A` or `B`, or Redirects to `PATH`";
        builder.note(evidence, Some(id), reason);
    }
}

/// `Inter-Hub API` is the component `API` of the service `Inter-Hub`.
fn read_service(builder: &mut Builder<'_>, id: &EntityRef, cell: &Text) {
    let text = cell.trimmed();
    let Some((service, component)) = builder.begun_by(EntityKind::Service, text) else {
        let titles = builder.of_kind(EntityKind::Service).map(|service| service.title.as_str());
        let reason = format!("it starts with the name of no service; {}", suggestion(text, titles));
        builder.note(cell, Some(id), reason);
        return;
    };
    let service = service.id.clone();
    builder.relate(&service, RelationKind::ExposedBy, id, cell.start());
    builder.fact(id, keys::COMPONENT, component, cell.start());
}

/// The words of a text without the punctuation around them, with where they start.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(|char: char| !char.is_alphanumeric() && char != '-').map(move |word| {
        let start = at;
        // One separating character follows each word.
        at += word.len() + text.get(at + word.len()..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        (start, word)
    })
}
