//! `endpoint`: what was expected, what was observed, and the last checks.

use leptos::prelude::*;
use ops_model::{
    Claim, Context, EntityKind, EntityRef, Observation, Outcome, RelationKind, Standing, entity::keys, event::plain,
    health::own,
};

use super::Headline;
use crate::{
    hub::use_hub,
    texts::{Texts, fill, use_texts},
    ui::{Copyable, EntityLink, Fact, FactList, FoldedFeed, OtherFacts, Strip, Subsection, Timeline, has_checks, sign},
};

/// The facts that the widget shows in its own way.
const SHOWN: [&str; 2] = [keys::STATE, keys::EVIDENCE];
/// How many checks are listed in words.
const CHECKS: usize = 6;
/// The sign of a link that leaves the page.
const OUTWARD: &str = "↗";

/// What the latest check says.
#[derive(Clone, Debug, PartialEq)]
struct EndpointSummary {
    standing: Standing,
    verdict: Option<Verdict>,
    /// Expected and observed; `None` where nothing is known of either.
    comparison: Option<Comparison>,
}

/// How to read the result, where that is not obvious.
#[derive(Clone, Debug, PartialEq)]
enum Verdict {
    /// The status that is expected here, where it looks like a failure elsewhere: a registry answers 401.
    Success { status: String },
    /// A field that is not as expected.
    Differs { field: String, expected: String, observed: String },
}

/// What was expected and what was observed.
#[derive(Clone, Debug, PartialEq)]
struct Comparison {
    status: Compared,
    header: Compared,
}

#[derive(Clone, Debug, PartialEq)]
struct Compared {
    expected: Option<String>,
    observed: Option<String>,
}

impl EndpointSummary {
    fn of(context: Context<'_>, id: &EntityRef) -> Self {
        let latest = own(context, id);
        Self {
            standing: latest.standing,
            verdict: latest.by.as_deref().and_then(|by| Verdict::of(context, id, latest.standing, by)),
            comparison: Comparison::of(context, id, latest.by.as_deref()),
        }
    }
}

impl Verdict {
    fn of(context: Context<'_>, id: &EntityRef, standing: Standing, by: &Observation) -> Option<Self> {
        match by.outcome.clone() {
            Outcome::NotMet { field, expected, observed } => Some(Self::Differs { field, expected, observed }),
            Outcome::Met if standing == Standing::Proven => {
                Some(Self::Success { status: context.index.value(id, keys::EXPECTED_STATUS)?.to_owned() })
            }
            Outcome::Met => None,
        }
    }

    fn words(&self, texts: &Texts) -> String {
        match self {
            Self::Success { status } => fill(texts.expected_is_success, &[status]),
            Self::Differs { field, expected, observed } => fill(texts.field_differs, &[field, expected, observed]),
        }
    }
}

impl Comparison {
    /// What an event says to have been expected comes before what the inventory says.
    fn of(context: Context<'_>, id: &EntityRef, by: Option<&Observation>) -> Option<Self> {
        let said = |field: &str| by.and_then(|by| by.event.metadata.get(field)).map(plain);
        let recorded = |key: &str| context.index.value(id, key).map(str::to_owned);
        let compared = |expected: &str, key: &str, observed: &str| Compared {
            expected: said(expected).or_else(|| recorded(key)),
            observed: said(observed),
        };
        let status = compared("expectedStatus", keys::EXPECTED_STATUS, "observedStatus");
        let header = compared("expectedHeader", keys::EXPECTED_HEADER, "observedHeader");
        let is_known = status.expected.is_some() || header.expected.is_some() || by.is_some();
        is_known.then_some(Self { status, header })
    }
}

/// What an endpoint says as a whole.
pub(super) fn headline(context: Context<'_>, id: &EntityRef, _: &'static Texts) -> Headline {
    Headline::of_part(&own(context, id))
}

