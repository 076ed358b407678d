//! The six tables: which columns each has, and one module for each that reads its rows.

mod clusters;
mod endpoints;
mod environments;
mod hosts;
mod placement;
mod services;

use ops_model::{EntityKind, EntityRef};

use super::{
    aliases::Aliases,
    builder::Builder,
    document::{Row, Section, Table},
    names::{fold, slug, suggestion},
    nothing::says_nothing,
    text::Text,
};

/// A table of the inventory.
struct Kind {
    /// Its section's heading.
    section: &'static str,
    /// Its columns.
    columns: &'static [&'static str],
    /// Which of the columns has the names.
    name: usize,
    /// What its rows may define.
    defines: &'static [EntityKind],
    /// Reads one row; the cells are in the order of `columns`. Gives the entity that it is about.
    read: fn(&mut Builder<'_>, &[Text]) -> Option<EntityRef>,
}

/// The table that others refer to.
const ENVIRONMENTS: &str = "Environments";

/// In the order in which later ones need earlier ones.
const TABLES: &[Kind] = &[
    Kind { section: "VSM Placement", columns: &["Field", "Value"], name: 0, defines: &[], read: placement::read },
    Kind {
        section: ENVIRONMENTS,
        columns: &["Environment", "Role", "Current state", "Notes"],
        name: 0,
        defines: &[EntityKind::Environment],
        read: environments::read,
    },
    Kind {
        section: "Hosts",
        columns: &["Host", "Environment", "Address", "Role", "Known gaps"],
        name: 0,
        defines: &[EntityKind::Host],
        read: hosts::read,
    },
    Kind {
        section: "Services",
        columns: &["Service", "Current environment", "Owner repo", "Current evidence", "Gaps"],
        name: 0,
        defines: &[EntityKind::Service, EntityKind::DataStore],
        read: services::read,
    },
    Kind {
        section: "Clusters",
        columns: &["Cluster", "Environment", "Role", "Current notes"],
        name: 0,
        defines: &[EntityKind::Cluster],
        read: clusters::read,
    },
    Kind {
        section: "Endpoints",
        columns: &["Endpoint", "Service", "Environment", "Current status", "Evidence"],
        name: 1,
        defines: &[EntityKind::Endpoint],
        read: endpoints::read,
    },
];

/// Whether a section's tables are read here.
pub(crate) fn is_table(topic: &str) -> bool {
    TABLES.iter().any(|kind| kind.section == topic)
}

/// Reads all tables.
pub(crate) fn read(builder: &mut Builder<'_>, sections: &[Section], aliases: &Aliases) {
    let tables_of =
        |kind: &'static Kind| sections.iter().filter(move |section| section.is(kind.section)).flat_map(Section::tables);
    for kind in TABLES {
        let titles: Vec<&str> = tables_of(kind).flat_map(|table| titles(kind, table, aliases)).collect();
        for defined in kind.defines {
            builder.name_all(*defined, &titles);
        }
    }
    for kind in TABLES {
        kind.section.clone_into(&mut builder.section);
        let tables: Vec<&Table> = tables_of(kind).collect();
        if tables.is_empty() {
            no_table(builder, kind, sections, sections.iter().find(|section| section.is(kind.section)));
        }
        for table in tables {
            read_table(builder, kind, table, aliases);
        }
        if kind.section == "Services" {
            services::join_data_stores(builder);
        }
    }
}

/// The titles that a table defines.
fn titles<'t>(kind: &Kind, table: &'t Table, aliases: &Aliases) -> impl Iterator<Item = &'t str> {
    let column = kind.columns.get(kind.name).copied().unwrap_or_default();
    let place = find(&table.header, column, aliases, &[]);
    let is_environment = kind.section == ENVIRONMENTS;
    table.rows.iter().filter_map(move |row| {
        let cell = row.cells.get(place?)?;
        Some(if is_environment { environments::title(cell) } else { cell.trimmed() })
    })
}

