//! One row opened in place: every answer with its source, the gaps, the latest evidence.

use leptos::prelude::*;
use ops_model::EntityRef;

use crate::{
    texts::use_texts,
    ui::{Answers, GapList, Subsection, Timeline, use_answers},
};

/// How many events are shown.
const EVENTS: usize = 5;

/// Everything about a service or data store.
#[component]
pub(super) fn Details(entity: EntityRef) -> impl IntoView {
    let texts = use_texts();
    let answers = use_answers(entity.clone());
    view! {
        <div class="row-details">
            <Subsection title=texts.questions>
                <Answers answers />
            </Subsection>
            <GapList about=vec![entity.clone()] />
            <Subsection title=texts.evidence>
                <Timeline entity most=EVENTS />
            </Subsection>
        </div>
    }
}