/// An endpoint.
#[component]
pub(super) fn Endpoint(subject: EntityRef) -> impl IntoView {
    let (hub, texts) = (use_hub(), use_texts());
    let id = StoredValue::new(subject);
    let summary = hub.memo(move |context| EndpointSummary::of(context, &id.read_value()));
    let address = hub.catalog_memo(move |catalog| catalog.value(&id.read_value(), keys::ADDRESS).map(str::to_owned));
    let service = hub.catalog_memo(move |catalog| {
        catalog.origins(&id.read_value(), RelationKind::ExposedBy).next().map(|relation| relation.from.clone())
    });
    let environment = hub.catalog_memo(move |catalog| catalog.environment_of(&id.read_value()).cloned());
    let is_checked = {
        let evidence = hub.evidence;
        Memo::new(move |_| has_checks(&evidence.read(), &id.read_value()))
    };
    let service_name = texts.entity_kind(EntityKind::Service);
    view! {
        <div>
            <dl class="facts">
                {move || address.get().map(|address| view! { <Fact name=texts.address><Address address /></Fact> })}
                {move || service.get().map(|entity| view! { <Fact name=service_name><EntityLink entity /></Fact> })}
                {move || {
                    environment.get().map(|entity| view! { <Fact name=texts.environment><EntityLink entity /></Fact> })
                }}
            </dl>
            <VerdictLine summary />
            <ComparisonTable comparison=Memo::new(move |_| summary.read().comparison.clone()) />
            <Subsection title=texts.checks>
                <Strip entity=id.get_value() />
                <Show when=move || is_checked.get()>
                    <Timeline entity=id.get_value() most=CHECKS claim=Claim::Health />
                </Show>
            </Subsection>
            <FactList
                entity=id.get_value()
                names=vec![(keys::STATE, texts.recorded), (keys::EVIDENCE, texts.notes)]
            />
            <FoldedFeed about=Signal::stored(vec![id.get_value()]) />
            <OtherFacts entity=id.get_value() shown=&SHOWN />
        </div>
    }
}

/// An address. Only one of the web is a link; any other scheme is text.
#[component]
fn Address(address: String) -> impl IntoView {
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    let link = is_web.then(|| {
        let (name, href) = (address.clone(), address.clone());
        view! { <a class="outward" href=href rel="noreferrer" target="_blank" aria-label=name>{OUTWARD}</a> }
    });
    view! { <Copyable value=address /> " " {link} }
}

#[component]
fn VerdictLine(summary: Memo<EndpointSummary>) -> impl IntoView {
    let texts = use_texts();
    let verdict = Memo::new(move |_| summary.with(|one| one.verdict.clone().map(|verdict| (one.standing, verdict))));
    let line = move |(standing, verdict): (Standing, Verdict)| {
        view! { <p class=format!("verdict is-{standing}")>{sign(standing)} " " {verdict.words(texts)}</p> }
    };
    move || verdict.get().map(line)
}

/// Expected against observed, a row a property.
#[component]
fn ComparisonTable(comparison: Memo<Option<Comparison>>) -> impl IntoView {
    let texts = use_texts();
    let compared = move |of: fn(Comparison) -> Compared| {
        Memo::new(move |_| comparison.get().map_or(Compared { expected: None, observed: None }, of))
    };
    let (status, header) = (compared(|one| one.status), compared(|one| one.header));
    view! {
        <Show when=move || comparison.read().is_some()>
            <table class="comparison">
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col">{texts.expected}</th>
                        <th scope="col">{texts.observed}</th>
                    </tr>
                </thead>
                <tbody>
                    <ComparedRow name=texts.status values=status />
                    <ComparedRow name=texts.header values=header />
                </tbody>
            </table>
        </Show>
    }
}

#[component]
fn ComparedRow(name: &'static str, values: Memo<Compared>) -> impl IntoView {
    let texts = use_texts();
    let cell = move |value: Memo<Option<String>>| {
        move || match value.get() {
            Some(value) => view! { <code>{value}</code> }.into_any(),
            None => texts.not_recorded.into_any(),
        }
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>{cell(Memo::new(move |_| values.read().expected.clone()))}</td>
            <td>{cell(Memo::new(move |_| values.read().observed.clone()))}</td>
        </tr>
    }
}
