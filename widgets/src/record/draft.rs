//! What was typed, kept in the browser's session until it is recorded. Never a credential: a draft
//! has the fields of an event's metadata only.

use super::Draft;

fn storage() -> Option<web_sys::Storage> {
    // A page without storage (a sandboxed frame) goes without drafts.
    web_sys::window()?.session_storage().ok()?
}

fn key(widget: &str, event_type: &str) -> String {
    ["ops-hub/draft/", widget, "/", event_type].concat()
}

/// The draft of before, if there is one.
pub(super) fn load(widget: &str, event_type: &str) -> Option<Draft> {
    let text = storage()?.get_item(&key(widget, event_type)).ok()??;
    serde_json::from_str(&text).ok()
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
    serde_json::from_str(&text).ok()
}

/// Keeps an attempt.
pub(super) fn save_attempt(widget: &str, content: &str, key: &str) {
    if let Some(storage) = storage() {
        let text = serde_json::json!([content, key]).to_string();
        let _ = storage.set_item(&attempt_key(widget), &text);
    }
}

/// Forgets the attempt of a widget.
pub(super) fn clear_attempt(widget: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&attempt_key(widget));
    }
}
