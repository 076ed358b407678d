//! A cell: the answer in words, or, where rows are of one height, its sign and its first words.

use crate::view::{
    html::{span, td},
    prelude::*,
};
use ops_model::{Answer, view::CellState};

use super::answer_view;
use crate::{parts::entity_link, scope::Scene};

/// The sign of how far a question is answered: readable without colour.
const fn sign(state: CellState) -> &'static str {
    match state {
        CellState::Answered => "✓",
        CellState::Partly => "◐",
        CellState::Gap => "○",
    }
}

/// A cell of the grid. `column` counts from 1, the name's column included.
pub(super) fn cell(scene: &Scene, answer: &Answer, column: usize, is_dense: bool) -> View {
    let state = CellState::of(answer);
    let question = scene.texts.question(answer.question);
    let content = if is_dense { dense(scene, answer, state) } else { answer_view(scene, answer) };
    td().class(["cell is-", state.as_str()].concat())
        .attr("role", "gridcell")
        .attr("data-cell", "")
        .attr("tabindex", "-1")
        .attr("aria-colindex", column.to_string())
        .attr("data-label", question)
        .attr("data-question", answer.question.as_str())
        .child(content)
        .draw()
}

fn dense(scene: &Scene, answer: &Answer, state: CellState) -> View {
    let words = scene.texts.catalog.cell(state);
    let mark = span().class("cell-sign").attr("role", "img").attr("aria-label", words).title(words).child(sign(state));
    let mut text = span().class("cell-text");
    // Where there is nothing, no place is kept for it: there are hundreds of cells.
    if let Some(fact) = answer.facts.first() {
        text = text.child(match &fact.entity {
            Some(id) => entity_link(scene, id),
            None => fact.text.clone().draw(),
        });
    } else if let Some(reason) = answer.gap {
        let words = scene.texts.gap_reason(reason);
        text = text.child(span().class("quiet").attr("data-gap", reason.as_str()).child(words));
    }
    let more = answer.facts.len().saturating_sub(1);
    if more > 0 {
        text = text.child(span().class("quiet").child([" +", &more.to_string()].concat()));
    }
    (mark, text).draw()
}
