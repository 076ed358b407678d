//! Hostile data: what a catalog and its evidence say is data from outside, in every field.

use ops_e2e::Fault;
use serde_json::{Value, json};

use super::{SCRIPT, Stage};

/// Strings that run, break out, turn text around or never end.
const CORPUS: &str = include_str!("../../../model/tests/corpus/strings.json");

/// Notes whatever runs, and whatever a policy had to refuse: nothing may even be tried.
const WATCH: &str = "<script>window.tried = []; addEventListener('securitypolicyviolation', (event) => tried.push(event.blockedURI));\
    addEventListener('error', (event) => tried.push(event.message))</script>";

/// Writes this text over every text of a record that is free to say anything.
fn poison(value: &mut Value, text: &str) {
    match value {
        Value::String(old) => *old = text.to_owned(),
        Value::Array(items) => items.iter_mut().for_each(|item| poison(item, text)),
        Value::Object(fields) => {
            for (name, value) in fields {
                if !matches!(
                    name.as_str(),
                    "ref" | "key" | "source" | "id" | "widget" | "widgetId" | "eventType" | "time" | "subject"
                ) {
                    poison(value, text);
                }
            }
        }
        _ => {}
    }
}

async fn served(stage: &Stage, path: &str) -> anyhow::Result<Value> {
    let (_, body) = stage.hub.send(reqwest::Method::GET, path, None).await?;
    Ok(body)
}

/// Every widget is as wide as the page at most, nothing lies over another, and nothing has run.
async fn is_whole(stage: &Stage) -> anyhow::Result<()> {
    let script = "const all = [...document.querySelectorAll('body > *')].filter((one) => one.shadowRoot);\
        const boxes = all.map((one) => one.getBoundingClientRect());\
        const links = all.flatMap((one) => [...one.shadowRoot.querySelectorAll('a[href]')]).map((one) => new URL(one.href.baseVal ?? one.href, document.baseURI).protocol);\
        return { ran: window.ran ?? null, tried, wide: document.documentElement.scrollWidth <= innerWidth,\
          apart: boxes.every((box, at) => at === 0 || box.top >= boxes[at - 1].bottom - 1),\
          tall: boxes.every((box) => box.height < 40000),\
          schemes: [...new Set(links)].filter((one) => !['http:', 'https:'].includes(one)),\
          scripts: all.reduce((sum, one) => sum + one.shadowRoot.querySelectorAll('script, iframe, style, base, [onerror], [onload]').length, 0) }";
    let seen = stage.run(script).await?;
    let whole =
        json!({ "ran": null, "tried": [], "wide": true, "apart": true, "tall": true, "schemes": [], "scripts": 0 });
    anyhow::ensure!(seen == whole, "{seen}");
    Ok(())
}

