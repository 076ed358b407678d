//! `service-catalog`: every service and data store against the seven questions.

use leptos::{
    ev,
    html::{details, div, input, label, li, p, span, summary, table, tbody, td, th, thead, tr, ul},
    prelude::*,
};
use ops_model::{
    Answer, AnswerFact, Entity, Origin, Question, Standing,
    health::health,
    questions::{answer, asked_about},
};

use crate::{
    frame::Body,
    parts::{coverage_bar, dot, entity_link, inventory, source_line, time},
    scope::Scene,
    texts::fill,
};

/// Renders the catalog.
pub(super) fn body(scene: &Scene) -> Body {
    let texts = scene.texts;
    let entities = asked_about(scene.index());
    let wholes: Vec<_> = entities.iter().map(|entity| health(scene.context(), &entity.id)).collect();
    let standings: Vec<Standing> = wholes.iter().map(|whole| whole.standing).collect();
    let latest = wholes.iter().filter_map(|whole| whole.latest()).map(|observation| observation.event.time).max();
    let query = scene.memory.text("query");
    let typed = query.clone();
    let table_scene = scene.clone();

    Body {
        standing: None,
        word: None,
        latest,
        view: div()
            .child((
                div().class("toolbar").child((
                    label().class("search").child((
                        span().class("sr-only").child(texts.search),
                        input()
                            .r#type("search")
                            .placeholder(texts.search)
                            .prop("value", query.get_untracked())
                            .on(ev::input, move |event| typed.set(event_target_value(&event))),
                    )),
                    coverage_bar(&standings, texts),
                )),
                move || rows_view(&table_scene, &query.get()),
                notes_view(scene),
                inventory(scene),
            ))
            .into_any(),
    }
}

/// Whether a row is shown for what was typed: in its name, its owners or its environment.
fn matches(scene: &Scene, entity: &Entity, query: &str) -> bool {
    let query = query.trim().to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&query);
    query.is_empty()
        || has(&entity.title)
        || has(&entity.id.name)
        || scene
            .index()
            .relations_from(&entity.id)
            .any(|relation| has(&relation.to.name) || has(scene.index().title(&relation.to)))
}

fn rows_view(scene: &Scene, query: &str) -> AnyView {
    let texts = scene.texts;
    let all = asked_about(scene.index());
    let total = all.len().to_string();
    let shown: Vec<&Entity> = all.into_iter().filter(|entity| matches(scene, entity, query)).collect();
    let count = fill(texts.shown, &[&shown.len().to_string(), &total]);
    let status = p().class("quiet").attr("role", "status").child(count);
    if shown.is_empty() {
        return (p().class("message").child(fill(texts.nothing_found, &[query])), status).into_any();
    }
    let heads: Vec<AnyView> =
        Question::ALL.iter().map(|question| th().scope("col").child(texts.question(*question)).into_any()).collect();
    let rows: Vec<AnyView> = shown.into_iter().map(|entity| row_view(scene, entity)).collect();
    let table = table()
        .class("catalog")
        .child((thead().child(tr().child((th().scope("col").child(texts.entity), heads))), tbody().child(rows)));
    (
        div()
            .class("scroll")
            .attr("tabindex", "0")
            .attr("role", "region")
            .attr("aria-label", texts.questions)
            .child(table),
        status,
    )
        .into_any()
}

fn row_view(scene: &Scene, entity: &Entity) -> AnyView {
    let texts = scene.texts;
    let whole = health(scene.context(), &entity.id);
    let cells: Vec<AnyView> = Question::ALL
        .iter()
        .map(|question| {
            let answer = answer(scene.context(), *question, &entity.id);
            let class = if answer.gap.is_some() { "has-gap" } else { "" };
            td().class(class)
                .attr("data-label", texts.question(*question))
                .attr("data-question", question.as_str())
                .child(answer_view(scene, &answer))
                .into_any()
        })
        .collect();
    tr().attr("data-row", entity.id.to_string())
        .child((
            th().scope("row").child(div().class("row-name").child((
                dot(whole.standing, texts),
                entity_link(scene, &entity.id),
                span().class("quiet").child(texts.entity_kind(entity.id.kind)),
            ))),
            cells,
        ))
        .into_any()
}

/// An answer: its facts with where they come from, and the gap that is left.
pub(super) fn answer_view(scene: &Scene, answer: &Answer) -> AnyView {
    let facts: Vec<AnyView> = answer.facts.iter().map(|fact| fact_view(scene, fact)).collect();
    let gap = answer.gap.map(|reason| {
        span().class("tag gap-tag").attr("data-gap", reason.as_str()).child(scene.texts.gap_reason(reason))
    });
    div().class("answer").child((facts, gap)).into_any()
}

fn fact_view(scene: &Scene, fact: &AnswerFact) -> AnyView {
    let mark = fact.standing.map(|standing| dot(standing, scene.texts));
    let link = fact.entity.as_ref().map(|id| entity_link(scene, id));
    let space = (fact.entity.is_some() && !fact.text.is_empty()).then_some(" ");
    let origin = match &fact.origin {
        Origin::Inventory(source) => source_line(scene, *source),
        Origin::Evidence(by) => span().class("quiet").child(time(by.event.time, scene.now, scene.texts)).into_any(),
    };
    div().class("answer-fact").child((mark, span().child((link, space, fact.text.clone(), " ", origin)))).into_any()
}

/// What the importer could not place: nothing of the inventory is dropped in silence.
fn notes_view(scene: &Scene) -> AnyView {
    let texts = scene.texts;
    let notes = &scene.index().catalog().notes;
    if notes.is_empty() {
        return p().class("quiet").child(texts.import_notes_none).into_any();
    }
    let items: Vec<AnyView> = notes
        .iter()
        .map(|note| {
            let about = note.about.as_ref().map(|id| (entity_link(scene, id), ": "));
            li().child((
                div().child((about, "“", note.text.clone(), "” ", source_line(scene, note.source))),
                div().class("quiet").child(note.reason.clone()),
            ))
            .into_any()
        })
        .collect();
    details()
        .class("notes")
        .child((summary().child([texts.import_notes, " (", &notes.len().to_string(), ")"].concat()), ul().child(items)))
        .into_any()
}
