//! The seven questions of the inventory, each a function that answers with facts or with a gap.
use std::sync::Arc;

use super::{context::Context, coverage, health::health, migration};
use crate::{
    entity::{EntityKind, EntityRef, RelationKind, keys, wire_enum},
    event::Claim,
    evidence::{Observation, Standing},
    source::Source,
};

pub use crate::catalog::Question;

wire_enum! {
    /// Why a question is not, or not fully, answered.
    GapReason {
        /// No environment, host or cluster is named.
        NoPlace = "no-place",
        /// A place is named in words that are not an entry of the catalog.
        PlaceInWords = "place-in-words",
        /// No repository owns it.
        NoOwner = "no-owner",
        /// No endpoint exposes it.
        NoEndpoint = "no-endpoint",
        /// No data store is named.
        NoDataStore = "no-data-store",
        /// Neither backup nor restore is proven.
        NoCover = "no-cover",
        /// A restore is, a backup is not proven.
        NoBackup = "no-backup",
        /// A backup is, a restore is not proven.
        NoRestore = "no-restore",
        /// No wave moves it.
        NoWave = "no-wave",
        /// A wave leaves its environment, but nothing is decided for it.
        Undecided = "undecided",
        /// No evidence shows it healthy.
        NoEvidence = "no-evidence",
        /// Some of its parts are proven, some are not.
        PartlyProven = "partly-proven",
        /// The evidence is older than its freshness period.
        EvidenceStale = "evidence-stale",
        /// The evidence shows a failure.
        EvidenceFailing = "evidence-failing",
    }
}

/// Where a fact comes from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// A line of the inventory: recorded, not proven.
    Inventory(Source),
    /// An observation.
    Evidence(Arc<Observation>),
}

/// One fact of an answer.
#[derive(Clone, Debug)]
pub struct AnswerFact {
    /// The entity that answers, if it is one.
    pub entity: Option<EntityRef>,
    /// The answer in words where it is no entity, or what is said of the entity.
    pub text: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Its standing where it is a claim that evidence can prove; `None` for a recorded fact.
    pub standing: Option<Standing>,
}

/// An answer: facts, and what is missing. Never neither.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The question.
    pub question: Question,
    /// What is known.
    pub facts: Vec<AnswerFact>,
    /// What is not.
    pub gap: Option<GapReason>,
}

/// Answers one question for a service or data store.
#[must_use]
pub fn answer(context: Context<'_>, question: Question, id: &EntityRef) -> Answer {
    match question {
        Question::RunsWhere => what_runs_where(context, id),
        Question::OwnedBy => which_repository_owns(context, id),
        Question::ExposedBy => which_endpoint_exposes(context, id),
        Question::StoredIn => which_data_stores_back(context, id),
        Question::CoveredBy => which_backups_cover(context, id),
        Question::MovesTo => which_wave_moves(context, id),
        Question::ProvenBy => which_evidence_proves(context, id),
    }
}

/// Answers all seven in their order.
#[must_use]
pub fn answers(context: Context<'_>, id: &EntityRef) -> Vec<Answer> {
    Question::ALL.iter().map(|question| answer(context, *question, id)).collect::<Vec<_>>()
}

/// What runs where? The environments, hosts and clusters that it runs on.
#[must_use]
pub fn what_runs_where(context: Context<'_>, id: &EntityRef) -> Answer {
    let mut facts = related(context, id, RelationKind::RunsOn);
    let mut gap = facts.is_empty().then_some(GapReason::NoPlace);
    if let Some(words) = context.index.fact(id, keys::ENVIRONMENT_TEXT) {
        gap = gap.and(Some(GapReason::PlaceInWords));
        facts.push(recorded(None, words.value.clone(), words.source));
    }
    Answer { question: Question::RunsWhere, facts, gap }
}

/// Which repository owns its desired state?
#[must_use]
pub fn which_repository_owns(context: Context<'_>, id: &EntityRef) -> Answer {
    plain(context, id, Question::OwnedBy, RelationKind::OwnedBy, GapReason::NoOwner)
}

/// Which endpoint exposes it? A data store answers with the services through which it is reached.
#[must_use]
pub fn which_endpoint_exposes(context: Context<'_>, id: &EntityRef) -> Answer {
    let mut answer = plain(context, id, Question::ExposedBy, RelationKind::ExposedBy, GapReason::NoEndpoint);
    for fact in &mut answer.facts {
        if let Some(endpoint) = &fact.entity {
            fact.standing = Some(health(context, endpoint).standing);
        }
    }
    if answer.facts.is_empty() {
        let users = context.index.origins(id, RelationKind::StoredIn);
        answer
            .facts
            .extend(users.map(|relation| recorded(Some(relation.from.clone()), String::new(), relation.source)));
        answer.gap = answer.facts.is_empty().then_some(GapReason::NoEndpoint);
    }
    answer
}

