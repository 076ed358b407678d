//! What a hub's document offers by itself, whatever the mapping asks for: for a person who writes a mapping.

use std::fmt;

use serde_json::Value;

use super::{Mapping, Operation, schema};

/// The keys of a path's entry that are operations.
const METHODS: [&str; 7] = ["get", "put", "post", "delete", "patch", "head", "options"];

/// An operation that a hub offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer<'a> {
    /// The method, as the document writes it.
    pub method: &'a str,
    /// The path with its parameters: `/api/v2/hubs/{hub}`.
    pub path: &'a str,
    /// The operation's id, by which a mapping names it; some documents have none.
    pub id: Option<&'a str>,
}

impl fmt::Display for Offer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.to_ascii_uppercase(), self.path)?;
        match self.id {
            Some(id) => write!(f, " ({id})"),
            None => f.write_str(" (without operationId)"),
        }
    }
}

/// Every operation of a document.
#[must_use]
pub fn offers(document: &Value) -> Vec<Offer<'_>> {
    let mut all = Vec::new();
    for (path, entry) in document.get("paths").and_then(Value::as_object).into_iter().flatten() {
        for (method, operation) in entry.as_object().into_iter().flatten() {
            if METHODS.contains(&method.as_str()) {
                all.push(Offer { method, path, id: operation.get("operationId").and_then(Value::as_str) });
            }
        }
    }
    all
}

/// The offers that may be an operation under another name, the likeliest first.
///
/// `name` is the extension's own: its last word is what the operation is about, such as the event of
/// `record-event`, and has to be what the path ends with. What the mapping names for another operation is
/// none.
#[must_use]
pub fn candidates<'a>(mapping: &Mapping, name: &str, document: &'a Value) -> Vec<Offer<'a>> {
    let Ok(operation) = mapping.operation(name) else { return Vec::new() };
    let is_taken = |id: &str| mapping.operations.values().any(|named| named.ids.iter().any(|one| one == id));
    let (verb, noun) = name.split_once('-').unwrap_or(("", name));
    let noun = singular(noun);
    let is_about_one = !name.ends_with('s');
    let score = |offer: &Offer<'_>| {
        let method = offer.method.to_ascii_uppercase();
        let writes = ["POST", "PUT", "PATCH"];
        let method = match (method == operation.method, writes.contains(&method.as_str())) {
            (true, _) => 2,
            (false, true) if writes.contains(&operation.method.as_str()) => 1,
            _ => return None,
        };
        let fixed: Vec<&str> =
            offer.path.split('/').filter(|part| !part.is_empty() && !part.starts_with('{')).collect();
        let (last, before) = fixed.split_last()?;
        let about = |part: &str| words(part).last().is_some_and(|word| singular(word) == noun);
        let acts = !verb.is_empty() && last.get(..4).is_some_and(|start| verb.starts_with(start));
        let place = if about(last) {
            1 + i32::from(offer.path.ends_with('}') == is_about_one)
        } else if acts && before.iter().any(|part| about(part)) {
            2
        } else {
            return None;
        };
        Some(method + place)
    };
    let mut found: Vec<(i32, Offer<'a>)> = offers(document)
        .into_iter()
        .filter(|offer| !offer.id.is_some_and(is_taken))
        .filter_map(|offer| Some((score(&offer)?, offer)))
        .collect();
    found.sort_by_key(|(score, _)| -score);
    found.into_iter().take(3).map(|(_, offer)| offer).collect()
}

