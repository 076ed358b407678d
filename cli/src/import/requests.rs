//! What the inventory asks for: its questions, its widgets, the events to record first.

use ops_model::{
    AskedQuestion, Entity, EntityKind, EntityRef, FirstEvent, Question, RelationKind, WidgetRequest, entity::keys,
};
use reqwest::Url;
use serde_json::Value;

use super::{
    builder::Builder,
    document::{Block, Section},
    names::{longest_prefix, slug, suggestion},
    text::{Code, Text},
};

const QUESTIONS: &str = "Service Catalog Gap";
const WIDGETS: &str = "First Ops Widgets";
const EVENTS: &str = "First Evidence Events";

/// Words by which a question is known.
const WORDS: &[(&str, Question)] = &[
    ("runs where", Question::RunsWhere),
    ("läuft wo", Question::RunsWhere),
    ("soll-zustand", Question::OwnedBy),
    ("sollzustand", Question::OwnedBy),
    ("welcher endpunkt", Question::ExposedBy),
    ("datenspeicher", Question::StoredIn),
    ("sicherung", Question::CoveredBy),
    ("migrationswelle", Question::MovesTo),
    ("beweis", Question::ProvenBy),
    ("beleg", Question::ProvenBy),
    ("nachweis", Question::ProvenBy),
    ("desired state", Question::OwnedBy),
    ("endpoint exposes", Question::ExposedBy),
    ("data stores", Question::StoredIn),
    ("backups", Question::CoveredBy),
    ("migration wave", Question::MovesTo),
    ("evidence proves", Question::ProvenBy),
];

/// Whether the items of a section are read here.
pub(crate) fn is_list(topic: &str) -> bool {
    topic == QUESTIONS || topic == WIDGETS
}

/// Whether the code blocks of a section are read here.
pub(crate) fn is_events(topic: &str) -> bool {
    topic == EVENTS
}

/// Reads questions, widgets and events. The entities of the tables are known before.
pub(crate) fn read(builder: &mut Builder<'_>, sections: &[Section]) {
    for section in sections {
        section.name().clone_into(&mut builder.section);
        for block in &section.blocks {
            match block {
                Block::Item(text) if section.is(QUESTIONS) => read_question(builder, text),
                Block::Item(text) if section.is(WIDGETS) => read_widget(builder, text),
                Block::Code { language, text, source, range } if language == "json" && is_events(&section.topic) => {
                    read_event(builder, text, *source, range.start);
                }
                _ => {}
            }
        }
    }
}

/// A question ends at its question mark; a paragraph may follow in the same list item.
fn read_question(builder: &mut Builder<'_>, text: &Text) {
    let end = text.plain.find('?').map_or(text.plain.len(), |at| at + 1);
    let (asked, rest) = text.plain.split_at_checked(end).unwrap_or((&text.plain, ""));
    if !rest.trim().is_empty() {
        let start = end + (rest.len() - rest.trim_start().len());
        builder.statement(rest.trim(), None, text.source_at(start));
    }
    let words = asked.to_lowercase();
    match WORDS.iter().find(|(sign, _)| words.contains(sign)) {
        Some((_, question)) => {
            let source = builder.lines.place(text.start());
            let text = asked.trim().to_owned();
            builder.catalog.questions.push(AskedQuestion { question: *question, text, source });
        }
        None => builder.note(text, None, "it is none of the seven questions that the model answers"),
    }
}

fn read_widget(builder: &mut Builder<'_>, text: &Text) {
    let Some(code) = text.codes().next() else {
        builder.note(text, None, "a widget is asked for by its name in a code span, such as `ops-env-local`");
        return;
    };
    let known = builder.catalog.widgets.iter().find(|widget| widget.name == code.text);
    if let Some(known) = known {
        let message = format!("the widget '{}' is asked for twice", code.text);
        let cure = format!("it stands in line {} already; remove one of the two", known.source.line);
        builder.mistake(text, message, cure);
        return;
    }
    let source = builder.lines.place(code.source);
    builder.catalog.widgets.push(WidgetRequest { name: code.text.to_owned(), source });
    let (kind, rest) = code.text.strip_prefix("ops-").and_then(|name| name.split_once('-')).unwrap_or_default();
    let subject = match kind {
        "env" => EntityKind::Environment,
        "host" => EntityKind::Host,
        "service" if rest == "catalog" => return,
        "service" => EntityKind::Service,
        "readiness" => {
            read_readiness(builder, text, rest);
            return;
        }
        "migration" => return read_migration(builder, text, code, rest),
        // Its subject is named by the manifest.
        "endpoint" => return,
        _ => {
            builder.note(text, None, "its name starts with no kind of widget: ops-env-, ops-host-, ops-service-, ops-endpoint-, ops-readiness-, ops-migration-");
            return;
        }
    };
    if builder.named(subject, rest).is_none() {
        let reason =
            format!("it is about a {subject} '{rest}' that no table has; {}", names_of(builder, subject, rest));
        builder.note(text, None, reason);
    }
}

fn names_of(builder: &Builder<'_>, kind: EntityKind, given: &str) -> String {
    suggestion(given, builder.of_kind(kind).map(|entity| &*entity.id.name))
}

