//! `readiness`: the gates in order, their evidence, the verdict, and what to do next.

use leptos::prelude::*;
use ops_model::{
    Context, EntityRef, Observation, Outcome, RelationKind, Source, Standing, Timestamp,
    event::plain,
    readiness::{GateState, readiness},
    standing::worst,
};

use super::Headline;
use crate::{
    hub::use_hub,
    texts::{Texts, fill, use_texts},
    ui::{EntityLink, FoldedFeed, Keyed, RelativeTime, SourceLine, StandingDot},
};

/// What the widget shows.
#[derive(Clone, Debug, PartialEq)]
struct ReadinessSummary {
    gates: Vec<Gate>,
    passed: usize,
    next: Option<NextStep>,
}

/// The first gate that is not passed.
#[derive(Clone, Debug, PartialEq)]
struct NextStep {
    gate: String,
    /// The event type that passes it.
    event_type: &'static str,
}

#[derive(Clone, Debug, PartialEq)]
struct Gate {
    id: EntityRef,
    source: Source,
    standing: Standing,
    by: Option<Assessment>,
}

/// The evidence that decides whether a gate is passed.
#[derive(Clone, Debug, PartialEq)]
struct Assessment {
    at: Timestamp,
    assessor: Option<String>,
    /// The field, what was expected of it and what was observed, where that differs.
    difference: Option<[String; 3]>,
}

impl ReadinessSummary {
    fn of(context: Context<'_>, id: &EntityRef) -> Self {
        let readiness = readiness(context, id);
        let next = readiness.first_blocking();
        Self {
            next: next.map(|gate| NextStep { gate: gate.gate.title.clone(), event_type: gate.closed_by }),
            passed: readiness.passed(),
            gates: readiness.gates.iter().map(Gate::of).collect(),
        }
    }
}

impl Gate {
    fn of(state: &GateState) -> Self {
        Self {
            id: state.gate.id.clone(),
            source: state.gate.source,
            standing: state.state.standing,
            by: state.state.by.as_deref().map(Assessment::of),
        }
    }
}

impl Assessment {
    fn of(by: &Observation) -> Self {
        let difference = match &by.outcome {
            Outcome::Met => None,
            Outcome::NotMet { field, expected, observed } => Some([field, expected, observed].map(String::clone)),
        };
        let assessor = by.event.metadata.get("assessor").map(plain).or_else(|| by.event.actor.clone());
        Self { at: by.event.time, assessor, difference }
    }

    /// Who assessed the gate and what is wrong, behind the time.
    fn words(&self, texts: &Texts) -> String {
        let who = self.assessor.as_ref().map(|who| fill(texts.assessor, &[who]));
        let difference = self.difference.as_ref();
        let reason = difference.map(|difference| fill(texts.field_differs, &difference.each_ref().map(String::as_str)));
        who.into_iter().chain(reason).map(|part| format!(" · {part}")).collect()
    }
}

/// Whether a service is ready.
pub(super) fn headline(context: Context<'_>, id: &EntityRef, texts: &'static Texts) -> Headline {
    let readiness = readiness(context, id);
    Headline {
        standing: Some(worst(readiness.gates.iter().map(|gate| gate.state.standing))),
        word: Some(if readiness.is_ready() { texts.ready } else { texts.not_ready }),
        latest: readiness.gates.iter().filter_map(|gate| gate.state.by.as_ref()).map(|by| by.event.time).max(),
    }
}

/// The gates of a service.
#[component]
pub(super) fn Readiness(subject: EntityRef) -> impl IntoView {
    let (hub, texts) = (use_hub(), use_texts());
    let summary = {
        let subject = subject.clone();
        hub.memo(move |context| ReadinessSummary::of(context, &subject))
    };
    let gates = Memo::new(move |_| summary.read().gates.clone());
    let stores = {
        let subject = subject.clone();
        hub.catalog_memo(move |catalog| {
            catalog.targets(&subject, RelationKind::StoredIn).map(|relation| relation.to.clone()).collect::<Vec<_>>()
        })
    };
    let about = {
        let subject = subject.clone();
        Memo::new(move |_| {
            let mut about = vec![subject.clone()];
            about.extend(gates.read().iter().map(|gate| gate.id.clone()));
            about.extend(stores.get());
            about
        })
    };
    view! {
        <div>
            <p class="subject"><EntityLink entity=subject /></p>
            <Progress summary />
            <Next step=Memo::new(move |_| summary.read().next.clone()) />
            <ol class="gates" aria-label=texts.gates>
                <Keyed items=gates key=|gate| gate.id.clone() let(gate)>
                    <GateRow gate />
                </Keyed>
            </ol>
            <FoldedFeed about />
        </div>
    }
}

#[component]
fn Progress(summary: Memo<ReadinessSummary>) -> impl IntoView {
    let texts = use_texts();
    let passed = Memo::new(move |_| summary.read().passed);
    let all = Memo::new(move |_| summary.read().gates.len());
    let words = Memo::new(move |_| fill(texts.gates_passed, &[&passed.get().to_string(), &all.get().to_string()]));
    view! {
        <div class="progress">
            <progress max=move || all.get().to_string() value=move || passed.get().to_string() aria-label=words></progress>
            <span class="progress-words">{words}</span>
        </div>
    }
}

#[component]
fn Next(step: Memo<Option<NextStep>>) -> impl IntoView {
    let texts = use_texts();
    let line = move |NextStep { gate, event_type }| {
        view! {
            <p class="next">
                <strong>{fill(texts.next_action, &[&gate])}</strong>
                " "
                <span class="quiet">{fill(texts.record, &[event_type])}</span>
            </p>
        }
    };
    move || step.get().map(line)
}

#[component]
fn GateRow(gate: Memo<Gate>) -> impl IntoView {
    let id = gate.get_untracked().id;
    let name = id.name.clone();
    let standing = Memo::new(move |_| gate.read().standing);
    let source = Memo::new(move |_| gate.read().source);
    view! {
        <li class=move || format!("gate is-{}", standing.get()) data-gate=name>
            <StandingDot standing />
            <div class="gate-text">
                <div class="gate-name">
                    <EntityLink entity=id />
                    " "
                    {move || view! { <SourceLine source=source.get() /> }}
                </div>
                <div class="quiet"><GateDetail gate /></div>
            </div>
        </li>
    }
}

/// When and by whom a gate was assessed.
#[component]
fn GateDetail(gate: Memo<Gate>) -> impl IntoView {
    let texts = use_texts();
    let by = Memo::new(move |_| gate.read().by.clone());
    let word = Memo::new(move |_| match gate.read().standing {
        Standing::Proven => texts.passed,
        standing => texts.standing(standing),
    });
    let detail = move |by: Assessment| view! { {word} " " <RelativeTime at=by.at /> {by.words(texts)} };
    move || match by.get() {
        None => view! { <span>{texts.no_evidence}</span> }.into_any(),
        Some(by) => detail(by).into_any(),
    }
}
