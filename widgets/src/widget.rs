//! One widget: the card around the body of its kind, and the states in which there is no body.

mod card;
mod trouble;

use std::sync::Arc;

use leptos::prelude::*;
use ops_manifest::WidgetInstance;
use ops_model::EntityRef;

use crate::{
    hub::{Hub, Trouble, use_hub},
    kinds,
    record::{Recorder, Recording},
    session::SessionState,
    texts::{Texts, fill},
    ui::LinkBase,
};
use card::Card;
use trouble::{Message, TroubleMessage};

/// What a widget shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A widget of the manifest by its name.
    Instance(String),
    /// Any entity, by a kind of widget.
    Entity {
        /// The kind of widget.
        kind: String,
        /// The entity.
        subject: EntityRef,
    },
}

impl Target {
    /// The instance that is shown: the manifest's own where it has one for the target.
    ///
    /// For an entity that no instance is about, one is made up without a title: its heading is the
    /// entity's own title.
    fn instance(&self, widgets: &[WidgetInstance]) -> Option<WidgetInstance> {
        match self {
            Self::Instance(name) => widgets.iter().find(|widget| widget.name == *name).cloned(),
            Self::Entity { kind, subject } => {
                let same = |widget: &&WidgetInstance| widget.kind == *kind && widget.subject.as_ref() == Some(subject);
                Some(widgets.iter().find(same).cloned().unwrap_or_else(|| WidgetInstance {
                    name: subject.to_string(),
                    kind: kind.clone(),
                    subject: Some(subject.clone()),
                    title: String::new(),
                    view_context: String::new(),
                }))
            }
        }
    }
}

/// Everything that a widget is given when it is mounted.
#[derive(Clone)]
pub struct WidgetOptions {
    /// The hub's state.
    pub hub: Hub,
    /// What is shown.
    pub target: Target,
    /// The reader's texts.
    pub texts: &'static Texts,
    /// Who records events; `None` where nobody can.
    pub recorder: Option<Recorder>,
    /// What entity links start with; empty where the page itself shows entities.
    pub link_base: String,
    /// Where the reader's choices are kept; `None` where they end with the widget.
    pub session: Option<SessionState>,
}

impl std::fmt::Debug for WidgetOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WidgetOptions").field("target", &self.target).finish_non_exhaustive()
    }
}

/// The instance that the widget around the caller shows.
#[must_use]
pub fn use_instance() -> Arc<WidgetInstance> {
    expect_context()
}

/// What a widget is able to show. It changes seldom, and with it the whole view.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Phase {
    Loading,
    Failed(Trouble),
    /// The catalog holds no such entity, and no instance of the manifest is about it.
    NoSubject(String),
    Ready,
}

/// A widget. It fills the container that it is mounted into.
#[component]
pub fn Widget(
    /// What it shows, and of which hub.
    options: WidgetOptions,
) -> impl IntoView {
    let WidgetOptions { hub, target, texts, recorder, link_base, session } = options;
    let instance = target.instance(&hub.manifest.widgets);
    provide_context(hub);
    provide_context(texts);
    provide_context(LinkBase(link_base));
    if let Some(session) = session {
        provide_context(session);
    }
    if let Some(recorder) = recorder {
        provide_context(Recording { recorder, sending: ArcRwSignal::default() });
    }
    match instance {
        Some(instance) => view! { <Known instance /> }.into_any(),
        None => {
            let name = match target {
                Target::Instance(name) => name,
                Target::Entity { subject, .. } => subject.to_string(),
            };
            view! { <Unknown name /> }.into_any()
        }
    }
}

/// A name that the manifest does not hold. It says so once the hub has answered; before that it loads.
#[component]
fn Unknown(name: String) -> impl IntoView {
    let texts = crate::texts::use_texts();
    let phase = use_phase(None);
    let words = StoredValue::new(fill(texts.unknown_widget, &[&name]));
    move || match phase.get() {
        Phase::Loading => view! { <Skeleton /> }.into_any(),
        Phase::Failed(trouble) => view! { <Bare><TroubleMessage trouble /></Bare> }.into_any(),
        _ => view! { <Bare><Message class="missing" words=words.get_value() /></Bare> }.into_any(),
    }
}

#[component]
fn Known(instance: WidgetInstance) -> impl IntoView {
    let texts = crate::texts::use_texts();
    let Some(kind) = kinds::find(&instance.kind) else { return view! { <Unknown name=instance.name /> }.into_any() };
    let made_up = instance.subject.clone().filter(|_| instance.title.is_empty());
    provide_context(Arc::new(instance));
    let phase = use_phase(made_up);
    let view = move || match phase.get() {
        Phase::Loading => view! { <Skeleton /> }.into_any(),
        Phase::Failed(trouble) => view! { <Bare><TroubleMessage trouble /></Bare> }.into_any(),
        Phase::NoSubject(subject) => {
            view! { <Bare><Message class="missing" words=fill(texts.unknown_subject, &[&subject]) /></Bare> }.into_any()
        }
        Phase::Ready => view! { <Card kind /> }.into_any(),
    };
    view.into_any()
}

/// What can be shown now, of a widget that is there only as long as its subject is.
fn use_phase(subject: Option<EntityRef>) -> Memo<Phase> {
    let hub = use_hub();
    Memo::new(move |_| {
        if !hub.is_loaded.get() {
            return hub.trouble.get().map_or(Phase::Loading, Phase::Failed);
        }
        match &subject {
            Some(subject) if !hub.catalog.read().has(subject) => Phase::NoSubject(subject.to_string()),
            _ => Phase::Ready,
        }
    })
}

/// A card without heading or footer.
#[component]
fn Bare(children: Children) -> impl IntoView {
    view! { <section class="card bare" part="card">{children()}</section> }
}

/// What stands in for a widget until its data is there. The loader draws the same shape.
#[component]
fn Skeleton() -> impl IntoView {
    let texts = crate::texts::use_texts();
    let bars = ["bar wide", "bar", "bar", "bar short"].map(|class| view! { <div class=class></div> });
    view! {
        <section class="card skeleton" part="card" aria-busy="true">
            <p class="sr-only" role="status">{texts.loading}</p>
            <div class="bars" aria-hidden="true">{bars.collect_view()}</div>
        </section>
    }
}