/// `ops-readiness-SERVICE-SCOPE`: what is missing for the service are the gates to pass.
fn read_readiness(builder: &mut Builder<'_>, text: &Text, rest: &str) {
    let service = longest_prefix(rest, builder.of_kind(EntityKind::Service).map(|service| &*service.id.name));
    let Some(service) = service.map(|name| EntityRef::new(EntityKind::Service, name)) else {
        let near = names_of(builder, EntityKind::Service, rest);
        builder.note(text, None, format!("its name has no service after ops-readiness-; {near}"));
        return;
    };
    let gaps: Vec<_> = builder.catalog.gaps.iter().filter(|gap| gap.subject == service).cloned().collect();
    for (at, gap) in gaps.into_iter().enumerate() {
        let gate = builder.free(EntityKind::Gate, format!("{}-{}", service.name, slug(&gap.text)), &gap.text);
        builder.mention_at(gate.clone(), &gap.text, gap.source);
        builder.fact_at(&gate, keys::ORDER, &(at + 1).to_string(), gap.source);
        builder.relate_at(&gate, RelationKind::PartOf, &service, gap.source);
    }
}

/// `ops-migration-FROM-to-TO`: a wave from one environment to another.
fn read_migration(builder: &mut Builder<'_>, text: &Text, code: Code<'_>, rest: &str) {
    let Some((from, to)) = rest.split_once("-to-") else {
        builder.note(text, None, "a migration is named ops-migration-FROM-to-TO");
        return;
    };
    let ends = (environment(builder, text, from), environment(builder, text, to));
    let (Some(from), Some(to)) = ends else { return };
    let wave = EntityRef::new(EntityKind::MigrationWave, rest);
    builder.mention(wave.clone(), &format!("{} to {}", from.name, to.name), code.source);
    builder.fact(&wave, keys::MOVES_FROM, &from.to_string(), code.source);
    builder.relate(&wave, RelationKind::MovesTo, &to, code.source);
}

/// The environment of this name, or the only one whose name starts with it.
fn environment(builder: &mut Builder<'_>, text: &Text, name: &str) -> Option<EntityRef> {
    let whole = EntityRef::new(EntityKind::Environment, name);
    if builder.entity(&whole).is_some() {
        return Some(whole);
    }
    let start = format!("{name}-");
    let fits: Vec<&Entity> =
        builder.of_kind(EntityKind::Environment).filter(|one| one.id.name.starts_with(&start)).collect();
    match fits.as_slice() {
        [one] => Some(one.id.clone()),
        _ if !builder.knows_environments => None,
        found => {
            let message = match found.len() {
                0 => format!("unknown environment '{name}' in '{}'", text.trimmed()),
                _ => format!("'{name}' in '{}' fits several environments", text.trimmed()),
            };
            let cure = names_of(builder, EntityKind::Environment, name);
            builder.mistake(text, message, cure);
            None
        }
    }
}

fn read_event(builder: &mut Builder<'_>, code: &str, source: usize, block: usize) {
    let body: Value = match serde_json::from_str(code) {
        Ok(body) => body,
        Err(error) => {
            let lines = code.split_inclusive('\n').take(error.line().saturating_sub(1));
            let start = source + lines.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
            let start = start.min(builder.lines.text.len().saturating_sub(1));
            builder.mistake_at(start, start + 1, format!("this event is not JSON: {error}"), "write one JSON object");
            return;
        }
    };
    let metadata = body.get("metadata");
    let said = |key: &str| metadata.and_then(|metadata| metadata.get(key)).and_then(Value::as_str);
    let header = ["expectedHeader", "observedHeader"].into_iter().find_map(|key| Some((key, said(key)?)));
    let endpoint = said("endpoint").and_then(|address| {
        let found = endpoint_of(builder, address);
        if found.is_none() {
            let place = source + code.find(address).unwrap_or_default();
            let reason =
                "it is the address of no endpoint of the table, so that what this event says of it is not read";
            builder.note_at(address, None, reason, builder.lines.place(place));
        }
        found
    });
    if let Some(((key, value), endpoint)) = header.zip(endpoint) {
        let line = code.find(&format!("\"{key}\"")).unwrap_or_default();
        builder.fact(&endpoint, keys::EXPECTED_HEADER, value, source + line);
    }
    let source = builder.lines.place(block);
    builder.catalog.first_events.push(FirstEvent { body, source });
}

/// The endpoint with this address, else the only one whose address differs in a slash at its end or in case of the host.
fn endpoint_of(builder: &Builder<'_>, address: &str) -> Option<EntityRef> {
    let endpoints = || {
        let facts = |one: &Entity| one.facts.iter().filter(|fact| fact.key == keys::ADDRESS).count();
        builder.of_kind(EntityKind::Endpoint).filter(move |one| facts(one) > 0)
    };
    let with = |is: &dyn Fn(&str) -> bool| -> Vec<EntityRef> {
        let has = |one: &&Entity| one.facts.iter().any(|fact| fact.key == keys::ADDRESS && is(&fact.value));
        endpoints().filter(has).map(|one| one.id.clone()).collect()
    };
    if let Some(found) = with(&|value| value == address).into_iter().next() {
        return Some(found);
    }
    let alike = |text: &str| Url::parse(text).map(|url| url.as_str().trim_end_matches('/').to_owned());
    let wanted = alike(address).ok()?;
    match with(&|value| alike(value).is_ok_and(|value| value == wanted)).as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}
