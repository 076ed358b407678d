//! From a plan to a hub that has it all: apply, read back, and plan again where somebody else was faster.

use miette::{Result, miette};
use reqwest::StatusCode;

use super::{
    confirm::Consent,
    goal::{Extension, Goal},
    plan::{Change, Condition, is_settled, plan},
    show::Progress,
    state::State,
};
use crate::{
    client::{Client, Failure},
    output::note,
};

/// How often a plan is made anew, with no less to do than before, until it is said that the hub does not
/// come to rest. Of two runs that go side by side each may be overtaken at every step; the rest gets less.
const ROUNDS: usize = 12;

/// How an application ended.
#[derive(Debug)]
pub(crate) enum Applied {
    /// The hub has it all, as was read back; with what was done.
    Settled(Vec<Change>),
    /// The plan was not agreed to.
    Declined,
}

/// A plan that stopped.
#[derive(Debug)]
struct Stopped {
    at: String,
    failure: Failure,
}

impl Stopped {
    /// Whether the hub is not as it was read, which a new plan can take in.
    fn is_overtaken(&self) -> bool {
        matches!(
            self.failure.status(),
            Some(StatusCode::PRECONDITION_FAILED | StatusCode::CONFLICT | StatusCode::NOT_FOUND)
        )
    }

    fn report(self) -> miette::Report {
        miette::Report::new(self.failure).wrap_err(format!("stopped at: {}", self.at))
    }
}

/// Applies a plan until the hub has what the goal says.
pub(crate) async fn settle(
    client: &Client,
    goal: &Goal,
    (mut state, mut changes): (State, Vec<Change>),
    consent: &mut Consent,
) -> Result<Applied> {
    let (mut done, before) = (Vec::new(), state.clone());
    let (mut overtaken_at, mut in_vain) = (None, 0);
    while in_vain < ROUNDS {
        let left = to_do(&changes);
        if !consent.to(&changes) {
            return Ok(Applied::Declined);
        }
        match apply(client, &state, &changes, &mut done).await {
            Ok(()) => overtaken_at = None,
            // The same refusal of the same step, though the hub was read anew, is not for want of a plan.
            Err(stopped) if stopped.is_overtaken() && overtaken_at.as_ref() != Some(&stopped.at) => {
                note!("{}: the hub has changed meanwhile, planning again", stopped.at);
                let is_certain = stopped.failure.status() != Some(StatusCode::PRECONDITION_FAILED);
                overtaken_at = is_certain.then_some(stopped.at);
            }
            Err(stopped) => return Err(stopped.report()),
        }
        state = State::read(client).await?;
        changes = match plan(&state, goal) {
            Ok(changes) => changes,
            Err(refusal) => {
                give_back(client, &before, state, &done).await?;
                return Err(refusal);
            }
        };
        if is_settled(&changes) {
            return Ok(Applied::Settled(done));
        }
        in_vain = if to_do(&changes) < left { 0 } else { in_vain + 1 };
    }
    let left: Vec<String> = changes.iter().filter(|change| change.step.is_some()).map(ToString::to_string).collect();
    Err(miette!(
        help = "does another program register in the same hub?",
        "the hub does not keep what is written; still to do after {ROUNDS} plans that came no further: {}",
        left.join(", ")
    ))
}

/// How many steps a plan has.
fn to_do(changes: &[Change]) -> usize {
    changes.iter().filter(|change| change.step.is_some()).count()
}

/// Takes back what this run wrote, where another one has registered a newer version meanwhile: hub
/// and widgets become what the active manifest says, the catalog what it was before.
async fn give_back(client: &Client, before: &State, mut state: State, done: &[Change]) -> Result<()> {
    let wrote = |change: &Change| done.iter().any(|done| done.kind == change.kind && done.name == change.name);
    for _ in 0..ROUNDS {
        let Some(extension) = Extension::active(&state, before.catalog.as_ref().map(|(catalog, _)| catalog.clone()))
        else {
            return Ok(());
        };
        let mut changes = plan(&state, &Goal::Extension(Box::new(extension)))?;
        changes.retain(|change| change.step.is_some() && change.kind != "manifest" && wrote(change));
        if changes.is_empty() {
            return Ok(());
        }
        match apply(client, &state, &changes, &mut Vec::new()).await {
            Ok(()) => {}
            Err(stopped) if stopped.is_overtaken() => {}
            Err(stopped) => return Err(stopped.report()),
        }
        state = State::read(client).await?;
    }
    Ok(())
}

async fn apply(client: &Client, state: &State, changes: &[Change], done: &mut Vec<Change>) -> Result<(), Box<Stopped>> {
    let mut manifests = state.manifests_etag.clone();
    let mut progress = Progress::start(changes.iter().filter(|change| change.step.is_some()).count());
    for change in changes {
        let Some(step) = &change.step else { continue };
        progress.begins(change);
        let call = match &step.condition {
            Condition::None => step.call.clone(),
            Condition::Absent => step.call.clone().with("If-None-Match", "*"),
            Condition::Unchanged(etag) => step.call.clone().with("If-Match", etag.as_str()),
            Condition::Manifests => match &manifests {
                Some(etag) => step.call.clone().with("If-Match", etag.as_str()),
                None => step.call.clone(),
            },
        };
        match client.call(&call).await {
            // Both steps about a manifest answer with the list's new version.
            Ok(answer) if matches!(step.condition, Condition::Manifests) => manifests = answer.etag,
            Ok(_) => {}
            Err(failure) => return Err(Box::new(Stopped { at: change.to_string(), failure })),
        }
        progress.ends(change);
        done.push(change.clone());
    }
    Ok(())
}
