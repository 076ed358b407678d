//! A picture as a list: the same boxes and relations for those who do not see it, and for paper.

use leptos::{html::Details, prelude::*};
use ops_model::{EntityRef, Standing};

use super::{
    drawing::{Drawing, GroupSummary},
    words::{counts, heading},
};
use crate::{
    rows::{keys, row},
    session::persisted,
    texts::{fill, use_texts},
    ui::{EntityLink, StandingDot},
};

/// A list that is folded away. It is on the page all the same: paper shows it, and a reader's search finds it.
#[component]
pub(super) fn FoldedList(children: Children) -> impl IntoView {
    let texts = use_texts();
    let is_open = persisted::<bool>("graph-list");
    let details = NodeRef::<Details>::new();
    let on_toggle = move |_| {
        let now = details.get_untracked().is_some_and(|details| details.open());
        if is_open.get_untracked() != now {
            is_open.set(now);
        }
    };
    view! {
        <details class="more graph-list" node_ref=details prop:open=is_open on:toggle=on_toggle>
            <summary>{texts.graph.as_list}</summary>
            <ul>{children()}</ul>
        </details>
    }
}

/// An entity with what the picture says of it.
#[component]
pub(super) fn Item(
    entity: EntityRef,
    #[prop(into)] standing: Signal<Standing>,
    #[prop(into)] words: Signal<String>,
) -> impl IntoView {
    view! {
        <li>
            <StandingDot standing />
            " "
            <EntityLink entity />
            {move || format!(", {}", words.read())}
        </li>
    }
}

/// A network as a list, environment by environment.
#[component]
pub(super) fn NetworkList(drawing: Memo<Drawing>) -> impl IntoView {
    let groups = keys(drawing, |drawing| &drawing.groups);
    view! {
        <FoldedList>
            <For each=move || groups.get() key=Clone::clone let(key)>
                <GroupItem drawing shown=row(drawing, |drawing| &drawing.groups, key) />
            </For>
        </FoldedList>
    }
}

#[component]
fn GroupItem(drawing: Memo<Drawing>, shown: Memo<GroupSummary>) -> impl IntoView {
    let texts = use_texts();
    let members = Memo::new(move |_| shown.read().members.clone());
    let left_out = Memo::new(move |_| shown.read().group.left_out);
    let folded = Memo::new(move |_| {
        let shown = shown.read();
        shown.group.folded.then(|| format!(" {}", counts(&shown.group, texts)))
    });
    let rest = move || {
        let count = left_out.get();
        (count > 0).then(|| view! { <li>{fill(texts.graph.left_out, &[&count.to_string()])}</li> })
    };
    view! {
        <li>
            <GroupName shown />
            {move || folded.get()}
            <ul>
                <For each=move || members.get() key=Clone::clone let(entity)>
                    <BoxItem drawing entity />
                </For>
                {rest}
            </ul>
        </li>
    }
}

/// The environment of a group with its standing; nothing for a group without a frame.
#[component]
fn GroupName(shown: Memo<GroupSummary>) -> impl IntoView {
    let texts = use_texts();
    let (is_framed, entity) = {
        let group = &shown.read_untracked().group;
        (group.framed, group.id.clone())
    };
    let standing = Memo::new(move |_| shown.read().group.standing);
    let dot = move || standing.get().map(|standing| view! { <StandingDot standing />" " });
    is_framed.then(|| match entity {
        Some(entity) => view! { {dot}<EntityLink entity /> }.into_any(),
        None => view! { {dot}{move || heading(&shown.read().group, texts)} }.into_any(),
    })
}

#[component]
fn BoxItem(drawing: Memo<Drawing>, entity: EntityRef) -> impl IntoView {
    let shown = row(drawing, |drawing| &drawing.boxes, entity.clone());
    let standing = Signal::derive(move || shown.read().standing);
    let words = Signal::derive(move || shown.read().words.clone());
    view! { <Item entity standing words /> }
}
