//! The start: what the first widget needs is asked for while the components load, and whatever becomes of
//! that, the page ends as it would have.

use std::time::Duration;

use anyhow::{Context, ensure};
use ops_e2e::{Fault, setting, until};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::time::sleep;

use super::{SCRIPT, Stage};

const GOOD: &str = "92.205.130.254";
const IT: &str = "ops-env#it";
const ELEMENT: &str = "<ops-env id=it name=coulombcore></ops-env>";

fn status(code: u16) -> Fault {
    Fault::Status(code, vec![], String::new())
}

/// The components come this much later.
fn slow(stage: &Stage, ms: u64) {
    stage.front.fault(".wasm", Fault::Slow(Duration::from_millis(ms)));
}

#[tokio::test(flavor = "multi_thread")]
async fn catalog_and_evidence_are_there_before_the_components() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    slow(&stage, 700);
    stage.visit(&format!("{ELEMENT}{SCRIPT}")).await?;
    stage.browser.shows(IT, &[GOOD, "live ·"]).await?;
    let times = "const of = (end) => performance.getEntriesByType('resource').find(({ name }) => name.includes(end));\
        const [catalog, events, wasm] = ['/catalog', '/events', '.wasm'].map(of);\
        return [catalog, events].map(({ responseEnd }) => responseEnd < wasm.responseEnd)";
    assert_eq!(stage.run(times).await?, json!([true, true]));
    assert_eq!(stage.browser.complaints().await?, Vec::<String>::new());
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn components_that_come_late_miss_nothing() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    slow(&stage, 5000);
    stage.visit(&format!("<ops-endpoint id=it name=gitea-registry></ops-endpoint>{SCRIPT}")).await?;
    stage.asked("/events").await?;
    // What was answered by now does not have it, nor has the stream, which opens later.
    sleep(Duration::from_secs(1)).await;
    let id = stage.hub.widget_id("ops-endpoint-gitea-registry").await?;
    let (status, body) = stage.hub.send(Method::POST, "/api/v2/events", Some(&crate::first_event(&id))).await?;
    ensure!(status == StatusCode::CREATED, "{body}");
    until("the endpoint to be proven", || async {
        Ok((stage.browser.standing("ops-endpoint#it").await? == "proven").then_some(()))
    })
    .await?;
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_answers_wrongly_ahead_is_asked_again_in_a_while() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    for path in ["/catalog", "/events"] {
        let before = stage.front.requests(path);
        stage.front.fault(path, status(500));
        stage.visit(&format!("{ELEMENT}{SCRIPT}")).await?;
        stage.browser.shows(IT, &["HTTP 500"]).await?;
        let asked = stage.front.requests(path) - before;
        assert!((1..=2).contains(&asked), "{asked} requests for {path} at once");
        stage.front.heal();
        stage.browser.shows(IT, &[GOOD, "live ·"]).await?;
    }
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_who_is_signed_out_is_asked_for_once() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    stage.front.fault("/catalog", status(401));
    stage.visit(&format!("{ELEMENT}{SCRIPT}")).await?;
    stage.browser.shows(IT, &["signed out", "Sign in"]).await?;
    sleep(Duration::from_secs(3)).await;
    assert_eq!(stage.front.requests("/catalog"), 1);
    stage.front.heal();
    stage.run("document.getElementById('it').refresh()").await?;
    stage.browser.shows(IT, &[GOOD, "live ·"]).await?;
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_fails_ahead_is_tried_again() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    let cdp = stage.browser.driver().cdp();
    cdp.send_raw("Network.enable", json!({})).await?;
    cdp.send_raw("Network.setBlockedURLs", json!({ "urls": ["*/catalog?*"] })).await?;
    stage.visit(&format!("{ELEMENT}{SCRIPT}")).await?;
    stage.browser.shows(IT, &["does not answer"]).await?;
    assert_eq!(stage.front.requests("/catalog"), 0);
    cdp.send_raw("Network.setBlockedURLs", json!({ "urls": [] })).await?;
    stage.browser.shows(IT, &[GOOD, "live ·"]).await?;
    assert_eq!(stage.front.requests("/catalog"), 1);
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_no_element_shows_is_not_asked() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    // The hub itself, past the front: an origin of its own, which the page gives no token for.
    let other = format!("<ops-env id=it name=coulombcore hub='{}'></ops-env>{SCRIPT}", stage.hub.url);
    stage.visit(&other).await?;
    stage.browser.shows(IT, &["does not name the hub"]).await?;
    for path in ["/catalog", "/events"] {
        assert_eq!(stage.front.requests(path), 0, "requests for {path}");
    }
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manifest_that_names_other_paths_is_followed() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    let http = reqwest::Client::new();
    let address = format!("{}/extensions/ops-hub/manifest.json", stage.hub.url);
    let mut manifest: Value = http.get(address).send().await?.error_for_status()?.json().await?;
    for (operation, path) in [("getCatalog", "/elsewhere/list"), ("listEvents", "/elsewhere/log")] {
        let (status, known) = stage.hub.send(Method::GET, &path_of(&manifest, operation)?, None).await?;
        ensure!(status == StatusCode::OK, "{status} {known}");
        let kind = ("content-type", "application/json".to_owned());
        stage.front.fault(path, Fault::Status(200, vec![kind], known.to_string()));
        manifest["api"][operation] = path.into();
    }
    stage.front.fault("/manifest.json", Fault::Body(manifest.to_string().into()));
    stage.visit(&format!("{ELEMENT}{SCRIPT}")).await?;
    stage.browser.shows(IT, &[GOOD, "live ·"]).await?;
    // What the script had asked for ahead is not taken for it.
    for path in ["/catalog", "/events", "/elsewhere/list", "/elsewhere/log"] {
        assert_eq!(stage.front.requests(path), 1, "requests for {path}");
    }
    assert_eq!(stage.browser.complaints().await?, Vec::<String>::new());
    stage.browser.close().await
}

