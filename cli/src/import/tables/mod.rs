//! The six tables: which columns each has, and one module for each that reads its rows.

mod clusters;
mod endpoints;
mod environments;
mod hosts;
mod placement;
mod services;

use ops_model::{EntityKind, EntityRef};

use super::{
    builder::Builder,
    document::{Row, Section, Table},
    names::{slug, suggestion},
    text::Text,
};

/// A table of the inventory.
struct Kind {
    /// Its section's heading.
    section: &'static str,
    /// Its columns, the one with the names first.
    columns: &'static [&'static str],
    /// Reads one row; the cells are in the order of `columns`.
    read: fn(&mut Builder<'_>, &[Text]),
}

/// The table that others refer to.
const ENVIRONMENTS: &str = "Environments";

/// In the order in which later ones need earlier ones.
const TABLES: &[Kind] = &[
    Kind { section: "VSM Placement", columns: &["Field", "Value"], read: placement::read },
    Kind {
        section: ENVIRONMENTS,
        columns: &["Environment", "Role", "Current state", "Notes"],
        read: environments::read,
    },
    Kind { section: "Hosts", columns: &["Host", "Environment", "Address", "Role", "Known gaps"], read: hosts::read },
    Kind {
        section: "Services",
        columns: &["Service", "Current environment", "Owner repo", "Current evidence", "Gaps"],
        read: services::read,
    },
    Kind { section: "Clusters", columns: &["Cluster", "Environment", "Role", "Current notes"], read: clusters::read },
    Kind {
        section: "Endpoints",
        columns: &["Endpoint", "Service", "Environment", "Current status", "Evidence"],
        read: endpoints::read,
    },
];

/// Whether a section's tables are read here.
pub(crate) fn is_table(section: &str) -> bool {
    TABLES.iter().any(|kind| kind.section.eq_ignore_ascii_case(section))
}

/// Reads all tables.
pub(crate) fn read(builder: &mut Builder<'_>, sections: &[Section]) {
    for kind in TABLES {
        kind.section.clone_into(&mut builder.section);
        let wanted = || sections.iter().filter(|section| section.name().eq_ignore_ascii_case(kind.section));
        let tables: Vec<&Table> = wanted().flat_map(Section::tables).collect();
        if tables.is_empty() {
            no_table(builder, kind, sections, wanted().next());
        }
        for table in tables {
            read_table(builder, kind, table);
        }
        if kind.section == "Services" {
            services::join_data_stores(builder);
        }
    }
}

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

fn read_table(builder: &mut Builder<'_>, kind: &Kind, table: &Table) {
    let header = &table.header;
    let places: Vec<Option<usize>> = kind.columns.iter().map(|column| place(builder, kind, header, column)).collect();
    // The environments' names are in their first column.
    builder.knows_environments &= kind.section != ENVIRONMENTS || places.first().is_some_and(Option::is_some);
    for row in &table.rows {
        let count = cell_count(builder.lines.text.get(row.range.clone()).unwrap_or_default());
        if count == header.cells.len() {
            read_row(builder, kind, header, &places, row);
            continue;
        }
        wrong_count(builder, header, row, count);
        // Whoever refers to it is not wrong besides.
        if let Some(name) = row.cells.first().filter(|_| kind.section == ENVIRONMENTS) {
            builder.mention(
                EntityRef::new(EntityKind::Environment, slug(name.trimmed())),
                name.trimmed(),
                name.start(),
            );
        }
    }
}

/// Where a column is in the header.
fn place(builder: &mut Builder<'_>, kind: &Kind, header: &Row, column: &str) -> Option<usize> {
    let place = header.cells.iter().position(|cell| cell.trimmed().eq_ignore_ascii_case(column));
    if place.is_none() {
        let message = format!("the table '{}' has no column '{column}'", kind.section);
        let near = suggestion(column, header.cells.iter().map(Text::trimmed));
        builder.mistake_at(header.range.start, header.range.end, message, format!("add it, or rename one: {near}"));
    }
    place
}

fn read_row(builder: &mut Builder<'_>, kind: &Kind, header: &Row, places: &[Option<usize>], row: &Row) {
    let name = |place: usize| header.cells.get(place).map(Text::trimmed).unwrap_or_default();
    let cell = |place: &Option<usize>| place.and_then(|place| row.cells.get(place).cloned()).unwrap_or_default();
    let cells: Vec<Text> = places.iter().map(cell).collect();
    let before = builder.mistakes.len();
    (kind.read)(builder, &cells);
    // A cell of a column that is not there is empty, and stands nowhere: what is wrong with it was said.
    let found = builder.mistakes.split_off(before);
    builder.mistakes.extend(found.into_iter().filter(|found| row.range.contains(&found.start)).map(|mut found| {
        let cell = row.cells.iter().position(|cell| cell.range.end > found.start);
        found.message = format!("column '{}': {}", cell.map(name).unwrap_or_default(), found.message);
        found
    }));
    for (place, cell) in row.cells.iter().enumerate() {
        if !places.contains(&Some(place)) && !cell.is_empty() {
            let name = name(place);
            let reason = format!("the column '{name}' is not one that this table has; move it to a known one");
            builder.note(cell, None, reason);
        }
    }
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
