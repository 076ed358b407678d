//! The frames of environments: their heads, and what is folded away or missing in them.

use leptos::prelude::*;
use ops_model::EntityKind;
use web_sys::KeyboardEvent;

use super::{
    canvas::{moved, title},
    drawing::{Drawing, GroupSummary},
    icons::icon,
    node::{Node, Stop},
    words::{counts, group_name, heading},
};
use crate::{
    rows::row,
    texts::{fill, use_texts},
    ui::sign,
};

/// A fold button, in px.
const FOLD_WIDTH: i32 = 76;
const FOLD_HEIGHT: i32 = 24;

/// The rectangle of a frame, behind everything; nothing for a group without a frame.
#[component]
pub(super) fn FrameBack(shown: Memo<GroupSummary>) -> impl IntoView {
    let class = move || match &shown.read().group {
        group if group.id.is_none() && group.environments == 0 => "graph-frame is-nowhere",
        group if group.planned => "graph-frame is-planned",
        _ => "graph-frame",
    };
    let place = move || shown.read().frame.place;
    let is_framed = shown.read_untracked().group.framed;
    is_framed.then(|| {
        view! {
            <rect
                class=class
                x=move || place().x
                y=move || place().y
                width=move || place().width
                height=move || place().height
                rx="12"
            />
        }
    })
}

/// A group: what stands in its frame, then its boxes.
#[component]
pub(super) fn FrameGroup(
    drawing: Memo<Drawing>,
    shown: Memo<GroupSummary>,
    /// The keys of the groups that a reader has unfolded.
    unfolded: RwSignal<Vec<String>>,
) -> impl IntoView {
    let texts = use_texts();
    let is_framed = shown.read_untracked().group.framed;
    let name = is_framed.then_some(move || group_name(&shown.read().group, texts));
    let members = Memo::new(move |_| shown.read().members.clone());
    view! {
        <g role=is_framed.then_some("group") aria-label=name>
            {is_framed.then(|| view! { <Head shown /><Seal shown /><Fold shown unfolded /><Notes shown /> })}
            <For each=move || members.get() key=Clone::clone let(entity)>
                <Node shown=row(drawing, |drawing| &drawing.boxes, entity.clone()) entity />
            </For>
        </g>
    }
}

/// The name of a frame: a link where it is an environment.
#[component]
fn Head(shown: Memo<GroupSummary>) -> impl IntoView {
    let texts = use_texts();
    let place = move || shown.read().frame.head;
    let Some(entity) = shown.read_untracked().group.id.clone() else {
        let class =
            if shown.read_untracked().group.environments > 0 { "graph-head-name" } else { "graph-head-name gap" };
        let nowhere = view! {
            <text class=class x=move || place().x + 4 y=move || place().y + 19>
                {move || heading(&shown.read().group, texts)}
            </text>
        };
        return nowhere.into_any();
    };
    let head = view! {
        <Stop
            entity
            class=Signal::stored("graph-head".to_owned())
            stop=Signal::derive(move || shown.read().stop)
            place=Signal::derive(place)
        >
            {title(move || group_name(&shown.read().group, texts))}
            <rect class="graph-head-box" width=move || place().width height=move || place().height rx="6" />
            <path class="graph-icon" transform=moved(4, 6) d=icon(EntityKind::Environment) />
            <text class="graph-head-name" x="26" y="19">
                {move || shown.read().frame.name.clone()}
            </text>
        </Stop>
    };
    head.into_any()
}

/// The standing of the whole: its sign alone where the fold button takes the room of the word.
#[component]
fn Seal(shown: Memo<GroupSummary>) -> impl IntoView {
    let texts = use_texts();
    let seal = Memo::new(move |_| {
        let shown = shown.read();
        let (group, frame) = (&shown.group, &shown.frame);
        let standing = group.standing?;
        let is_short = group.foldable && !frame.sealed_below;
        let word = if group.planned { texts.planned } else { texts.standing(standing) };
        let side = if frame.sealed_below { "" } else { "at-end " };
        let (x, y) = frame.seal;
        Some((
            format!("graph-standing {side}is-{standing}"),
            if is_short { x - 84 } else { x },
            y,
            format!("{} {}", sign(standing), if is_short { "" } else { word }),
        ))
    });
    move || seal.get().map(|(class, x, y, text)| view! { <text class=class x=x y=y>{text}</text> })
}

/// The button that shows or folds away the boxes of a group.
#[component]
fn Fold(shown: Memo<GroupSummary>, unfolded: RwSignal<Vec<String>>) -> impl IntoView {
    let texts = use_texts();
    let is_foldable = Memo::new(move |_| shown.read().group.foldable);
    let is_folded = Memo::new(move |_| shown.read().group.folded);
    let word = move || if is_folded.get() { texts.graph.unfold } else { texts.graph.fold };
    let name = move || format!("{} {}", word(), group_name(&shown.read().group, texts));
    let place = move || {
        let frame = shown.read().frame.place;
        moved(frame.right() - 88, frame.y + 10)
    };
    let turn = move || {
        let key = shown.read_untracked().group.key();
        unfolded.update(|unfolded| match unfolded.iter().position(|other| *other == key) {
            Some(at) => drop(unfolded.remove(at)),
            None => unfolded.push(key),
        });
    };
    let on_key = move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            turn();
        }
    };
    let button = move || {
        view! {
            <g
                class="graph-fold"
                role="button"
                tabindex="0"
                aria-expanded=move || (!is_folded.get()).to_string()
                aria-label=name
                transform=place
                on:click=move |_| turn()
                on:keydown=on_key
            >
                <rect class="graph-fold-box" width=FOLD_WIDTH height=FOLD_HEIGHT rx="12" />
                <text class="graph-fold-word at-middle" x="38" y="16">
                    {word}
                </text>
            </g>
        }
    };
    view! { <Show when=move || is_foldable.get()>{button()}</Show> }
}

/// Words about what has no box: counts of what is folded away, an environment without services, and how
/// many are left out.
#[component]
fn Notes(shown: Memo<GroupSummary>) -> impl IntoView {
    let texts = use_texts();
    let notes = Memo::new(move |_| {
        let shown = shown.read();
        let (group, frame) = (&shown.group, &shown.frame);
        let left_out = || fill(texts.graph.left_out, &[&group.left_out.to_string()]);
        let notes = [
            frame.counts.map(|at| ("graph-note", at, counts(group, texts))),
            frame.blank.map(|at| ("graph-note", at, texts.graph.no_service.to_owned())),
            frame.rest.map(|at| ("graph-note gap", at, left_out())),
        ];
        notes.into_iter().flatten().collect::<Vec<_>>()
    });
    move || {
        let notes = notes.get().into_iter();
        notes.map(|(class, (x, y), words)| view! { <text class=class x=x y=y>{words}</text> }).collect_view()
    }
}