fn path_of(manifest: &Value, operation: &str) -> anyhow::Result<String> {
    let path = manifest["api"][operation].as_str();
    Ok(path.with_context(|| format!("the manifest has no {operation}: {manifest}"))?.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_hubs_page_asks_for_ahead_is_taken_and_not_asked_for_again() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    slow(&stage, 1000);
    stage.browser.driver().goto(format!("{}/Hubs/ops-hub", stage.front.url)).await?;
    stage.browser.shows("ops-widget[name=ops-env-coulombcore]", &[GOOD, "live ·"]).await?;
    for path in ["/manifest.json", ".wasm", "/catalog", "/events"] {
        assert_eq!(stage.front.requests(path), 1, "requests for {path}");
    }
    // By the page, before the entry ran.
    let ahead = "const of = (end) => performance.getEntriesByType('resource').find(({ name }) => name.endsWith(end));\
        const entry = of('/ops-hub.js').responseEnd;\
        return ['/manifest.json', '/catalog?limit=200', '/events'].map((end) => [of(end).initiatorType, of(end).startTime < entry])";
    assert_eq!(stage.run(ahead).await?, json!([["link", true], ["link", true], ["link", true]]));
    assert_eq!(stage.browser.complaints().await?, Vec::<String>::new());
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hubs_page_shows_its_widgets_at_once_also_where_its_own_script_is_late() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    stage.front.fault("/assets/hub.js", Fault::Slow(Duration::from_secs(1)));
    stage.browser.driver().goto(format!("{}/Hubs/ops-hub", stage.front.url)).await?;
    stage.until("the panels to be seen", "return !document.querySelector('.panels').matches('.is-waiting')").await?;
    // 5 s after it ran, the script shows them whatever it has heard.
    let after = stage.run("return performance.now()").await?.as_f64();
    ensure!(after < Some(5000.0), "after {after:?} ms");
    stage.browser.shows("ops-widget[name=ops-env-coulombcore]", &[GOOD]).await?;
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_moves_on_the_hubs_page_while_it_starts() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    // So high that the feet of cards are in sight.
    stage.browser.driver().set_window_rect(0, 0, 1440, 2400).await?;
    stage.browser.driver().goto(format!("{}/Hubs/ops-hub", stage.front.url)).await?;
    stage
        .run(
            "window.shifts = [];\
             new PerformanceObserver((list) => shifts.push(...list.getEntries().map(({ value }) => value)))\
                 .observe({ type: 'layout-shift', buffered: true })",
        )
        .await?;
    let all = "return [...document.querySelectorAll('ops-widget')].every((one) => one.shadowRoot?.textContent.includes('live ·'))";
    stage.until("all widgets to be live", all).await?;
    // What moved is told after the frame in which it did.
    sleep(Duration::from_millis(500)).await;
    assert_eq!(stage.run("return shifts").await?, json!([]));
    stage.browser.close().await
}

/// The inventory's catalog and so many services besides, each where the inventory's first one runs.
fn large(services: usize) -> anyhow::Result<Value> {
    let mut catalog: Value = serde_json::from_slice(&std::fs::read(setting("OPS_HUB_CATALOG")?)?)?;
    for nth in 0..services {
        let id = format!("service:invented-{nth:05}");
        let entity = json!({ "ref": id, "title": format!("Invented {nth}"), "facts": [], "source": { "line": 1 } });
        catalog["entities"].as_array_mut().into_iter().for_each(|all| all.push(entity.clone()));
        let to = "environment:coulombcore";
        let relation = json!({ "from": id, "type": "runs-on", "to": to, "source": { "line": 1 } });
        catalog["relations"].as_array_mut().into_iter().for_each(|all| all.push(relation.clone()));
    }
    Ok(catalog)
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_that_come_later_move_nothing_that_is_seen() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    let path = stage.hub.folder().join("large.json");
    std::fs::write(&path, large(3000)?.to_string())?;
    stage.hub.register_catalog(&path).await?;
    // Each page of the catalog is there for a while before the next.
    stage.front.fault("/catalog", Fault::Slow(Duration::from_millis(400)));
    let watch = "<script>window.parts = 0; window.shift = 0;\
        new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => shift += value)).observe({ type: 'layout-shift', buffered: true });\
        setInterval(() => parts += !!document.querySelector('ops-catalog').shadowRoot?.querySelector('.part'), 20)</script>";
    stage.visit(&format!("{watch}<ops-catalog></ops-catalog>{SCRIPT}")).await?;
    stage.browser.shows("ops-catalog:not([id])", &["3006 of 3006 shown", "live ·"]).await?;
    ensure!(stage.run("return parts").await?.as_u64() > Some(0), "the pages that had come were not shown");
    assert_eq!(stage.run("return shift").await?.as_f64(), Some(0.0), "what is seen has moved");
    stage.browser.close().await
}
