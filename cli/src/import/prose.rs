//! Paragraphs, list items and whatever else stands outside of the tables.

use ops_model::{EntityKind, EntityRef, Statement, entity::keys};

use super::{
    builder::Builder,
    document::{Block, Section},
    names::{longest_prefix, repository, slug},
    requests, tables,
    text::Text,
};

/// The section whose sentences say which repository answers for what.
const REPOSITORIES: &str = "Repository Boundary";

/// Reads all prose. What is neither a table that is known nor text becomes a note.
pub(crate) fn read(builder: &mut Builder<'_>, sections: &[Section]) {
    // Repositories first, so that sentences anywhere can be about them.
    for section in sections.iter().filter(|section| section.name().eq_ignore_ascii_case(REPOSITORIES)) {
        for block in &section.blocks {
            if let Block::Paragraph(text) | Block::Item(text) = block {
                read_repository(builder, text, matches!(block, Block::Item(_)));
            }
        }
    }
    for section in sections {
        section.name().clone_into(&mut builder.section);
        for block in &section.blocks {
            read_block(builder, section, block);
        }
    }
}

fn read_block(builder: &mut Builder<'_>, section: &Section, block: &Block) {
    match block {
        Block::Paragraph(text) if section.level == 1 && text.trimmed().starts_with("Date:") => read_date(builder, text),
        Block::Item(_) if requests::is_list(section.name()) => {}
        Block::Paragraph(text) | Block::Item(text) => {
            let about = about(builder, text);
            let source = builder.lines.place(text.start());
            let section = section.name().to_owned();
            builder.catalog.context.push(Statement { section, text: text.trimmed().to_owned(), about, source });
        }
        Block::Table(table) if !tables::is_table(section.name()) => {
            let reason = format!("'{}' is not a section whose tables are read; move it to one that is", section.name());
            for row in &table.rows {
                let mut text = Text::new(row.range.clone());
                for (at, cell) in row.cells.iter().enumerate() {
                    text.push(if at == 0 { "" } else { " | " }, cell.range.start, false);
                    text.push(cell.trimmed(), cell.start(), false);
                }
                builder.note(&text, None, reason.clone());
            }
        }
        Block::Html(text) if text.trimmed().starts_with("<!--") => {}
        Block::Html(text) => builder.note(text, None, "raw HTML is not read; write it as Markdown"),
        Block::Code { language, .. } if language == "json" && requests::is_events(section.name()) => {}
        Block::Code { text: code, range, .. } => {
            let mut text = Text::new(range.clone());
            text.push(code, range.start, false);
            builder.note(&text, None, "a code block is read only as `json` in the section 'First Evidence Events'");
        }
        Block::Table(_) => {}
    }
}

/// `Date: 2026-06-06`, below the title.
fn read_date(builder: &mut Builder<'_>, text: &Text) {
    let date = text.trimmed().trim_start_matches("Date:").trim();
    match date.parse::<jiff::civil::Date>() {
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
        let known =
            |kind: &EntityKind| Some(EntityRef::new(*kind, slug(code.text))).filter(|id| builder.entity(id).is_some());
        return NAMED.iter().find_map(known);
    }
    let titles = NAMED.iter().flat_map(|kind| builder.of_kind(*kind)).map(|entity| entity.title.as_str());
    let title = longest_prefix(text.trimmed(), titles)?;
    NAMED.iter().find_map(|kind| builder.titled(*kind, title)).map(|entity| entity.id.clone())
}
