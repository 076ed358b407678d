//! Containment: a widget that panics takes no other one with it.

use std::path::PathBuf;

use ops_e2e::{Browser, Front, LocalHub, setting};
use serde_json::json;

use super::{SCRIPT, Stage};

const PAGE: &str = "<script>window.heard = []; addEventListener('ops-error', (event) => heard.push([event.target.id, \
    event.detail.error.message, event.detail.recovered === true]))</script>\
    <ops-env id=one name=local></ops-env><ops-env id=two name=coulombcore></ops-env>\
    <ops-widget id=ready name=ops-readiness-gitea-registry></ops-widget>";

/// A stage whose bundle panics where it is asked to.
pub(super) async fn stage() -> anyhow::Result<Stage> {
    let hub = LocalHub::start_with(&PathBuf::from(setting("OPS_HUB_FAULT_BUNDLE")?)).await?;
    hub.register().await?;
    let front = Front::start(&hub.url, setting("OPS_WEB")?.into()).await?;
    let browser = Browser::open(1280, 900).await?;
    browser.sign_in_at(&hub, &front.url, "/Hubs").await?;
    Ok(Stage { hub, front, browser })
}

/// What the reader sees of the widget `one`: its message, and whether it offers to load again.
const FAILED: &str = "const root = document.getElementById('one').shadowRoot; const button = root?.querySelector('button');\
    return root?.querySelector('.message .detail')?.textContent.includes('injected') && button.textContent.includes('Reload')";

/// The others answer to their reader: they are views of a running instance.
async fn others_live(stage: &Stage) -> anyhow::Result<()> {
    stage.browser.shows("ops-env#two", &["92.205.130.254", "live ·"]).await?;
    stage.browser.shows("ops-widget#ready", &["0 of 7 gates passed"]).await?;
    Ok(())
}

