//! What a widget knows of its hub: a signal for each thing that changes.

use std::sync::Arc;

use leptos::prelude::*;
use ops_manifest::Served;
use ops_model::{CatalogIndex, Context, EntityRef, EvidenceLog, Timestamp};

/// Why the hub's state could not be read. Each has its own words and its own cure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// 401: sign in at this address, which leads back.
    SignedOut(String),
    /// 403.
    Forbidden,
    /// 404 on the catalog: nothing was imported yet.
    NoCatalog,
    /// No answer, or one that says try later; the detail is for people.
    Away(String),
    /// An answer that breaks the contract; the detail names the field.
    Malformed(String),
}

/// The hub that a widget shows. Clones share its signals.
///
/// Each element has a `Hub` of its own: a signal remembers a subscriber that is gone until the signal changes
/// next, so signals that many short-lived elements share would grow. They are `Arc` signals, because a task
/// that outlives the element may still write them.
#[derive(Clone, Debug)]
pub struct Hub {
    /// The served manifest. It does not change while a page is open.
    pub manifest: Arc<Served>,
    /// Whether a catalog and its evidence were read. Once true it stays true: the last good data is shown
    /// while the hub is away.
    pub is_loaded: ArcRwSignal<bool>,
    /// The catalog; empty until it is loaded.
    pub catalog: ArcRwSignal<Arc<CatalogIndex>>,
    /// The evidence.
    pub evidence: ArcRwSignal<Arc<EvidenceLog>>,
    /// The hub's time. It moves whenever a standing may change by it, and every 15 s for the ages on screen.
    pub now: ArcRwSignal<Timestamp>,
    /// What is wrong now, if anything.
    pub trouble: ArcRwSignal<Option<Trouble>>,
    /// Whether events arrive as they happen; `None` until that is known.
    pub live: ArcRwSignal<Option<bool>>,
    /// The hub's time of its last good answer.
    pub checked: ArcRwSignal<Timestamp>,
}

impl Hub {
    /// A hub of which only the manifest is known yet.
    #[must_use]
    pub fn new(manifest: Arc<Served>) -> Self {
        Self {
            manifest,
            is_loaded: ArcRwSignal::default(),
            catalog: ArcRwSignal::default(),
            evidence: ArcRwSignal::default(),
            now: ArcRwSignal::default(),
            trouble: ArcRwSignal::default(),
            live: ArcRwSignal::default(),
            checked: ArcRwSignal::default(),
        }
    }

    /// Applies a rule of the model to what is known now.
    ///
    /// A memo that calls this runs again when the catalog, the evidence or the time move. Its result should be
    /// a small value that is `PartialEq`: what is drawn from the memo changes only when the result does.
    pub fn with<T>(&self, rule: impl FnOnce(Context<'_>) -> T) -> T {
        let (index, log) = (self.catalog.get(), self.evidence.get());
        rule(Context { index: &index, log: &log, now: self.now.get() })
    }

    /// The same for an event handler: nothing is subscribed to.
    pub fn with_untracked<T>(&self, rule: impl FnOnce(Context<'_>) -> T) -> T {
        let (index, log) = (self.catalog.get_untracked(), self.evidence.get_untracked());
        rule(Context { index: &index, log: &log, now: self.now.get_untracked() })
    }

    /// A memo of what a rule says.
    pub fn memo<T>(&self, rule: impl Fn(Context<'_>) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        let hub = self.clone();
        Memo::new(move |_| hub.with(&rule))
    }

    /// A memo of what the catalog alone says: it does not run when evidence or time move.
    pub fn catalog_memo<T>(&self, read: impl Fn(&CatalogIndex) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        let catalog = self.catalog.clone();
        Memo::new(move |_| read(&catalog.read()))
    }

    /// The entity's name for people. It follows the catalog.
    #[must_use]
    pub fn title(&self, id: &EntityRef) -> Memo<String> {
        let id = id.clone();
        self.catalog_memo(move |catalog| catalog.title(&id).to_owned())
    }
}

/// The hub of the widget around the caller.
#[must_use]
pub fn use_hub() -> Hub {
    expect_context()
}
