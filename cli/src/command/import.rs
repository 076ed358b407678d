//! `ops-hub import`.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use miette::{IntoDiagnostic, Report, Result, miette};
use ops_model::Catalog;

use super::{count, read_bytes};
use crate::{
    exit::help_after,
    import::{Aliases, InLine, Lines, Malformed, Shown, decode, import},
    output::{note, say},
};

/// How many mistakes are shown with their lines; of the others each is one line.
const WITH_LINES: usize = 20;

/// Make the catalog from a Markdown inventory.
///
/// Six tables are read (VSM Placement, Environments, Hosts, Clusters, Services, Endpoints), the
/// questions, the list of widgets and the first events; German names of them are known, and others
/// may be given in a file. Every fact keeps its line. What cannot be
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
    /// Further names of sections and columns, in TOML: `[sections]` and `[columns]`, each with lists of names by
    /// the English one, such as `Services = ["Apps"]`
    #[arg(long, value_name = "FILE")]
    aliases: Option<PathBuf>,
    /// Take what cannot be placed as an error
    #[arg(long)]
    strict: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let file = arguments.file.display().to_string();
    let text = inventory_text(&arguments.file)?;
    let catalog = catalog_of(&arguments.file, &text, &aliases(arguments.aliases.as_deref())?)?;
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

/// The text of an inventory, in whichever encoding an editor wrote it.
pub(super) fn inventory_text(path: &Path) -> Result<String> {
    let bytes = read_bytes(path)?;
    decode(&bytes).map_err(|why| miette!(help = "save it as UTF-8", "cannot read {}: {why}", path.display()))
}

/// The names of sections and columns: the built-in ones, and those of a file.
pub(super) fn aliases(path: Option<&Path>) -> Result<Aliases> {
    let Some(path) = path else { return Ok(Aliases::default()) };
    Aliases::with(&inventory_text(path)?).map_err(|error| miette!("{}: {error}", path.display()))
}

/// The catalog of an inventory; every mistake in it is shown.
pub(super) fn catalog_of(path: &Path, text: &str, aliases: &Aliases) -> Result<Catalog> {
    let file = path.display().to_string();
    let lines = Lines::new(&file, text);
    import(&lines, aliases).map_err(|malformed| report(&lines, &malformed))
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