/// The reload button of the failed widget brings it back.
async fn reload(stage: &Stage) -> anyhow::Result<()> {
    stage.run("document.getElementById('one').shadowRoot.querySelector('button').click()").await?;
    stage.browser.shows("ops-env#one", &["State Hub", "live ·"]).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_while_a_widget_is_mounted_is_its_own() -> anyhow::Result<()> {
    let stage = stage().await?;
    stage.visit(&format!("<script>opsHubFault = 'mount:local'</script>{PAGE}{SCRIPT}")).await?;
    stage.until("the message", FAILED).await?;
    others_live(&stage).await?;
    let heard = stage.run("return heard.map(([id, , recovered]) => [id, recovered])").await?;
    assert_eq!(heard, json!([["one", false]]));
    reload(&stage).await?;
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_in_a_handler_keeps_what_was_typed_elsewhere() -> anyhow::Result<()> {
    let stage = stage().await?;
    stage.visit(&format!("{PAGE}{SCRIPT}")).await?;
    stage.browser.shows("ops-env#one", &["State Hub"]).await?;
    others_live(&stage).await?;
    // Somebody is filling in a form of another widget.
    stage.run(&unfold("ready")).await?;
    let typed = "const root = document.getElementById('ready').shadowRoot;\
        const field = root.querySelector('details.record textarea, details.record input[type=text], details.record input:not([type])');\
        field.value = 'half a sentence'; field.dispatchEvent(new Event('input', { bubbles: true }))";
    stage.run(typed).await?;
    stage.run("opsHubFault = 'handler:local'; document.getElementById('one').shadowRoot.querySelector('.injected').click()").await?;
    stage.until("the message", FAILED).await?;
    others_live(&stage).await?;
    let kept = "const root = document.getElementById('ready').shadowRoot;\
        return root.querySelector('details.record')?.open && [...root.querySelectorAll('details.record textarea, details.record input')]\
        .some((field) => field.value === 'half a sentence')";
    stage.until("what was typed", kept).await?;
    assert_eq!(stage.run("return heard.map(([id]) => id)").await?, json!(["one"]));
    reload(&stage).await?;
    stage.browser.close().await
}

/// Opens everything that folds in the element `id`; what is in it is there for the next script.
fn unfold(id: &str) -> String {
    format!(
        "document.getElementById('{id}').shadowRoot.querySelectorAll('details:not([open]) > summary')\
         .forEach((one) => one.click())"
    )
}

/// Types into a field of the element `id` as a reader does.
fn type_into(id: &str, field: &str, text: &str) -> String {
    format!(
        "{{ const root = document.getElementById('{id}').shadowRoot;\
         const field = root.querySelector({field:?}); if (!field) throw new Error('no field {id}'); field.value = {text:?};\
         field.dispatchEvent(new Event(field.localName === 'select' ? 'change' : 'input', {{ bubbles: true }})); }}"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_elsewhere_loses_nothing_that_was_typed_or_chosen() -> anyhow::Result<()> {
    let stage = stage().await?;
    let id = stage.hub.widget_id("ops-endpoint-gitea-registry").await?;
    let (status, body) =
        stage.hub.send(reqwest::Method::POST, "/api/v2/events", Some(&crate::first_event(&id))).await?;
    anyhow::ensure!(status.is_success(), "{body}");
    // Neither an address nor a storage helps: what is typed is kept by the page's own memory.
    let bare = "<script>history.replaceState = () => { throw new DOMException('', 'SecurityError') };\
        Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('', 'SecurityError') } })</script>";
    let more = "<ops-catalog id=all></ops-catalog><ops-feed id=feed></ops-feed>";
    stage.visit(&format!("{bare}{PAGE}{more}{SCRIPT}")).await?;
    stage.browser.shows("ops-env#one", &["State Hub"]).await?;
    stage.browser.shows("ops-catalog#all", &["6 of 6 shown"]).await?;
    stage.browser.shows("ops-feed#feed", &["1 of 1 events"]).await?;
    stage.run(&type_into("all", "input[type=search]", "gitea")).await?;
    stage.run(&type_into("feed", ".feed-choice select", "ops-endpoint-verified")).await?;
    stage.run(&unfold("ready")).await?;
    stage.run(&type_into("ready", "[data-field=eventType]", "ops-note-added")).await?;
    stage
        .until(
            "the form",
            "return document.getElementById('ready').shadowRoot.querySelector('[data-field=text]') !== null",
        )
        .await?;
    let fields = "return [...document.getElementById('ready').shadowRoot.querySelectorAll('.record input, .record textarea')].map((one) => one.dataset.field)";
    let fields: Vec<String> = serde_json::from_value(stage.run(fields).await?)?;
    anyhow::ensure!(!fields.is_empty(), "the form has no field to type into");
    for name in &fields {
        stage.run(&type_into("ready", &format!("[data-field={name}]"), "half a sentence")).await?;
    }
    stage.browser.shows("ops-catalog#all", &["3 of 6 shown"]).await?;
    stage.run("opsHubFault = 'handler:local'; document.getElementById('one').shadowRoot.querySelector('.injected').click()").await?;
    stage.until("the message", FAILED).await?;
    // The next instance has everything, in the fields and in what follows from them.
    stage.browser.shows("ops-catalog#all", &["3 of 6 shown"]).await?;
    stage.browser.shows("ops-feed#feed", &["1 of 1 events"]).await?;
    let kept = "const at = (id, what) => document.getElementById(id).shadowRoot.querySelector(what)?.value;\
        const form = [...document.getElementById('ready').shadowRoot.querySelectorAll('.record input, .record textarea')];\
        return [at('all', 'input[type=search]'), at('feed', '.feed-choice select'), at('ready', '[data-field=eventType]'),\
          document.getElementById('ready').shadowRoot.querySelector('details.record').open,\
          form.map((one) => one.dataset.field), form.every((one) => one.value === 'half a sentence')]";
    let whole = json!(["gitea", "ops-endpoint-verified", "ops-note-added", true, fields, true]);
    ops_e2e::until("everything that was typed", || async { Ok((stage.run(kept).await? == whole).then_some(())) })
        .await?;
    reload(&stage).await?;
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_in_an_effect_is_the_widgets_whose_effect_it_is() -> anyhow::Result<()> {
    let stage = stage().await?;
    stage.visit(&format!("<script>opsHubFault = 'effect:local'</script>{PAGE}{SCRIPT}")).await?;
    stage.until("the message", FAILED).await?;
    others_live(&stage).await?;
    assert_eq!(stage.run("return heard.map(([id]) => id)").await?, json!(["one"]));
    reload(&stage).await?;
    // The streams of the instance that ended are closed: one is open.
    others_live(&stage).await?;
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_in_the_store_starts_every_widget_anew() -> anyhow::Result<()> {
    let stage = stage().await?;
    stage.visit(&format!("<script>opsHubFault = 'fetch:hub'</script>{PAGE}{SCRIPT}")).await?;
    stage.browser.shows("ops-env#one", &["State Hub", "live ·"]).await?;
    others_live(&stage).await?;
    let heard = "return heard.map(([id, words, recovered]) => [id, words.includes('injected'), recovered]).sort()";
    assert_eq!(stage.run(heard).await?, json!([["one", true, true], ["ready", true, true], ["two", true, true]]));
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_panics_again_and_again_ends_in_a_message() -> anyhow::Result<()> {
    let stage = stage().await?;
    let always = "<script>Object.defineProperty(window, 'opsHubFault', { get: () => window.calm ? '' : 'fetch:hub', set() {} })</script>";
    stage.visit(&format!("{always}{PAGE}{SCRIPT}")).await?;
    let all = "return [...document.querySelectorAll('[id]')].every((one) => \
               one.shadowRoot?.querySelector('.message .detail')?.textContent.includes('injected'))";
    stage.until("the messages", all).await?;
    let requests = stage.front.requests("/catalog");
    assert!(requests <= 4, "{requests} requests: the first, and one for each of three new starts");
    // Nothing goes on by itself; the reader's press does.
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    assert_eq!(stage.front.requests("/catalog"), requests);
    stage.run("window.calm = true").await?;
    reload(&stage).await?;
    stage.browser.close().await
}
