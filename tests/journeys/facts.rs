//! Every row of the inventory counts: each fact, relation, gap and sentence of the catalog is walked
//! to its place on screen, with the line that it stands in.

use std::collections::BTreeSet;

use anyhow::Context;
use ops_e2e::{Browser, LocalHub, setting, until};
use serde_json::{Value, json};

use crate::PAGE;

/// What a view shows: its text, folded parts included; the entities that it links; the lines that it names.
struct View {
    text: String,
    links: BTreeSet<String>,
    lines: BTreeSet<String>,
}

impl View {
    fn read(shown: &Value) -> Self {
        let set = |key: &str| {
            let items = shown[key].as_array().cloned().unwrap_or_default();
            items.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        Self { text: fold(shown["text"].as_str().unwrap_or_default()), links: set("links"), lines: set("lines") }
    }

    /// Whether a value is there: as words, or, where it is an entity's name, as a link to it.
    fn has(&self, value: &str, line: &Value) -> bool {
        let there = self.text.contains(&fold(value)) || self.links.contains(value);
        there && self.lines.contains(&format!("L{line}"))
    }
}

const READ: &str = "const root = document.querySelector(arguments[0])?.shadowRoot?.querySelector('.root');\
    if (!root) return null;\
    const all = (selector, what) => [...root.querySelectorAll(selector)].map(what);\
    return { text: root.textContent, links: all('[data-ref]', (link) => link.dataset.ref),\
             lines: all('.source', (mark) => mark.textContent) }";

#[tokio::test(flavor = "multi_thread")]
async fn every_fact_of_the_inventory_has_its_place_on_screen() -> anyhow::Result<()> {
    let catalog: Value = serde_json::from_slice(&std::fs::read(setting("OPS_HUB_CATALOG")?)?)?;
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let browser = Browser::open(1440, 1000).await?;
    browser.sign_in(&hub, PAGE).await?;
    browser.shows("ops-service-catalog", &["As of"]).await?;

    let mut missing = Vec::new();
    let mut walked = 0;
    for entity in list(&catalog, "entities") {
        let id = word(entity, "ref");
        let view = open(&browser, id).await?;
        let mut look = |what: String, found: bool| {
            walked += 1;
            if !found {
                missing.push(format!("{id}: {what}"));
            }
        };
        for fact in list(entity, "facts") {
            let value = word(fact, "value");
            look(format!("{} {value:?}", word(fact, "key")), view.has(value, &fact["source"]["line"]));
        }
        for relation in list(&catalog, "relations").filter(|relation| word(relation, "from") == id) {
            let to = word(relation, "to");
            let seen = view.links.contains(to) || open(&browser, to).await?.links.contains(id);
            look(format!("{} {to}", word(relation, "type")), seen);
        }
        for gap in list(&catalog, "gaps").filter(|gap| word(gap, "subject") == id) {
            let text = word(gap, "text");
            look(format!("gap {text:?}"), view.has(text, &gap["source"]["line"]));
        }
        for said in list(&catalog, "context").filter(|said| said["about"] == id) {
            let text = word(said, "text");
            look(format!("sentence {text:?}"), view.has(text, &said["source"]["line"]));
        }
    }

    // What is about no entity stands with the catalog.
    let shown = browser.run(READ, vec![json!("ops-widget[name=ops-service-catalog]")]).await?;
    let whole = View::read(&shown);
    for (part, key) in
        [("context", "text"), ("notes", "text"), ("questions", "text"), ("widgets", "name"), ("placement", "value")]
    {
        for item in list(&catalog, part) {
            walked += 1;
            if !whole.has(word(item, key), &item["source"]["line"]) {
                missing.push(format!("{part}: {:?}", word(item, key)));
            }
        }
    }
    for event in list(&catalog, "firstEvents") {
        for value in event["body"].as_object().context("an event without a body")?.values().filter_map(Value::as_str) {
            walked += 1;
            if !whole.has(value, &event["source"]["line"]) {
                missing.push(format!("first event: {value:?}"));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
    assert!(walked >= 200, "only {walked} facts were walked");
    browser.close().await
}

/// Opens an entity's own view as a reader does who follows its address.
async fn open(browser: &Browser, id: &str) -> anyhow::Result<View> {
    let address = format!("#/{}", id.replacen(':', "/", 1));
    // Closed first, so that what is read is not the view before.
    browser.run("location.hash = ''", vec![]).await?;
    until("the view to close", || async {
        Ok(browser.run(READ, vec![json!("ops-entity")]).await?.is_null().then_some(()))
    })
    .await?;
    browser.run("location.hash = arguments[0]", vec![json!(address)]).await?;
    let shown = until(&format!("the view of {id}"), || async {
        let shown = browser.run(READ, vec![json!("ops-entity")]).await?;
        Ok((shown["text"].as_str().is_some_and(|text| text.contains("As of"))).then_some(shown))
    })
    .await?;
    Ok(View::read(&shown))
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value[key].as_array().into_iter().flatten()
}

fn word<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