/// Which data stores back it? A data store answers with the resource behind it.
#[must_use]
pub fn which_data_stores_back(context: Context<'_>, id: &EntityRef) -> Answer {
    plain(context, id, Question::StoredIn, RelationKind::StoredIn, GapReason::NoDataStore)
}

/// Which backups and restore tests cover it?
#[must_use]
pub fn which_backups_cover(context: Context<'_>, id: &EntityRef) -> Answer {
    let cover = coverage::covered(context, id);
    let mut facts = Vec::new();
    for covered in &cover {
        for state in [&covered.backup, &covered.restore] {
            facts.extend(observed(&covered.subject, state.standing, state.by.clone()));
        }
    }
    let (backup, restore) = coverage::standings(&cover);
    let gap = match (backup == Standing::Proven, restore == Standing::Proven) {
        (true, true) => None,
        (true, false) => Some(GapReason::NoRestore),
        (false, true) => Some(GapReason::NoBackup),
        (false, false) => Some(GapReason::NoCover),
    };
    Answer { question: Question::CoveredBy, facts, gap }
}

/// Which migration wave will replace or move it?
#[must_use]
pub fn which_wave_moves(context: Context<'_>, id: &EntityRef) -> Answer {
    let mut facts = related(context, id, RelationKind::MovesTo);
    let step = context.log.of(id).iter().rev().find(|observation| {
        observation.claim == Claim::Migration && observation.event.metadata.contains_key("disposition")
    });
    if let Some(step) = step {
        let disposition = step.event.metadata.get("disposition").map(crate::event::plain).unwrap_or_default();
        let standing = Some(step.standing(context.now));
        facts.push(AnswerFact { entity: None, text: disposition, origin: Origin::Evidence(step.clone()), standing });
        return Answer { question: Question::MovesTo, facts, gap: None };
    }
    let decided = !facts.is_empty();
    for wave in migration::waves_for(context, id) {
        if let Some(entity) = context.index.entity(&wave) {
            facts.push(recorded(Some(wave), String::new(), entity.source));
        }
    }
    let gap = match (decided, facts.is_empty()) {
        (true, _) => None,
        (false, true) => Some(GapReason::NoWave),
        (false, false) => Some(GapReason::Undecided),
    };
    Answer { question: Question::MovesTo, facts, gap }
}

/// Which current evidence proves it healthy? What the inventory calls evidence is listed as recorded.
#[must_use]
pub fn which_evidence_proves(context: Context<'_>, id: &EntityRef) -> Answer {
    let health = health(context, id);
    let mut facts: Vec<AnswerFact> = health
        .parts
        .iter()
        .filter_map(|part| observed(&part.subject, part.standing, part.by.clone()))
        .collect::<Vec<_>>();
    if let Some(fact) = context.index.fact(id, keys::EVIDENCE) {
        facts.push(recorded(None, fact.value.clone(), fact.source));
    }
    let gap = match health.standing {
        Standing::Proven => None,
        Standing::Failing => Some(GapReason::EvidenceFailing),
        Standing::Stale => Some(GapReason::EvidenceStale),
        Standing::Unproven if health.count(Standing::Proven) > 0 => Some(GapReason::PartlyProven),
        Standing::Unproven => Some(GapReason::NoEvidence),
    };
    Answer { question: Question::ProvenBy, facts, gap }
}

fn plain(context: Context<'_>, id: &EntityRef, question: Question, kind: RelationKind, reason: GapReason) -> Answer {
    let facts = related(context, id, kind);
    let gap = facts.is_empty().then_some(reason);
    Answer { question, facts, gap }
}

fn related(context: Context<'_>, id: &EntityRef, kind: RelationKind) -> Vec<AnswerFact> {
    let relations = context.index.targets(id, kind);
    relations.map(|relation| recorded(Some(relation.to.clone()), String::new(), relation.source)).collect()
}

fn recorded(entity: Option<EntityRef>, text: String, source: Source) -> AnswerFact {
    AnswerFact { entity, text, origin: Origin::Inventory(source), standing: None }
}

fn observed(subject: &EntityRef, standing: Standing, by: Option<Arc<Observation>>) -> Option<AnswerFact> {
    let by = by?;
    Some(AnswerFact {
        entity: Some(subject.clone()),
        text: by.event.event_type.clone(),
        origin: Origin::Evidence(by),
        standing: Some(standing),
    })
}

/// Whether the questions are asked about entities of this kind: every service and data store.
#[must_use]
pub const fn is_asked_about(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Service | EntityKind::DataStore)
}
