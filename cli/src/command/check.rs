//! `ops-hub check`.

use std::path::{Path, PathBuf};

use clap::ArgGroup;
use miette::{IntoDiagnostic, Result};
use ops_model::EntityRef;

use super::{
    count,
    import::{aliases, inventory_text},
    read,
};
use crate::{
    check::{
        Finding,
        catalog::{self, Checked},
        document::Document,
        events, inventory, manifest, mapping, report,
        rules::Severity,
        source,
    },
    exit::{Ending, help_after},
    output::say,
};

/// Of these at least one is given.
const FILES: [&str; 5] = ["inventory", "catalog", "manifest", "mapping", "events"];

/// Say what is wrong with inventory, catalog, manifest, mapping and events, without a hub.
///
/// Every file is checked alone (syntax, schema, duplicate names, references) and together with the
/// others that are given: widgets whose subject the catalog lacks, widgets that the inventory asks
/// for and the manifest lacks, gates and gaps without an event type, entities that nothing leads to,
/// a catalog that is older than its inventory, events that break the schema of their type. All
/// findings are printed at once, each with file, line and column.
#[derive(Debug, clap::Args)]
#[command(
    after_help = help_after!(
        "ops-hub check --inventory INVENTORY.md --manifest manifest.json"
        "ops-hub check --manifest manifest/ops-hub.toml --mapping manifest/hub-mapping.toml"
        "ops-hub check --manifest manifest.json --events samples.jsonl --format sarif"
    ),
    group = ArgGroup::new("files").multiple(true).required(true).args(FILES)
)]
pub(crate) struct Arguments {
    /// An inventory in Markdown
    #[arg(long, value_name = "FILE")]
    inventory: Option<PathBuf>,
    /// Further names of the inventory's sections and columns, in TOML; see `ops-hub import`
    #[arg(long, value_name = "FILE", requires = "inventory")]
    aliases: Option<PathBuf>,
    /// A catalog, as `ops-hub import` makes it
    #[arg(long, value_name = "FILE")]
    catalog: Option<PathBuf>,
    /// A manifest, or its source ops-hub.toml
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// A hub mapping, in TOML
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// The hub's API document to check the mapping against; the assumed one where absent
    #[arg(long, value_name = "FILE", requires = "mapping")]
    openapi: Option<PathBuf>,
    /// Events: one, a list, a page of the hub, or JSON Lines (.jsonl, .ndjson); may be given again
    #[arg(long, value_name = "FILE", requires = "manifest")]
    events: Vec<PathBuf>,
    /// How to print the findings
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Take warnings as errors
    #[arg(long)]
    deny_warnings: bool,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Format {
    /// `FILE:LINE:COLUMN: error[RULE]: WORDS`
    #[default]
    Text,
    /// One JSON document
    Json,
    /// SARIF 2.1.0, which code hosts show in place
    Sarif,
}

impl Arguments {
    /// Whether the findings are one document for programs.
    pub(crate) fn is_json(&self) -> bool {
        matches!(self.format, Format::Json)
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<Ending> {
    let findings = findings(arguments)?;
    let (errors, warnings) = (report::count(&findings, Severity::Error), report::count(&findings, Severity::Warning));
    match arguments.format {
        Format::Text => {
            for line in report::text(&findings).lines() {
                say!("{line}");
            }
            say!("{}, {}", count(errors, "error"), count(warnings, "warning"));
        }
        Format::Json => crate::output::json(&report::json(&findings)),
        Format::Sarif => crate::output::json(&serde_json::to_value(report::sarif(&findings)).into_diagnostic()?),
    }
    let amiss = errors > 0 || (arguments.deny_warnings && warnings > 0);
    Ok(if amiss { Ending::NotInOrder } else { Ending::Done })
}

fn findings(arguments: &Arguments) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    let name = |path: &Path| path.display().to_string();
    let mut imported = None;
    if let Some(path) = &arguments.inventory {
        let text = inventory_text(path)?;
        let catalog = inventory::check(&name(path), &text, &aliases(arguments.aliases.as_deref())?, &mut found);
        imported = catalog.map(|catalog| Checked::imported(&name(path), &text, catalog));
    }
    let mut own = None;
    if let Some(path) = &arguments.catalog {
        let document = Document::json(&name(path), &read(path)?, &mut found);
        own = document.and_then(|document| Checked::read(document, &mut found));
    }
    if let (Some(own), Some(imported)) = (&own, &imported) {
        catalog::is_of(own, &imported.catalog, &imported.file, &mut found);
    }
    let mut described = None;
    if let Some(path) = &arguments.manifest {
        let text = read(path)?;
        let document = if path.extension().is_some_and(|end| end == "toml") {
            source::document(path, &text, &mut found)
        } else {
            Document::json(&name(path), &text, &mut found)
        };
        described = document.and_then(|document| Some((manifest::check(&document, &mut found)?, document)));
    }
    // The inventory says best where something stands.
    let catalog = imported.as_ref().or(own.as_ref());
    let subjects: Vec<&EntityRef> = described
        .iter()
        .flat_map(|(manifest, _)| manifest.widgets.iter().filter_map(|widget| widget.subject.as_ref()))
        .collect();
    if let Some(checked) = catalog {
        catalog::check(checked, &subjects, &mut found);
    }
    if let (Some(own), Some(_)) = (&own, &imported) {
        catalog::check(own, &subjects, &mut found);
    }
    if let Some((described, document)) = &described {
        if let Some(checked) = catalog {
            manifest::subjects(document, described, checked, &mut found);
            catalog::asked_for(checked, described, &mut found);
            events::first(checked, described, &mut found);
        }
        for path in &arguments.events {
            let lines = path.extension().is_some_and(|end| end == "jsonl" || end == "ndjson");
            let text = read(path)?;
            let sample = if lines {
                Some(Document::json_lines(&name(path), &text, &mut found))
            } else {
                Document::json(&name(path), &text, &mut found)
            };
            if let Some(sample) = sample {
                events::check(&sample, described, catalog, &mut found);
            }
        }
    }
    if let Some(path) = &arguments.mapping {
        let api = match &arguments.openapi {
            Some(path) => Document::json(&name(path), &read(path)?, &mut found).map(|document| document.value),
            None => None,
        };
        if let Some(document) = Document::toml(&name(path), &read(path)?, &mut found) {
            mapping::check(&document, api.as_ref(), &mut found);
        }
    }
    found.sort_by(|one, other| (&one.file, one.place, one.rule.id).cmp(&(&other.file, other.place, other.rule.id)));
    Ok(found)
}
