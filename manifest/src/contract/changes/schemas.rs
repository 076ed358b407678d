//! Where one schema takes less than another.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::contract::Contract;

/// How deep schemas are compared; one that refers to itself ends there.
const DEEPEST: usize = 16;
/// The types of JSON Schema; `integer` is a part of `number`.
const TYPES: [&str; 7] = ["null", "boolean", "object", "array", "number", "integer", "string"];
/// Keywords by which a higher number takes less.
const LOWER_BOUNDS: [&str; 5] = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"];
/// Keywords by which a lower number takes less.
const UPPER_BOUNDS: [&str; 5] = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"];
/// Keywords that are compared whole.
const WHOLE: [&str; 8] = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "multipleOf"];

/// A schema with the document that its references lead into.
#[derive(Clone, Copy, Debug)]
pub(super) struct Schema<'a> {
    pub(super) contract: &'a Contract,
    pub(super) said: &'a Value,
}

/// A place within a schema, and what is the matter there.
pub(super) type Finding = (String, String);

impl<'a> Schema<'a> {
    pub(super) const fn new(contract: &'a Contract, said: &'a Value) -> Self {
        Self { contract, said }
    }

    fn resolved(self) -> Self {
        Self { said: self.contract.resolve(self.said), ..self }
    }

    fn get(self, keyword: &str) -> Option<&'a Value> {
        self.said.get(keyword)
    }

    fn within(self, said: &'a Value) -> Self {
        Self { said, ..self }
    }

    fn properties(self) -> impl Iterator<Item = (&'a String, &'a Value)> {
        self.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::iter)
    }

    fn property(self, name: &str) -> Option<&'a Value> {
        self.get("properties")?.get(name)
    }

    fn required(self) -> BTreeSet<&'a str> {
        self.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
    }

    fn types(self) -> BTreeSet<&'a str> {
        let mut types: BTreeSet<&str> = match self.get("type") {
            Some(Value::String(one)) => BTreeSet::from([one.as_str()]),
            Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
            _ => self.type_ways().unwrap_or_else(|| TYPES.into_iter().collect()),
        };
        if types.contains("number") {
            types.insert("integer");
        }
        types
    }

    /// The types of an `anyOf` that is nothing but types: another spelling of a list of types.
    fn type_ways(self) -> Option<BTreeSet<&'a str>> {
        let ways = self.get("anyOf")?.as_array()?;
        let bare = |way: &'a Value| way.as_object().filter(|way| way.len() == 1)?.get("type")?.as_str();
        ways.iter().map(bare).collect()
    }

    /// A keyword that is compared whole, without what only spells it otherwise; `None` where it says nothing.
    fn whole(self, keyword: &str) -> Option<Value> {
        if keyword == "anyOf" && self.type_ways().is_some() {
            return None;
        }
        let mut whole = self.get(keyword)?.clone();
        for way in whole.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
            // Strict readers want a property named where it is required; `true` takes every value.
            let says_nothing = |all: &Value| all.as_object().is_some_and(|all| all.values().all(|one| *one == true));
            if way.get("properties").is_some_and(says_nothing) && !way.contains_key("additionalProperties") {
                way.remove("properties");
            }
        }
        Some(whole)
    }

    fn values(self) -> Option<Vec<&'a Value>> {
        let single = self.get("const").map(|value| vec![value]);
        single.or_else(|| Some(self.get("enum")?.as_array()?.iter().collect()))
    }
}

/// Where `to` does not take everything that `from` takes.
pub(super) fn narrowings(from: Schema<'_>, to: Schema<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    narrow(from, to, "", DEEPEST, &mut findings);
    findings
}

fn narrow(from: Schema<'_>, to: Schema<'_>, place: &str, depth: usize, findings: &mut Vec<Finding>) {
    let (from, to) = (from.resolved(), to.resolved());
    if depth == 0 || from.said == to.said && core::ptr::eq(from.contract, to.contract) {
        return;
    }
    let mut find = |message: String| findings.push((place.to_owned(), message));
    let less: Vec<&str> = from.types().difference(&to.types()).copied().collect();
    if !less.is_empty() {
        find(format!("no {}", less.join(", no ")));
    }
    if let Some(allowed) = to.values() {
        match from.values() {
            None => find("only certain values".to_owned()),
            Some(values) => {
                let gone = values.into_iter().filter(|value| !allowed.contains(value)).map(ToString::to_string);
                gone.for_each(|value| find(format!("not {value}")));
            }
        }
    }
    if let Some(pattern) = to.get("pattern").filter(|pattern| from.get("pattern") != Some(pattern)) {
        find(format!("only what matches {pattern}"));
    }
    for (keywords, is_tighter) in
        [(LOWER_BOUNDS, (|was, is| is > was) as fn(f64, f64) -> bool), (UPPER_BOUNDS, |was, is| is < was)]
    {
        for keyword in keywords {
            let bound = |schema: Schema<'_>| schema.get(keyword).and_then(Value::as_f64);
            if let Some(is) = bound(to).filter(|is| bound(from).is_none_or(|was| is_tighter(was, *is))) {
                find(format!("{keyword} {is}"));
            }
        }
    }
    if to.get("uniqueItems") == Some(&Value::Bool(true)) && from.get("uniqueItems") != Some(&Value::Bool(true)) {
        find("no item twice".to_owned());
    }
    for name in to.required().difference(&from.required()) {
        find(format!("'{name}' is required"));
    }
    let is_closed = |schema: Schema<'_>| schema.get("additionalProperties") == Some(&Value::Bool(false));
    if is_closed(to) && !is_closed(from) {
        find("no other fields".to_owned());
    }
    for keyword in WHOLE {
        if to.whole(keyword).is_some() && from.whole(keyword) != to.whole(keyword) {
            find(format!("another {keyword}"));
        }
    }
    for (name, own) in from.properties() {
        if let Some(other) = to.property(name) {
            narrow(from.within(own), to.within(other), &format!("{place}/{name}"), depth - 1, findings);
        }
    }
    if let (Some(own), Some(other)) = (from.get("items"), to.get("items")) {
        narrow(from.within(own), to.within(other), &format!("{place}/*"), depth - 1, findings);
    }
}

/// The fields that `from` describes and `to` does not, at any depth.
pub(super) fn missing(from: Schema<'_>, to: Schema<'_>) -> Vec<String> {
    let mut places = Vec::new();
    lack(from, to, "", DEEPEST, &mut places);
    places
}

fn lack(from: Schema<'_>, to: Schema<'_>, place: &str, depth: usize, places: &mut Vec<String>) {
    let (from, to) = (from.resolved(), to.resolved());
    if depth == 0 {
        return;
    }
    for (name, own) in from.properties() {
        let place = format!("{place}/{name}");
        match to.property(name) {
            Some(other) => lack(from.within(own), to.within(other), &place, depth - 1, places),
            None => places.push(place),
        }
    }
    if let (Some(own), Some(other)) = (from.get("items"), to.get("items")) {
        lack(from.within(own), to.within(other), &format!("{place}/*"), depth - 1, places);
    }
}

#[cfg(test)]
mod tests;
