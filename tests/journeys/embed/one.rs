//! One instance: whatever number of widgets, tags and versions there is on a page.

use super::{SCRIPT, Stage};

const NAMES: [&str; 5] = ["local", "coulombcore", "railiance01", "threephoenix-prod", "local"];

fn thirty() -> String {
    NAMES.iter().cycle().take(30).map(|name| format!("<ops-env name={name}></ops-env>")).collect()
}

/// How many streams the hub has been asked for.
const STREAMS: &str = "/events/stream";

#[tokio::test(flavor = "multi_thread")]
async fn thirty_widgets_and_three_tags_cost_one_request_and_one_stream() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    let again = SCRIPT.replace("ops-hub.js", "ops-hub.js?again");
    stage.visit(&format!("{SCRIPT}{}{SCRIPT}{again}", thirty())).await?;
    let all =
        "return [...document.querySelectorAll('ops-env')].every((one) => one.shadowRoot?.textContent.includes('live'))";
    stage.until("thirty widgets", all).await?;
    for path in ["/catalog", "/events", STREAMS, "/manifest.json"] {
        assert_eq!(stage.front.requests(path), 1, "requests for {path}");
    }
    assert_eq!(stage.front.requests(".wasm"), 1);
    assert_eq!(stage.browser.complaints().await?, Vec::<String>::new());
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn bundles_of_two_versions_get_along() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    // A later version: another folder, another version, and one element that the first does not have.
    let entry = reqwest::get(format!("{}/extensions/ops-hub/ops-hub.js", stage.front.url)).await?.text().await?;
    let later =
        entry.replace("\"0.1.0\"", "\"9.0.0\"").replace("\"ops-env\"", "\"ops-later\": \"environment\",\n\"ops-env\"");
    assert_ne!(later, entry);
    stage.front.file("/later/ops-hub.js", "text/javascript", &later, &[]);
    stage.front.alias("/later/", "/extensions/ops-hub/");
    let script = SCRIPT.replace("/extensions/ops-hub/", "/later/");
    stage.visit(&format!("{}<ops-later name=local></ops-later>{SCRIPT}{script}", thirty())).await?;
    stage.browser.shows("ops-later[name]", &["State Hub", "live ·"]).await?;
    stage.browser.shows("ops-env[name=local]", &["State Hub", "live ·"]).await?;
    // Two versions, two stores: each of them once.
    for path in ["/catalog", "/events", STREAMS] {
        assert_eq!(stage.front.requests(path), 2, "requests for {path}");
    }
    assert_eq!(stage.browser.complaints().await?, Vec::<String>::new());
    stage.browser.close().await
}
