//! Evidence as it streams in: drawn where it concerns, and whole whatever happens to the stream.

use std::time::Duration;

use ops_e2e::{Fault, until};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::time::sleep;

use super::{SCRIPT, Stage};

const EVENTS: &str = "/api/v2/events";
/// More than the window of one event type about one entity holds.
const BURST: u32 = 300;

async fn record(stage: &Stage, event: &Value) -> anyhow::Result<()> {
    let (status, body) = stage.hub.send(Method::POST, EVENTS, Some(event)).await?;
    anyhow::ensure!(status == StatusCode::CREATED, "{body}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_widget_that_evidence_does_not_concern_keeps_every_node_as_it_is() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    let widgets =
        "<ops-endpoint id=it name=gitea-registry></ops-endpoint><ops-service id=other name=state-hub></ops-service>";
    stage.visit(&format!("{widgets}{SCRIPT}")).await?;
    stage.browser.shows("ops-endpoint#it", &["unproven", "live ·"]).await?;
    let id = stage.hub.widget_id("ops-service-state-hub").await?;
    let metadata = json!({ "vsmFunction": "OPS", "vsmSystem": "S1", "text": "seen to" });
    record(&stage, &json!({ "widgetId": id, "eventType": "ops-note-added", "viewContext": "x", "metadata": metadata }))
        .await?;
    stage.browser.shows("ops-service#other", &["seen to"]).await?;
    let id = stage.hub.widget_id("ops-endpoint-gitea-registry").await?;
    let mut counts = Value::Null;
    // Every 15 s all ages move on: where that falls into the time of watching, it is watched again.
    for attempt in 0..3_u32 {
        // A drawing would say that the note is two seconds older.
        sleep(Duration::from_secs(2)).await;
        stage
            .run(
                "window.changes = { it: 0, other: 0 };\
                 for (const name of ['it', 'other'])\
                     new MutationObserver((all) => { window.changes[name] += all.length; }).observe(\
                         document.getElementById(name).shadowRoot,\
                         { subtree: true, childList: true, characterData: true, attributes: true });",
            )
            .await?;
        let mut event = crate::first_event(&id);
        event["metadata"]["observedStatus"] = (500 + attempt).into();
        record(&stage, &event).await?;
        stage.browser.shows("ops-endpoint#it", &["failing", &(500 + attempt).to_string()]).await?;
        counts = stage.run("return window.changes").await?;
        if counts["other"] == 0 {
            break;
        }
    }
    assert!(counts["it"].as_u64().is_some_and(|count| count > 0), "{counts}");
    assert_eq!(counts["other"], 0, "{counts}");
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_between_the_evidence_and_the_stream_is_not_missed() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    stage.front.fault("/events/stream", Fault::Held);
    stage.visit(&format!("<ops-endpoint id=it name=gitea-registry></ops-endpoint>{SCRIPT}")).await?;
    stage.browser.shows("ops-endpoint#it", &["unproven"]).await?;
    stage.asked("/events/stream").await?;
    let id = stage.hub.widget_id("ops-endpoint-gitea-registry").await?;
    record(&stage, &crate::first_event(&id)).await?;
    assert_eq!(stage.browser.standing("ops-endpoint#it").await?, "unproven", "nobody has said it yet");
    stage.front.heal();
    until("the endpoint to be proven", || async {
        Ok((stage.browser.standing("ops-endpoint#it").await? == "proven").then_some(()))
    })
    .await?;
    assert_eq!(stage.front.requests("/events"), 1, "by the stream, not by another reading");
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_burst_over_a_stream_that_is_cut_twice_is_neither_short_nor_doubled() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    let widgets = "<ops-endpoint id=it name=gitea-registry></ops-endpoint><ops-feed id=feed></ops-feed>";
    stage.visit(&format!("{widgets}{SCRIPT}")).await?;
    stage.browser.shows("ops-endpoint#it", &["unproven", "live ·"]).await?;
    let id = stage.hub.widget_id("ops-endpoint-gitea-registry").await?;
    for number in 1..=BURST {
        let mut event = crate::first_event(&id);
        event["metadata"]["observedStatus"] = if number == BURST { 502 } else { 401 }.into();
        record(&stage, &event).await?;
        if number == BURST / 3 || number == BURST / 2 {
            stage.front.cut_streams();
        }
    }
    // What is kept and what is said to be on the hub are all events together.
    let counted = "const feed = document.getElementById('feed').shadowRoot;\
                   const number = (name) => Number(/(\\d+)\\D*$/.exec(feed.querySelector(name)?.textContent ?? '0')[1]);\
                   return number('.feed-count') + number('.feed-older')";
    let all = format!("return (() => {{ {counted} }})() === {BURST}");
    stage.until("every event to be counted", &all).await?;
    stage.browser.shows("ops-endpoint#it", &["failing", "502", "live ·"]).await?;
    // Reading the latest events anew counts none of them again.
    stage.run("document.getElementById('it').refresh()").await?;
    sleep(Duration::from_secs(2)).await;
    assert_eq!(stage.run(counted).await?, BURST);
    stage.browser.shows("ops-feed#feed", &["Older evidence is on the hub (236)."]).await?;
    stage.browser.close().await
}
