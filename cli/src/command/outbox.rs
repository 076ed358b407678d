//! `ops-hub outbox`.

use std::path::PathBuf;

use clap::Subcommand;
use etcetera::{BaseStrategy, choose_base_strategy};
use miette::{Result, miette};
use serde_json::json;

use super::hub::HubArguments;
use crate::{
    client::Client,
    exit::{Ending, help_after},
    outbox::{Kept, Outbox, State, send},
    output::{self, Format, Tone, note, say},
    verify::places::Places,
};

/// List, send or drop evidence that a hub has not taken yet.
///
/// `ops-hub verify` keeps an event here before it sends it. What the hub blocks (its event type or
/// widget is not registered), and what could not reach it, is sent again by the next `verify`; what
/// the hub refuses as it is stays until `send` or `drop`. Each event is recorded exactly once: it
/// carries an idempotency key, and where it comes late, the time at which it was observed.
#[derive(Debug, clap::Args)]
#[command(
    after_help = help_after!(
        "ops-hub outbox list"
        "ops-hub outbox send --hub https://hub.example"
        "ops-hub outbox drop KEY"
    )
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
    #[command(flatten)]
    place: OutboxArguments,
}

/// Where the outbox lies.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct OutboxArguments {
    /// The outbox's file; in the user's data directory where absent
    #[arg(long, value_name = "FILE", env = "OPS_HUB_OUTBOX", global = true)]
    outbox: Option<PathBuf>,
}

impl OutboxArguments {
    pub(crate) fn open(&self) -> Result<Outbox> {
        let path = match &self.outbox {
            Some(path) => path.clone(),
            None => choose_base_strategy()
                .map_err(|error| {
                    miette!(help = "name a file with --outbox", "there is no user data directory: {error}")
                })?
                .data_dir()
                .join("ops-hub")
                .join("outbox.sqlite"),
        };
        Outbox::open(&path)
    }
}

impl Arguments {
    /// Whether the result is for programs.
    pub(crate) fn is_json(&self) -> bool {
        matches!(self.action, Action::List { format: Format::Json })
    }
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List what is kept, for all hubs
    List {
        /// How to print it
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Send what is kept for a hub, what the hub refused before included
    Send {
        #[command(flatten)]
        hub: HubArguments,
        /// The hub's name in addresses
        #[arg(long, value_name = "NAME", default_value = "ops-hub")]
        slug: String,
    },
    /// Take events out without sending them
    Drop {
        /// Their keys, as `list` prints them
        #[arg(value_name = "KEY", required_unless_present = "all")]
        keys: Vec<String>,
        /// All of them
        #[arg(long, conflicts_with = "keys")]
        all: bool,
    },
}

pub(crate) async fn run(arguments: Arguments) -> Result<Ending> {
    let outbox = arguments.place.open()?;
    match arguments.action {
        Action::List { format } => list(&outbox, format),
        Action::Send { hub, slug } => {
            let client = Client::connect(hub.access()?, &slug).await?;
            let places = Places::read(&client).await?;
            let kept = outbox.kept(Some((client.hub().as_str(), &slug)))?;
            let tally = deliver(&client, &outbox, &places, &kept).await?;
            say!("{} recorded, {} kept", tally.recorded, kept.len() - tally.recorded);
            Ok(tally.ending)
        }
        Action::Drop { keys, all } => {
            let keys = if all { outbox.kept(None)?.into_iter().map(|event| event.key).collect() } else { keys };
            let mut dropped = 0;
            for key in &keys {
                if !outbox.remove(key)? {
                    return Err(miette!(help = "ops-hub outbox list", "the outbox has no event '{key}'"));
                }
                dropped += 1;
            }
            say!("{dropped} dropped");
            Ok(Ending::Done)
        }
    }
}

fn list(outbox: &Outbox, format: Format) -> Result<Ending> {
    let kept = outbox.kept(None)?;
    match format {
        Format::Json => {
            let one = |event: &Kept| {
                json!({
                    "key": event.key, "hub": event.hub, "slug": event.slug, "eventType": event.event_type,
                    "subject": event.subject, "observedAt": event.observed_at, "state": event.state.as_str(),
                    "reason": event.reason, "attempts": event.attempts, "metadata": event.metadata,
                })
            };
            output::json(&json!({ "events": kept.iter().map(one).collect::<Vec<_>>() }));
        }
        Format::Table if kept.is_empty() => say!("nothing is kept"),
        Format::Table => {
            let row = |event: &Kept| {
                let (tone, state) = (Tone::Attention, event.state.as_str().to_owned());
                (
                    tone,
                    [&state, &event.key, &event.observed_at, &event.subject, &event.reason].map(Clone::clone).to_vec(),
                )
            };
            output::print(&["", "key", "observed", "subject", "reason"], &kept.iter().map(row).collect::<Vec<_>>());
        }
    }
    Ok(Ending::Done)
}

/// How a delivery ended.
#[derive(Debug)]
pub(crate) struct Tally {
    /// How many events the hub has recorded.
    pub(crate) recorded: usize,
    /// The worst of what happened.
    pub(crate) ending: Ending,
}

/// Sends events one after the other, and says what stays. A hub that is away is not asked again for
/// every one.
pub(crate) async fn deliver(client: &Client, outbox: &Outbox, places: &Places, events: &[Kept]) -> Result<Tally> {
    let mut tally = Tally { recorded: 0, ending: Ending::Done };
    for event in events {
        match send::send(client, outbox, places, event).await? {
            send::Outcome::Recorded => tally.recorded += 1,
            send::Outcome::Stays(state, reason) => {
                note!("kept {} {}: {reason}", event.subject, event.observed_at);
                tally.ending =
                    tally.ending.max(if state == State::Waiting { Ending::TryLater } else { Ending::Failed });
                if state == State::Waiting {
                    break;
                }
            }
        }
    }
    Ok(tally)
}
