//! What was typed, kept in the browser's session until it is recorded. Never a credential: a draft
//! has the fields of an event's metadata only.

use ops_model::json::{self, Value};

use super::Draft;

fn storage() -> Option<web_sys::Storage> {
    // A page without storage (a sandboxed frame) goes without drafts.
    web_sys::window()?.session_storage().ok()?
}

fn key(widget: &str, event_type: &str) -> String {
    ["ops-hub/draft/", widget, "/", event_type].concat()
}

/// A draft from its text; an empty one where it is none.
pub(super) fn read(text: &str) -> Draft {
    match json::read(text) {
        Ok(Value::Object(draft)) => draft,
        _ => Draft::new(),
    }
}

/// A draft as text.
pub(super) fn written(draft: &Draft) -> String {
    json::write(&Value::Object(draft.clone()))
}

/// The draft of before, if there is one.
pub(super) fn load(widget: &str, event_type: &str) -> Option<Draft> {
    let text = storage()?.get_item(&key(widget, event_type)).ok()??;
    Some(read(&text)).filter(|draft| !draft.is_empty())
}

/// Keeps a draft; one that cannot be kept is not worth a message.
pub(super) fn save(widget: &str, event_type: &str, draft: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(&key(widget, event_type), draft);
    }
}

/// Forgets a draft.
pub(super) fn clear(widget: &str, event_type: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&key(widget, event_type));
    }
}

fn attempt_key(widget: &str) -> String {
    ["ops-hub/attempt/", widget].concat()
}

/// The content and the idempotency key of an attempt whose outcome is not known yet: after a reload
/// the same content is sent with the same key, and recorded once.
pub(super) fn load_attempt(widget: &str) -> Option<(String, String)> {
    let text = storage()?.get_item(&attempt_key(widget)).ok()??;
    match json::read(&text).ok()? {
        Value::Array(mut parts) => {
            let mut part = || parts.pop()?.as_str().map(str::to_owned);
            let key = part()?;
            Some((part()?, key))
        }
        _ => None,
    }
}

/// Keeps an attempt.
pub(super) fn save_attempt(widget: &str, content: &str, key: &str) {
    if let Some(storage) = storage() {
        let text = json::write(&Value::Array(vec![content.into(), key.into()]));
        let _ = storage.set_item(&attempt_key(widget), &text);
    }
}

/// Forgets the attempt of a widget.
pub(super) fn clear_attempt(widget: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&attempt_key(widget));
    }
}
