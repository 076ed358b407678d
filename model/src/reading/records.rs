//! The records of a catalog, field by field.

use std::borrow::Cow;

use super::{CatalogReading, Section};
use crate::{
    catalog::{AskedQuestion, FirstEvent, ImportNote, Source, SourceDocument, Statement, Totals, WidgetRequest},
    entity::{Entity, EntityRef, Fact, RefError, Relation, RelationKind},
    gap::{Gap, GapKind},
    json::{
        pull::{Json, Read, Stop},
        value,
    },
    questions::Question,
    tolerant::note,
};

/// Why an entity is left out whose reference another one has.
pub(super) const KNOWN: &str = "there is an entity of this name already";

/// The fields of a record as they are found; which of them it needs depends on what it is.
#[derive(Default)]
struct Found<'a> {
    id: Option<EntityRef>,
    to: Option<EntityRef>,
    about: Option<EntityRef>,
    word: Option<Cow<'a, str>>,
    title: Option<Cow<'a, str>>,
    section: Option<Cow<'a, str>>,
    facts: Vec<Fact>,
    kinds: Option<Vec<GapKind>>,
    body: Option<crate::json::Value>,
    source: Option<Source>,
}

impl CatalogReading {
    /// Reads a record of a list, and takes it in.
    pub(super) fn record(&mut self, json: &mut Json<'_>, section: Section) -> Read<()> {
        let mut found = Found::default();
        json.object(&mut |json, name| field(json, section, name, &mut found))?;
        let said = &mut self.page.said;
        let source = needed(found.source, "source")?;
        match section {
            Section::Entities => {
                let (id, title) = (needed(found.id, "ref")?, needed(found.title, "title")?.into_owned());
                if self.index.has(&id) {
                    self.page.notes.push(note(section.name(), &id.to_string(), KNOWN, source));
                } else {
                    self.page.entities.push(Entity { id, title, facts: found.facts, source });
                }
            }
            Section::Relations => {
                let (from, to) = (needed(found.id, "from")?, needed(found.to, "to")?);
                let word = needed(found.word, "type")?;
                let kind = RelationKind::parse(&word).ok_or_else(|| unknown(&word))?;
                self.page.relations.push(Relation { from, kind, to, source });
            }
            Section::Gaps => {
                let (subject, text) = (needed(found.id, "subject")?, needed(found.title, "text")?.into_owned());
                let kinds = needed(found.kinds, "kinds")?;
                self.page.gaps.push(Gap { subject, text, kinds, source });
            }
            Section::Placement => {
                let key = needed(found.word, "key")?.into_owned();
                said.placement.push(Fact { key, value: needed(found.title, "value")?.into_owned(), source });
            }
            Section::Questions => {
                let word = needed(found.word, "question")?;
                let question = Question::parse(&word).ok_or_else(|| unknown(&word))?;
                said.questions.push(AskedQuestion {
                    question,
                    text: needed(found.title, "text")?.into_owned(),
                    source,
                });
            }
            Section::Widgets => {
                said.widgets.push(WidgetRequest { name: needed(found.title, "name")?.into_owned(), source });
            }
            Section::FirstEvents => said.first_events.push(FirstEvent { body: needed(found.body, "body")?, source }),
            Section::Context => {
                let section = needed(found.section, "section")?.into_owned();
                let text = needed(found.title, "text")?.into_owned();
                said.context.push(Statement { section, text, about: found.about, source });
            }
            Section::Notes => {
                let section = needed(found.section, "section")?.into_owned();
                let text = needed(found.title, "text")?.into_owned();
                let reason = needed(found.word, "reason")?.into_owned();
                said.notes.push(ImportNote { section, text, reason, about: found.about, source });
            }
        }
        Ok(())
    }
}

