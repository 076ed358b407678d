//! Register and prove: the blocking rule, the first event, freshness.

use ops_e2e::{Browser, LocalHub, until};
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::{PAGE, first_event};

const EVENTS: &str = "/api/v2/events";
const ENDPOINT: &str = "ops-endpoint-gitea-registry";

#[tokio::test(flavor = "multi_thread")]
async fn the_first_event_is_blocked_until_manifest_and_widget_exist() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    let placeholder = first_event("<ops-endpoint-gitea-registry-widget-id>");
    let (status, problem) = hub.send(Method::POST, EVENTS, Some(&placeholder)).await?;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    assert_eq!(problem["missing"], serde_json::json!(["event-type", "widget"]));

    hub.register().await?;
    let (status, problem) = hub.send(Method::POST, EVENTS, Some(&placeholder)).await?;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    assert_eq!(problem["missing"], serde_json::json!(["widget"]));

    let id = hub.widget_id(ENDPOINT).await?;
    let (status, event) = hub.send(Method::POST, EVENTS, Some(&first_event(&id))).await?;
    assert_eq!(status, StatusCode::CREATED, "{event}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn registering_again_changes_nothing() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let before = hub.widget_id(ENDPOINT).await?;
    let said = hub.register().await?;
    assert!(said.to_lowercase().contains("nothing to do"), "{said}");
    assert_eq!(hub.widget_id(ENDPOINT).await?, before);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_turns_the_endpoint_proven_then_stale_without_a_reload() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let browser = Browser::open(1280, 900).await?;
    browser.sign_in(&hub, PAGE).await?;
    browser.shows(ENDPOINT, &["unproven", "Not checked yet", "live"]).await?;
    browser.run("window.stillHere = true", vec![]).await?;
    // What the reader unfolds stays unfolded while evidence arrives.
    const UNFOLDED: &str = "return document.querySelector('ops-widget[name=ops-env-coulombcore]').shadowRoot\
                            .querySelector('details.more')";
    assert_eq!(browser.run(&format!("{UNFOLDED}.querySelectorAll('.gap').length"), vec![]).await?, 8);
    browser.run(&format!("{UNFOLDED}.open = true"), vec![]).await?;

    let id = hub.widget_id(ENDPOINT).await?;
    let (status, body) = hub.send(Method::POST, EVENTS, Some(&first_event(&id))).await?;
    assert_eq!(status, StatusCode::CREATED, "{body}");
    let parts =
        ["proven", "401 is success here", "Docker-Distribution-Api-Version: registry/2.0", "ops-endpoint-verified"];
    let text = browser.shows(ENDPOINT, &parts).await?;
    assert!(!text.contains("unproven"), "{text}");
    browser.shows("ops-env-coulombcore", &["1 proven"]).await?;
    assert_eq!(browser.run(&format!("{UNFOLDED}.open"), vec![]).await?, true);
    assert_eq!(browser.standing(ENDPOINT).await?, "proven");
    // One proven endpoint does not prove the service: its NodePort has no evidence.
    browser.shows("ops-service-gitea", &["partly proven"]).await?;
    assert_eq!(browser.standing("ops-service-gitea").await?, "unproven");

    hub.advance(24 * 3600 - 60).await?;
    browser.shows(ENDPOINT, &["23 hours ago"]).await?;
    assert_eq!(browser.standing(ENDPOINT).await?, "proven");
    // Each age says its day and time besides, in the reader's language and zone.
    let exact = format!(
        "return [...document.querySelector('ops-widget[name={ENDPOINT}]').shadowRoot.querySelectorAll('time')]\
         .filter((time) => time.checkVisibility()).map((time) => [time.dataset.absolute, time.ariaDescription,\
         new Intl.DateTimeFormat('en', {{ dateStyle: 'medium' }}).format(new Date(time.dateTime))])"
    );
    let exact: Vec<[Option<String>; 3]> = serde_json::from_value(browser.run(&exact, vec![]).await?)?;
    assert!(exact.len() >= 2, "{exact:?}");
    for [shown, described, day] in &exact {
        let shown = shown.as_deref().unwrap_or_default();
        assert!(shown.starts_with(day.as_deref().unwrap_or("no day")), "{exact:?}");
        assert_eq!(described.as_deref(), Some(shown), "{exact:?}");
    }
    hub.advance(120).await?;
    browser.shows(ENDPOINT, &["stale"]).await?;
    assert_eq!(browser.standing(ENDPOINT).await?, "stale");

    // Fresh evidence of a failure says what failed.
    let mut failed = first_event(&id);
    failed["metadata"]["observedStatus"] = 502.into();
    let (status, body) = hub.send(Method::POST, EVENTS, Some(&failed)).await?;
    assert_eq!(status, StatusCode::CREATED, "{body}");
    browser.shows(ENDPOINT, &["failing", "observedStatus: expected 401, observed 502"]).await?;

    assert_eq!(browser.run("return window.stillHere", vec![]).await?, true, "the page was reloaded");
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_environment_is_proven_when_everything_in_it_is() -> anyhow::Result<()> {
    const ENVIRONMENT: &str = "ops-env-coulombcore";
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let browser = Browser::open(1280, 900).await?;
    browser.sign_in(&hub, PAGE).await?;
    browser.shows(ENVIRONMENT, &["unproven", "live"]).await?;

    let id = hub.widget_id("ops-service-catalog").await?;
    let answered = json!({"endpoint": "https://gitea.coulomb.social/", "expectedStatus": 200, "observedStatus": 200});
    let checks = [
        ("ops-host-reachability-observed", "host:coulombcore", json!({"reachable": true})),
        ("ops-release-observed", "release:gitea", json!({"observedVersion": "1.25.4", "expectedVersion": "1.25.4"})),
        ("ops-endpoint-verified", "endpoint:gitea-nodeport", answered.clone()),
        ("ops-endpoint-verified", "endpoint:gitea-oci-registry", answered),
        ("ops-data-store-checked", "data-store:gitea-database", json!({"result": "pass", "check": "a query"})),
        ("ops-data-store-checked", "data-store:gitea-shared-storage", json!({"result": "pass"})),
    ];
    for (kind, subject, mut metadata) in checks {
        assert_eq!(browser.standing(ENVIRONMENT).await?, "unproven", "before {subject}");
        (metadata["vsmFunction"], metadata["vsmSystem"]) = ("OPS".into(), "S1".into());
        metadata["subject"] = subject.into();
        let event = json!({"widgetId": id, "eventType": kind, "metadata": metadata});
        let (status, body) = hub.send(Method::POST, EVENTS, Some(&event)).await?;
        assert_eq!(status, StatusCode::CREATED, "{kind}: {body}");
    }
    until("the environment to be proven", || async {
        Ok((browser.standing(ENVIRONMENT).await? == "proven").then_some(()))
    })
    .await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gate_passes_by_evidence_and_falls_back_when_that_goes_stale() -> anyhow::Result<()> {
    const READINESS: &str = "ops-readiness-gitea-registry";
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let browser = Browser::open(1280, 900).await?;
    browser.sign_in(&hub, PAGE).await?;
    browser.shows(READINESS, &["0 of 7 gates passed"]).await?;
    let gate = "return document.querySelector('ops-widget[name=ops-readiness-gitea-registry]').shadowRoot\
                .querySelector('[data-gate]').dataset.gate";
    let gate = browser.run(gate, vec![]).await?;
    let assessed = serde_json::json!({
        "widgetId": hub.widget_id(READINESS).await?,
        "eventType": "ops-readiness-gate-assessed",
        "metadata": {
            "vsmFunction": "OPS", "vsmSystem": "S1", "result": "pass", "assessor": "release review",
            "subject": format!("gate:{}", gate.as_str().unwrap_or_default())
        }
    });
    let (status, body) = hub.send(Method::POST, EVENTS, Some(&assessed)).await?;
    assert_eq!(status, StatusCode::CREATED, "{body}");
    browser.shows(READINESS, &["1 of 7 gates passed", "assessed by release review"]).await?;
    hub.advance(31 * 86_400).await?;
    browser.shows(READINESS, &["0 of 7 gates passed", "stale"]).await?;
    browser.close().await
}