/// The words of `interaction-events`, `interaction_events`, `interactionEvents`.
fn words(part: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for sign in part.chars() {
        if !sign.is_alphanumeric() || sign.is_uppercase() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| sign.is_alphanumeric()) {
            word.extend(sign.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn singular(word: &str) -> String {
    let word = word.rsplit_once('-').map_or(word, |(_, last)| last);
    word.strip_suffix("ies")
        .map_or_else(|| word.strip_suffix('s').unwrap_or(word).to_owned(), |stem| format!("{stem}y"))
}

/// A way in which a hub asks who is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityScheme {
    /// In words: `X-API-Key in the header`.
    pub words: String,
    /// Whether `Authorization: Bearer TOKEN`, which the extension sends, is an answer to it.
    pub takes_bearer: bool,
}

/// The security schemes of a document.
#[must_use]
pub fn security_schemes(document: &Value) -> Vec<SecurityScheme> {
    let schemes = document.pointer("/components/securitySchemes").and_then(Value::as_object).into_iter().flatten();
    schemes
        .map(|(name, scheme)| {
            let scheme = schema::resolve(document, scheme);
            let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
            let is = |word: &str| text("scheme").eq_ignore_ascii_case(word);
            match text("type") {
                "apiKey" => {
                    let in_authorization = text("in") == "header" && text("name").eq_ignore_ascii_case("authorization");
                    let words = format!("{} in the {}", text("name"), text("in"));
                    SecurityScheme { words, takes_bearer: in_authorization }
                }
                "http" => SecurityScheme { words: format!("HTTP {}", text("scheme")), takes_bearer: is("bearer") },
                kind @ ("oauth2" | "openIdConnect") => SecurityScheme { words: kind.to_owned(), takes_bearer: true },
                kind => SecurityScheme { words: format!("{name} ({kind})"), takes_bearer: false },
            }
        })
        .collect()
}

/// The fields that a hub requires of an operation's body and that are not sent; `has` says which are.
#[must_use]
pub fn lacking(operation: &Operation, document: &Value, has: impl Fn(&str) -> bool) -> Vec<String> {
    let Some(found) = schema::find(document, &operation.ids) else { return Vec::new() };
    let body = found.operation.get("requestBody").and_then(|body| schema::body_schema(document, body));
    let required = body.map(|body| schema::required(document, body)).unwrap_or_default();
    required.into_iter().filter(|name| !has(name)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{candidates, lacking, offers, security_schemes};
    use crate::mapping::{MAPPING, Mapping};

    #[test]
    fn an_api_of_other_names_is_searched_for_what_may_be_meant() {
        let operation = || json!({ "responses": {} });
        let document = json!({ "paths": {
            "/api/v2/hubs": { "get": operation(), "post": operation() },
            "/api/v2/hubs/{hubId}": { "get": operation(), "patch": operation(), "parameters": [] },
            "/api/v2/hub-manifests": { "get": operation(), "post": operation() },
            "/api/v2/hub-manifests/{id}/activate": { "post": operation() },
            "/api/v2/interactionEvents": { "post": { "operationId": "record" } },
        } });
        let mapping = Mapping::parse(MAPPING).unwrap_or_else(|error| unreachable!("{error}"));
        let of = |name: &str| candidates(&mapping, name, &document).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(of("read-hub")[0], "GET /api/v2/hubs/{hubId} (without operationId)");
        assert_eq!(of("write-hub")[0], "PATCH /api/v2/hubs/{hubId} (without operationId)");
        assert_eq!(of("list-manifests"), ["GET /api/v2/hub-manifests (without operationId)"]);
        assert_eq!(of("activate-manifest")[0], "POST /api/v2/hub-manifests/{id}/activate (without operationId)");
        assert_eq!(of("record-event"), ["POST /api/v2/interactionEvents (record)"]);
        assert_eq!(of("read-catalog"), Vec::<String>::new());
        assert_eq!(offers(&document).len(), 8);
    }

    #[test]
    fn ways_to_say_who_one_is_are_named() {
        let schemes = |one| {
            let document = json!({ "components": { "securitySchemes": { "one": one } } });
            security_schemes(&document)
                .into_iter()
                .map(|scheme| (scheme.words, scheme.takes_bearer))
                .collect::<Vec<_>>()
        };
        for (scheme, words, takes) in [
            (json!({ "type": "http", "scheme": "Bearer" }), "HTTP Bearer", true),
            (json!({ "type": "http", "scheme": "basic" }), "HTTP basic", false),
            (json!({ "type": "apiKey", "in": "header", "name": "X-API-Key" }), "X-API-Key in the header", false),
            (json!({ "type": "oauth2", "flows": {} }), "oauth2", true),
            (json!({ "type": "mutualTLS" }), "one (mutualTLS)", false),
        ] {
            assert_eq!(schemes(scheme), [(words.to_owned(), takes)]);
        }
    }

    #[test]
    fn what_a_hub_requires_and_nobody_sends_is_named() {
        let schema = json!({ "type": "object", "properties": { "a": {}, "b": {} }, "required": ["a", "b"] });
        let body = json!({ "content": { "application/json": { "schema": schema } } });
        let document =
            json!({ "paths": { "/m": { "post": { "operationId": "createManifest", "requestBody": body } } } });
        let mapping = Mapping::parse(MAPPING).unwrap_or_else(|error| unreachable!("{error}"));
        assert_eq!(lacking(&mapping.operations["create-manifest"], &document, |name| name == "a"), ["b"]);
    }
}
