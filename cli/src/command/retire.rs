//! `ops-hub retire`.

use miette::Result;

use super::{
    hub::HubArguments,
    planned::{PlanArguments, carry_out},
};
use crate::{
    client::Client,
    exit::{Ending, help_after},
    register::{goal::Goal, state::State},
};

/// Take widgets out of a hub without losing their events.
///
/// A retired widget is not shown and takes no events; those that it has stay. `ops-hub register`
/// with a manifest that names it brings it back, with the same identifier. Prints the plan and asks,
/// as `register` does.
#[derive(Debug, clap::Args)]
#[command(
    after_help = help_after!(
        "ops-hub retire ops-service-gitea --hub https://hub.example"
        "ops-hub retire --all --dry-run --hub https://hub.example"
    )
)]
pub(crate) struct Arguments {
    /// The widgets, by name
    #[arg(value_name = "WIDGET", required_unless_present = "all")]
    widgets: Vec<String>,
    /// All of the hub's widgets
    #[arg(long, conflicts_with = "widgets")]
    all: bool,
    #[command(flatten)]
    hub: HubArguments,
    /// The hub's name in addresses
    #[arg(long, value_name = "NAME", default_value = "ops-hub")]
    slug: String,
    #[command(flatten)]
    pub(crate) plan: PlanArguments,
}

pub(crate) async fn run(arguments: Arguments) -> Result<Ending> {
    let client = Client::connect(arguments.hub.access()?, &arguments.slug).await?;
    let names = if arguments.all {
        State::read(&client).await?.widgets.into_iter().map(|row| row.name).collect()
    } else {
        arguments.widgets
    };
    carry_out(&client, &Goal::Without(names), &arguments.plan).await
}
