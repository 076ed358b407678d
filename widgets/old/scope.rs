//! What a widget is given: the hub's state as signals, its own instance, the reader's language.

use std::{
    any::Any,
    sync::{Arc, Mutex, PoisonError},
};

use ops_manifest::{Served, WidgetInstance};
use ops_model::{CatalogIndex, Context, EntityRef, EvidenceLog, Timestamp};
use reactive_graph::{
    signal::{ArcRwSignal, ArcTrigger},
    traits::{Get, Notify, Track},
};

use crate::{
    Keeper,
    record::{Recorder, Recording},
    texts::Texts,
};

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
    /// An answer that is not what the contract says; the detail names the field.
    Malformed(String),
}

/// What was read from the hub.
#[derive(Clone, Debug)]
pub struct HubData {
    /// The served manifest.
    pub manifest: Arc<Served>,
    /// The catalog.
    pub index: Arc<CatalogIndex>,
    /// The evidence.
    pub log: Arc<EvidenceLog>,
}

/// The state of one hub as its widgets see it.
#[derive(Clone, Debug, Default)]
pub struct HubState {
    /// The last good data; stays when the hub goes away.
    pub data: Option<HubData>,
    /// What is wrong now, if anything.
    pub trouble: Option<Trouble>,
    /// Whether events arrive as they happen; `None` until that is known.
    pub live: Option<bool>,
    /// The hub's time of the last good answer.
    pub checked: Timestamp,
}

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

/// What a reader typed and chose in one widget, by name. A rendering comes and goes with every
/// event; this stays while the widget is mounted, and its texts longer where a [`Keeper`] has them.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    keeper: Option<Keeper>,
    grown: ArcTrigger,
    texts: Named<ArcRwSignal<String>>,
    kept: Named<Arc<dyn Any + Send + Sync>>,
}

/// A few things by name: a list is found in as fast as a map, and costs less code.
type Named<T> = Arc<Mutex<Vec<(&'static str, T)>>>;

impl Memory {
    /// A memory that begins with the texts that the keeper has.
    #[must_use]
    pub fn of(keeper: Option<Keeper>) -> Self {
        Self { keeper, ..Self::default() }
    }

    /// Hands every text to the keeper. An effect that does so does it again whenever one changes.
    pub fn keep(&self) {
        let Some(keeper) = &self.keeper else { return };
        self.grown.track();
        let texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner).clone();
        texts.iter().for_each(|(name, text)| keeper.write(name, &text.get()));
    }

    /// The text that is kept under this name; empty until it is set.
    #[must_use]
    pub fn text(&self, name: &'static str) -> ArcRwSignal<String> {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, text)) = texts.iter().find(|(of, _)| *of == name) {
            return text.clone();
        }
        let text = ArcRwSignal::new(self.keeper.as_ref().and_then(|keeper| keeper.read(name)).unwrap_or_default());
        texts.push((name, text.clone()));
        drop(texts);
        self.grown.notify();
        text
    }

    /// What was computed under this name, made where there is none or it is not `current` any more:
    /// from what was there, if anything was.
    pub fn kept<T: Any + Send + Sync>(
        &self,
        name: &'static str,
        current: impl FnOnce(&T) -> bool,
        make: impl FnOnce(Option<&T>) -> T,
    ) -> Arc<T> {
        let lock = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = lock().iter().find(|(of, _)| *of == name).and_then(|(_, kept)| kept.clone().downcast::<T>().ok());
        let made = match found {
            Some(found) if current(&found) => return found,
            found => Arc::new(make(found.as_deref())),
        };
        let mut kept = lock();
        kept.retain(|(of, _)| *of != name);
        kept.push((name, made.clone()));
        made
    }
}

/// Everything that a widget is given.
#[derive(Clone)]
pub struct Scope {
    /// The hub's state.
    pub state: ArcRwSignal<HubState>,
    /// The hub's time; moves when it matters.
    pub now: ArcRwSignal<Timestamp>,
    /// What is shown.
    pub target: Target,
    /// The reader's texts.
    pub texts: &'static Texts,
    /// Who records events; `None` where nobody can.
    pub recorder: Option<Recorder>,
    /// What entity links start with: empty where the page itself shows entities.
    pub link_base: String,
}

impl std::fmt::Debug for Scope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Scope")
    }
}

/// One rendering: the data at one point in time.
#[derive(Clone, Debug)]
pub struct Scene {
    /// What was read from the hub.
    pub data: HubData,
    /// The instance that is shown; made up for an entity that no instance is about.
    pub instance: WidgetInstance,
    /// The hub's time.
    pub now: Timestamp,
    /// The reader's texts.
    pub texts: &'static Texts,
    /// What entity links start with.
    pub link_base: String,
    /// What the widget records events with.
    pub recording: Option<Recording>,
    /// What the reader typed and chose in this widget; outlives a rendering.
    pub memory: Memory,
    /// Whether a grid's own keys lead to the links: then they are no stops of the Tab key.
    pub roving: bool,
}

impl Scene {
    /// What the rules of the model look at.
    #[must_use]
    pub fn context(&self) -> Context<'_> {
        Context { index: &self.data.index, log: &self.data.log, now: self.now }
    }

    /// The catalog.
    #[must_use]
    pub fn index(&self) -> &CatalogIndex {
        &self.data.index
    }
}
