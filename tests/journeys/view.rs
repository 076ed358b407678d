//! View: an operator signs in, opens the hub page and reads the widgets.

use ops_e2e::{Browser, LocalHub};

use crate::{PAGE, WIDGETS};

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_signs_in_and_reads_the_fourteen_widgets() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let browser = Browser::open(1440, 1000).await?;
    browser.sign_in(&hub, PAGE).await?;

    for widget in WIDGETS {
        let text = browser.shows(widget, &["As of"]).await?;
        assert!(text.len() > 60, "{widget} shows next to nothing: {text}");
    }
    let elements = browser.run("return document.querySelectorAll('ops-widget').length", vec![]).await?;
    assert_eq!(elements, WIDGETS.len() + 1, "the inventory's, and the feed");
    browser.shows("ops-evidence-feed", &["No event has been recorded yet"]).await?;

    // The inventory's facts, each where an operator looks for it.
    let gaps = ["service catalog", "drift tracking", "backup/restore evidence", "migration disposition"];
    browser.shows("ops-host-coulombcore", &["92.205.130.254"]).await?;
    browser.shows("ops-host-coulombcore", &gaps).await?;
    browser
        .shows("ops-host-railiance01", &["92.205.62.239", "full inventory", "readiness gates", "bootstrap evidence"])
        .await?;
    browser
        .shows("ops-env-coulombcore", &["92.205.130.254", "Gitea", "Gitea database", "CoulombCore Kubernetes"])
        .await?;
    browser.shows("ops-env-local", &["State Hub", "explicit service ownership", "backup expectations"]).await?;
    browser.shows("ops-env-threephoenix-prod", &["planned", "ThreePhoenix Kubernetes"]).await?;
    browser
        .shows("ops-service-gitea", &["1.25.4", "32166", "default", "railiance-apps", "no backup or restore proven"])
        .await?;
    browser.shows("ops-service-inter-hub", &["place in words only", "Inter-Hub UI", "Inter-Hub API"]).await?;
    browser.shows("ops-service-state-hub", &["the-custodian/state-hub", "State Hub API"]).await?;
    browser
        .shows(
            "ops-endpoint-gitea-registry",
            &["https://gitea.coulomb.social/v2/", "401", "unproven", "Not checked yet"],
        )
        .await?;
    let gates =
        ["0 of 7 gates passed", "SOPS Helm values", "package token", "docker login", "push", "pull", "Not ready"];
    browser.shows("ops-readiness-gitea-registry", &gates).await?;
    browser.shows("ops-readiness-state-hub-cluster-deploy", &["0 of 2 gates passed"]).await?;
    let moves = ["Gitea", "Gitea database", "Gitea shared storage", "undecided", "3 blocked"];
    browser.shows("ops-migration-coulombcore-to-threephoenix", &moves).await?;
    let rows =
        ["Gitea", "Gitea database", "Gitea shared storage", "State Hub", "Inter-Hub", "Ops Bridge", "6 of 6 shown"];
    browser.shows("ops-service-catalog", &rows).await?;
    browser.shows("ops-service-catalog", &["could not be placed"]).await?;

    // No evidence is never shown as healthy.
    for widget in WIDGETS.iter().filter(|widget| **widget != "ops-service-catalog") {
        assert_eq!(browser.standing(widget).await?, "unproven", "{widget}");
    }

    // Fourteen widgets cost one catalog request, one evidence request and one stream.
    let count = "return performance.getEntriesByType('resource').filter((entry) => \
                 new URL(entry.name).pathname.endsWith(arguments[0])).length";
    for path in ["/catalog", "/events"] {
        assert_eq!(browser.run(count, vec![path.into()]).await?, 1, "requests for {path}");
    }

    // The page enforces Trusted Types and a strict policy; nothing was refused, nothing failed.
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entity_link_opens_its_view_and_closing_it_leads_back() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let browser = Browser::open(1440, 1000).await?;
    browser.sign_in(&hub, PAGE).await?;
    browser.shows("ops-service-gitea", &["railiance-apps"]).await?;
    let click = "const links = document.querySelector('ops-widget[name=ops-service-gitea]').shadowRoot\
                 .querySelectorAll('a[data-ref=\"repository:railiance-apps\"]'); links[0].click(); return links.length";
    assert!(browser.run(click, vec![]).await?.as_u64() > Some(0));
    browser.shows("ops-entity[id], ops-entity", &["railiance-apps", "owned by"]).await?;
    assert_eq!(browser.run("return location.hash", vec![]).await?, "#/repository/railiance-apps");
    browser.run("document.querySelector('ops-entity').shadowRoot.querySelector('dialog').close()", vec![]).await?;
    ops_e2e::until("the address to be cleared", || async {
        Ok((browser.run("return location.hash", vec![]).await? == "").then_some(()))
    })
    .await?;
    browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_catalog_is_searched_as_one_types() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let browser = Browser::open(1440, 1000).await?;
    browser.sign_in(&hub, PAGE).await?;
    browser.shows("ops-service-catalog", &["6 of 6 shown"]).await?;
    let typed = "const root = document.querySelector('ops-widget[name=ops-service-catalog]').shadowRoot;\
                 const field = root.querySelector('input[type=search]'); field.value = arguments[0];\
                 field.dispatchEvent(new Event('input', { bubbles: true }))";
    browser.run(typed, vec!["railiance-platform".into()]).await?;
    let text =
        browser.shows("ops-service-catalog", &["2 of 6 shown", "Gitea database", "Gitea shared storage"]).await?;
    assert!(!text.contains("Ops Bridge owned"), "{text}");
    browser.run(typed, vec!["nothing like this".into()]).await?;
    browser.shows("ops-service-catalog", &["0 of 6 shown", "Nothing matches"]).await?;
    browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_german_page_reads_german() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let browser = Browser::open(1000, 800).await?;
    browser.sign_in(&hub, PAGE).await?;
    browser.shows("ops-endpoint-gitea-registry", &["unproven"]).await?;
    browser.run("document.querySelector('ops-widget[name=ops-endpoint-gitea-registry]').lang = 'de'", vec![]).await?;
    browser.shows("ops-endpoint-gitea-registry", &["unbelegt", "Noch nicht geprüft", "Stand"]).await?;
    browser.close().await
}
