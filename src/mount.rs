//! The exports that the loader calls.

use std::sync::{Arc, Mutex, PoisonError};

use ops_model::EntityRef;
use ops_widgets::view::prelude::*;
use ops_widgets::{HubState, Keeper, Scope, Trouble, scope::Target, texts::Texts, view};
use reactive_graph::owner::provide_context;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::{
    fault::ViewId,
    options::Options,
    store::{self, Hub, Lease},
};

/// A mounted widget. `free()` it to unmount; the store of a hub without widgets closes after a while.
#[wasm_bindgen]
pub struct Mounted {
    _view: view::Mounted,
    _told: RenderEffect<Told>,
    lease: Lease,
    view_context: Arc<Mutex<String>>,
}

impl std::fmt::Debug for Mounted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mounted")
    }
}

#[wasm_bindgen]
impl Mounted {
    /// Takes over what an element says anew while it stays mounted.
    pub fn adjust(&self, view_context: String, refresh: f64) {
        *self.view_context.lock().unwrap_or_else(PoisonError::into_inner) = view_context;
        self.lease.ask(refresh);
    }
}

/// Renders a widget into `container`.
///
/// # Errors
/// A sentence for people where the manifest cannot be read or the name is no name.
#[wasm_bindgen]
pub fn mount(container: HtmlElement, options: Options) -> Result<Mounted, JsError> {
    let origin = options.hub();
    let hub = store::connect(&origin, || options.manifest()).map_err(|error| JsError::new(&error))?;
    let target = target(&hub, &options.kind(), &options.name()).map_err(|error| JsError::new(&error))?;
    let view_context = Arc::new(Mutex::new(options.view_context()));
    let id = options.id();
    let lease = Lease::new(hub, options.refresh());
    let state = lease.view().state.clone();
    let scope = Scope {
        state: state.clone(),
        now: lease.view().now.clone(),
        target,
        texts: Texts::of(&options.lang()),
        recorder: Some(store::recorder(&origin, view_context.clone())),
        link_base: options.link_base(),
    };
    #[cfg(feature = "fault-injection")]
    let name = options.name();
    let keeper = Keeper::new(options.kept(), [options.kind().as_str(), " ", &options.name()].concat());
    let view = view::mount(&container, move || {
        provide_context(ViewId(id));
        provide_context(keeper);
        #[cfg(feature = "fault-injection")]
        return view::Draw::draw((crate::injected::view(&name, &scope.state), ops_widgets::widget(scope)));
        #[cfg(not(feature = "fault-injection"))]
        ops_widgets::widget(scope)
    });
    Ok(Mounted { _view: view, _told: tell(state, options), lease, view_context })
}

/// Reads catalog and evidence of a hub again, now. Does nothing for a hub without widgets.
#[wasm_bindgen]
pub fn refresh(hub: &str) {
    store::refresh(hub);
}

/// What the loader knows: whether there is something to see, and what is in the way of it.
type Told = (bool, Option<Trouble>);

/// Tells the loader of both, once the view that follows the same state has been drawn.
fn tell(state: ArcRwSignal<HubState>, options: Options) -> RenderEffect<Told> {
    RenderEffect::new(move |told: Option<Told>| {
        let (was_ready, before) = told.unwrap_or_default();
        let now: Told = state.with(|state| (state.data.is_some(), state.trouble.clone()));
        let is_new = now.0 && !was_ready;
        let trouble = now.1.clone().filter(|trouble| Some(trouble) != before.as_ref());
        if is_new || trouble.is_some() {
            let options = options.clone();
            // The element has no view yet where this is told while it is mounted.
            wasm_bindgen_futures::spawn_local(async move {
                if is_new {
                    options.ready();
                }
                if let Some(trouble) = &trouble {
                    let (kind, words) = words(trouble);
                    options.trouble(kind, words);
                }
            });
        }
        now
    })
}

fn words(trouble: &Trouble) -> (&'static str, &str) {
    match trouble {
        Trouble::SignedOut(_) => ("signed-out", "the hub asks to sign in"),
        Trouble::Forbidden => ("forbidden", "the hub refuses this reader"),
        Trouble::NoCatalog => ("no-catalog", "the hub has no catalog"),
        Trouble::Away(words) => ("away", words),
        Trouble::Malformed(words) => ("malformed", words),
    }
}

fn target(hub: &Hub, kind: &str, name: &str) -> Result<Target, String> {
    if kind.is_empty() {
        return Ok(Target::Instance(name.to_owned()));
    }
    if let Ok(subject) = name.parse::<EntityRef>() {
        let kind = if kind == "auto" { hub.kind_for(&subject) } else { kind.to_owned() };
        return Ok(Target::Entity { kind, subject });
    }
    let manifest = hub.manifest();
    let of_kind = || manifest.widgets.iter().filter(|widget| widget.kind == kind);
    let suffix = ["-", name].concat();
    let found = of_kind().find(|widget| name.is_empty() || widget.name == name || widget.name.ends_with(&suffix));
    if let Some(widget) = found {
        return Ok(Target::Instance(widget.name.clone()));
    }
    let kinds = manifest.kinds.iter().find(|one| one.name == kind);
    let subject_kind = kinds.and_then(|one| one.subjects.first());
    match subject_kind.map(|subject| [subject.as_str(), ":", name].concat().parse::<EntityRef>()) {
        Some(Ok(subject)) => Ok(Target::Entity { kind: kind.to_owned(), subject }),
        Some(Err(error)) => Err(error.to_string()),
        None => Err(["no widget of kind '", kind, "' is named '", name, "'"].concat()),
    }
}
