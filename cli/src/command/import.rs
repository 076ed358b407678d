//! `ops-hub import`.

use std::{io::Write, path::PathBuf};

use miette::{IntoDiagnostic, Report, Result, miette};
use ops_model::Catalog;

use super::{count, read};
use crate::{
    exit::help_after,
    import::{InLine, Lines, Malformed, Shown, import},
    output::{note, say},
};

/// How many mistakes are shown with their lines; of the others each is one line.
const WITH_LINES: usize = 20;

/// Make the catalog from a Markdown inventory.
///
/// Six tables are read (VSM Placement, Environments, Hosts, Clusters, Services, Endpoints), the
/// questions, the list of widgets and the first events. Every fact keeps its line. What cannot be
/// placed is printed and kept in the catalog as a note. Where a table is malformed, all that is wrong
/// with the file is printed, each with line, column and cure, nothing is written, and the exit code is 1.
#[derive(Debug, clap::Args)]
#[command(after_help = help_after!("ops-hub import INVENTORY.md -o catalog.json"))]
pub(crate) struct Arguments {
    /// The inventory, in Markdown
    file: PathBuf,
    /// Where to write the catalog, as JSON; `-` is standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Take what cannot be placed as an error
    #[arg(long)]
    strict: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let file = arguments.file.display().to_string();
    let text = read(&arguments.file)?;
    let lines = Lines::new(&file, &text);
    let catalog = import(&lines).map_err(|malformed| report(&lines, &malformed))?;
    for note in &catalog.notes {
        let at = note.source;
        note!("note: {file}:{}:{}: '{}': {}", at.line, at.column, note.text, note.reason);
    }
    if arguments.strict && !catalog.notes.is_empty() {
        return Err(miette!(
            help = "cure each note above, or leave --strict out to keep them in the catalog",
            "{file}: {} could not be placed; nothing was written",
            count(catalog.notes.len(), "thing"),
        ));
    }
    write(arguments, &catalog)
}

/// Shows every mistake; the first of them with the lines in which they stand.
fn report(lines: &Lines<'_>, Malformed(mistakes): &Malformed) -> Report {
    if let [mistake] = mistakes.as_slice() {
        return Shown::new(lines, mistake).into();
    }
    for (at, mistake) in mistakes.iter().enumerate() {
        if at < WITH_LINES {
            note!("{:?}", Report::new(Shown::new(lines, mistake)));
        } else {
            note!("{}", InLine(lines, mistake));
        }
    }
    miette!(
        help = "correct each of them, then run this again",
        "{}: {}; nothing was written",
        lines.file,
        count(mistakes.len(), "mistake")
    )
}

fn write(arguments: &Arguments, catalog: &Catalog) -> Result<()> {
    let mut text = serde_json::to_string_pretty(catalog).into_diagnostic()?;
    text.push('\n');
    let path = &arguments.output;
    if path.as_os_str() == "-" {
        return std::io::stdout().write_all(text.as_bytes()).into_diagnostic();
    }
    super::write(path, &text)?;
    say!(
        "wrote {}: {}, {}, {}, {}",
        path.display(),
        count(catalog.entities.len(), "entity"),
        count(catalog.relations.len(), "relation"),
        count(catalog.gaps.len(), "gap"),
        count(catalog.notes.len(), "note"),
    );
    Ok(())
}
