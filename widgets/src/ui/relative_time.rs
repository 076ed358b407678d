//! A point in time as its distance from now.

use leptos::prelude::*;
use ops_model::Timestamp;

use super::entity_link::tab_index;
use crate::{hub::use_hub, intl, texts::use_texts};

/// How long the time that is shown stands still at most, in ms: a store moves it every 15 s.
const STEP_MS: i64 = 15_000;

/// How long ago something was. The text follows the hub's time; the absolute time is shown on hover and
/// focus, and is told to assistive technology. Where the point in time changes, the element stays, and with it
/// a reader's focus.
#[component]
pub fn RelativeTime(#[prop(into)] at: Signal<Timestamp>) -> impl IntoView {
    let (now, texts) = (use_hub().now, use_texts());
    let absolute = Memo::new(move |_| intl::absolute(at.get(), texts.tag));
    let age = Memo::new(move |_| {
        let (at, now) = (at.get(), now.get());
        // What happened since the last step is ahead of the time that is shown: it happened now.
        let is_ahead = (1..=STEP_MS).contains(&at.since(now));
        texts.age.of(if is_ahead { now } else { at }, now)
    });
    view! {
        <time
            datetime=move || at.get().to_string()
            data-absolute=absolute
            aria-description=absolute
            tabindex=tab_index().unwrap_or("0")
        >
            {age}
        </time>
    }
}
