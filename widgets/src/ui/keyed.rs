//! A list whose rows live on while what they show changes.

use std::{collections::HashMap, hash::Hash};

use leptos::prelude::*;

/// Rows for the items of a list, in their order. Made for lists of some dozens.
///
/// `key` says which items are the same over time. A row keeps its elements, and with them the reader's focus
/// and selection, for as long as its key is in the list. What the row shows of its item it reads from a memo.
/// Items with equal keys are told apart by their order.
#[component]
pub fn Keyed<T, K, V, F>(#[prop(into)] items: Signal<Vec<T>>, key: fn(&T) -> K, children: F) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    K: Clone + Eq + Hash + Send + Sync + 'static,
    V: IntoView + 'static,
    F: Fn(Memo<T>) -> V + Clone + Send + 'static,
{
    let row = move |(own, nth, first): (K, usize, T)| {
        let current = move |items: &Vec<T>| items.iter().filter(|item| key(item) == own).nth(nth).cloned();
        children(Memo::new(move |_| items.with(&current).unwrap_or_else(|| first.clone())))
    };
    view! { <For each=move || numbered(items.get(), key) key=|(key, nth, _)| (key.clone(), *nth) children=row /> }
}

/// Each item with its key and with how many items before it have the same key.
fn numbered<T, K: Clone + Eq + Hash>(items: Vec<T>, key: fn(&T) -> K) -> Vec<(K, usize, T)> {
    let mut seen = HashMap::<K, usize>::new();
    let number = |item| {
        let key = key(&item);
        let before = seen.entry(key.clone()).or_default();
        *before += 1;
        (key, *before - 1, item)
    };
    items.into_iter().map(number).collect()
}
