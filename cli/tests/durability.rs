//! What the hub acknowledged is there after it was killed.
#![allow(clippy::expect_used)]

mod support;

use std::{collections::BTreeSet, time::Duration};

use reqwest::Client;
use serde_json::{Value, json};
use support::{
    hub::{Hub, committed},
    stdout,
};
use tokio::{task::JoinSet, time::sleep};

/// Records events until the hub is gone; gives the ids of those that it acknowledged.
async fn record(client: Client, url: String, token: String, widget: String) -> Vec<String> {
    let event = json!({
        "widgetId": widget, "eventType": "ops-endpoint-verified",
        "metadata": {
            "vsmFunction": "OPS", "vsmSystem": "S1", "endpoint": "https://gitea.coulomb.social/v2/",
            "expectedStatus": 401, "observedStatus": 401
        }
    });
    let mut acknowledged = Vec::new();
    loop {
        let request = client.post(format!("{url}/api/v2/events")).bearer_auth(&token).json(&event);
        let Ok(answer) = request.send().await else { return acknowledged };
        let is_kept = answer.status() == 201;
        // Cut in the middle of the body: the status came, so that it was acknowledged, but not which it is.
        let Ok(body) = answer.json::<Value>().await else { return acknowledged };
        assert!(is_kept, "{body}");
        acknowledged.push(body["id"].as_str().expect("an id").to_owned());
    }
}

async fn read(client: &Client, hub: &Hub, path: &str) -> Value {
    let request = client.get(format!("{}/api/v2/hubs/ops-hub/{path}", hub.url())).bearer_auth(hub.token());
    request.send().await.expect("an answer").json().await.expect("JSON")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_is_killed_while_it_writes_loses_no_acknowledged_event() {
    // An error means that another test chose it already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::new();
    let mut hub = Hub::start();
    stdout(&hub.register(&committed(), &[]));
    let widgets = read(&client, &hub, "widgets").await;
    let items = widgets["items"].as_array().expect("items");
    let widget = items.iter().find(|widget| widget["kind"] == "endpoint").expect("the widget");
    let widget = widget["id"].as_str().expect("an id").to_owned();

    let mut writers = JoinSet::new();
    for _ in 0..8 {
        writers.spawn(record(client.clone(), hub.url().into(), hub.token().into(), widget.clone()));
    }
    sleep(Duration::from_millis(700)).await;
    // SIGKILL: nothing is finished, nothing is closed.
    hub.process.kill().expect("the hub is killed");
    let acknowledged: BTreeSet<String> = writers.join_all().await.into_iter().flatten().collect();
    assert!(acknowledged.len() >= 8, "only {} events were recorded", acknowledged.len());

    let hub = Hub::start_in(hub.folder.clone());
    let mut kept = BTreeSet::new();
    let mut path = "events?limit=1000".to_owned();
    loop {
        let page = read(&client, &hub, &path).await;
        let items = page["items"].as_array().expect("items");
        kept.extend(items.iter().filter_map(|event| event["id"].as_str().map(str::to_owned)));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("events?limit=1000&before={next}");
    }
    let lost: Vec<&String> = acknowledged.difference(&kept).collect();
    assert_eq!(lost, Vec::<&String>::new(), "of {} acknowledged", acknowledged.len());
}