fn field<'a>(json: &mut Json<'a>, section: Section, name: &str, found: &mut Found<'a>) -> Read<()> {
    match (name, section) {
        ("source", _) => found.source = Some(source(json)?),
        ("ref", Section::Entities) | ("from", Section::Relations) | ("subject", Section::Gaps) => {
            found.id = Some(named(json)?);
        }
        ("to", Section::Relations) => found.to = Some(named(json)?),
        ("about", Section::Context | Section::Notes) => {
            if json.peek()? == b'n' {
                return json.skip();
            }
            found.about = Some(named(json)?);
        }
        ("type", Section::Relations)
        | ("key", Section::Placement)
        | ("question", Section::Questions)
        | ("reason", Section::Notes) => found.word = Some(json.text()?),
        ("title", Section::Entities)
        | ("value", Section::Placement)
        | ("name", Section::Widgets)
        | ("text", Section::Gaps | Section::Questions | Section::Context | Section::Notes) => {
            found.title = Some(json.text()?);
        }
        ("section", Section::Context | Section::Notes) => found.section = Some(json.text()?),
        ("facts", Section::Entities) => {
            found.facts.clear();
            json.list(&mut |json| {
                found.facts.push(fact(json)?);
                Ok(())
            })?;
        }
        ("kinds", Section::Gaps) => {
            let mut kinds = Vec::new();
            json.list(&mut |json| {
                let word = json.text()?;
                kinds.push(GapKind::parse(&word).ok_or_else(|| unknown(&word))?);
                Ok(())
            })?;
            found.kinds = Some(kinds);
        }
        ("body", Section::FirstEvents) => {
            found.body = Some(value(json)?);
        }
        _ => json.skip()?,
    }
    Ok(())
}

fn fact(json: &mut Json<'_>) -> Read<Fact> {
    let (mut key, mut value, mut place) = (None, None, None);
    json.object(&mut |json, name| {
        match name {
            "key" => key = Some(json.text()?.into_owned()),
            "value" => value = Some(json.text()?.into_owned()),
            "source" => place = Some(source(json)?),
            _ => json.skip()?,
        }
        Ok(())
    })?;
    Ok(Fact { key: needed(key, "key")?, value: needed(value, "value")?, source: needed(place, "source")? })
}

fn source(json: &mut Json<'_>) -> Read<Source> {
    let (mut line, mut column) = (None, 1);
    json.object(&mut |json, name| {
        match name {
            "line" => line = Some(json.number()?),
            "column" => column = json.number()?,
            _ => json.skip()?,
        }
        Ok(())
    })?;
    Ok(Source::new(needed(line, "line")?, column))
}

/// Where a record says that it stands, as far as that can be read.
pub(super) fn place(json: &mut Json<'_>) -> Source {
    let mut found = None;
    let read = json.object(&mut |json, name| {
        if name != "source" {
            return json.skip();
        }
        found = Some(source(json)?);
        Ok(())
    });
    found.filter(|_| read.is_ok()).unwrap_or_default()
}

/// The document that the catalog was made from.
pub(super) fn document(json: &mut Json<'_>) -> Read<SourceDocument> {
    let mut read = SourceDocument::default();
    let (mut file, mut title, mut sha256, mut lines) = (None, None, None, None);
    json.object(&mut |json, name| {
        match name {
            "file" => file = Some(json.text()?.into_owned()),
            "title" => title = Some(json.text()?.into_owned()),
            "date" => read.date = json.text()?.into_owned(),
            "sha256" => sha256 = Some(json.text()?.into_owned()),
            "lines" => lines = Some(json.number()?),
            _ => json.skip()?,
        }
        Ok(())
    })?;
    (read.file, read.title) = (needed(file, "file")?, needed(title, "title")?);
    (read.sha256, read.lines) = (needed(sha256, "sha256")?, needed(lines, "lines")?);
    Ok(read)
}

/// How much there will be.
pub(super) fn totals(json: &mut Json<'_>) -> Read<Totals> {
    let mut totals = Totals::default();
    json.object(&mut |json, name| {
        match name {
            "entities" => totals.entities = json.number()?,
            "relations" => totals.relations = json.number()?,
            "gaps" => totals.gaps = json.number()?,
            _ => json.skip()?,
        }
        Ok(())
    })?;
    Ok(totals)
}

fn named(json: &mut Json<'_>) -> Read<EntityRef> {
    json.text()?.parse().map_err(|error: RefError| Stop::Unfit(error.to_string()))
}

fn needed<T>(found: Option<T>, name: &str) -> Read<T> {
    found.ok_or_else(|| missing(name))
}

/// Apart, since each field that is needed would have it as its own code.
#[inline(never)]
fn missing(name: &str) -> Stop {
    Stop::Unfit(["missing field `", name, "`"].concat())
}

fn unknown(word: &str) -> Stop {
    Stop::Unfit(["unknown word '", word, "'"].concat())
}
