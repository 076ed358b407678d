//! `ops-hub register`.

use std::path::PathBuf;

use miette::{Result, miette};
use ops_model::{Catalog, SCHEMA_VERSION};
use serde_json::Value;

use super::{hub::HubArguments, manifest, read};
use crate::{client::Client, register::plan};

/// Register hub, manifest, widgets and catalog in a hub.
///
/// Reads what the hub has, prints what is to be created or changed, and does only that. Where the
/// hub has it all, there is nothing to do. The token comes from --token-file or from the
/// environment variable OPS_HUB_TOKEN.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    hub: HubArguments,
    /// The extension's manifest
    #[arg(long, value_name = "FILE")]
    manifest: PathBuf,
    /// The catalog that `ops-hub import` made; the hub's own stays where absent
    #[arg(long, value_name = "FILE")]
    catalog: Option<PathBuf>,
    /// Print what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
}

pub(crate) async fn run(arguments: Arguments) -> Result<()> {
    let (manifest, document) = manifest(&arguments.manifest)?;
    let catalog = catalog(&arguments)?;
    let client = Client::connect(arguments.hub.access()?, &manifest.hub.slug).await?;
    client.must_match(&manifest)?;
    let steps = plan::plan(&client, &manifest, &document, catalog).await?;
    let slug = &manifest.hub.slug;
    if steps.is_empty() {
        println!("{slug}: nothing to do, {} {} is registered", manifest.extension.name, manifest.extension.version);
        return Ok(());
    }
    for step in &steps {
        println!("{} {}", if arguments.dry_run { "would" } else { "will" }, step.what);
    }
    if arguments.dry_run {
        return Ok(());
    }
    for step in &steps {
        client
            .call(&step.call)
            .await
            .map_err(|error| miette::Report::new(error).wrap_err(format!("stopped at: {}", step.what)))?;
    }
    println!("{slug}: done, {} of {} steps", steps.len(), steps.len());
    Ok(())
}

fn catalog(arguments: &Arguments) -> Result<Option<Value>> {
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
    serde_json::from_str(&text).map(Some).map_err(|error| miette!("{path}: {error}"))
}
