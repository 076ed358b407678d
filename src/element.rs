//! The exports that the loader calls.

use std::{
    any::Any,
    sync::{Arc, Mutex, PoisonError},
};

use leptos::{mount::mount_to, prelude::*};
use ops_model::EntityRef;
use ops_widgets::{Hub, SessionState, Target, Trouble, Widget, WidgetOptions, texts::Texts};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::{
    hub::{self, Lease, Store},
    options::Options,
    panic::ViewId,
};

/// A mounted widget. `free()` it to unmount; the store of a hub without widgets closes after a while.
#[wasm_bindgen]
pub struct Mounted {
    _view: Box<dyn Any>,
    _report: RenderEffect<Report>,
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
    /// Takes over attributes that change while the element stays mounted.
    pub fn adjust(&self, view_context: String, refresh: f64) {
        *self.view_context.lock().unwrap_or_else(PoisonError::into_inner) = view_context;
        self.lease.set_refresh(refresh);
    }
}

/// Shows a widget in `container`.
///
/// # Errors
/// A sentence for people where the manifest cannot be read or the name is no name.
#[wasm_bindgen]
pub fn mount(container: HtmlElement, options: Options) -> Result<Mounted, JsError> {
    let origin = options.hub();
    let store = hub::connect(&origin, || options.manifest()).map_err(|error| JsError::new(&error))?;
    let target = target(&store, &options.kind(), &options.name()).map_err(|error| JsError::new(&error))?;
    let view_context = Arc::new(Mutex::new(options.view_context()));
    let id = ViewId(options.id());
    let lease = Lease::new(store, options.refresh());
    let hub = lease.hub().clone();
    let name = options.name();
    let widget_options = WidgetOptions {
        hub: hub.clone(),
        target,
        texts: Texts::of(&options.lang()),
        recorder: Some(hub::recorder(&origin, view_context.clone())),
        link_base: options.link_base(),
        session: Some(SessionState::new(options.kept(), format!("{} {name}", options.kind()))),
    };
    #[cfg(feature = "fault-injection")]
    let shown = hub.clone();
    let view = mount_to(container, move || {
        provide_context(id);
        #[cfg(feature = "fault-injection")]
        return view! {
            <crate::injected::Injected name hub=shown />
            <Widget options=widget_options />
        };
        #[cfg(not(feature = "fault-injection"))]
        view! { <Widget options=widget_options /> }
    });
    Ok(Mounted { _view: Box::new(view), _report: report(hub, options), lease, view_context })
}

/// Reads catalog and evidence of a hub again, now. Does nothing for a hub without widgets.
#[wasm_bindgen]
pub fn refresh(hub: &str) {
    hub::refresh(hub);
}

/// What the loader is told of: whether there is something to see, and what is in the way of it.
type Report = (bool, Option<Trouble>);

/// Tells the loader of both when they change, once the view that shows the same state was drawn.
fn report(hub: Hub, options: Options) -> RenderEffect<Report> {
    RenderEffect::new(move |before: Option<Report>| {
        let (was_ready, trouble_before) = before.unwrap_or_default();
        let now = (hub.is_loaded.get(), hub.trouble.get());
        let is_new = now.0 && !was_ready;
        let trouble = now.1.clone().filter(|trouble| Some(trouble) != trouble_before.as_ref());
        if is_new || trouble.is_some() {
            let options = options.clone();
            // While the element is being mounted, it does not know its view yet.
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

/// What an element of this kind and name shows. Without a kind the name is an instance's; with one it may be
/// an instance's end (`coulombcore`), an entity (`service:gitea`), or the name of an entity of that kind.
fn target(store: &Store, kind: &str, name: &str) -> Result<Target, String> {
    if kind.is_empty() {
        return Ok(Target::Instance(name.to_owned()));
    }
    if let Ok(subject) = name.parse::<EntityRef>() {
        let kind = if kind == "auto" { store.kind_for(&subject) } else { kind.to_owned() };
        return Ok(Target::Entity { kind, subject });
    }
    let manifest = store.manifest();
    let suffix = format!("-{name}");
    let mut widgets = manifest.widgets.iter().filter(|widget| widget.kind == kind);
    let found = widgets.find(|widget| name.is_empty() || widget.name == name || widget.name.ends_with(&suffix));
    if let Some(widget) = found {
        return Ok(Target::Instance(widget.name.clone()));
    }
    let subject_kind = manifest.kinds.iter().find(|one| one.name == kind).and_then(|one| one.subjects.first());
    match subject_kind {
        Some(subject_kind) => {
            let subject = format!("{subject_kind}:{name}").parse::<EntityRef>().map_err(|error| error.to_string())?;
            Ok(Target::Entity { kind: kind.to_owned(), subject })
        }
        None => Err(format!("no widget of kind '{kind}' is named '{name}'")),
    }
}
