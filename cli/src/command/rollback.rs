//! `ops-hub rollback`.

use miette::{Result, miette};

use super::{
    hub::HubArguments,
    planned::{PlanArguments, carry_out},
};
use crate::{
    client::Client,
    exit::{Ending, help_after},
    register::{
        goal::{Extension, Goal, rollback},
        state::State,
    },
};

/// Make a manifest that was active before the active one again.
///
/// Reactivates the highest version below the active one, or the one that --to names, and takes the
/// widgets back to what it says. Widgets that only the newer version has are retired; identifiers
/// and events stay. Prints the plan and asks, as `register` does.
#[derive(Debug, clap::Args)]
#[command(
    after_help = help_after!(
        "ops-hub rollback --hub https://hub.example"
        "ops-hub rollback --hub https://hub.example --to 0.1.0 --yes"
    )
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    hub: HubArguments,
    /// The hub's name in addresses
    #[arg(long, value_name = "NAME", default_value = "ops-hub")]
    slug: String,
    /// The version to go back to
    #[arg(long, value_name = "VERSION")]
    to: Option<String>,
    #[command(flatten)]
    pub(crate) plan: PlanArguments,
}

pub(crate) async fn run(arguments: Arguments) -> Result<Ending> {
    let client = Client::connect(arguments.hub.access()?, &arguments.slug).await?;
    let state = State::read(&client).await?;
    let document = rollback(&state, arguments.to.as_deref())?;
    let manifest = serde_json::from_value(document.clone())
        .map_err(|error| miette!("the hub's manifest of that version cannot be read: {error}"))?;
    client.must_match(&manifest)?;
    let goal = Goal::Extension(Box::new(Extension { manifest, document, catalog: None, may_be_older: true }));
    carry_out(&client, &goal, &arguments.plan).await
}
