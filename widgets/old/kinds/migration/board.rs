//! A wave as a board: a column for each stage, a card for each thing that moves.

use crate::view::{html::h3, prelude::*};
use ops_model::migration::{Move, Need, Stage, Wave};

use super::blockers::{about, shown_by};
use crate::{
    parts::{Look, Tag, Views, dot, entity_link, time},
    scope::Scene,
};

/// The board; a column without cards is narrow, and there all the same.
pub(super) fn board(into: &mut Views, scene: &Scene, wave: &Wave) {
    let mut lanes = Views::default();
    for stage in Stage::ALL {
        let mut cards = Views::default();
        let mut count = 0;
        for one in &wave.moves {
            if one.stage() == *stage {
                card(&mut cards, scene, one);
                count += 1;
            }
        }
        lane(&mut lanes, scene, *stage, cards, count);
    }
    into.block(Tag::Div, "board", lanes);
}

fn lane(into: &mut Views, scene: &Scene, stage: Stage, cards: Views, count: usize) {
    let texts = &scene.texts.migration;
    let (mut views, mut head) = (Views::default(), Views::default());
    head.text(texts.stage(stage));
    head.words(Tag::Span, "lane-count", &count.to_string());
    views.add(h3().child(head.list()).draw());
    if count == 0 {
        views.words(Tag::P, "quiet", texts.lane_empty);
    } else {
        views.block(Tag::Ul, "lane-cards", cards);
    }
    let class = if count == 0 { "lane is-empty is-" } else { "lane is-" };
    let mut look = Look::class(&[class, stage.as_str()].concat());
    look.set("data-stage", stage.as_str());
    look.set("role", "group");
    look.set("aria-label", texts.stage(stage));
    into.hold(Tag::Div, look, views);
}

fn card(into: &mut Views, scene: &Scene, one: &Move) {
    let texts = scene.texts;
    let names = &texts.migration;
    let (mut views, mut head, mut needs) = (Views::default(), Views::default(), Views::default());
    head.add(entity_link(scene, &one.entity));
    head.words(Tag::Span, "quiet", texts.entity_kind(one.entity.kind));
    match &one.disposition {
        Some(word) => head.words(Tag::Span, "tag", names.disposition(word)),
        None => head.words(Tag::Span, "tag gap-tag", texts.undecided),
    }
    views.block(Tag::Div, "move-head", head);
    for need in &one.needs {
        let name = match need.need {
            Need::Decision => continue,
            Need::Backup => texts.backup,
            Need::Restore => texts.restore,
            Need::Target => texts.target,
        };
        let mut inside = Views::default();
        inside.add(dot(need.standing, texts));
        inside.text(name);
        needs.block(Tag::Span, "need", inside);
    }
    views.block(Tag::Div, "needs", needs);
    // What would meet the first need that is not met.
    let open = one.needs.iter().find(|need| !need.is_met()).filter(|_| !one.is_done());
    if let Some((open, clearing)) = open.and_then(|open| Some((open, open.clearing.first()?))) {
        let (mut inside, mut words, mut cure) = (Views::default(), Views::default(), Views::default());
        about(&mut words, scene, names.todo(open.need), &clearing.subject);
        shown_by(&mut cure, scene, clearing);
        inside.block(Tag::P, "", words);
        inside.block(Tag::P, "quiet", cure);
        views.block(Tag::Div, "move-next", inside);
    }
    if let Some((by, step)) = one.by.as_ref().zip(one.step.as_deref()) {
        let mut inside = Views::default();
        inside.text(names.step(step));
        inside.text(" · ");
        inside.add(time(by.event.time, scene.now, texts));
        if !one.reason().is_empty() {
            inside.text(&[" · ", one.reason()].concat());
        }
        views.block(Tag::P, "quiet", inside);
    }
    let mut look = Look::class("move");
    look.set("data-move", &one.entity.to_string());
    into.hold(Tag::Li, look, views);
}
