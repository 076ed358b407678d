//! What was typed, kept in the browser's session until it is recorded. Never a credential: a draft has the
//! fields of an event's metadata alone.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::Draft;

/// What was sent and not answered yet. After a reload the same content goes with the same key, and the hub
/// records it once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Attempt {
    pub(super) content: Draft,
    pub(super) key: String,
}

/// The draft of a type of event in a widget.
pub(super) fn load(widget: &str, event_type: &str) -> Option<Draft> {
    read::<Draft>(&draft_key(widget, event_type)).filter(|draft| !draft.is_empty())
}

pub(super) fn save(widget: &str, event_type: &str, draft: &Draft) {
    write(&draft_key(widget, event_type), draft);
}

pub(super) fn clear(widget: &str, event_type: &str) {
    remove(&draft_key(widget, event_type));
}

pub(super) fn load_attempt(widget: &str) -> Option<Attempt> {
    read(&attempt_key(widget))
}

pub(super) fn save_attempt(widget: &str, attempt: &Attempt) {
    write(&attempt_key(widget), attempt);
}

pub(super) fn clear_attempt(widget: &str) {
    remove(&attempt_key(widget));
}

fn draft_key(widget: &str, event_type: &str) -> String {
    format!("ops-hub/draft/{widget}/{event_type}")
}

fn attempt_key(widget: &str) -> String {
    format!("ops-hub/attempt/{widget}")
}

/// The session's storage. A page without one (a sandboxed frame) goes without drafts.
fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok()?
}

fn read<T: DeserializeOwned>(key: &str) -> Option<T> {
    serde_json::from_str(&storage()?.get_item(key).ok()??).ok()
}

/// A draft that does not fit into the storage is kept in the page alone.
fn write(key: &str, value: &impl Serialize) {
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(value)) {
        let _ = storage.set_item(key, &text);
    }
}

fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}
