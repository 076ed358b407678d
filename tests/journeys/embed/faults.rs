//! Faults: what networks, proxies, operators and time do to a hub's answers. The widget shows the last
//! good data with its age or a clear reason, and recovers by itself without a storm of requests.

use std::time::{Duration, Instant};

use ops_e2e::{Fault, until};
use reqwest::{Method, StatusCode};
use serde_json::json;
use tokio::time::sleep;

use super::{SCRIPT, Stage};

const GOOD: &str = "92.205.130.254";
const IT: &str = "ops-env#it";

fn status(code: u16) -> Fault {
    Fault::Status(code, vec![], String::new())
}

/// Thirty widgets, the first of them `it`: whatever happens, they ask as one.
async fn thirty(stage: &Stage, head: &str) -> anyhow::Result<()> {
    let others = "<ops-env name=local></ops-env>".repeat(29);
    stage.visit(&format!("{head}<ops-env id=it name=coulombcore></ops-env>{others}{SCRIPT}")).await
}

/// A hub that is well at first, then answers every reading with `fault`: the data stays, `words` say why,
/// the pauses grow, and with the fault gone the words go by themselves.
async fn midway(fault: Fault, words: &[&str]) -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    thirty(&stage, "").await?;
    stage.browser.shows(IT, &[GOOD, "live ·"]).await?;
    stage.front.fault("/catalog", fault);
    let before = stage.front.requests("/catalog");
    stage.run("document.getElementById('it').refresh()").await?;
    let mut shown = vec![GOOD, "as of"];
    shown.extend(words);
    stage.browser.shows(IT, &shown).await?;
    // At once, and after 1 to 2 s, 2 to 4 s: not thirty times, and not ever faster.
    sleep(Duration::from_secs(4)).await;
    let asked = stage.front.requests("/catalog") - before;
    assert!((2..=4).contains(&asked), "{asked} requests in 4 s");
    stage.front.heal();
    well_again(&stage, words).await?;
    stage.browser.close().await
}

/// The words of a trouble have gone, and nobody pressed anything.
async fn well_again(stage: &Stage, words: &[&str]) -> anyhow::Result<()> {
    until("the words of the trouble to go", || async {
        let text = stage.browser.text(IT).await?.to_lowercase();
        Ok((text.contains(GOOD) && !words.iter().any(|word| text.contains(&word.to_lowercase()))).then_some(()))
    })
    .await
}

/// Records the inventory's first event.
async fn prove(stage: &Stage) -> anyhow::Result<()> {
    let id = stage.hub.widget_id("ops-endpoint-gitea-registry").await?;
    let (status, body) = stage.hub.send(Method::POST, "/api/v2/events", Some(&crate::first_event(&id))).await?;
    anyhow::ensure!(status == StatusCode::CREATED, "{body}");
    Ok(())
}

