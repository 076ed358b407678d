//! What changed in each operation: that it is there, what it takes, what it answers, who may do it.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{
    Change,
    schemas::{Schema, missing, narrowings},
};
use crate::contract::Contract;

/// An operation in both documents.
struct Pair<'a> {
    id: &'a str,
    old: (&'a Contract, &'a Value),
    new: (&'a Contract, &'a Value),
    changes: Vec<Change>,
}

pub(super) fn compare(old: &Contract, new: &Contract) -> Vec<Change> {
    let mut changes = Vec::new();
    for (id, was) in old.operations() {
        let (Ok(is), Ok(before), Ok(now)) = (new.operation(id), old.described(id), new.described(id)) else {
            changes.push(Change::breaks(id, "it is gone"));
            continue;
        };
        if was != is {
            let message = format!("it was {} {}, it is {} {}", was.method, was.path, is.method, is.path);
            changes.push(Change::breaks(id, message));
        }
        let mut pair = Pair { id, old: (old, before), new: (new, now), changes: Vec::new() };
        pair.parameters();
        pair.body();
        pair.responses();
        pair.security();
        changes.append(&mut pair.changes);
    }
    let added = new.operations().filter(|(id, _)| old.operation(id).is_err());
    changes.extend(added.map(|(id, _)| Change::adds(id, "it is new")));
    changes
}

/// The members of an object at a field.
fn members<'a>(value: &'a Value, field: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    value.get(field).and_then(Value::as_object).into_iter().flat_map(Map::iter)
}

fn is_required(value: &Value) -> bool {
    value.get("required") == Some(&Value::Bool(true))
}

/// What a parameter's schema says, without `null`, which cannot be sent in a path, a query or a header.
fn sendable(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|kind| kind != "null");
    }
    schema
}

impl<'a> Pair<'a> {
    fn breaks(&mut self, place: &str, message: impl Into<String>) {
        self.changes.push(Change::breaks(format!("{}{place}", self.id), message));
    }

    fn adds(&mut self, place: &str, message: impl Into<String>) {
        self.changes.push(Change::adds(format!("{}{place}", self.id), message));
    }

    fn parameters(&mut self) {
        let (old, new) = (parameters(self.old), parameters(self.new));
        for (name, was) in &old {
            let Some((_, is)) = new.iter().find(|(known, _)| known == name) else {
                self.breaks("", format!("the parameter {name} is gone"));
                continue;
            };
            match (is_required(was), is_required(is)) {
                (false, true) => self.breaks("", format!("the parameter {name} is required")),
                (true, false) => self.adds("", format!("the parameter {name} is optional")),
                _ => {}
            }
            let empty = json!({});
            let schema = |said: &'a Value| sendable(said.get("schema").unwrap_or(&empty));
            self.taken(&format!(" {name}"), &schema(was), &schema(is));
        }
        for (name, is) in new.iter().filter(|(name, _)| !old.iter().any(|(known, _)| known == name)) {
            if is_required(is) {
                self.breaks("", format!("the parameter {name} is new and required"));
            } else {
                self.adds("", format!("the parameter {name} is new"));
            }
        }
    }

    /// What is sent: the new schema has to take everything that the old one took.
    fn taken(&mut self, place: &str, was: &Value, is: &Value) {
        let (old, new) = (Schema::new(self.old.0, was), Schema::new(self.new.0, is));
        for (within, message) in narrowings(old, new) {
            self.breaks(&format!("{place}{within}"), format!("takes less: {message}"));
        }
        for (within, message) in narrowings(new, old) {
            self.adds(&format!("{place}{within}"), format!("takes more than before: {message}"));
        }
        for field in missing(old, new) {
            self.breaks(&format!("{place}{field}"), "the field is gone");
        }
        for field in missing(new, old) {
            self.adds(&format!("{place}{field}"), "the field is new");
        }
    }

    /// What is answered: the new schema may say nothing that the old one did not.
    fn answered(&mut self, place: &str, was: &Value, is: &Value) {
        let (old, new) = (Schema::new(self.old.0, was), Schema::new(self.new.0, is));
        for (within, message) in narrowings(new, old) {
            self.breaks(&format!("{place}{within}"), format!("no longer certain: {message}"));
        }
        for (within, message) in narrowings(old, new) {
            self.adds(&format!("{place}{within}"), format!("certain now: {message}"));
        }
        for field in missing(old, new) {
            self.breaks(&format!("{place}{field}"), "the field is gone");
        }
        for field in missing(new, old) {
            self.adds(&format!("{place}{field}"), "the field is new");
        }
    }

    fn body(&mut self) {
        let (was, is) = (self.old.1.get("requestBody"), self.new.1.get("requestBody"));
        match (was, is) {
            (None, Some(is)) if is_required(is) => self.breaks(" body", "it is new and required"),
            (None, Some(_)) => self.adds(" body", "it is new"),
            (Some(_), None) => self.breaks(" body", "it is gone"),
            (Some(was), Some(is)) => {
                match (is_required(was), is_required(is)) {
                    (false, true) => self.breaks(" body", "it is required"),
                    (true, false) => self.adds(" body", "it is optional"),
                    _ => {}
                }
                self.content(" body", was, is, Self::taken);
            }
            (None, None) => {}
        }
    }

