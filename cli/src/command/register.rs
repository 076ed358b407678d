//! `ops-hub register`.

use std::path::PathBuf;

use miette::{Result, miette};
use ops_model::{Catalog, SCHEMA_VERSION};
use serde_json::json;

use super::{
    hub::HubArguments,
    manifest,
    planned::{PlanArguments, carry_out},
    read,
};
use crate::{
    client::Client,
    exit::{Ending, help_after},
    output::{self, say},
    register::{
        catalog::CatalogText,
        goal::{Extension, Goal},
        offline,
    },
};

/// Register hub, manifest, bundle, widgets and catalog in a hub.
///
/// Reads what the hub has, prints what is to be created, changed, left and retired, asks, does it,
/// and verifies it by reading back. Where the hub has it all, there is nothing to do and nothing is
/// written. Each write is conditional on what was read: two runs at once end in one state. A run
/// that was interrupted is completed by the next. Identifiers and events of widgets stay.
///
/// An older version than the active one is refused (see `ops-hub rollback`), and so is a hub whose
/// API is outside of the range that the manifest needs.
#[derive(Debug, clap::Args)]
#[command(
    after_help = help_after!(
        "ops-hub register --hub https://hub.example --manifest manifest.json --catalog catalog.json"
        "ops-hub register … --dry-run --exit-code   (in CI: is there something to do?)"
        "ops-hub register … --yes --format json     (in CI: do it)"
        "ops-hub register … --offline handover      (for a hub without a bootstrap API)"
    )
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    hub: HubArguments,
    /// The extension's manifest, the manifest.json of the bundle
    #[arg(long, value_name = "FILE")]
    manifest: PathBuf,
    /// The catalog that `ops-hub import` made; the hub's own stays where absent
    #[arg(long, value_name = "FILE")]
    catalog: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) plan: PlanArguments,
    /// Ask no hub: write what an operator enters by hand to this folder, for a hub without a bootstrap API
    #[arg(long, value_name = "DIR", conflicts_with_all = ["yes", "dry_run"])]
    offline: Option<PathBuf>,
}

pub(crate) async fn run(arguments: Arguments) -> Result<Ending> {
    let (manifest, document) = manifest(&arguments.manifest)?;
    let catalog = catalog(&arguments)?;
    if let Some(folder) = &arguments.offline {
        let written = offline::write(folder, &arguments.hub.pages()?, &manifest, &document, catalog.as_ref())?;
        if arguments.plan.is_json() {
            let files: Vec<String> = written.iter().map(|path| path.display().to_string()).collect();
            output::json(&json!({ "outcome": "written", "files": files }));
            return Ok(Ending::Done);
        }
        for path in written {
            say!("wrote {}", path.display());
        }
        return Ok(Ending::Done);
    }
    let client = Client::connect(arguments.hub.access()?, &manifest.hub.slug).await?;
    client.must_match(&manifest)?;
    let goal = Goal::Extension(Box::new(Extension { manifest, document, catalog, may_be_older: false }));
    carry_out(&client, &goal, &arguments.plan).await
}

fn catalog(arguments: &Arguments) -> Result<Option<CatalogText>> {
    let Some(file) = &arguments.catalog else { return Ok(None) };
    let (path, text) = (file.display(), read(file)?);
    let cure = "make it anew with: ops-hub import INVENTORY.md -o catalog.json";
    let catalog: Catalog =
        serde_json::from_str(&text).map_err(|error| miette!(help = cure, "{path} is not a catalog: {error}"))?;
    if catalog.schema != SCHEMA_VERSION {
        let (found, known) = (catalog.schema, SCHEMA_VERSION);
        return Err(miette!(
            help = cure,
            "{path}#/schema: {found} is not the version that this program knows, {known}"
        ));
    }
    drop(catalog);
    Ok(Some(CatalogText::of(&text)))
}