/// Waits until the endpoint's claim stands so.
async fn stands(stage: &Stage, standing: &str) -> anyhow::Result<()> {
    until(&format!("the endpoint to be {standing}"), || async {
        Ok((stage.browser.standing("ops-endpoint#it").await? == standing).then_some(()))
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_storm_of_500_is_no_storm_of_requests() -> anyhow::Result<()> {
    midway(status(500), &["HTTP 500"]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_is_tried_again() -> anyhow::Result<()> {
    midway(status(409), &["HTTP 409"]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_catalog_that_is_gone_says_so() -> anyhow::Result<()> {
    midway(status(404), &["no catalog"]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_cut_off_says_so() -> anyhow::Result<()> {
    midway(Fault::Cut(700), &["does not answer", "ended early"]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_document_is_malformed() -> anyhow::Result<()> {
    midway(Fault::Body(r#"{"schema": 1, "entities": ["#.into()), &["EOF while parsing"]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn another_type_than_json_is_named() -> anyhow::Result<()> {
    midway(Fault::Type("text/plain"), &["not JSON but text/plain"]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_without_end_is_not_read_to_its_end() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    thirty(&stage, "").await?;
    stage.browser.shows(IT, &[GOOD, "live ·"]).await?;
    stage.front.fault("/catalog", Fault::Endless(2_000_000_000));
    stage.run("document.getElementById('it').refresh()").await?;
    stage.browser.shows(IT, &[GOOD, "more than 64 MB"]).await?;
    stage.front.heal();
    well_again(&stage, &["64 MB"]).await?;
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_is_asked_too_often_is_left_alone_as_long_as_it_says() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    thirty(&stage, "").await?;
    stage.browser.shows(IT, &[GOOD, "live ·"]).await?;
    stage.front.fault("/catalog", Fault::Status(429, vec![("retry-after", "6".into())], String::new()));
    stage.run("document.getElementById('it').refresh()").await?;
    stage.browser.shows(IT, &[GOOD, "HTTP 429", "wait 6 s"]).await?;
    let before = stage.front.requests("/catalog");
    // Nor do its readers' presses count until then.
    stage.run("document.querySelectorAll('ops-env').forEach((one) => one.refresh())").await?;
    sleep(Duration::from_secs(4)).await;
    assert_eq!(stage.front.requests("/catalog"), before);
    stage.front.heal();
    well_again(&stage, &["HTTP 429"]).await?;
    assert_eq!(stage.front.requests("/catalog"), before + 1);
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_is_not_ready_is_asked_again_when_it_says() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    let not_ready = || Fault::Status(503, vec![("retry-after", "3".into())], String::new());
    // At the start there is nothing to show but the reason; later, when the evidence alone is not to be
    // had, the last good data stays.
    stage.front.fault("/catalog", not_ready());
    thirty(&stage, "").await?;
    for (path, shown) in [("/catalog", vec![]), ("/events", vec![GOOD, "as of"])] {
        let words = [&["HTTP 503", "not ready", "wait 3 s"], shown.as_slice()].concat();
        stage.browser.shows(IT, &words).await?;
        let (before, since) = (stage.front.requests(path), Instant::now());
        stage.front.heal();
        // What an element asks for besides does not put it off.
        stage.run("document.getElementById('it').refreshSeconds += 300").await?;
        well_again(&stage, &["HTTP 503"]).await?;
        assert_eq!(stage.front.requests(path), before + 1, "thirty widgets ask as one");
        // The message came in far less than the second that is left out here.
        assert!(since.elapsed() > Duration::from_secs(2), "asked again after {:?}", since.elapsed());
        stage.front.fault("/events", not_ready());
        stage.run("document.getElementById('it').refresh()").await?;
    }
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_midway_leads_to_sign_in_and_back() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    thirty(&stage, "").await?;
    stage.browser.shows(IT, &[GOOD, "live ·"]).await?;
    for fault in [status(401), Fault::Status(303, vec![("location", "/NewSession".into())], String::new())] {
        stage.front.fault("/catalog", fault);
        stage.run("document.getElementById('it').refresh()").await?;
        stage.browser.shows(IT, &[GOOD, "signed out", "Sign in"]).await?;
        let way = "return document.getElementById('it').shadowRoot.querySelector('a.primary').getAttribute('href')";
        assert_eq!(stage.run(way).await?, format!("{}/NewSession?return=%2Fpage", stage.front.url));
        // Asking again would not help; the reader who comes back from the sign-in in another tab is seen.
        let before = stage.front.requests("/catalog");
        sleep(Duration::from_secs(4)).await;
        assert_eq!(stage.front.requests("/catalog"), before);
        stage.front.heal();
        stage.run("document.dispatchEvent(new Event('visibilitychange'))").await?;
        well_again(&stage, &["signed out"]).await?;
    }
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_without_the_right_is_told_and_not_asked_again() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    stage.front.fault("/catalog", status(403));
    thirty(&stage, "").await?;
    stage.browser.shows(IT, &["may not"]).await?;
    let before = stage.front.requests("/catalog");
    sleep(Duration::from_secs(4)).await;
    assert_eq!(stage.front.requests("/catalog"), before);
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_page_in_place_of_data_is_no_data() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    let page = "<!doctype html><title>Log in</title><form></form>".to_owned();
    stage.front.fault("/catalog", Fault::Status(200, vec![("content-type", "text/html".into())], page));
    thirty(&stage, "").await?;
    stage.browser.shows(IT, &["not JSON but text/html"]).await?;
    stage.front.heal();
    stage.browser.shows(IT, &[GOOD]).await?;
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_hub_is_waited_for_and_then_not() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    stage.front.fault("/catalog", Fault::Slow(Duration::from_secs(60)));
    thirty(&stage, "").await?;
    stage.browser.shows(IT, &["No answer within 20 s"]).await?;
    stage.front.heal();
    stage.browser.shows(IT, &[GOOD]).await?;
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_is_down_at_the_start_is_shown_when_it_comes() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    // The page and its script have come, and then the server goes: the components cannot be loaded.
    stage.front.page("/page", "<!doctype html><html lang=en><link rel=icon href='data:,'><body></body></html>");
    stage.browser.driver().goto(format!("{}/page", stage.front.url)).await?;
    stage.run("return import('/extensions/ops-hub/ops-hub.js').then(() => true)").await?;
    stage.front.away(true);
    let others = "<ops-env name=local></ops-env>".repeat(29);
    stage.run(&format!("document.body.innerHTML = `<ops-env id=it name=coulombcore></ops-env>{others}`")).await?;
    stage.browser.shows_any(IT, &["could not be"]).await?;
    // One probe for all widgets, with a pause that grows.
    let tries =
        "return performance.getEntriesByType('resource').filter((one) => one.name.endsWith('manifest.json')).length";
    let before = stage.run(tries).await?.as_u64().unwrap_or_default();
    sleep(Duration::from_secs(4)).await;
    let asked = stage.run(tries).await?.as_u64().unwrap_or_default() - before;
    assert!(asked <= 4, "{asked} requests in 4 s for thirty widgets");
    stage.front.away(false);
    stage.browser.shows(IT, &[GOOD, "live ·"]).await?;
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_goes_down_and_comes_back_is_followed_again() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    thirty(&stage, "").await?;
    stage.browser.shows(IT, &[GOOD, "live ·"]).await?;
    stage.front.away(true);
    stage.browser.shows(IT, &[GOOD, "as of", "does not answer"]).await?;
    stage.front.away(false);
    well_again(&stage, &["does not answer"]).await?;
    stage.browser.shows(IT, &[GOOD, "live ·"]).await?;
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_is_cut_resumes_and_misses_nothing() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    stage.visit(&format!("<ops-endpoint id=it name=gitea-registry></ops-endpoint>{SCRIPT}")).await?;
    stage.browser.shows("ops-endpoint#it", &["unproven", "live ·"]).await?;
    stage.front.cut_streams();
    stage.browser.shows("ops-endpoint#it", &["checked at intervals"]).await?;
    // Recorded while nobody listens.
    prove(&stage).await?;
    stands(&stage, "proven").await?;
    stage.browser.shows("ops-endpoint#it", &["live ·"]).await?;
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_without_network_waits_for_it() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    thirty(&stage, "").await?;
    stage.browser.shows(IT, &[GOOD, "live ·"]).await?;
    let network =
        |offline: bool| json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    let cdp = stage.browser.driver().cdp();
    cdp.send_raw("Network.enable", json!({})).await?;
    cdp.send_raw("Network.emulateNetworkConditions", network(true)).await?;
    stage.run("document.getElementById('it').refresh()").await?;
    stage.browser.shows(IT, &[GOOD, "This browser is offline"]).await?;
    let before = stage.front.requests("/catalog");
    sleep(Duration::from_secs(4)).await;
    assert_eq!(stage.front.requests("/catalog"), before);
    cdp.send_raw("Network.emulateNetworkConditions", network(false)).await?;
    well_again(&stage, &["offline"]).await?;
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_readers_wrong_clock_makes_nothing_fresh() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    prove(&stage).await?;
    // Ten years behind: by this clock the evidence lies in the future.
    let behind = "<script>const real = Date; window.Date = class extends real { constructor(...all) { \
        all.length ? super(...all) : super(real.now() - 10 * 365 * 86400e3) } static now() { return real.now() - 10 * 365 * 86400e3 } }</script>";
    stage.visit(&format!("{behind}<ops-endpoint id=it name=gitea-registry></ops-endpoint>{SCRIPT}")).await?;
    stands(&stage, "proven").await?;
    stage.browser.shows("ops-endpoint#it", &["live ·"]).await?;
    // By the hub's clock it grows old, whatever the reader's says.
    stage.hub.advance(60 * 86_400).await?;
    stands(&stage, "stale").await?;
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tab_that_nobody_looks_at_is_silent_and_catches_up_when_somebody_does() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    // The browser of a test has no other tab to hide this one: the page says that it is hidden.
    let hide = "<script>window.hide = (is) => { for (const [name, value] of [['hidden', is], ['visibilityState', is ? 'hidden' : 'visible']]) \
        Object.defineProperty(document, name, { configurable: true, get: () => value }); document.dispatchEvent(new Event('visibilitychange')) }</script>";
    stage.front.fault("/events/stream", status(404));
    stage.visit(&format!("{hide}<ops-endpoint id=it name=gitea-registry refresh=5></ops-endpoint>{SCRIPT}")).await?;
    stage.browser.shows("ops-endpoint#it", &["unproven", "checked at intervals"]).await?;
    stage.run("hide(true)").await?;
    sleep(Duration::from_secs(6)).await;
    let before = stage.front.requests("/catalog");
    sleep(Duration::from_secs(8)).await;
    assert_eq!(stage.front.requests("/catalog"), before);
    // A day passes by the hub's clock, and something is recorded.
    stage.hub.advance(86_400).await?;
    prove(&stage).await?;
    stage.run("hide(false)").await?;
    stands(&stage, "proven").await?;
    assert_eq!(stage.front.requests("/catalog"), before + 1);
    stage.browser.close().await
}
