//! A cell: the answer in words, or, where rows are of one height, its sign and its first words.

use crate::view::{
    html::{span, td},
    prelude::*,
};
use ops_model::{Answer, view::CellState};

use super::answer_view;
use crate::{parts::entity_anchor, scope::Scene};

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
    // There are hundreds of cells: no element is around another one that could do, nor a place kept for nothing.
    let mut views = vec![mark.draw()];
    if let Some(fact) = answer.facts.first() {
        views.push(match &fact.entity {
            Some(id) => entity_anchor(scene, id, "entity cell-text").draw(),
            None => span().class("cell-text").child(fact.text.clone()).draw(),
        });
    } else if let Some(reason) = answer.gap {
        let words = scene.texts.gap_reason(reason);
        views.push(span().class("quiet cell-text").attr("data-gap", reason.as_str()).child(words).draw());
    }
    let more = answer.facts.len().saturating_sub(1);
    if more > 0 {
        views.push(span().class("quiet cell-text").child([" +", &more.to_string()].concat()).draw());
    }
    View::Many(views)
}
