//! What `register`, `rollback` and `retire` have in common: the plan, the question, the result.

use miette::{Result, miette};
use serde_json::json;

use crate::{
    client::{Client, must_be_able},
    exit::Ending,
    output::{self, Format, say},
    register::{
        apply::{Applied, settle},
        confirm::Consent,
        goal::Goal,
        plan::{Change, is_settled, plan},
        show,
        state::State,
    },
};

/// How a plan is printed and applied.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct PlanArguments {
    /// Apply the plan without asking
    #[arg(long, short, conflicts_with = "dry_run")]
    yes: bool,
    /// Print the plan, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// With --dry-run: end with exit code 2 where there is something to do
    #[arg(long, requires = "dry_run")]
    exit_code: bool,
    /// How to print plan and result
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl PlanArguments {
    /// Whether the result is for programs.
    pub(crate) fn is_json(&self) -> bool {
        self.format == Format::Json
    }
}

/// Plans, asks, applies, reads back.
pub(crate) async fn carry_out(client: &Client, goal: &Goal, arguments: &PlanArguments) -> Result<Ending> {
    let is_json = arguments.format == Format::Json;
    if is_json && !arguments.yes && !arguments.dry_run {
        return Err(miette!("--format json asks nothing; add --yes or --dry-run"));
    }
    let state = State::read(client).await?;
    let changes = plan(&state, goal)?;
    if is_settled(&changes) {
        tell(client, arguments.format, &changes, "nothing-to-do", "nothing to do");
        return Ok(Ending::Done);
    }
    must_be_able(client, changes.iter().filter_map(|change| change.step.as_ref()).map(|step| &step.call))?;
    if !is_json {
        show::table(&changes);
    }
    if arguments.dry_run {
        tell(client, arguments.format, &changes, "planned", &format!("plan: {}", show::sum(&changes)));
        return Ok(if arguments.exit_code { Ending::NotInOrder } else { Ending::Done });
    }
    let mut consent = Consent::new(arguments.yes);
    match settle(client, goal, (state, changes.clone()), &mut consent).await? {
        Applied::Declined => Ok(Ending::Declined),
        Applied::Settled(done) => {
            let words = format!("done and read back, {} writes", done.len());
            tell(client, arguments.format, &changes, "applied", &words);
            Ok(Ending::Done)
        }
    }
}

fn tell(client: &Client, format: Format, plan: &[Change], outcome: &str, words: &str) {
    match format {
        Format::Table => say!("{}: {words}", client.slug()),
        Format::Json => output::json(&json!({
            "hub": client.hub().as_str(), "slug": client.slug(), "outcome": outcome, "plan": plan,
        })),
    }
}
