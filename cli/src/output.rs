//! Tables for people, JSON for programs.

use std::io::IsTerminal;

use comfy_table::{Attribute, Cell, Color, ContentArrangement, LineStyle, Table, TableStyle};

/// Prints a line. A reader that went away, such as `head`, ends neither the program nor what it does.
macro_rules! say {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout().lock(), $($text)*);
    }};
}

/// The same on standard error.
macro_rules! note {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr().lock(), $($text)*);
    }};
}

pub(crate) use {note, say};

/// How a command prints its result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// A table for people
    #[default]
    Table,
    /// One JSON document
    Json,
}

/// How a row is marked on a terminal. The words say it too: colour is never the only sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// As it should be, or as it was.
    Quiet,
    /// Something comes.
    Good,
    /// Something to look at.
    Attention,
    /// Something goes, or is not in order.
    Bad,
}

/// Prints a table: with a line under its head, colours, and as wide as the terminal, on one; plain
/// elsewhere. The first column of a row has its tone.
pub(crate) fn print(head: &[&str], rows: &[(Tone, Vec<String>)]) {
    let on_terminal = std::io::stdout().is_terminal();
    let in_colour = on_terminal && std::env::var_os("NO_COLOR").is_none();
    let mut table = Table::new();
    let line = if on_terminal { LineStyle::none().fill('─').junction('─') } else { LineStyle::none() };
    table.load_style(TableStyle::new().header_separator(line));
    // A narrower terminal breaks lines better by itself; one that does not know its width says 0.
    let fits = on_terminal && table.width().is_some_and(|width| width >= 60);
    table.set_content_arrangement(if fits { ContentArrangement::Dynamic } else { ContentArrangement::Disabled });
    table.set_header(head);
    for (tone, cells) in rows {
        let cells = cells.iter().enumerate().map(|(at, text)| {
            let cell = Cell::new(text);
            if in_colour { toned(cell, *tone, at == 0) } else { cell }
        });
        table.add_row(cells);
    }
    say!("{}", table.trim_fmt());
}

fn toned(cell: Cell, tone: Tone, is_first: bool) -> Cell {
    match tone {
        Tone::Quiet => cell.add_attribute(Attribute::Dim),
        Tone::Good if is_first => cell.fg(Color::Green),
        Tone::Attention if is_first => cell.fg(Color::Yellow),
        Tone::Bad if is_first => cell.fg(Color::Red),
        Tone::Good | Tone::Attention | Tone::Bad => cell,
    }
}

/// Prints a document.
pub(crate) fn json(document: &serde_json::Value) {
    say!("{document:#}");
}

/// A failure as a document for programs: its words with their causes, the cure, the exit code.
pub(crate) fn failure(report: &miette::Report, code: u8) -> serde_json::Value {
    let causes: Vec<String> = report.chain().map(ToString::to_string).collect();
    serde_json::json!({
        "outcome": "failed", "exitCode": code, "error": causes.join(": "),
        "help": report.help().map(|help| help.to_string()),
    })
}
