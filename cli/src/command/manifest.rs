//! `ops-hub manifest`.

use std::{io::Write, path::PathBuf};

use miette::{IntoDiagnostic, Result, miette};
use ops_manifest::check::check;
use serde_json::{Value, json};

use super::{
    count,
    import::{aliases, catalog_of, inventory_text},
};
use crate::{
    exit::help_after,
    import::widgets,
    output::{note, say},
};

/// The manifest of the project's own inventory; kinds, event types and permissions are taken from it.
const OWN: &str = include_str!("../../../manifest/ops-hub.manifest.json");

/// Write the manifest of an inventory: the widgets that show it.
///
/// Where the inventory lists widgets, these are written; else one for each environment, host, service and
/// endpoint. The service catalog and the feed of evidence are always there. Kinds of widgets, event types and
/// permissions are those of the extension, or of another manifest that is given.
#[derive(Debug, clap::Args)]
#[command(after_help = help_after!(
    "ops-hub manifest --inventory INVENTORY.md -o manifest.json"
    "ops-hub manifest --inventory INVENTORY.md --from manifest.json -o manifest.json"
))]
pub(crate) struct Arguments {
    /// The inventory, in Markdown
    #[arg(long, value_name = "FILE")]
    inventory: PathBuf,
    /// Further names of the inventory's sections and columns, in TOML; see `ops-hub import`
    #[arg(long, value_name = "FILE")]
    aliases: Option<PathBuf>,
    /// The manifest to take everything but the widgets from; a widget of the same name keeps what it says
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Where to write the manifest, as JSON; `-` is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let text = inventory_text(&arguments.inventory)?;
    let catalog = catalog_of(&arguments.inventory, &text, &aliases(arguments.aliases.as_deref())?)?;
    let (manifest, mut document) = match &arguments.from {
        Some(path) => super::manifest(path)?,
        None => {
            let document: Value = serde_json::from_str(OWN).into_diagnostic()?;
            (check(&document).map_err(|_| miette!("the extension's own manifest is not valid"))?, document)
        }
    };
    let before = manifest.hub.slug;
    let named = catalog.placement.iter().find(|fact| fact.key == "hub").map(|fact| fact.value.as_str());
    let hub = named.filter(|hub| is_slug(hub)).unwrap_or(&before).to_owned();
    let (found, strange) = widgets::of(&catalog, &hub, &manifest.widgets);
    for name in strange {
        note!("note: the inventory asks for the widget '{name}', and has nothing of that name; it is left out");
    }
    let number = found.len();
    document["widgets"] = serde_json::to_value(found).into_diagnostic()?;
    if hub != before {
        move_to(&mut document, &before, &hub);
    }
    check(&document).map_err(|findings| {
        let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
        miette!("the manifest of this inventory would not be valid\n{}", lines.join("\n"))
    })?;
    let mut text = serde_json::to_string_pretty(&document).into_diagnostic()?;
    text.push('\n');
    if arguments.output.as_os_str() == "-" {
        return std::io::stdout().write_all(text.as_bytes()).into_diagnostic();
    }
    super::write(&arguments.output, &text)?;
    say!("wrote {}: {}", arguments.output.display(), count(number, "widget"));
    Ok(())
}

/// Whether a hub may have this name.
fn is_slug(text: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.len() <= 100 && text.split('-').all(is_part)
}

/// Makes the manifest one of another hub: its name, and the hub's paths.
fn move_to(document: &mut Value, before: &str, hub: &str) {
    document["hub"]["slug"] = json!(hub);
    let (old, new) = (format!("/hubs/{before}"), format!("/hubs/{hub}"));
    let moved = |value: &mut Value| {
        if let Some(path) = value.as_str() {
            *value = json!(path.replace(&old, &new));
        }
    };
    if let Some(paths) = document["api"].as_object_mut() {
        paths.values_mut().for_each(moved);
    }
    if let Some(paths) = document["preload"].as_array_mut() {
        paths.iter_mut().for_each(moved);
    }
}
