//! What a reader typed and chose in one widget, kept outside of this instance of the components: where a
//! panic ends the instance, the next one shows the widget as the reader left it.

use js_sys::{Object, Reflect};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::JsCast;

/// A plain JavaScript object that belongs to the element and outlives the components.
///
/// It is kept nowhere else: with the element it is gone.
#[derive(Clone, Debug)]
pub struct SessionState {
    kept: Object,
    of: String,
}

impl SessionState {
    /// Keeps in this object what belongs to the widget `of`: an element may show another one later.
    #[must_use]
    pub const fn new(kept: Object, of: String) -> Self {
        Self { kept, of }
    }

    fn read<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        let text = Reflect::get(&self.kept, &self.key(key).into()).ok()?.as_string()?;
        serde_json::from_str(&text).ok()
    }

    fn write<T: Serialize>(&self, key: &str, value: &T) {
        if let Ok(text) = serde_json::to_string(value) {
            // A frozen object takes nothing more; then the choice is lost with a restart, and nothing else.
            let _ = Reflect::set(self.kept.unchecked_ref(), &self.key(key).into(), &text.into());
        }
    }

    /// A name with a space, which no property of the element's own view has.
    fn key(&self, key: &str) -> String {
        format!("{} {key}", self.of)
    }
}

/// A signal for a reader's choice that outlives a restart of the components and a change of language.
///
/// `key` is unique within the widget; a widget that shows two of the same component gives each its own key.
/// Without a [`SessionState`] in context it is a plain signal.
#[must_use]
pub fn persisted<T>(key: impl Into<String>) -> RwSignal<T>
where
    T: Serialize + DeserializeOwned + Clone + Default + Send + Sync + 'static,
{
    let Some(session) = use_context::<SessionState>() else { return RwSignal::default() };
    let key = key.into();
    let signal = RwSignal::new(session.read(&key).unwrap_or_default());
    Effect::new(move |_| signal.with(|value| session.write(&key, value)));
    signal
}
