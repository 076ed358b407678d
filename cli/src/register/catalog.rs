//! A catalog as compact text. One of 100,000 services is some 110 MB so, and more than a gigabyte as
//! decoded values: it is decoded item by item, and only its text is kept.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use bytes::Bytes;
use serde_json::{Value, value::RawValue};

type Fields<'a> = BTreeMap<Cow<'a, str>, &'a RawValue>;

/// A catalog's JSON without white space, its keys in order: of two that say the same the texts are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CatalogText(Bytes);

impl CatalogText {
    /// The catalog of a document. What is no JSON object is kept as it is, and is the same as no catalog.
    pub(crate) fn of(document: &str) -> Self {
        Self(compact(document).unwrap_or_else(|_| document.to_owned()).into())
    }

    /// The text.
    pub(crate) fn as_str(&self) -> &str {
        // It was made from text.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Its bytes, shared.
    pub(crate) fn shared(&self) -> Bytes {
        self.0.clone()
    }

    /// The references of its entities.
    pub(crate) fn names(&self) -> BTreeSet<String> {
        /// The part of an entity that is read.
        #[derive(serde::Deserialize)]
        struct Named {
            #[serde(rename = "ref")]
            name: String,
        }
        let read = |entity: &RawValue| serde_json::from_str::<Named>(entity.get()).ok();
        items(self.as_str(), "entities").into_iter().filter_map(read).map(|entity| entity.name).collect()
    }

    /// How many entities come, go and change from this catalog to another, and how many relations there are.
    pub(crate) fn changes_to(&self, new: &Self) -> Vec<String> {
        let (before, after) = (entities(self.as_str()), entities(new.as_str()));
        let come = after.keys().filter(|name| !before.contains_key(*name)).count();
        let go = before.keys().filter(|name| !after.contains_key(*name)).count();
        let change = after.iter().filter(|(name, text)| before.get(*name).is_some_and(|old| old != *text)).count();
        let mut found = vec![format!("entities: {come} come, {go} go, {change} change")];
        let (before, after) = (items(self.as_str(), "relations").len(), items(new.as_str(), "relations").len());
        if before != after {
            found.push(format!("relations: {before} → {after}"));
        }
        found
    }
}

/// A document as compact text. The lists that stand directly in it are decoded item by item.
fn compact(document: &str) -> serde_json::Result<String> {
    let fields: Fields<'_> = serde_json::from_str(document)?;
    let mut text = String::with_capacity(document.len().saturating_add(2));
    for (name, value) in fields {
        text.push(if text.is_empty() { '{' } else { ',' });
        text.push_str(&Value::from(name.as_ref()).to_string());
        text.push(':');
        let Ok(list) = serde_json::from_str::<Vec<&RawValue>>(value.get()) else {
            text.push_str(&decoded(value)?.to_string());
            continue;
        };
        text.push('[');
        for (at, item) in list.into_iter().enumerate() {
            if at > 0 {
                text.push(',');
            }
            text.push_str(&decoded(item)?.to_string());
        }
        text.push(']');
    }
    text.push_str(if text.is_empty() { "{}" } else { "}" });
    text.shrink_to_fit();
    Ok(text)
}

fn decoded(value: &RawValue) -> serde_json::Result<Value> {
    serde_json::from_str(value.get())
}

/// The items of a list; none where there is no such list.
fn items<'a>(text: &'a str, name: &str) -> Vec<&'a RawValue> {
    let fields: Fields<'a> = serde_json::from_str(text).unwrap_or_default();
    fields.get(name).and_then(|list| serde_json::from_str(list.get()).ok()).unwrap_or_default()
}

/// The entities by their names.
fn entities(text: &str) -> BTreeMap<String, &str> {
    let name = |entity: &RawValue| decoded(entity).map(|entity| entity["ref"].to_string()).unwrap_or_default();
    items(text, "entities").into_iter().map(|entity| (name(entity), entity.get())).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::CatalogText;

    #[test]
    fn what_says_the_same_has_the_same_text() {
        let one = r#"{ "schema": 1, "entities": [ { "title": "A", "ref": "service:a" }, {"ref": "host:b"} ], "source": {"b": 1, "a": 2} }"#;
        let other =
            r#"{"source":{"a":2,"b":1},"entities":[{"ref":"service:a","title":"\u0041"},{"ref":"host:b"}],"schema":1}"#;
        assert_eq!(CatalogText::of(one), CatalogText::of(other));
        let value: Value = serde_json::from_str(one).unwrap_or_default();
        assert_eq!(CatalogText::of(one).as_str(), value.to_string(), "as the whole would be written");
        assert_ne!(CatalogText::of(one), CatalogText::of(&one.replace("host:b", "host:c")));
        for document in ["{}", "[]", "no JSON"] {
            assert_eq!(CatalogText::of(document).as_str(), document);
        }
    }

    #[test]
    fn changes_are_counted() {
        let before = r#"{"entities": [{"ref": "a:a", "title": "A"}, {"ref": "a:b"}], "relations": [1]}"#;
        let after = r#"{"entities": [{"ref": "a:a", "title": "B"}, {"ref": "a:c"}], "relations": []}"#;
        let changes = CatalogText::of(before).changes_to(&CatalogText::of(after));
        assert_eq!(changes, ["entities: 1 come, 1 go, 1 change", "relations: 1 → 0"]);
    }
}