/// A section that is missing, or has no table.
fn no_table(builder: &mut Builder<'_>, kind: &Kind, sections: &[Section], section: Option<&Section>) {
    builder.knows_environments &= kind.section != ENVIRONMENTS;
    let columns = format!("| {} |", kind.columns.join(" | "));
    match section {
        Some(section) => {
            let cure = format!("give it the columns {columns}, and below them one |---| for each column");
            builder.mistake(&section.title, format!("the section '{}' has no table", kind.section), cure);
        }
        None => {
            let near = suggestion(kind.section, sections.iter().map(Section::name).filter(|name| !name.is_empty()));
            let cure = format!("add '## {}' with the columns {columns}; headings: {near}", kind.section);
            let end = builder.lines.text.trim_end().len().saturating_sub(1);
            builder.mistake_at(end, end + 1, format!("there is no section '{}'", kind.section), cure);
        }
    }
}

fn read_table(builder: &mut Builder<'_>, kind: &Kind, table: &Table, aliases: &Aliases) {
    let header = &table.header;
    let mut places: Vec<Option<usize>> = Vec::new();
    for column in kind.columns {
        places.push(place(builder, kind, header, column, aliases, &places));
    }
    // The environments' names are in their first column.
    builder.knows_environments &= kind.section != ENVIRONMENTS || places.first().is_some_and(Option::is_some);
    let mut unknown: Vec<usize> = (0..header.cells.len()).filter(|at| !places.contains(&Some(*at))).collect();
    for row in &table.rows {
        let count = cell_count(builder.lines.text.get(row.range.clone()).unwrap_or_default());
        if count == header.cells.len() {
            read_row(builder, kind, header, &places, row, &mut unknown);
            continue;
        }
        wrong_count(builder, header, row, count);
        // Whoever refers to it is not wrong besides.
        if let Some(name) = row.cells.first().filter(|_| kind.section == ENVIRONMENTS) {
            let title = environments::title(name);
            builder.mention(EntityRef::new(EntityKind::Environment, slug(title)), title, name.start());
        }
    }
}

/// Where a column is in the header: by its own name, else by one of its aliases.
fn find(header: &Row, column: &str, aliases: &Aliases, taken: &[Option<usize>]) -> Option<usize> {
    let free = |name: &str| {
        let fits = |(at, cell): (usize, &Text)| fold(cell.trimmed()) == name && !taken.contains(&Some(at));
        header.cells.iter().enumerate().position(fits)
    };
    free(&fold(column)).or_else(|| aliases.column(column).iter().find_map(|alias| free(alias)))
}

fn place(
    builder: &mut Builder<'_>,
    kind: &Kind,
    header: &Row,
    column: &str,
    aliases: &Aliases,
    taken: &[Option<usize>],
) -> Option<usize> {
    let place = find(header, column, aliases, taken);
    if place.is_none() {
        let message = format!("the table '{}' has no column '{column}'", kind.section);
        let near = suggestion(column, header.cells.iter().map(Text::trimmed));
        builder.mistake_at(header.range.start, header.range.end, message, format!("add it, or rename one: {near}"));
    }
    place
}

/// Reads a row; `unnoted` are the columns that the table does not know, and of which no note was made yet.
fn read_row(
    builder: &mut Builder<'_>,
    kind: &Kind,
    header: &Row,
    places: &[Option<usize>],
    row: &Row,
    unnoted: &mut Vec<usize>,
) {
    let name = |place: usize| header.cells.get(place).map(Text::trimmed).unwrap_or_default();
    let cell = |place: &Option<usize>| place.and_then(|place| row.cells.get(place).cloned()).unwrap_or_default();
    let cells: Vec<Text> = places.iter().map(cell).collect();
    if is_struck(cells.get(kind.name)) {
        let reason = "its name is struck out, so that the row is not read; remove the strikes, or the row";
        builder.note(&whole(row), None, reason);
        return;
    }
    let before = builder.mistakes.len();
    let about = (kind.read)(builder, &cells);
    // A cell of a column that is not there is empty, and stands nowhere: what is wrong with it was said.
    let found = builder.mistakes.split_off(before);
    builder.mistakes.extend(found.into_iter().filter(|found| row.range.contains(&found.start)).map(|mut found| {
        let cell = row.cells.iter().position(|cell| cell.range.end > found.start);
        found.message = format!("column '{}': {}", cell.map(name).unwrap_or_default(), found.message);
        found
    }));
    for (place, cell) in row.cells.iter().enumerate() {
        keep_asides(builder, about.as_ref(), cell);
        if places.contains(&Some(place)) || cell.is_empty() || says_nothing(cell.trimmed()) {
            continue;
        }
        let (name, key) = (name(place), column_key(name(place), place));
        let Some(about) = &about else {
            let reason = format!("the column '{name}' is not one that this table has; move it to a known one");
            builder.note(cell, None, reason);
            continue;
        };
        builder.cell(about, &key, cell);
        if let Some(at) = unnoted.iter().position(|column| *column == place) {
            unnoted.remove(at);
            let reason = format!(
                "the column '{name}' is not one that this table has; each of its cells is kept as a fact '{key}' of its row"
            );
            builder.note(cell, Some(about), reason);
        }
    }
}

