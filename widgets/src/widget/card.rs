//! The card: heading, standing, notices, the body of the kind, the form that records, and the age.

use leptos::prelude::*;
use ops_model::{EntityRef, Standing};

use super::{
    trouble::{Message, TroubleMessage},
    use_instance,
};
use crate::{
    hub::{Trouble, use_hub},
    kinds::{Body, Headline, Kind},
    record::RecordPanel,
    texts::{fill, use_texts},
    ui::{Announcements, Badge, KeptFocus, RelativeTime, is_under_maintenance},
};

/// A widget whose hub has answered.
#[component]
pub(super) fn Card(kind: &'static Kind) -> impl IntoView {
    let (hub, texts, instance) = (use_hub(), use_texts(), use_instance());
    let subject = instance.subject.clone();
    let title = match (&subject, instance.title.as_str()) {
        (Some(subject), "") => Signal::from(hub.title(subject)),
        (_, title) => Signal::stored(title.to_owned()),
    };
    let headline = use_headline(kind, subject.clone());
    let latest = Memo::new(move |_| headline.read().latest);
    let card = NodeRef::new();
    let focus = KeptFocus::new(card);
    let age = move || match latest.get() {
        Some(at) => view! { <span class="age">{texts.evidence}" "<RelativeTime at /></span> }.into_any(),
        None => view! { <span class="age">{texts.no_evidence}</span> }.into_any(),
    };
    view! {
        <section
            class="card"
            part="card"
            aria-labelledby="title"
            node_ref=card
            on:focusin=move |event| focus.on_focus_in(&event)
            on:focusout=move |_| focus.on_focus_out()
        >
            <header class="card-head" part="header">
                <div class="card-names">
                    <p class="eyebrow">{kind.label(texts)}<PartNotice /></p>
                    <h2 id="title" part="title">{title}</h2>
                </div>
                <HeadlineBadge headline subject=subject.clone() />
            </header>
            <Notice />
            {subject.clone().map(|entity| view! { <Announcements entity /> })}
            <div class="card-body" part="body"><KindBody kind subject /></div>
            <RecordPanel />
            <footer class="card-foot" part="footer">
                {age}
                <Checked />
            </footer>
        </section>
    }
}

fn use_headline(kind: &'static Kind, subject: Option<EntityRef>) -> Memo<Headline> {
    let texts = use_texts();
    match kind.body {
        Body::Hub { headline, .. } => headline(),
        Body::Subject { headline, .. } => use_hub().memo(move |context| match &subject {
            Some(subject) if context.index.has(subject) => headline(context, subject, texts),
            _ => Headline::default(),
        }),
    }
}

/// The standing as a whole, for a kind that has one.
#[component]
fn HeadlineBadge(headline: Memo<Headline>, subject: Option<EntityRef>) -> impl IntoView {
    let (hub, texts) = (use_hub(), use_texts());
    let in_maintenance = Memo::new(move |_| {
        let is_failing = headline.read().standing == Some(Standing::Failing);
        is_failing && subject.as_ref().is_some_and(|id| hub.with(|context| is_under_maintenance(context, id)))
    });
    let standing = Memo::new(move |_| headline.read().standing);
    let word = Memo::new(move |_| {
        let words = |standing| headline.read().word.unwrap_or_else(|| texts.standing(standing));
        match headline.read().standing {
            _ if in_maintenance.get() => texts.feed.expected_failure,
            Some(standing) => words(standing),
            None => "",
        }
    });
    move || standing.get().map(|standing| view! { <Badge standing word=Signal::from(word) /> })
}

/// What is in the way of current data, above the last good data.
#[component]
fn Notice() -> impl IntoView {
    let (hub, texts) = (use_hub(), use_texts());
    let is_whole = hub.catalog_memo(|catalog| catalog.awaited().is_none());
    let trouble = hub.trouble;
    move || {
        trouble.get().map(|trouble| {
            let is_away = matches!(trouble, Trouble::Away(_));
            let help = move || (is_away && is_whole.get()).then_some(texts.last_good);
            view! {
                <div class="notice" role="status">
                    <TroubleMessage trouble />
                    {move || help().map(|words| view! { <p class="notice-help">{words}</p> })}
                </div>
            }
        })
    }
}

/// How much of the catalog has come, while more is to come. It stands in a line that is there anyway, so
/// that nothing moves.
#[component]
fn PartNotice() -> impl IntoView {
    let (hub, texts) = (use_hub(), use_texts());
    let part = hub.catalog_memo(|catalog| catalog.awaited().map(|totals| (catalog.len(), totals.entities)));
    let trouble = hub.trouble;
    let words = move || {
        let (here, all) = part.get()?;
        let words = if trouble.read().is_some() { texts.part_missing } else { texts.part_of_catalog };
        let all = if all > 0 { all.to_string() } else { "?".to_owned() };
        Some(fill(words, &[&here.to_string(), &all]))
    };
    move || words().map(|words| view! { <span class="part" role="status">{words}</span> })
}

/// How the widget is kept current, and as of when it is.
#[component]
fn Checked() -> impl IntoView {
    let (hub, texts) = (use_hub(), use_texts());
    let (live, checked) = (hub.live, hub.checked);
    let flow = move || {
        live.get().map(|is_live| {
            let (class, words) = if is_live { ("pulse on", texts.live) } else { ("pulse", texts.polling) };
            view! { <span class=class aria-hidden="true"></span>{words}" · " }
        })
    };
    view! {
        <span class="checked">
            {flow}
            {texts.as_of}
            " "
            <RelativeTime at=checked />
        </span>
    }
}

/// The body of a kind; a message where the catalog does not hold what the widget is about.
#[component]
fn KindBody(kind: &'static Kind, subject: Option<EntityRef>) -> impl IntoView {
    let (hub, texts) = (use_hub(), use_texts());
    let (view_of, subject) = match (kind.body, subject) {
        (Body::Hub { view, .. }, _) => return view(),
        (Body::Subject { .. }, None) => return ().into_any(),
        (Body::Subject { view, .. }, Some(subject)) => (view, subject),
    };
    let is_there = {
        let subject = subject.clone();
        hub.catalog_memo(move |catalog| catalog.has(&subject))
    };
    let body = move || match is_there.get() {
        true => view_of(subject.clone()),
        false => {
            view! { <Message class="missing" words=fill(texts.unknown_subject, &[&subject.to_string()]) /> }.into_any()
        }
    };
    body.into_any()
}
