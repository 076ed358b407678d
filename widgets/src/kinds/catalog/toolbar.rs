//! Above the rows: search, layout, order, groups, columns, export.

use leptos::{html, prelude::*};
use ops_model::{
    Question,
    table::{Grouping, Layout, SortKey, csv, json, table},
};

use super::{query::Query, rows::CatalogRows};
use crate::{
    download,
    hub::use_hub,
    session::persisted,
    texts::{Texts, use_texts},
    ui::{Checkbox, Choice, ChoiceOption, Menu, Toggle},
};

/// The toolbar.
#[component]
pub(super) fn Toolbar(rows: Memo<CatalogRows>, query: Query) -> impl IntoView {
    let texts = use_texts();
    let searched = query.part(|view| view.query.clone());
    let field = NodeRef::<html::Input>::new();
    // Not `prop:value`: it sets the value at each change, also to what the field holds already, and a browser
    // then moves the caret to the end.
    Effect::new(move |_| {
        let searched = searched.read();
        if let Some(field) = field.get().filter(|field| field.value() != *searched) {
            field.set_value(&searched);
        }
    });
    let search = move |event| {
        let text = event_target_value(&event);
        query.change(|view| view.query = text);
    };
    let layout = query.part(|view| view.layout);
    let layouts = Layout::ALL.iter().map(|own| {
        let own = *own;
        let is_on = Signal::derive(move || layout.get() == own);
        view! { <Toggle words=texts.catalog.layout(own) is_on on_press=move || query.change(|view| view.layout = own) /> }
    });
    let has_rows = Memo::new(move |_| layout.get() != Layout::Topology);
    view! {
        <div class="toolbar">
            <label class="search">
                <span class="sr-only">{texts.search}</span>
                <input type="search" placeholder=texts.search node_ref=field on:input=search />
            </label>
            <div class="segments" role="group" aria-label=texts.catalog.show_as>{layouts.collect_view()}</div>
            <div class="order">
                <Show when=move || has_rows.get()><Order query /></Show>
                <Export rows query />
            </div>
        </div>
    }
}

/// What rows are sorted by, in words.
pub(super) fn sort_words(texts: &'static Texts, key: SortKey) -> &'static str {
    key.question().map_or_else(|| texts.catalog.sort_key(key), |question| texts.question(question))
}

/// How the rows are arranged.
#[component]
fn Order(query: Query) -> impl IntoView {
    let texts = use_texts();
    let keys: Vec<_> =
        SortKey::ALL.iter().map(|key| ChoiceOption::new(key.as_str(), sort_words(texts, *key))).collect();
    let groups: Vec<_> =
        Grouping::ALL.iter().map(|by| ChoiceOption::new(by.as_str(), texts.catalog.grouping(*by))).collect();
    let sort = query.part(|view| view.sort.as_str().to_owned());
    let group = query.part(|view| view.group.as_str().to_owned());
    let is_reversed = query.part(|view| view.reversed);
    let choose_sort = move |value: String| {
        query.change(|view| {
            view.sort = SortKey::parse(&value).unwrap_or(SortKey::Inventory);
            view.reversed = false;
        });
    };
    let choose_group =
        move |value: String| query.change(|view| view.group = Grouping::parse(&value).unwrap_or(Grouping::None));
    view! {
        <Choice class="choice" name=texts.catalog.sort options=keys value=sort on_choose=choose_sort />
        <button
            type="button"
            class=move || if is_reversed.get() { "icon-button turn on" } else { "icon-button turn" }
            aria-label=texts.catalog.reverse
            on:click=move |_| query.change(|view| view.reversed = !view.reversed)
        >
            <span aria-hidden="true">{move || if is_reversed.get() { "↑" } else { "↓" }}</span>
        </button>
        <Choice class="choice" name=texts.catalog.group options=groups value=group on_choose=choose_group />
        <Columns query />
    }
}

/// Which questions have a column.
#[component]
fn Columns(query: Query) -> impl IntoView {
    let texts = use_texts();
    let hidden = query.part(|view| view.hidden.clone());
    let mark = move || {
        let count = hidden.read().len();
        (count > 0).then(|| view! { <span class="count-mark on">{format!("−{count}")}</span> })
    };
    let boxes = move || {
        let questions = Question::ALL.iter().map(|question| {
            let question = *question;
            let is_on = Signal::derive(move || !hidden.read().contains(&question));
            let toggle = move || query.change(|view| view.hide(question));
            view! { <Checkbox words=texts.question(question).to_owned() is_on on_change=toggle /> }
        });
        questions.collect_view()
    };
    view! {
        <Menu class="columns end" name=move || (texts.catalog.columns, mark) is_open=persisted("columns")>
            {boxes()}
        </Menu>
    }
}

/// What is shown, as a file or as a link.
#[component]
fn Export(rows: Memo<CatalogRows>, query: Query) -> impl IntoView {
    let texts = &use_texts().catalog;
    let hub = StoredValue::new(use_hub());
    let cells = move || {
        let (view, rows) = (query.now(), rows.get_untracked().rows);
        hub.read_value().with_untracked(|context| table(context, &rows, &rows.arrange(&view), &view))
    };
    let save_csv = move |_| download::save("ops-catalog.csv", "text/csv;charset=utf-8", &csv(&cells()));
    let save_json = move |_| download::save("ops-catalog.json", "application/json", &json(&cells()));
    let link = move || {
        query.has_link().then(|| {
            view! {
                <button type="button" class="menu-item" data-copy=move || query.link()>
                    {texts.copy_link}
                </button>
            }
        })
    };
    view! {
        <Menu class="export end" name=move || texts.export is_open=persisted("export")>
            <button type="button" class="menu-item" on:click=save_csv>{texts.csv}</button>
            <button type="button" class="menu-item" on:click=save_json>{texts.json}</button>
            {link()}
        </Menu>
    }
}
