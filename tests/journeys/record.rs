//! Record: an operator fills in a form in a widget, and the hub takes or refuses the event.

use anyhow::ensure;
use ops_e2e::{Browser, LocalHub, setting};
use reqwest::Method;
use serde_json::{Value, json};

use crate::PAGE;

const WIDGET: &str = "ops-readiness-gitea-registry";

/// Types a value into a field of a widget's form as a reader does.
async fn fill(browser: &Browser, widget: &str, name: &str, value: &str) -> anyhow::Result<()> {
    browser.open_form(widget).await?;
    let script = "const root = document.querySelector(`ops-widget[name=${arguments[0]}]`).shadowRoot;\
        const field = root.querySelector(`[data-field=${arguments[1]}]`); field.value = arguments[2];\
        field.dispatchEvent(new Event(field.localName === 'select' ? 'change' : 'input', { bubbles: true }));\
        return field.value";
    let kept = browser.run(script, vec![json!(widget), json!(name), json!(value)]).await?;
    ensure!(kept == value, "{name} took {kept} for {value}");
    Ok(())
}

async fn submit(browser: &Browser, widget: &str) -> anyhow::Result<Value> {
    let script = "const root = document.querySelector(`ops-widget[name=${arguments[0]}]`).shadowRoot;\
        root.querySelector('.record button[type=submit]').click()";
    browser.open_form(widget).await?;
    browser.run(script, vec![json!(widget)]).await
}

async fn value(browser: &Browser, name: &str) -> anyhow::Result<String> {
    let script = "return document.querySelector(`ops-widget[name=${arguments[0]}]`)?.shadowRoot\
        ?.querySelector(`[data-field=${arguments[1]}]`)?.value ?? ''";
    Ok(browser.run(script, vec![json!(WIDGET), json!(name)]).await?.as_str().unwrap_or_default().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gate_is_passed_from_its_widget_and_a_refusal_loses_nothing() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let browser = Browser::open(1200, 900).await?;
    browser.sign_in(&hub, PAGE).await?;
    browser.shows(WIDGET, &["0 of 7 gates passed"]).await?;

    // What is missing is said at its field; then the gate passes, without a reload.
    fill(&browser, WIDGET, "subject", "gate:gitea-push").await?;
    fill(&browser, WIDGET, "result", "pass").await?;
    submit(&browser, WIDGET).await?;
    browser.shows(WIDGET, &["Fill this in"]).await?;
    fill(&browser, WIDGET, "assessor", "the platform team").await?;
    submit(&browser, WIDGET).await?;
    browser.shows(WIDGET, &["1 of 7 gates passed", "assessed by the platform team", "Recorded"]).await?;
    let (_, page) = hub.send(Method::GET, "/api/v2/hubs/ops-hub/events", None).await?;
    let recorded = &page["items"][0];
    assert_eq!(recorded["metadata"]["subject"], "gate:gitea-push");
    assert_eq!(recorded["actor"], hub.user.as_str());
    assert_eq!(recorded["viewContext"], "railiance-apps/workplans/RAIL-AP-WP-0001");
    assert_eq!(page["items"].as_array().map(Vec::len), Some(1));

    // A draft outlives a reload.
    ops_e2e::until("a new form", || async { Ok(value(&browser, "assessor").await?.is_empty().then_some(())) }).await?;
    fill(&browser, WIDGET, "subject", "gate:gitea-pull").await?;
    fill(&browser, WIDGET, "result", "fail").await?;
    fill(&browser, WIDGET, "assessor", "somebody else").await?;
    browser.driver().refresh().await?;
    browser.shows(WIDGET, &["1 of 7 gates passed"]).await?;
    // A moment after the widget itself.
    let is_there = || async { Ok((value(&browser, "assessor").await? == "somebody else").then_some(())) };
    ops_e2e::until("the draft", is_there).await?;
    assert_eq!(value(&browser, "subject").await?, "gate:gitea-pull");

    // A newer manifest without the event type: the hub says what is missing, the form keeps everything.
    let bundle = std::path::PathBuf::from(setting("OPS_HUB_BUNDLE")?).join("manifest.json");
    let mut manifest: Value = serde_json::from_slice(&std::fs::read(bundle)?)?;
    let version = "99.0.0";
    manifest["extension"]["version"] = version.into();
    if let Some(types) = manifest["eventTypes"].as_array_mut() {
        types.retain(|one| one["name"] != "ops-readiness-gate-assessed");
    }
    for kind in manifest["kinds"].as_array_mut().into_iter().flatten() {
        if let Some(accepts) = kind["accepts"].as_array_mut() {
            accepts.retain(|one| one != "ops-readiness-gate-assessed");
        }
    }
    let (status, body) = hub.send(Method::POST, "/api/v2/hubs/ops-hub/manifests", Some(&manifest)).await?;
    ensure!(status.is_success(), "{status} {body}");
    let activation = format!("/api/v2/hubs/ops-hub/manifests/{version}/activation");
    let (status, body) = hub.send(Method::POST, &activation, None).await?;
    ensure!(status.is_success(), "{status} {body}");
    submit(&browser, WIDGET).await?;
    let refused = "no active manifest registers the event type 'ops-readiness-gate-assessed'";
    browser.shows(WIDGET, &["Not recorded, and nothing is lost", refused]).await?;
    assert_eq!(value(&browser, "assessor").await?, "somebody else");
    let (_, page) = hub.send(Method::GET, "/api/v2/hubs/ops-hub/events", None).await?;
    assert_eq!(page["items"].as_array().map(Vec::len), Some(1));
    browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_seen_earlier_is_as_old_as_that() -> anyhow::Result<()> {
    const ENDPOINT: &str = "ops-endpoint-gitea-registry";
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let browser = Browser::open(1200, 900).await?;
    browser.sign_in(&hub, PAGE).await?;
    browser.shows(ENDPOINT, &["unproven"]).await?;

    // Two hours ago by the reader's clock and zone, as a calendar field takes it, and in UTC.
    let times = "const at = new Date(Math.floor(Date.now() / 60_000 - 120) * 60_000);\
        return [new Date(at - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16), at.toISOString()]";
    let [local, utc]: [String; 2] = serde_json::from_value(browser.run(times, vec![]).await?)?;
    fill(&browser, ENDPOINT, "observedStatus", "401").await?;
    fill(&browser, ENDPOINT, "observedAt", &local).await?;
    submit(&browser, ENDPOINT).await?;
    browser.shows(ENDPOINT, &["2 hours ago", "Recorded"]).await?;
    let (_, page) = hub.send(Method::GET, "/api/v2/hubs/ops-hub/events", None).await?;
    assert_eq!(page["items"][0]["metadata"]["observedAt"], utc, "{page}");
    browser.close().await
}
