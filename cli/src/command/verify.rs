//! `ops-hub verify`.

use std::time::Duration;

use jiff::SignedDuration;
use miette::Result;
use ops_model::Entity;
use serde_json::json;
use uuid::Uuid;

use super::{
    hub::HubArguments,
    outbox::{OutboxArguments, deliver},
    stopped,
};
use crate::{
    client::{Access, Client, Failure},
    exit::{Ending, help_after},
    outbox::{Kept, Outbox, State},
    output::{failure, note, say},
    verify::{
        expect::Verdict,
        known::Known,
        own::{Machine, Reach},
        round::{Limits, check, choose},
    },
};

/// The type of event that a check records.
const EVENT: &str = "ops-endpoint-verified";

/// Check the catalog's endpoints, and record what was observed as evidence.
///
/// Each endpoint with a web address is requested from this machine. Status, header and redirect are
/// compared with what the hub's catalog expects, and the result is recorded as an event
/// ops-endpoint-verified, which names this machine. A line says pass, or fail and why: DNS, connect, TLS,
/// timeout, connection, status, header or redirect. What this machine cannot know is inconclusive and is
/// not recorded: where its own DNS or network does not work, and a loopback address that another machine
/// serves. What is not requested at all, such as ssh, is named as unchecked. Both end with exit code 2.
///
/// An event that the hub does not take is kept in the outbox and sent by the next run, exactly once,
/// with the time of its observation. Where the hub is away, the catalog that it gave last is used.
#[derive(Debug, clap::Args)]
#[command(
    after_help = help_after!(
        "ops-hub verify --hub https://hub.example"
        "ops-hub verify gitea-oci-registry --hub https://hub.example --dry-run"
        "ops-hub verify --hub https://hub.example --watch 5m --format json"
    )
)]
pub(crate) struct Arguments {
    /// The endpoints to check, by name or address; all where none is named
    #[arg(value_name = "ENDPOINT")]
    endpoints: Vec<String>,
    #[command(flatten)]
    hub: HubArguments,
    /// The hub's name in addresses
    #[arg(long, value_name = "NAME", default_value = "ops-hub")]
    slug: String,
    /// The machine that looks: its name in the catalog, or that of its environment, where the catalog calls
    /// it otherwise than it calls itself
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
    /// How long an endpoint may take to answer, in ms
    #[arg(long, value_name = "MS", default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..=600_000))]
    timeout: u64,
    /// How many endpoints are requested at a time
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=256))]
    concurrency: u16,
    /// Follow up to N redirects, and compare status and header of the last answer; 5 where no N is given
    #[arg(long, value_name = "N", num_args = 0..=1, default_value_t = 0, default_missing_value = "5", require_equals = true)]
    follow: u8,
    /// Check again and again after this time, such as 30s, 5m or 1h, until Ctrl-C
    #[arg(long, value_name = "INTERVAL", value_parser = interval)]
    watch: Option<Duration>,
    /// How to print a result: a line of text, or a line of JSON
    #[arg(long, value_enum, default_value_t)]
    format: Lines,
    /// Check, and record nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    outbox: OutboxArguments,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Lines {
    /// `pass endpoint:NAME 200 in 12 ms`
    #[default]
    Text,
    /// A JSON document a line
    Json,
}

fn interval(text: &str) -> Result<Duration, String> {
    let parsed: SignedDuration = text.parse().map_err(|error: jiff::Error| error.to_string())?;
    let interval = Duration::try_from(parsed).map_err(|error| error.to_string())?;
    if interval < Duration::from_secs(1) { Err("at least 1s".to_owned()) } else { Ok(interval) }
}

impl Arguments {
    /// Whether results are for programs.
    pub(crate) fn is_json(&self) -> bool {
        matches!(self.format, Lines::Json)
    }
}

pub(crate) async fn run(arguments: Arguments) -> Result<Ending> {
    let mut access = arguments.hub.access()?;
    let outbox = if arguments.dry_run { None } else { Some(arguments.outbox.open()?) };
    let Some(interval) = arguments.watch else { return round(&arguments, &access, outbox.as_ref()).await };
    let mut stop = std::pin::pin!(stopped());
    let mut has_worked = false;
    loop {
        let ending = match round(&arguments, &access, outbox.as_ref()).await {
            Ok(ending) => {
                has_worked = true;
                ending
            }
            // A hub that is away now may be there the next time; anything else stays as it is.
            Err(report) if may_pass(&report, has_worked, &arguments) => {
                note!("{report:?}");
                if arguments.is_json() {
                    say!("{}", failure(&report, Ending::TryLater.code()));
                }
                Ending::TryLater
            }
            Err(report) => return Err(report),
        };
        tokio::select! {
            () = &mut stop => return Ok(ending),
            () = tokio::time::sleep(interval) => {}
        }
        match arguments.hub.token_of_file() {
            Some(Ok(token)) => access.token = token,
            // It may be half written: the next round reads it again.
            Some(Err(report)) => note!("{report}; going on with the token of before"),
            None => {}
        }
    }
}

