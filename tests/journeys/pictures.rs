//! Pictures: an operator walks a service's neighbourhood by keys, and follows a migration.

use anyhow::Context;
use ops_e2e::{Browser, LocalHub, until};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::PAGE;

const WAVE: &str = "ops-migration-coulombcore-to-threephoenix";

/// The value of an expression about the shadow root of a widget, which it knows as `root`.
async fn ask(browser: &Browser, widget: &str, expression: &str) -> anyhow::Result<Value> {
    let script = format!(
        "const root = document.querySelector('ops-widget[name={widget}]').shadowRoot; return ({expression}) ?? null"
    );
    browser.run(&script, vec![]).await
}

async fn press(browser: &Browser, keys: impl Into<TypingData>) -> anyhow::Result<()> {
    browser.driver().action_chain().send_keys(keys).perform().await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_walks_a_neighbourhood_by_keys_and_opens_what_stands_there() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let browser = Browser::open(1440, 1000).await?;
    browser.sign_in(&hub, PAGE).await?;
    let service = "ops-service-gitea";
    browser.shows(service, &["Neighbourhood"]).await?;

    let boxes = ask(&browser, service, "[...root.querySelectorAll('a.graph-node')].map((a) => a.dataset.ref)").await?;
    let boxes: Vec<&str> = boxes.as_array().context("no boxes")?.iter().filter_map(Value::as_str).collect();
    for one in [
        "cluster:coulombcore-kubernetes",
        "repository:railiance-apps",
        "service:gitea",
        "endpoint:gitea-oci-registry",
        "data-store:gitea-database",
        "resource:gitea-db",
    ] {
        assert!(boxes.contains(&one), "{one} is not among {boxes:?}");
    }

    // From the owner along the relation to the service, and on to what exposes or stores it.
    let focus = "root.activeElement?.dataset.ref";
    ask(&browser, service, "root.querySelector('a.graph-node[data-ref=\"repository:railiance-apps\"]').focus()")
        .await?;
    press(&browser, Key::Right).await?;
    assert_eq!(ask(&browser, service, focus).await?, "service:gitea");
    press(&browser, Key::Right).await?;
    let there = ask(&browser, service, focus).await?;
    let there = there.as_str().context("the focus is nowhere")?.to_owned();
    assert_ne!(there, "service:gitea");

    // Nearer, and all of it again; then the box is opened like any link.
    let transform = "root.querySelector('.graph-world').getAttribute('transform')";
    press(&browser, "+").await?;
    assert!(ask(&browser, service, transform).await?.as_str().is_some_and(|text| text.contains("scale(125)")));
    press(&browser, "0").await?;
    assert!(ask(&browser, service, transform).await?.as_str().is_some_and(|text| text.contains("scale(100)")));
    press(&browser, Key::Enter).await?;
    until("the view of what had the focus", || async {
        let hash = browser.run("return location.hash", vec![]).await?;
        Ok((hash == format!("#/{}", there.replacen(':', "/", 1))).then_some(()))
    })
    .await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    browser.close().await
}

/// Records an event on the widget that accepts its type.
async fn record(hub: &LocalHub, kind: &str, mut metadata: Value) -> anyhow::Result<()> {
    let widget = if kind == "ops-migration-step-changed" { WAVE } else { "ops-service-gitea" };
    metadata["vsmFunction"] = "OPS".into();
    metadata["vsmSystem"] = "S1".into();
    let event = json!({"widgetId": hub.widget_id(widget).await?, "eventType": kind, "metadata": metadata});
    let (status, body) = hub.send(Method::POST, "/api/v2/events", Some(&event)).await?;
    anyhow::ensure!(status == StatusCode::CREATED, "{kind}: {status} {body}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_follows_a_migration_from_undecided_to_moved() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let browser = Browser::open(1440, 1000).await?;
    browser.sign_in(&hub, PAGE).await?;
    browser.shows(WAVE, &["First thing to do", "Decide what becomes of Gitea", "3 blocked"]).await?;
    assert_eq!(ask(&browser, WAVE, "root.querySelectorAll('.flow-mark.is-undecided').length").await?, 3);

    // On the board, and it stays the board while events arrive.
    ask(&browser, WAVE, "root.querySelector('.switch-choice').click()").await?;
    let stages = "Object.fromEntries([...root.querySelectorAll('[data-move]')].map((card) => \
                  [card.dataset.move, card.closest('[data-stage]').dataset.stage]))";
    let stage = |name: &'static str, stage: &'static str| {
        let browser = &browser;
        async move {
            until(&format!("{name} to be {stage}"), || async {
                Ok((ask(browser, WAVE, stages).await?[name] == stage).then_some(()))
            })
            .await
        }
    };
    let database = "data-store:gitea-database";
    stage(database, "undecided").await?;
    let step = |step: &str| json!({"subject": database, "step": step, "disposition": "retire"});
    record(&hub, "ops-migration-step-changed", step("planned")).await?;
    stage(database, "blocked").await?;
    let pass = json!({"subject": database, "result": "pass"});
    record(&hub, "ops-backup-completed", pass.clone()).await?;
    record(&hub, "ops-restore-tested", pass).await?;
    stage(database, "ready").await?;
    record(&hub, "ops-migration-step-changed", step("started")).await?;
    stage(database, "moving").await?;
    record(&hub, "ops-migration-step-changed", step("done")).await?;
    stage(database, "moved").await?;
    browser.shows(WAVE, &["1 of 3 moved", "2 blocked"]).await?;

    // What is ready falls back when its proof goes stale; what is done stays done.
    let storage = "data-store:gitea-shared-storage";
    let planned = json!({"subject": storage, "step": "planned", "disposition": "retire"});
    record(&hub, "ops-migration-step-changed", planned).await?;
    let pass = json!({"subject": storage, "result": "pass"});
    record(&hub, "ops-backup-completed", pass.clone()).await?;
    record(&hub, "ops-restore-tested", pass).await?;
    stage(storage, "ready").await?;
    hub.advance(60 * 60 * 24 * 3).await?;
    stage(storage, "blocked").await?;
    stage(database, "moved").await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    browser.close().await
}
