//! Endpoints, the services that they expose, and what is expected of them.

use ops_model::{EntityKind, EntityRef, RelationKind, entity::keys};
use reqwest::Url;

use super::cells;
use crate::import::{
    builder::Builder,
    names::{slug, suggestion},
    text::Text,
};

pub(super) fn read(builder: &mut Builder<'_>, row: &[Text]) {
    let [address, service, environment, status, evidence] = cells(row);
    let id = builder.define(EntityKind::Endpoint, slug(service.trimmed()), &service);
    if let Err(error) = Url::parse(address.trimmed()) {
        let message = format!("'{}' is not an address: {error}", address.trimmed());
        builder.mistake(&address, message, "write a whole URL, such as `https://host/path`");
    }
    builder.cell(&id, keys::ADDRESS, &address);
    read_service(builder, &id, &service);
    builder.environment(&id, RelationKind::RunsOn, &environment);
    builder.cell(&id, keys::STATE, &status);
    builder.cell(&id, keys::EVIDENCE, &evidence);
    if let Some(code) = evidence.labelled("Expected") {
        if !code.text.parse::<u16>().is_ok_and(|status| (100..600).contains(&status)) {
            let (message, end) = (format!("'{}' is not an HTTP status", code.text), code.source + code.text.len());
            builder.mistake_at(code.source, end, message, "write a whole number from 100 to 599");
        }
        builder.fact(&id, keys::EXPECTED_STATUS, code.text, code.source);
    }
    if let Some(code) = evidence.labelled("Redirects to") {
        builder.fact(&id, keys::REDIRECTS_TO, code.text, code.source);
    }
    for (at, word) in words(&evidence.plain) {
        if word.parse::<jiff::civil::Date>().is_ok() {
            builder.fact(&id, keys::OBSERVED_ON, word, evidence.source_at(at));
        }
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
