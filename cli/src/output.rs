//! Tables for people, JSON for programs.

use std::io::IsTerminal;

use comfy_table::{ContentArrangement, Table, presets};

/// How a command prints its result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// A table for people
    #[default]
    Table,
    /// One JSON document
    Json,
}

/// Prints a table: with lines, and as wide as the terminal, on one; plain elsewhere, a row a line.
pub(crate) fn print(head: &[&str], rows: &[Vec<String>]) {
    let mut table = Table::new();
    let on_terminal = std::io::stdout().is_terminal();
    table.load_style(if on_terminal { presets::UTF8_HORIZONTAL_ONLY } else { presets::NOTHING });
    // A narrower terminal breaks lines better by itself; one that does not know its width says 0.
    let fits = on_terminal && table.width().is_some_and(|width| width >= 60);
    table.set_content_arrangement(if fits { ContentArrangement::Dynamic } else { ContentArrangement::Disabled });
    table.set_header(head);
    table.add_rows(rows);
    println!("{}", table.trim_fmt());
}

/// Prints a document.
pub(crate) fn json(document: &serde_json::Value) {
    println!("{document:#}");
}