/// The key of the facts of a column that no table has.
fn column_key(name: &str, place: usize) -> String {
    let key = slug(name);
    if key.is_empty() { format!("column-{}", place + 1) } else { key }
}

/// Whether all that a cell says is struck out.
fn is_struck(name: Option<&Text>) -> bool {
    name.is_some_and(|name| name.is_empty() && !name.struck.is_empty())
}

/// Keeps what stands beside the words of a cell: where its links lead, its footnotes, what is struck out.
fn keep_asides(builder: &mut Builder<'_>, about: Option<&EntityRef>, cell: &Text) {
    for link in cell.links.iter().filter(|link| !cell.plain.contains(&link.text)) {
        match about {
            Some(about) => builder.fact(about, "link", &link.text, link.source),
            None => builder.note_at(&link.text, None, "a link here is not read", builder.lines.place(link.source)),
        }
    }
    for label in &cell.footnotes {
        let footnote = builder.footnotes.get(&label.text).cloned().unwrap_or_default();
        if let Some(about) = about {
            builder.fact(about, "footnote", &footnote, label.source);
        }
    }
    for struck in &cell.struck {
        let place = builder.lines.place(struck.source);
        builder.note_at(&struck.text, about, "it is struck out, and so not read", place);
    }
}

/// A row in one line, its cells parted as in Markdown.
pub(crate) fn whole(row: &Row) -> Text {
    let mut text = Text::new(row.range.clone());
    for (at, cell) in row.cells.iter().enumerate() {
        text.push(if at == 0 { "" } else { " | " }, cell.range.start, false);
        text.push(cell.trimmed(), cell.start(), false);
        for aside in cell.struck.iter().chain(&cell.links) {
            text.push(if cell.is_empty() { "" } else { " " }, aside.source, false);
            text.push(&aside.text, aside.source, false);
        }
    }
    text
}

/// Markdown drops surplus cells and fills up missing ones in silence; here either is a mistake.
fn wrong_count(builder: &mut Builder<'_>, header: &Row, row: &Row, count: usize) {
    let columns: Vec<&str> = header.cells.iter().map(Text::trimmed).collect();
    let first = row.cells.first().map(Text::trimmed).unwrap_or_default();
    let message = format!(
        "this row has {count} cells where the header has {}: {}; it begins with '{first}'",
        columns.len(),
        columns.join(", ")
    );
    let cure = "add what is missing, an empty cell too; a | inside a cell is written \\|";
    let start = row.cells.first().map_or(row.range.start, Text::start);
    builder.mistake_at(start, row.range.end, message, cure);
}

/// How many cells a row has as written: a `|` parts cells unless a backslash is before it.
fn cell_count(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut count = 1;
    let mut before = ' ';
    for char in row.chars() {
        count += usize::from(char == '|' && before != '\\');
        before = char;
    }
    count - usize::from(row.ends_with('|') && !row.ends_with("\\|"))
}

/// The cells of a row by their place.
fn cells<const N: usize>(row: &[Text]) -> [Text; N] {
    core::array::from_fn(|at| row.get(at).cloned().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::cell_count;

    #[test]
    fn cells_are_counted_as_written() {
        for (row, count) in [("| a | b |", 2), ("a | b", 2), ("| a \\| b |", 1), ("| a | |", 2), ("| a | b | c", 3)] {
            assert_eq!(cell_count(row), count, "{row}");
        }
    }
}
