//! What a hub says where it refuses, whatever the shape in which it says it.

use serde_json::{Map, Value};

/// More words than this are a page and no message.
const LONGEST: usize = 500;

/// Fields that hold the words, the most telling first: RFC 9457, and what other frameworks write.
const FIELDS: [&str; 8] =
    ["detail", "message", "error_description", "error", "errors", "title", "reason", "description"];

/// A refusal's words; empty where it has none.
pub(super) fn words(body: &Value) -> String {
    let said = match body {
        Value::String(text) if text.trim_start().starts_with('<') => title(text),
        Value::String(text) => text.clone(),
        body => said(body),
    };
    said.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect()
}

fn said(body: &Value) -> String {
    match body {
        Value::Object(fields) => {
            let of = |name: &&str| match (*name, fields.get(*name)?) {
                // By the name of a field, which may be called as one of these: {"title": ["is too long"]}.
                ("errors", Value::Object(fields)) => Some(by_name(fields)),
                (_, value) => Some(said(value)),
            };
            FIELDS.iter().filter_map(of).find(|words| !words.is_empty()).unwrap_or_else(|| by_name(fields))
        }
        Value::Array(all) => joined(all.iter().map(|one| ("", said(one)))),
        Value::String(text) => text.trim().to_owned(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn by_name(fields: &Map<String, Value>) -> String {
    joined(fields.iter().map(|(name, value)| (name.as_str(), said(value))))
}

fn joined<'a>(parts: impl Iterator<Item = (&'a str, String)>) -> String {
    let one = |(name, words): (&str, String)| if name.is_empty() { words } else { format!("{name}: {words}") };
    parts.filter(|(_, words)| !words.is_empty()).map(one).collect::<Vec<_>>().join("; ")
}

/// The title of a page for people.
fn title(page: &str) -> String {
    let after = page.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
    after.map_or_else(|| "a page for people".to_owned(), |(title, _)| format!("a page for people, '{}'", title.trim()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::words;

    #[test]
    fn refusals_of_every_shape_are_quoted() {
        for (body, wanted) in [
            (json!({ "type": "about:blank", "title": "Conflict", "detail": "it is there" }), "it is there"),
            (json!({ "title": "Conflict", "status": 409 }), "Conflict"),
            (json!({ "error": "Invalid UUID: ops-hub" }), "Invalid UUID: ops-hub"),
            (json!({ "error": { "code": 7, "message": "no such hub" } }), "no such hub"),
            (json!({ "error": "invalid_token", "error_description": "it has expired" }), "it has expired"),
            (json!({ "message": "Not found" }), "Not found"),
            (json!({ "errors": ["one", { "message": "two" }] }), "one; two"),
            (json!({ "errors": { "title": ["is too long", "is odd"] } }), "title: is too long; is odd"),
            (json!(["slug is taken"]), "slug is taken"),
            (json!({ "code": 12 }), "code: 12"),
            (json!("plain words\nin lines"), "plain words in lines"),
            (json!("<!doctype html><title>Action not found</title>"), "a page for people, 'Action not found'"),
            (Value::Null, ""),
        ] {
            assert_eq!(words(&body), wanted, "{body}");
        }
        assert_eq!(words(&json!({ "error": "x".repeat(9_000) })).len(), 500);
    }
}
