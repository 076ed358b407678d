//! The exports that the loader calls.

use std::rc::Rc;

use ops_model::EntityRef;
use ops_widgets::{Scope, scope::Target, texts::Texts, view};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::store::{self, Hub};

/// A mounted widget. `free()` it to unmount; the last one of a hub closes the hub's store.
#[wasm_bindgen]
pub struct Mounted {
    _view: view::Mounted,
    _hub: Rc<Hub>,
}

impl std::fmt::Debug for Mounted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mounted")
    }
}

/// Renders a widget into `container`.
///
/// `hub` is the hub's origin, `manifest` the text of the served manifest. `name` is the instance's
/// name; where `kind` is not empty, `name` is either an entity reference (`service:gitea`) or the
/// end of an instance's name (`coulombcore`). `lang` is a BCP 47 tag; `link_base` is what entity
/// links start with.
///
/// # Errors
/// A sentence for people where the manifest cannot be read or the name is no name.
#[wasm_bindgen]
pub fn mount(
    container: HtmlElement,
    hub: &str,
    manifest: &str,
    kind: &str,
    name: &str,
    lang: &str,
    link_base: &str,
) -> Result<Mounted, JsError> {
    let hub = store::connect(hub, manifest).map_err(|error| JsError::new(&error))?;
    let target = target(&hub, kind, name).map_err(|error| JsError::new(&error))?;
    let scope = Scope {
        state: hub.state(),
        now: hub.now(),
        target,
        texts: Texts::of(lang),
        recorder: Some(store::recorder(hub.origin())),
        link_base: link_base.to_owned(),
    };
    let view = view::mount(container, move || ops_widgets::widget(scope));
    Ok(Mounted { _view: view, _hub: hub })
}

/// Reads catalog and evidence of a hub again, now. Does nothing for a hub without widgets.
#[wasm_bindgen]
pub fn refresh(hub: &str) {
    store::refresh(hub);
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
