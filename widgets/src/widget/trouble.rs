//! What keeps a widget from being shown, or from being current, in words with a cure.

use leptos::prelude::*;

use crate::{hub::Trouble, texts::use_texts};

/// A trouble as a message.
#[component]
pub(super) fn TroubleMessage(trouble: Trouble) -> impl IntoView {
    let texts = use_texts();
    match trouble {
        Trouble::SignedOut(address) => view! {
            <div class="message signed-out">
                <p class="lead">{texts.signed_out}</p>
                <p>{texts.signed_out_help}</p>
                <a class="button primary" href=address>{texts.sign_in}</a>
            </div>
        }
        .into_any(),
        Trouble::Forbidden => view! { <Message class="forbidden" words=texts.forbidden /> }.into_any(),
        Trouble::NoCatalog => view! { <Message class="empty" words=texts.no_catalog can_retry=true /> }.into_any(),
        Trouble::Away(detail) => view! { <Message class="away" words=texts.away detail can_retry=true /> }.into_any(),
        Trouble::Malformed(detail) => {
            view! { <Message class="malformed" words=texts.malformed detail can_retry=true /> }.into_any()
        }
    }
}

/// A message in the place of what it is about.
#[component]
pub(super) fn Message(
    /// What it is about, as a class: `away`, `missing`.
    class: &'static str,
    /// The sentence.
    #[prop(into)]
    words: String,
    /// What exactly happened.
    #[prop(optional, into)]
    detail: Option<String>,
    /// Whether a button asks the hub again. The element listens for its `data-action`.
    #[prop(optional)]
    can_retry: bool,
) -> impl IntoView {
    let texts = use_texts();
    view! {
        <div class=format!("message {class}")>
            <p class="lead">{words}</p>
            {detail.map(|detail| view! { <p class="detail">{detail}</p> })}
            {can_retry.then(|| view! { <button type="button" class="button" data-action="refresh">{texts.retry}</button> })}
        </div>
    }
}
