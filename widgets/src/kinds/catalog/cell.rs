//! A cell: the answer in words or, where rows have one height, its sign and its first words.

use leptos::{either::EitherOf3, prelude::*};
use ops_model::{Context, EntityRef, GapReason, Question, questions::answer, table::CellState};

use super::grid::tab_index;
use crate::{
    hub::use_hub,
    texts::use_texts,
    ui::{Answer, AnswerSummary, EntityLink},
};

/// The sign of how far a question is answered: readable without colour.
const fn sign(state: CellState) -> &'static str {
    match state {
        CellState::Answered => "✓",
        CellState::Partly => "◐",
        CellState::Gap => "○",
    }
}

/// What a cell of one height shows of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
struct CellSummary {
    state: CellState,
    /// The first fact: the entity that answers, or words.
    first: Option<(Option<EntityRef>, String)>,
    /// How many facts there are besides.
    more: usize,
    gap: Option<GapReason>,
}

impl CellSummary {
    fn of(context: Context<'_>, question: Question, id: &EntityRef) -> Self {
        let answer = answer(context, question, id);
        Self {
            state: CellState::of(&answer),
            more: answer.facts.len().saturating_sub(1),
            first: answer.facts.into_iter().next().map(|fact| (fact.entity, fact.text)),
            gap: answer.gap,
        }
    }
}

/// How far a question is answered for an entity.
#[component]
pub(super) fn GridCell(
    entity: Memo<EntityRef>,
    question: Question,
    /// The column, from 1, the name's included.
    column: usize,
    /// Which column of the row is the stop of the Tab key.
    stop: Memo<Option<usize>>,
    is_dense: Memo<bool>,
) -> impl IntoView {
    let texts = use_texts();
    let hub = use_hub();
    let summary = hub.memo(move |context| CellSummary::of(context, question, &entity.read()));
    let state = Memo::new(move |_| summary.read().state);
    let content = move || match is_dense.get() {
        true => view! { <FirstWords summary /> }.into_any(),
        false => {
            let answer = hub.memo(move |context| AnswerSummary::from(answer(context, question, &entity.read())));
            view! { <Answer answer /> }.into_any()
        }
    };
    view! {
        <td
            class=move || format!("cell is-{}", state.get().as_str())
            role="gridcell"
            data-cell=""
            tabindex=move || tab_index(stop.get() == Some(column))
            aria-colindex=column
            data-label=texts.question(question)
            data-question=question.as_str()
        >
            {content}
        </td>
    }
}

/// The sign and the first words. There are hundreds of these: no element is around another one that could do.
#[component]
fn FirstWords(summary: Memo<CellSummary>) -> impl IntoView {
    let texts = use_texts();
    let state = Memo::new(move |_| summary.read().state);
    let words = move || texts.catalog.cell(state.get());
    let first = Memo::new(move |_| {
        let summary = summary.read();
        (summary.first.clone(), summary.gap)
    });
    let first = move || match first.get() {
        (Some((Some(entity), _)), _) => Some(EitherOf3::A(view! { <EntityLink entity class="entity cell-text" /> })),
        (Some((None, text)), _) => Some(EitherOf3::B(view! { <span class="cell-text">{text}</span> })),
        (None, Some(reason)) => {
            let words = texts.gap_reason(reason);
            Some(EitherOf3::C(view! { <span class="quiet cell-text" data-gap=reason.as_str()>{words}</span> }))
        }
        (None, None) => None,
    };
    let more = Memo::new(move |_| summary.read().more);
    let more = move || {
        let more = more.get();
        (more > 0).then(|| view! { <span class="quiet cell-text">{format!(" +{more}")}</span> })
    };
    view! {
        <span class="cell-sign" role="img" aria-label=words title=words>{move || sign(state.get())}</span>
        {first}
        {more}
    }
}
