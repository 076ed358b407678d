//! `ops-hub doctor`.

use std::path::PathBuf;

use miette::Result;
use ops_manifest::Manifest;
use reqwest::Url;
use serde_json::{Value, json};

use super::{hub::HubArguments, manifest};
use crate::{
    client::{Access, Client, below},
    doctor::{Check, Verdict, access, bundle, contract, http::Browser, policy, registered},
    exit::{Ending, help_after},
    output::{self, Format, Tone, say},
};

/// Say what a hub offers, lacks and serves, compared with what the extension needs.
///
/// Reads the hub's API document and reports every operation that the extension needs as found,
/// missing or different (method, parameter, field, type). Then it looks at the token, at the active
/// manifest with its widgets and catalog, at every file of the bundle as it is served (content
/// against the registered hash, type, compression, caching) and at the content security policy of
/// the hub's page. Nothing is written.
#[derive(Debug, clap::Args)]
#[command(
    after_help = help_after!(
        "ops-hub doctor --hub https://hub.example"
        "ops-hub doctor --hub https://hub.example --manifest manifest.json --format json"
    )
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    hub: HubArguments,
    /// The hub's name in addresses
    #[arg(long, value_name = "NAME", default_value = "ops-hub")]
    slug: String,
    /// A manifest that should be the active one
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// Where the bundle is served; /extensions/NAME/ of the hub where absent
    #[arg(long, value_name = "URL")]
    bundle: Option<Url>,
    /// How to print the report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Arguments {
    /// Whether the report is for programs.
    pub(crate) fn is_json(&self) -> bool {
        self.format == Format::Json
    }
}

pub(crate) async fn run(arguments: Arguments) -> Result<Ending> {
    let access = arguments.hub.access()?;
    let own = arguments.manifest.as_deref().map(manifest).transpose()?;
    let checks = examine(&arguments, access, own.as_ref()).await?;
    let in_order = checks.iter().all(|check| check.verdict.is_in_order());
    match arguments.format {
        Format::Json => {
            output::json(&json!({ "hub": arguments.hub.hub.as_str(), "inOrder": in_order, "checks": checks }))
        }
        Format::Table => {
            let row = |check: &Check| {
                let tone = match check.verdict {
                    Verdict::Found => Tone::Quiet,
                    Verdict::Note => Tone::Attention,
                    Verdict::Different | Verdict::Missing => Tone::Bad,
                };
                let (verdict, area) = (check.verdict.as_str().to_owned(), check.area.to_owned());
                (tone, vec![verdict, area, check.name.clone(), check.details.join("\n")])
            };
            output::print(&["", "area", "what", "details"], &checks.iter().map(row).collect::<Vec<_>>());
            let amiss = checks.iter().filter(|check| !check.verdict.is_in_order()).count();
            say!("{} checks, {amiss} not in order", checks.len());
        }
    }
    Ok(if in_order { Ending::Done } else { Ending::NotInOrder })
}

async fn examine(arguments: &Arguments, access: Access, own: Option<&(Manifest, Value)>) -> Result<Vec<Check>> {
    let (slug, token) = (&arguments.slug, access.token.clone());
    let hub = Client::connect(access, slug).await?;
    let browser = Browser::new()?;
    let mut checks = contract::operations(hub.mapping(), hub.document());
    checks.extend(contract::document(hub.mapping(), hub.document()));
    let readable = access::checks(&hub, &browser, &token).await?;
    let may_read = readable.iter().take(1).all(|check| check.verdict.is_in_order());
    let active = if may_read { registered::active(&hub).await? } else { None };
    if let Some((manifest, _)) = active.as_ref().or(own) {
        checks.push(contract::version(hub.document(), manifest));
        checks.push(contract::paths(hub.document(), manifest));
    }
    checks.extend(readable);
    if !may_read {
        return Ok(checks);
    }
    checks.push(registered::manifest(active.as_ref(), own));
    let pages = &hub.mapping().pages;
    let address = |path: &str| below(hub.hub(), &path.replace("{hub}", slug));
    let base = arguments.bundle.clone().map_or_else(|| address(&pages.bundle), Ok)?;
    if let Some((manifest, document)) = &active {
        checks.extend(registered::contents(&hub, manifest).await?);
        checks.extend(bundle::checks(&browser, &base, manifest, document).await?);
    }
    let (page, sign_in) = (address(&pages.hub)?, address(&pages.sign_in)?);
    checks.extend(policy::checks(&browser, &token, (&page, &sign_in, &base)).await?);
    Ok(checks)
}
