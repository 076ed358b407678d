//! A point in time as its distance from now.

use leptos::prelude::*;
use ops_model::Timestamp;

use super::entity_link::tab_index;
use crate::{hub::use_hub, intl, texts::use_texts};

/// How long ago something was. The text follows the hub's time; the absolute time is shown on hover and
/// focus, and is told to assistive technology.
#[component]
pub fn RelativeTime(at: Timestamp) -> impl IntoView {
    let (now, texts) = (use_hub().now, use_texts());
    let absolute = intl::absolute(at, texts.tag);
    let age = Memo::new(move |_| texts.age.of(at, now.get()));
    view! {
        <time
            datetime=at.to_string()
            data-absolute=absolute.clone()
            aria-description=absolute
            tabindex=tab_index().unwrap_or("0")
        >
            {age}
        </time>
    }
}