    fn content(&mut self, place: &str, was: &'a Value, is: &'a Value, compare: fn(&mut Self, &str, &Value, &Value)) {
        for (kind, was) in members(was, "content") {
            match is.get("content").and_then(|content| content.get(kind)) {
                None => self.breaks(place, format!("no {kind}")),
                Some(is) => {
                    let empty = json!({});
                    let schema = |said: &'a Value| said.get("schema").unwrap_or(&empty);
                    compare(self, place, schema(was), schema(is));
                }
            }
        }
        let known = |kind: &str| was.get("content").is_some_and(|content| content.get(kind).is_some());
        for (kind, _) in members(is, "content").filter(|(kind, _)| !known(kind)) {
            self.adds(place, format!("{kind} is new"));
        }
    }

    fn responses(&mut self) {
        for (status, was) in members(self.old.1, "responses") {
            let place = format!(" {status}");
            let Some(is) = self.new.1.get("responses").and_then(|all| all.get(status)) else {
                self.breaks(&place, "the answer is gone");
                continue;
            };
            let (was, is) = (self.old.0.resolve(was), self.new.0.resolve(is));
            self.content(&place, was, is, Self::answered);
            self.headers(&place, was, is);
        }
        for (status, _) in members(self.new.1, "responses") {
            if self.old.1.get("responses").is_none_or(|all| all.get(status).is_none()) {
                self.adds(&format!(" {status}"), "the answer is new");
            }
        }
    }

    fn headers(&mut self, place: &str, was: &'a Value, is: &'a Value) {
        for (name, was) in members(was, "headers") {
            let Some(now) = is.get("headers").and_then(|all| all.get(name)) else {
                self.breaks(place, format!("the header {name} is gone"));
                continue;
            };
            match (is_required(self.old.0.resolve(was)), is_required(self.new.0.resolve(now))) {
                (true, false) => self.breaks(place, format!("the header {name} is not always there")),
                (false, true) => self.adds(place, format!("the header {name} is always there")),
                _ => {}
            }
        }
        for (name, _) in members(is, "headers") {
            if was.get("headers").is_none_or(|all| all.get(name).is_none()) {
                self.adds(place, format!("the header {name} is new"));
            }
        }
    }

    fn security(&mut self) {
        let (was, is) = (ways(self.old), ways(self.new));
        // A way in that was enough has to be enough still, with the same scopes or fewer.
        let is_enough = |way: &Way<'_>, among: &[Way<'_>]| {
            among.iter().any(|(scheme, scopes)| (scheme.is_empty() || *scheme == way.0) && scopes.is_subset(&way.1))
        };
        for way in was.iter().filter(|way| !is_enough(way, &is)) {
            self.breaks("", format!("{} is not enough any more", in_words(way)));
        }
        for way in is.iter().filter(|way| !is_enough(way, &was)) {
            self.adds("", format!("{} is enough now", in_words(way)));
        }
    }
}

/// The parameters of an operation by place and name.
fn parameters<'a>((contract, said): (&'a Contract, &'a Value)) -> Vec<(String, &'a Value)> {
    let listed = said.get("parameters").and_then(Value::as_array).into_iter().flatten();
    let named = listed.map(|parameter| {
        let said = contract.resolve(parameter);
        let text = |field: &str| said.get(field).and_then(Value::as_str).unwrap_or_default();
        (format!("{} {}", text("in"), text("name")), said)
    });
    named.collect()
}

/// A scheme with the scopes that are needed; no scheme where everybody may.
type Way<'a> = (&'a str, BTreeSet<&'a str>);

/// The ways in, of which one is enough.
fn ways<'a>((contract, said): (&'a Contract, &'a Value)) -> Vec<Way<'a>> {
    let listed = said.get("security").or_else(|| contract.document().get("security")).and_then(Value::as_array);
    let Some(listed) = listed else { return vec![("", BTreeSet::new())] };
    let ways = listed.iter().filter_map(Value::as_object).flat_map(|way| {
        let everybody = way.is_empty().then(|| ("", BTreeSet::new()));
        let named = way.iter().map(|(scheme, scopes)| {
            (scheme.as_str(), scopes.as_array().into_iter().flatten().filter_map(Value::as_str).collect())
        });
        everybody.into_iter().chain(named)
    });
    ways.collect()
}

fn in_words((scheme, scopes): &Way<'_>) -> String {
    match (scheme.is_empty(), scopes.is_empty()) {
        (true, _) => "no sign-in".to_owned(),
        (false, true) => format!("'{scheme}'"),
        (false, false) => format!("'{scheme}' with {}", scopes.iter().copied().collect::<Vec<_>>().join(", ")),
    }
}

#[cfg(test)]
mod tests;
