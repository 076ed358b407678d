//! The seven answers in words.

use leptos::prelude::*;
use ops_model::{EntityRef, GapReason, Question, Source, Standing, Timestamp, questions::answers};

use super::{EntityLink, Fact, Keyed, RelativeTime, SourceLine, StandingDot};
use crate::{hub::use_hub, texts::use_texts};

/// An answer as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerSummary {
    /// The question.
    pub question: Question,
    facts: Vec<AnswerFact>,
    /// What is missing, if anything.
    pub gap: Option<GapReason>,
}

#[derive(Clone, Debug, PartialEq)]
struct AnswerFact {
    entity: Option<EntityRef>,
    text: String,
    origin: Origin,
    standing: Option<Standing>,
}

/// Where a fact comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Origin {
    Inventory(Source),
    Evidence(Timestamp),
}

impl From<ops_model::Answer> for AnswerSummary {
    fn from(answer: ops_model::Answer) -> Self {
        Self {
            question: answer.question,
            facts: answer.facts.into_iter().map(AnswerFact::from).collect(),
            gap: answer.gap,
        }
    }
}

impl From<ops_model::AnswerFact> for AnswerFact {
    fn from(fact: ops_model::AnswerFact) -> Self {
        let origin = match fact.origin {
            ops_model::Origin::Inventory(source) => Origin::Inventory(source),
            ops_model::Origin::Evidence(by) => Origin::Evidence(by.event.time),
        };
        Self { entity: fact.entity, text: fact.text, origin, standing: fact.standing }
    }
}

/// The seven answers for a service or data store.
#[must_use]
pub fn use_answers(entity: EntityRef) -> Memo<Vec<AnswerSummary>> {
    use_hub().memo(move |context| answers(context, &entity).into_iter().map(AnswerSummary::from).collect())
}

/// Answers below each other, each beside its question.
#[component]
pub fn Answers(answers: Memo<Vec<AnswerSummary>>) -> impl IntoView {
    let texts = use_texts();
    view! {
        <dl class="facts answers">
            <Keyed items=answers key=|answer| answer.question let(answer)>
                <Fact name=texts.question(answer.read_untracked().question)>
                    <Answer answer />
                </Fact>
            </Keyed>
        </dl>
    }
}

/// An answer: its facts with where they come from, and what is missing.
#[component]
pub fn Answer(answer: Memo<AnswerSummary>) -> impl IntoView {
    let texts = use_texts();
    let facts = Memo::new(move |_| answer.read().facts.clone());
    let gap = Memo::new(move |_| answer.read().gap);
    let gap_tag = move |reason: GapReason| {
        view! { <span class="tag gap-tag" data-gap=reason.as_str()>{texts.gap_reason(reason)}</span> }
    };
    view! {
        <div class="answer">
            <Keyed items=facts key=|fact| (fact.entity.clone(), fact.text.clone()) let(fact)>
                <FactInAnswer fact />
            </Keyed>
            {move || gap.get().map(gap_tag)}
        </div>
    }
}

#[component]
fn FactInAnswer(fact: Memo<AnswerFact>) -> impl IntoView {
    let AnswerFact { entity, text, .. } = fact.get_untracked();
    let standing = Memo::new(move |_| fact.read().standing);
    let origin = Memo::new(move |_| fact.read().origin);
    let space = (entity.is_some() && !text.is_empty()).then_some(" ");
    let origin = move || match origin.get() {
        Origin::Inventory(source) => view! { <SourceLine source /> }.into_any(),
        Origin::Evidence(at) => view! { <span class="quiet"><RelativeTime at /></span> }.into_any(),
    };
    view! {
        <div class="answer-fact">
            {move || standing.get().map(|standing| view! { <StandingDot standing /> })}
            <span>{entity.map(|entity| view! { <EntityLink entity /> })} {space} {text} " " {origin}</span>
        </div>
    }
}
