//! `service`: the seven answers, its release, its neighbourhood, its evidence, its gaps.

use leptos::prelude::*;
use ops_model::{Context, EntityRef, Question, RelationKind, entity::keys, health::health};

use super::Headline;
use crate::{
    graph::Neighbourhood,
    hub::use_hub,
    texts::{Texts, fill, use_texts},
    ui::{AnswerSummary, Answers, FactList, Feed, GapList, OtherFacts, Subsection, use_answers},
};

/// The facts that the widget shows in its own way. Evidence and place in words stand among the answers.
const SHOWN: [&str; 6] =
    [keys::EVIDENCE, keys::ENVIRONMENT_TEXT, keys::HELM_RELEASE, keys::NAMESPACE, keys::APP_VERSION, keys::NODE_PORT];

/// What a service says as a whole.
pub(super) fn headline(context: Context<'_>, id: &EntityRef, _: &'static Texts) -> Headline {
    Headline::of(&health(context, id))
}

/// A service.
#[component]
pub(super) fn Service(subject: EntityRef) -> impl IntoView {
    let (hub, texts) = (use_hub(), use_texts());
    let id = StoredValue::new(subject);
    let about = hub.catalog_memo(move |catalog| {
        let id = id.read_value();
        let targets = |kind| catalog.targets(&id, kind).map(|relation| relation.to.clone());
        let stores_and_endpoints = targets(RelationKind::StoredIn).chain(targets(RelationKind::ExposedBy));
        std::iter::once(id.clone()).chain(stores_and_endpoints).collect::<Vec<_>>()
    });
    let is_released = hub.catalog_memo(move |catalog| catalog.value(&id.read_value(), keys::HELM_RELEASE).is_some());
    let release = move || {
        vec![
            (keys::HELM_RELEASE, texts.helm_release),
            (keys::NAMESPACE, texts.namespace),
            (keys::APP_VERSION, texts.app_version),
            (keys::NODE_PORT, texts.node_port),
        ]
    };
    let answers = use_answers(id.get_value());
    view! {
        <div>
            <Show when=move || is_released.get()>
                <Subsection title=texts.release>
                    <div class="tiles">
                        <FactList entity=id.get_value() names=release() />
                    </div>
                </Subsection>
            </Show>
            <Subsection title=texts.questions>
                <div>
                    <Answered answers />
                    <Answers answers />
                </div>
            </Subsection>
            <Subsection title=texts.graph.neighbourhood>
                <Neighbourhood entity=id.get_value() />
            </Subsection>
            <Subsection title=texts.evidence>
                <Feed about />
            </Subsection>
            <GapList about />
            <OtherFacts entity=id.get_value() shown=&SHOWN />
        </div>
    }
}

/// How many of the seven questions are answered.
#[component]
fn Answered(answers: Memo<Vec<AnswerSummary>>) -> impl IntoView {
    let texts = use_texts();
    let answered = Memo::new(move |_| answers.read().iter().filter(|answer| answer.gap.is_none()).count());
    let pip = move |question: &'static Question| {
        let is_full = Memo::new(move |_| {
            answers.read().iter().any(|answer| answer.question == *question && answer.gap.is_none())
        });
        view! {
            <li class=move || if is_full.get() { "pip full" } else { "pip" } title=texts.question(*question)></li>
        }
    };
    view! {
        <div class="pips-line">
            <ul class="pips" aria-hidden="true">
                {Question::ALL.iter().map(pip).collect_view()}
            </ul>
            <span class="quiet">{move || fill(texts.answers, &[&answered.get().to_string()])}</span>
        </div>
    }
}
