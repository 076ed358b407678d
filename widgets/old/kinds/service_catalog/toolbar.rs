//! Above the rows: search, layout, order, groups, columns, export.
use std::sync::Arc;

use crate::view::{
    ev,
    html::{button, div, input, label, span},
    prelude::*,
};
use ops_model::{
    Question,
    view::{Grouping, Layout, Rows, SortKey, csv, json, table},
};

use super::Chosen;
use crate::{
    download,
    parts::{action, check, choose, menu, toggle},
    scope::Scene,
};

/// The toolbar. Its parts follow the view, but for what is typed in the search field, which stays the same
/// element.
pub(super) fn toolbar(scene: &Scene, rows: &Arc<Rows>, chosen: &Chosen) -> View {
    let (reader, typist) = (chosen.clone(), chosen.clone());
    let search = label().class("search").child((
        span().class("sr-only").child(scene.texts.search),
        input()
            .r#type("search")
            .placeholder(scene.texts.search)
            .prop("value", move || reader.view().query)
            .on(ev::input, move |event| typist.change(&|view| view.query = event_target_value(&event))),
    ));
    let (scene, rows, chosen) = (scene.clone(), rows.clone(), chosen.clone());
    div()
        .class("toolbar")
        .child((search, move || (layouts(&scene, &chosen), order(&scene, &rows, &chosen)).draw()))
        .draw()
}

fn layouts(scene: &Scene, chosen: &Chosen) -> View {
    let texts = &scene.texts.catalog;
    let now = chosen.arrangement().layout;
    let buttons: Vec<View> = Layout::ALL
        .iter()
        .map(|layout| {
            let (layout, chosen) = (*layout, chosen.clone());
            toggle(texts.layout(layout), layout == now, Box::new(move || chosen.change(&|view| view.layout = layout)))
        })
        .collect::<Vec<_>>();
    div().class("segments").attr("role", "group").attr("aria-label", texts.show_as).child(buttons).draw()
}

fn order(scene: &Scene, rows: &Arc<Rows>, chosen: &Chosen) -> View {
    let texts = &scene.texts.catalog;
    let view = chosen.arrangement();
    let is_topology = view.layout == Layout::Topology;
    let (sorter, turner, grouper) = (chosen.clone(), chosen.clone(), chosen.clone());
    let keys = SortKey::ALL
        .iter()
        .map(|key| (key.as_str().to_owned(), sort_words(scene, *key).to_owned()))
        .collect::<Vec<_>>();
    let sort = choose(
        "choice",
        texts.sort,
        keys,
        view.sort.as_str(),
        Box::new(move |value| {
            sorter.change(&|view| {
                view.sort = SortKey::parse(&value).unwrap_or(SortKey::Inventory);
                view.reversed = false;
            });
        }),
    );
    let turn = action(
        if view.reversed { "icon-button turn on" } else { "icon-button turn" },
        span().attr("aria-hidden", "true").child(if view.reversed { "↑" } else { "↓" }).draw(),
        Some(texts.reverse.to_owned()),
        Box::new(move || turner.change(&|view| view.reversed = !view.reversed)),
    );
    let groups =
        Grouping::ALL.iter().map(|by| (by.as_str().to_owned(), texts.grouping(*by).to_owned())).collect::<Vec<_>>();
    let group = choose(
        "choice",
        texts.group,
        groups,
        view.group.as_str(),
        Box::new(move |value| {
            grouper.change(&|view| view.group = Grouping::parse(&value).unwrap_or(Grouping::None));
        }),
    );
    let arrange = (!is_topology).then(|| (sort, turn, group, columns(scene, chosen)));
    div().class("order").child((arrange, export(scene, rows, chosen))).draw()
}

/// What rows are sorted by, in words.
pub(super) fn sort_words(scene: &Scene, key: SortKey) -> &'static str {
    key.question().map_or_else(|| scene.texts.catalog.sort_key(key), |question| scene.texts.question(question))
}

fn columns(scene: &Scene, chosen: &Chosen) -> View {
    let texts = scene.texts;
    let hidden = chosen.arrangement().hidden.len();
    let mark = (hidden > 0).then(|| span().class("count-mark on").child(["−", &hidden.to_string()].concat()));
    let open = scene.memory.text("columns");
    let chosen = chosen.clone();
    let boxes = move || {
        let view = chosen.arrangement();
        let one = |question: &Question| {
            let (question, chosen) = (*question, chosen.clone());
            let hide = move || chosen.change(&|view| view.hide(question));
            check(texts.question(question).to_owned(), None, !view.hidden.contains(&question), Box::new(hide))
        };
        let boxes: Vec<View> = Question::ALL.iter().map(one).collect();
        boxes.draw()
    };
    menu("columns end", (texts.catalog.columns, mark).draw(), open, Box::new(boxes))
}

fn export(scene: &Scene, rows: &Arc<Rows>, chosen: &Chosen) -> View {
    let open = scene.memory.text("export");
    let name = scene.texts.catalog.export.draw();
    let (scene, rows, chosen) = (scene.clone(), rows.clone(), chosen.clone());
    menu("export end", name, open, Box::new(move || exports(&scene, &rows, &chosen)))
}

fn exports(scene: &Scene, rows: &Arc<Rows>, chosen: &Chosen) -> View {
    let texts = &scene.texts.catalog;
    let save = |words: &'static str, name: &'static str, mime: &'static str, spell: fn(&[Vec<String>]) -> String| {
        let (scene, rows, chosen) = (scene.clone(), rows.clone(), chosen.clone());
        let press = move || {
            let view = chosen.now();
            let texts = table(scene.context(), &rows, &rows.arrange(&view), &view);
            download::save(name, mime, &spell(&texts));
        };
        action("menu-item", words.draw(), None, Box::new(press))
    };
    let link = chosen.has_link().then(|| {
        let chosen = chosen.clone();
        let copy = button().r#type("button").class("menu-item").attr("data-copy", move || chosen.link());
        copy.child(texts.copy_link).draw()
    });
    (
        save(texts.csv, "ops-catalog.csv", "text/csv;charset=utf-8", csv),
        save(texts.json, "ops-catalog.json", "application/json", json),
        link,
    )
        .draw()
}
