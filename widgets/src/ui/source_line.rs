//! Where a fact stands in the inventory.

use leptos::prelude::*;
use ops_model::Source;

use crate::texts::{fill, use_texts};

/// The inventory's line, as a quiet mark behind a fact.
#[component]
pub fn SourceLine(source: Source) -> impl IntoView {
    let texts = use_texts();
    let words = fill(texts.line, &[&source.line.to_string()]);
    view! {
        <span class="source" title=format!("{words} · {}", texts.recorded_help) aria-label=words.clone()>
            {format!("L{}", source.line)}
        </span>
    }
}
