//! A wave as a board: a column for each stage, a card for each thing that moves.

use leptos::{
    html::{div, h3, li, p, section, span, ul},
    prelude::*,
};
use ops_model::migration::{Move, Need, Stage, Wave};

use super::blockers::shown_by;
use crate::{
    parts::{dot, entity_link, time},
    scope::Scene,
};

/// The board; a column without cards is narrow, and there all the same.
pub(super) fn board(scene: &Scene, wave: &Wave) -> AnyView {
    let lanes: Vec<AnyView> = Stage::ALL
        .iter()
        .map(|stage| {
            let cards: Vec<AnyView> =
                wave.moves.iter().filter(|one| one.stage() == *stage).map(|one| card(scene, one)).collect();
            lane(scene, *stage, cards)
        })
        .collect();
    div().class("board").child(lanes).into_any()
}

fn lane(scene: &Scene, stage: Stage, cards: Vec<AnyView>) -> AnyView {
    let texts = &scene.texts.migration;
    let count = cards.len().to_string();
    let empty = cards.is_empty();
    let class = if empty { "lane is-empty is-" } else { "lane is-" };
    let inside = if empty {
        p().class("quiet").child(texts.lane_empty).into_any()
    } else {
        ul().class("lane-cards").child(cards).into_any()
    };
    section()
        .class([class, stage.as_str()].concat())
        .attr("data-stage", stage.as_str())
        .attr("aria-label", texts.stage(stage))
        .child((h3().child((texts.stage(stage), " ", span().class("lane-count").child(count))), inside))
        .into_any()
}

fn card(scene: &Scene, one: &Move) -> AnyView {
    let texts = scene.texts;
    let names = &texts.migration;
    let disposition = match &one.disposition {
        Some(word) => span().class("tag").child(names.disposition(word).to_owned()).into_any(),
        None => span().class("tag gap-tag").child(texts.undecided).into_any(),
    };
    let needs: Vec<AnyView> = one
        .needs
        .iter()
        .filter(|need| need.need != Need::Decision)
        .map(|need| {
            let name = match need.need {
                Need::Backup => texts.backup,
                Need::Restore => texts.restore,
                _ => texts.target,
            };
            span().class("need").child((dot(need.standing, texts), span().child(name))).into_any()
        })
        .collect();
    let step = one.by.as_ref().zip(one.step.as_deref()).map(|(by, step)| {
        let reason = (!one.reason().is_empty()).then(|| [" · ", one.reason()].concat());
        p().class("quiet").child((names.step(step).to_owned(), " · ", time(by.event.time, scene.now, texts), reason))
    });
    li().class("move")
        .attr("data-move", one.entity.to_string())
        .child((
            div().class("move-head").child((
                entity_link(scene, &one.entity),
                span().class("quiet").child(texts.entity_kind(one.entity.kind)),
                disposition,
            )),
            div().class("needs").child(needs),
            next(scene, one),
            step,
        ))
        .into_any()
}

/// What would meet the first need that is not met.
fn next(scene: &Scene, one: &Move) -> Option<AnyView> {
    let open = one.needs.iter().find(|need| !need.is_met()).filter(|_| !one.is_done())?;
    let clearing = open.clearing.first()?;
    let words = scene.texts.migration.todo(open.need);
    let (before, after) = words.split_once("{}").unwrap_or((words, ""));
    let line = (before, entity_link(scene, &clearing.subject), after);
    Some(
        div()
            .class("move-next")
            .child((p().child(line), p().class("quiet").child(shown_by(scene, clearing))))
            .into_any(),
    )
}
