//! A served manifest from outside: one bad entry of it takes nothing else down.

use serde_json::{Value, json};

use super::{SCRIPT, Stage};

/// Where the browser reads it.
const PATH: &str = "/extensions/ops-hub/manifest.json";

/// Serves the manifest with a change, and shows the page with it.
async fn with(stage: &Stage, change: impl FnOnce(&mut Value)) -> anyhow::Result<()> {
    let mut manifest: Value = reqwest::get(format!("{}{PATH}", stage.hub.url)).await?.json().await?;
    change(&mut manifest);
    stage.front.file(PATH, "application/json", &manifest.to_string(), &[]);
    let page = "<ops-env id=it name=coulombcore></ops-env><ops-catalog id=all></ops-catalog>\
        <ops-endpoint id=end name=gitea-registry></ops-endpoint>";
    stage.visit(&format!("{page}{SCRIPT}")).await
}

/// What the bad entries have nothing to do with is there, live.
async fn others_show(stage: &Stage) -> anyhow::Result<()> {
    stage.browser.shows("ops-env#it", &["92.205.130.254", "live ·"]).await?;
    stage.browser.shows("ops-catalog#all", &["6 of 6 shown"]).await?;
    stage.browser.shows("ops-endpoint#end", &["unproven"]).await?;
    Ok(())
}

/// Adds these to a list of the manifest, before what is there.
fn add(manifest: &mut Value, list: &str, bad: &[Value]) {
    if let Some(items) = manifest[list].as_array_mut() {
        items.splice(0..0, bad.iter().cloned());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_widget_that_cannot_be_read_takes_no_other_down() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    with(&stage, |manifest| {
        let odd = json!({ "name": "ops-odd", "kind": "of-the-future", "title": "Odd", "viewContext": "a/b" });
        let wrong = json!({ "name": 5, "kind": [], "subject": "no reference", "title": null });
        add(manifest, "widgets", &[Value::Null, json!("text"), json!([[]]), json!({}), wrong, odd]);
    })
    .await?;
    others_show(&stage).await?;
    // The one of a kind that this version does not know says so in its own place.
    stage.run("const odd = document.createElement('ops-widget'); odd.id = 'odd'; odd.name = 'ops-odd'; document.body.append(odd)").await?;
    stage.browser.shows_any("ops-widget#odd", &["ops-odd"]).await?;
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kind_and_an_event_type_that_cannot_be_read_take_no_other_down() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    with(&stage, |manifest| {
        let kind = json!({ "name": "odd", "title": "Odd", "subjects": ["of-the-future"], "accepts": 7 });
        add(manifest, "kinds", &[Value::Null, json!(1), kind]);
        let rule = json!({ "claim": "of-the-future", "subjects": ["service"], "freshness": "soon" });
        let event = json!({ "name": "ops-odd-seen", "title": "Odd", "rule": rule, "metadataSchema": "none" });
        add(manifest, "eventTypes", &[Value::Null, json!({ "name": {} }), event]);
    })
    .await?;
    others_show(&stage).await?;
    // What the good types say is still judged by their rules.
    let id = stage.hub.widget_id("ops-endpoint-gitea-registry").await?;
    let (status, body) =
        stage.hub.send(reqwest::Method::POST, "/api/v2/events", Some(&crate::first_event(&id))).await?;
    anyhow::ensure!(status.is_success(), "{body}");
    ops_e2e::until("the endpoint to be proven", || async {
        Ok((stage.browser.standing("ops-endpoint#end").await? == "proven").then_some(()))
    })
    .await?;
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_widget_needs_may_be_missing_or_wrong() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    with(&stage, |manifest| {
        for name in ["hub", "extension", "bundle", "permissions"] {
            manifest[name] = json!([null, { "of": "the future" }]);
        }
        manifest["ofTheFuture"] = json!({ "a": [1, 2, 3] });
        manifest["api"]["ofTheFuture"] = json!({ "path": "/x" });
        manifest["api"]["createEvent"] = Value::Null;
    })
    .await?;
    others_show(&stage).await?;
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manifest_that_is_none_is_refused_with_words() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    for text in ["", "null", "[]", "<!doctype html>", "{\"widgets\": "] {
        stage.front.file(PATH, "application/json", text, &[]);
        stage.visit(&format!("<ops-env id=it name=coulombcore></ops-env>{SCRIPT}")).await?;
        stage.browser.shows_any("ops-env#it", &["manifest.json", "Reload widget"]).await?;
    }
    stage.browser.close().await
}
