//! `ops-hub register`.

use std::path::PathBuf;

use miette::{Result, miette};
use ops_manifest::{Manifest, check};
use ops_model::{Catalog, SCHEMA_VERSION};
use reqwest::Url;
use serde_json::Value;

use super::{read, token};
use crate::{client::Client, register::plan};

/// Register hub, manifest, widgets and catalog in a hub.
///
/// Reads what the hub has, prints what is to be created or changed, and does only that. Where the
/// hub has it all, there is nothing to do. The token comes from --token-file or from the
/// environment variable OPS_HUB_TOKEN.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The hub's address, such as https://hub.example
    #[arg(long, value_name = "URL")]
    hub: Url,
    /// The extension's manifest
    #[arg(long, value_name = "FILE")]
    manifest: PathBuf,
    /// The catalog that `ops-hub import` made; the hub's own stays where absent
    #[arg(long, value_name = "FILE")]
    catalog: Option<PathBuf>,
    /// A file with the hub's token
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Print what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
}

pub(crate) async fn run(arguments: Arguments) -> Result<()> {
    let (document, manifest) = manifest(&arguments)?;
    let catalog = catalog(&arguments)?;
    let client = Client::connect(arguments.hub, &token(arguments.token_file.as_deref())?, &manifest.hub.slug).await?;
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
        client.apply(step).await.map_err(|error| error.wrap_err(format!("stopped at: {}", step.what)))?;
    }
    println!("{slug}: done, {} of {} steps", steps.len(), steps.len());
    Ok(())
}

fn manifest(arguments: &Arguments) -> Result<(Value, Manifest)> {
    let path = arguments.manifest.display();
    let document: Value =
        serde_json::from_str(&read(&arguments.manifest)?).map_err(|error| miette!("{path} is not JSON: {error}"))?;
    let manifest = check::check(&document).map_err(|findings| {
        let lines: Vec<String> = findings.iter().map(|finding| format!("{path}#{finding}")).collect();
        miette!(help = "nothing was sent to the hub", "the manifest is not valid\n{}", lines.join("\n"))
    })?;
    Ok((document, manifest))
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
