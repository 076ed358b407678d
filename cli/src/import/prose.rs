//! Paragraphs, list items and whatever else stands outside of the tables.

use ops_model::{EntityKind, EntityRef, entity::keys};

use super::{
    builder::Builder,
    document::{Block, Section, Table},
    names::{longest_prefix, repository},
    requests, tables,
    text::Text,
};

/// The section whose sentences say which repository answers for what.
const REPOSITORIES: &str = "Repository Boundary";

/// Reads all prose. What is neither a table that is known nor text becomes a note.
pub(crate) fn read(builder: &mut Builder<'_>, sections: &[Section]) {
    // Repositories first, so that sentences anywhere can be about them.
    for section in sections.iter().filter(|section| section.is(REPOSITORIES)) {
        for block in &section.blocks {
            if let Block::Paragraph(text) | Block::Item(text) = block {
                read_repository(builder, text, matches!(block, Block::Item(_)));
            }
        }
    }
    for section in sections {
        section.name().clone_into(&mut builder.section);
        read_asides(builder, &section.title);
        for block in &section.blocks {
            read_block(builder, section, block);
        }
    }
}

fn read_block(builder: &mut Builder<'_>, section: &Section, block: &Block) {
    if let Block::Paragraph(text) | Block::Item(text) = block {
        read_asides(builder, text);
    }
    match block {
        Block::Paragraph(text) if section.level <= 1 && date_of(text).is_some() => read_date(builder, text),
        Block::Item(_) if requests::is_list(&section.topic) => {}
        Block::Paragraph(text) | Block::Item(text) if text.is_empty() => {}
        Block::Paragraph(text) | Block::Item(text) => {
            let about = about(builder, text);
            builder.statement(text.trimmed(), about, text.start());
        }
        Block::Table(table) if !tables::is_table(&section.topic) => read_table(builder, section, table),
        Block::Html(text) => builder.note(text, None, "raw HTML is not read; write it as Markdown"),
        Block::Code { language, .. } if language == "json" && requests::is_events(&section.topic) => {}
        Block::Code { text: code, range, .. } => {
            let mut text = Text::new(range.clone());
            text.push(code, range.start, false);
            builder.note(&text, None, "a code block is read only as `json` in the section 'First Evidence Events'");
        }
        Block::Table(_) => {}
    }
}

/// A table of no known section: one note with all of its rows.
fn read_table(builder: &mut Builder<'_>, section: &Section, table: &Table) {
    let rows: Vec<Text> = table.rows.iter().map(tables::whole).collect();
    let words = rows.iter().map(Text::trimmed).collect::<Vec<_>>().join("; ");
    let reason = format!(
        "'{}' is not a section whose tables are read, nor a known other name of one; its columns are {}; move it to one that is",
        section.name(),
        tables::whole(&table.header).trimmed()
    );
    let start = rows.first().map_or(table.header.range.start, Text::start);
    builder.note_at(&words, None, reason, builder.lines.place(start));
}

/// Keeps where links lead and which footnotes there are, and notes what is struck out.
fn read_asides(builder: &mut Builder<'_>, text: &Text) {
    for link in text.links.iter().filter(|link| !text.plain.contains(&link.text)) {
        let about = about(builder, text);
        builder.statement(&link.text, about, link.source);
    }
    for struck in &text.struck {
        builder.note_at(&struck.text, None, "it is struck out, and so not read", builder.lines.place(struck.source));
    }
}

/// What follows `Date:`, `Datum:` or `Stand:`.
fn date_of(text: &Text) -> Option<&str> {
    let (word, date) = text.trimmed().split_once(':')?;
    ["date", "datum", "stand", "as of"].contains(&word.to_lowercase().as_str()).then_some(date.trim())
}

/// `Date: 2026-06-06`, below the title; or as it is written in German, `6.6.2026`.
fn read_date(builder: &mut Builder<'_>, text: &Text) {
    let given = date_of(text).unwrap_or_default();
    let date = given
        .parse::<jiff::civil::Date>()
        .or_else(|error| jiff::civil::Date::strptime("%d.%m.%Y", given).map_err(|_| error));
    match date {
        Ok(date) => builder.catalog.source.date = date.to_string(),
        Err(error) => builder.note(text, None, format!("it is not a date ({error}); write Date: YYYY-MM-DD")),
    }
}

/// The first code span names a repository; further ones give its path and remote.
fn read_repository(builder: &mut Builder<'_>, text: &Text, is_item: bool) {
    let mut codes = text.codes();
    let Some(first) = codes.next().filter(|first| !first.text.starts_with('/')) else { return };
    if is_item && !first.before.trim().is_empty() {
        return;
    }
    let id = EntityRef::new(EntityKind::Repository, repository(first.text));
    builder.mention(id.clone(), first.text, first.source);
    for code in codes {
        if code.text.starts_with('/') {
            builder.fact(&id, keys::PATH, code.text, code.source);
        } else if code.text.ends_with(".git") {
            builder.fact(&id, keys::REMOTE, code.text, code.source);
        }
    }
    if is_item {
        builder.cell(&id, keys::RESPONSIBILITY, text);
    }
}

/// The entity that a sentence starts with, in a code span or by its title.
fn about(builder: &Builder<'_>, text: &Text) -> Option<EntityRef> {
    const NAMED: &[EntityKind] =
        &[EntityKind::Repository, EntityKind::Service, EntityKind::Environment, EntityKind::Host, EntityKind::Cluster];
    if let Some(code) = text.codes().next().filter(|code| code.before.trim().is_empty()) {
        let repository = EntityRef::new(EntityKind::Repository, repository(code.text));
        let known = |kind: &EntityKind| match kind {
            EntityKind::Repository => Some(repository.clone()).filter(|id| builder.entity(id).is_some()),
            _ => builder.named(*kind, code.text),
        };
        return NAMED.iter().find_map(known);
    }
    let titles = NAMED.iter().flat_map(|kind| builder.of_kind(*kind)).map(|entity| entity.title.as_str());
    let title = longest_prefix(text.trimmed(), titles)?;
    NAMED.iter().find_map(|kind| builder.titled(*kind, title)).map(|entity| entity.id.clone())
}