/// Whether a watch goes on after a failure: where the hub is away, and where the token that was good is
/// refused now and stands in a file, in which the next one comes.
fn may_pass(report: &miette::Report, has_worked: bool, arguments: &Arguments) -> bool {
    let failure = report.downcast_ref::<Failure>();
    let is_away = failure.is_some_and(Failure::is_away);
    let is_replaced = failure.and_then(Failure::status).is_some_and(|status| status.as_u16() == 401)
        && arguments.hub.token_of_file().is_some();
    crate::client::ending(report) == Ending::TryLater || (has_worked && (is_away || is_replaced))
}

/// Checks all once, and records.
async fn round(arguments: &Arguments, access: &Access, outbox: Option<&Outbox>) -> Result<Ending> {
    let (hub, known) = reached(arguments, access, outbox).await?;
    let mut in_order = true;
    let mut observed = Vec::new();
    let chosen = choose(&known.catalog, &arguments.endpoints)?;
    let limits = Limits {
        timeout: Duration::from_millis(arguments.timeout),
        concurrency: arguments.concurrency.into(),
        follow: arguments.follow,
    };
    let machine = Machine {
        name: arguments.from.clone().unwrap_or_else(|| gethostname::gethostname().to_string_lossy().into_owned()),
        hub: Reach::of(&access.hub, hub.is_some()),
    };
    for (entity, verdict) in check(&known.catalog, chosen.checked, limits, &machine).await? {
        say(arguments.format, &entity, &verdict);
        in_order &= verdict.reason.is_none();
        if verdict.is_conclusive() {
            observed.push(kept(access, &arguments.slug, &entity, verdict));
        }
    }
    for (entity, why) in &chosen.unchecked {
        in_order = false;
        match arguments.format {
            Lines::Text => say!("unchecked {}: {why}", entity.id),
            Lines::Json => say!("{}", json!({ "endpoint": entity.id, "verdict": "unchecked", "reason": why })),
        }
    }
    let found = if in_order { Ending::Done } else { Ending::NotInOrder };
    let Some(outbox) = outbox else { return Ok(found) };
    for event in &observed {
        outbox.keep(event)?;
    }
    let Some(hub) = hub else {
        note!("{} kept in the outbox until the hub can be reached", observed.len());
        return Ok(Ending::TryLater);
    };
    // What a hub refused for good is for `ops-hub outbox send`, after a cure.
    let mut due = outbox.kept(Some((access.hub.as_str(), &arguments.slug)))?;
    due.retain(|event| event.state != State::Refused);
    let tally = deliver(&hub, outbox, &known.places, &due).await?;
    let late = tally.recorded.saturating_sub(observed.len());
    if late > 0 {
        note!("{late} of before recorded");
    }
    Ok(tally.ending.max(found))
}

/// The hub and what it says; without the hub, what it said last.
async fn reached(arguments: &Arguments, access: &Access, outbox: Option<&Outbox>) -> Result<(Option<Client>, Known)> {
    let read = async {
        let hub = Client::connect(access.clone(), &arguments.slug).await?;
        let known = Known::read(&hub, outbox).await?;
        Ok((Some(hub), known))
    };
    let report: miette::Report = match read.await {
        Ok(read) => return Ok(read),
        Err(report) => report,
    };
    let is_away = report.downcast_ref::<Failure>().is_some_and(Failure::is_away);
    let Some(outbox) = outbox.filter(|_| is_away) else { return Err(report) };
    match Known::remembered(outbox, access.hub.as_str(), &arguments.slug)? {
        Some(known) => {
            note!("{report}; going on with the catalog that it gave last");
            Ok((None, known))
        }
        None => Err(report),
    }
}

fn say(format: Lines, entity: &Entity, verdict: &Verdict) {
    let field = |name: &str| verdict.metadata.get(name);
    match format {
        Lines::Json => say!(
            "{}",
            json!({
                "endpoint": entity.id, "address": field("endpoint"), "verdict": verdict.word,
                "observedStatus": field("observedStatus"), "latencyMs": field("latencyMs"), "reason": verdict.reason,
            })
        ),
        Lines::Text => {
            let latency = field("latencyMs").map(|ms| format!(" in {ms} ms")).unwrap_or_default();
            let status = field("observedStatus").map(|status| format!(" {status}")).unwrap_or_default();
            match &verdict.reason {
                None => say!("pass {}{status}{latency}", entity.id),
                Some(reason) if !verdict.is_conclusive() => say!("inconclusive {}: {reason}", entity.id),
                Some(reason) => say!("fail {}{status}{latency}: {reason}", entity.id),
            }
        }
    }
}

/// The event of a verdict, as it is kept until the hub has it.
fn kept(access: &Access, slug: &str, entity: &Entity, verdict: Verdict) -> Kept {
    Kept {
        key: Uuid::now_v7().to_string(),
        hub: access.hub.to_string(),
        slug: slug.to_owned(),
        event_type: EVENT.to_owned(),
        subject: entity.id.to_string(),
        metadata: verdict.metadata,
        observed_at: jiff::Timestamp::now().to_string(),
        body: None,
        state: State::Waiting,
        reason: String::new(),
        attempts: 0,
    }
}
