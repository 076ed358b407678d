//! Sentences of the inventory, each with the line that it stands in.

use leptos::prelude::*;
use ops_model::Statement;

use super::{EntityLink, Keyed, SourceLine};
use crate::widget::use_instance;

/// Sentences of the inventory. Each names the entity that it is about, unless the widget is about it.
#[component]
pub fn Statements(#[prop(into)] statements: Signal<Vec<Statement>>) -> impl IntoView {
    view! {
        <ul class="statements">
            <Keyed items=statements key=|one| (one.about.clone(), one.text.clone()) let(statement)>
                <StatementLine statement />
            </Keyed>
        </ul>
    }
}

#[component]
fn StatementLine(statement: Memo<Statement>) -> impl IntoView {
    let subject = use_instance().subject.clone();
    let Statement { about, text, .. } = statement.get_untracked();
    let about = about.filter(|about| subject.as_ref() != Some(about));
    view! {
        <li>
            {about.map(|entity| view! { <EntityLink entity /> ": " })} {text} " "
            {move || view! { <SourceLine source=statement.read().source /> }}
        </li>
    }
}