const PAGE: &str = "<ops-catalog id=all></ops-catalog><ops-env id=it name=coulombcore></ops-env><ops-host name=coulombcore></ops-host>\
    <ops-service name=gitea></ops-service><ops-endpoint name=gitea-registry></ops-endpoint><ops-readiness name=gitea-registry></ops-readiness>\
    <ops-migration></ops-migration><ops-feed></ops-feed>";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_a_catalog_or_an_event_says_runs_or_breaks_the_layout() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    let id = stage.hub.widget_id("ops-endpoint-gitea-registry").await?;
    let (status, body) =
        stage.hub.send(reqwest::Method::POST, "/api/v2/events", Some(&crate::first_event(&id))).await?;
    anyhow::ensure!(status.is_success(), "{body}");
    let catalog = served(&stage, "/api/v2/hubs/ops-hub/catalog").await?;
    let events = served(&stage, "/api/v2/hubs/ops-hub/events").await?;
    let strings: Vec<String> = serde_json::from_str(CORPUS)?;
    let long = ["x".repeat(1_000_000), "long words ".repeat(90_000)];
    for text in strings.iter().chain(&long) {
        let (mut catalog, mut events) = (catalog.clone(), events.clone());
        for list in ["entities", "relations", "gaps", "context", "notes", "placement"] {
            // A megabyte in one record is enough: a thousand of them are refused as too large.
            let most = if text.len() > 10_000 { 1 } else { usize::MAX };
            let items = catalog[list].as_array_mut().into_iter().flatten().take(most);
            items.for_each(|item| {
                if list != "relations" {
                    poison(item, text)
                }
            });
        }
        events["items"].as_array_mut().into_iter().flatten().for_each(|item| poison(item, text));
        stage.front.heal();
        stage.front.fault("/catalog", Fault::Body(catalog.to_string().into()));
        stage.front.fault("/events", Fault::Body(events.to_string().into()));
        stage.visit(&format!("{WATCH}{PAGE}{SCRIPT}")).await?;
        let shown: String = text.chars().take(40).collect();
        stage
            .until(
                &format!("the widgets with {shown:?}"),
                "return [...document.querySelectorAll('body > *')].filter((one) => one.localName.startsWith('ops-'))\
            .every((one) => one.shadowRoot?.querySelector('.card:not(.skeleton) .card-body, .message'))",
            )
            .await?;
        is_whole(&stage).await.map_err(|error| error.context(format!("with {shown:?}")))?;
    }
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_record_says_what_is_wrong_with_it_and_the_others_show() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    let mut catalog = served(&stage, "/api/v2/hubs/ops-hub/catalog").await?;
    let entities = catalog["entities"].as_array_mut().ok_or_else(|| anyhow::anyhow!("no entities"))?;
    let copy = entities[0].clone();
    entities.extend([json!({ "ref": "service:<b>", "title": 5 }), json!("no entity"), json!(null), copy]);
    let events = json!({ "now": "2026-06-06T08:00:00Z", "items": [
        { "id": "nan-1", "widgetId": "w", "eventType": "ops-note-added", "time": "NaN" },
        { "id": "2", "widgetId": "w", "eventType": "ops-note-added", "time": "9999-12-31T23:59:59Z" },
    ] });
    stage.front.fault("/catalog", Fault::Body(catalog.to_string().into()));
    stage.front.fault("/events", Fault::Body(events.to_string().into()));
    stage.visit(&format!("{WATCH}{PAGE}{SCRIPT}")).await?;
    stage.browser.shows("ops-catalog#all", &["6 of 6 shown"]).await?;
    stage.browser.shows("ops-env#it", &["92.205.130.254"]).await?;
    stage.browser.shows_any("ops-catalog#all", &["already", "expected an object"]).await?;
    // Events are named where events are, by their identifiers, also one that comes by the stream.
    let unread = ["could not be read (1)", "nan-1:", "'NaN' is not an RFC 3339 time"];
    stage.browser.shows_any("body > ops-feed", &unread).await?;
    is_whole(&stage).await?;
    let sent = "event: evidence\ndata: {\"id\": \"sent-3\", \"time\": \"soon\"}\n\n";
    stage.front.file("/api/v2/hubs/ops-hub/events/stream", "text/event-stream", sent, &[]);
    stage.browser.driver().refresh().await?;
    stage.browser.shows_any("body > ops-feed", &["could not be read (2)", "sent-3:", "nan-1:"]).await?;
    stage.browser.shows("ops-env#it", &["92.205.130.254"]).await?;
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_an_attribute_says_stays_with_its_element() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    stage
        .visit(&format!(
            "{WATCH}<ops-env id=well name=coulombcore></ops-env><ops-env id=it name=local></ops-env>{SCRIPT}"
        ))
        .await?;
    stage.browser.shows("ops-env#it", &["State Hub"]).await?;
    stage.browser.shows("ops-env#well", &["92.205.130.254"]).await?;
    let strings: Vec<String> = serde_json::from_str(CORPUS)?;
    let set = "const it = document.getElementById('it'); for (const name of ['name', 'hub', 'lang', 'theme', 'density', 'refresh', 'view-context'])\
        try { it.setAttribute(name, arguments[0]) } catch {}";
    for text in strings.iter().map(String::as_str).chain([
        "",
        "-1",
        "1e999",
        "NaN",
        "javascript:ran=1",
        "data:,x",
        "//",
        "null",
    ]) {
        stage.browser.run(set, vec![json!(text)]).await?;
        // It has taken that over, and shows a card: of the widget, or of what is in the way.
        stage.until(&format!("a card with {text:?}"), "return it.shadowRoot.querySelector('.card') !== null").await?;
    }
    let ran = stage.run("return [window.ran ?? null, tried]").await?;
    assert_eq!(ran, json!([null, []]));
    let right = "for (const name of ['hub', 'lang', 'theme', 'density', 'refresh', 'view-context']) it.removeAttribute(name); it.name = 'local'";
    stage.run(right).await?;
    stage.browser.shows("ops-env#it", &["State Hub", "live ·"]).await?;
    stage.browser.shows("ops-env#well", &["92.205.130.254", "live ·"]).await?;
    stage.browser.close().await
}
