//! Reading a catalog.

use rustc_hash::FxHashSet;

use super::records::{each, field, record};
use crate::{
    catalog::{
        AskedQuestion, Catalog, FirstEvent, ImportNote, SCHEMA_VERSION, Source, SourceDocument, Statement,
        WidgetRequest,
    },
    entity::{Entity, EntityRef, Fact, Relation, RelationKind},
    gap::{Gap, GapKind},
    json::{self, Record, raw},
    questions::Question,
};

/// Reads a catalog.
///
/// # Errors
/// A sentence where it is no catalog at all, or of a version that this code does not read.
pub fn catalog(bytes: &[u8]) -> Result<Catalog, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "this is no text in UTF-8".to_owned())?;
    let fields = raw::fields(text)?;
    let need = |name: &str| field(&fields, name).ok_or_else(|| [name, ": is missing"].concat());
    let schema = json::read(need("schema")?)?;
    if schema != SCHEMA_VERSION {
        return Err(["schema ", &json::write(&schema), " is not ", &SCHEMA_VERSION.to_string()].concat());
    }
    let source = record(need("source")?).and_then(document).map_err(|error| ["source: ", &error].concat())?;
    let mut catalog = Catalog { schema: SCHEMA_VERSION, source, ..Catalog::default() };
    let mut notes = Vec::new();
    let mut list = |name: &str, take: &mut dyn FnMut(Record) -> Result<(), String>| {
        each(name, field(&fields, name).unwrap_or("[]"), &mut notes, take);
    };
    list("placement", &mut |one| {
        catalog.placement.push(fact(one)?);
        Ok(())
    });
    let mut known = FxHashSet::default();
    list("entities", &mut |one| {
        let entity = entity(one)?;
        if !known.insert(entity.id.clone()) {
            return Err([&entity.id.to_string(), ": there is an entity of this name already"].concat());
        }
        catalog.entities.push(entity);
        Ok(())
    });
    list("relations", &mut |one| {
        catalog.relations.push(relation(one)?);
        Ok(())
    });
    list("gaps", &mut |one| {
        catalog.gaps.push(gap(one)?);
        Ok(())
    });
    list("questions", &mut |mut one| {
        catalog.questions.push(AskedQuestion {
            question: one.parsed("question", |text| Question::parse(text).ok_or("no question that is known"))?,
            text: one.text("text")?,
            source: source_of(&mut one)?,
        });
        Ok(())
    });
    list("widgets", &mut |mut one| {
        catalog.widgets.push(WidgetRequest { name: one.text("name")?, source: source_of(&mut one)? });
        Ok(())
    });
    list("firstEvents", &mut |mut one| {
        let body = one.take("body").ok_or("body: is missing")?;
        catalog.first_events.push(FirstEvent { body, source: source_of(&mut one)? });
        Ok(())
    });
    list("context", &mut |mut one| {
        catalog.context.push(Statement {
            section: one.text("section")?,
            text: one.text("text")?,
            about: about(&mut one)?,
            source: source_of(&mut one)?,
        });
        Ok(())
    });
    list("notes", &mut |mut one| {
        catalog.notes.push(ImportNote {
            section: one.text("section")?,
            text: one.text("text")?,
            reason: one.text("reason")?,
            about: about(&mut one)?,
            source: source_of(&mut one)?,
        });
        Ok(())
    });
    catalog.notes.append(&mut notes);
    Ok(catalog)
}

fn document(mut one: Record) -> Result<SourceDocument, String> {
    Ok(SourceDocument {
        file: one.text("file")?,
        title: one.text("title")?,
        date: one.maybe_text("date")?.unwrap_or_default(),
        sha256: one.text("sha256")?,
        lines: one.number("lines")?,
    })
}

fn entity(mut one: Record) -> Result<Entity, String> {
    let mut facts = Vec::new();
    for item in one.list("facts")? {
        facts.push(fact(Record::of(item)?)?);
    }
    Ok(Entity { id: reference(&mut one, "ref")?, title: one.text("title")?, facts, source: source_of(&mut one)? })
}

fn fact(mut one: Record) -> Result<Fact, String> {
    Ok(Fact { key: one.text("key")?, value: one.text("value")?, source: source_of(&mut one)? })
}

fn relation(mut one: Record) -> Result<Relation, String> {
    Ok(Relation {
        from: reference(&mut one, "from")?,
        kind: one.parsed("type", |text| RelationKind::parse(text).ok_or("no type of relation that is known"))?,
        to: reference(&mut one, "to")?,
        source: source_of(&mut one)?,
    })
}

fn gap(mut one: Record) -> Result<Gap, String> {
    let mut kinds = Vec::new();
    for kind in one.texts("kinds")? {
        kinds.push(GapKind::parse(&kind).ok_or_else(|| ["kinds: no kind of gap that is known: ", &kind].concat())?);
    }
    Ok(Gap { subject: reference(&mut one, "subject")?, text: one.text("text")?, kinds, source: source_of(&mut one)? })
}

fn reference(one: &mut Record, name: &str) -> Result<EntityRef, String> {
    one.parsed(name, str::parse::<EntityRef>)
}

fn about(one: &mut Record) -> Result<Option<EntityRef>, String> {
    let text = one.maybe_text("about")?;
    text.map(|text| text.parse()).transpose().map_err(|error: crate::RefError| ["about: ", &error.to_string()].concat())
}

/// Where a record says that it stands.
pub(super) fn source_of(one: &mut Record) -> Result<Source, String> {
    let mut source = one.record("source")?;
    let column = if source.has("column") { source.number("column")? } else { 1 };
    Ok(Source::new(source.number("line")?, column))
}
