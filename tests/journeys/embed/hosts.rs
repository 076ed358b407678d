//! Hosts: the element in applications of React, Vue, Svelte and Lit, as their authors write it.

use serde_json::json;

use super::{SCRIPT, Stage};

/// One application does all that the others do.
async fn serves(host: &str) -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    // Half of the hosts render before the elements are defined, half after.
    let app = format!("<div id=app></div><script type=module src=/web/hosts/{host}.js></script>");
    let body = if host < "r" { format!("{SCRIPT}{app}") } else { format!("{app}{SCRIPT}") };
    stage.visit(&body).await?;
    stage.browser.shows("ops-env#it", &["State Hub", "live ·"]).await?;
    let attributes = "const it = document.getElementById('it');\
        return [it.getAttribute('name'), it.getAttribute('view-context'), it.getAttribute('refresh'), it.hasAttribute('theme')]";
    assert_eq!(stage.run(attributes).await?, json!(["local", format!("{host}/host"), "60", false]));
    stage.until("the event", "return document.getElementById('heard').textContent === 'ops-ready'").await?;

    // A property changes, comes and goes.
    let press = |id: &str| format!("document.getElementById('{id}').click()");
    stage.run(&press("name")).await?;
    stage.browser.shows("ops-env#it", &["92.205.130.254"]).await?;
    stage.run(&press("theme")).await?;
    stage.until("the dark theme", "return document.getElementById('it').getAttribute('theme') === 'dark'").await?;
    stage.run(&press("theme")).await?;
    stage.until("no theme", "return !document.getElementById('it').hasAttribute('theme')").await?;

    // Events leave the shadow root; the method is there.
    stage.run("addEventListener('click', (event) => event.preventDefault())").await?;
    stage.run("document.getElementById('it').shadowRoot.querySelector('a[data-ref]').click()").await?;
    stage.until("the event", "return document.getElementById('heard').textContent.endsWith('ops-select')").await?;
    let before = stage.front.requests("/catalog");
    stage.run(&press("refresh")).await?;
    ops_e2e::until("the hub to be read", || async { Ok((stage.front.requests("/catalog") > before).then_some(())) })
        .await?;

    // The host takes it away and brings another one.
    stage.run(&press("toggle")).await?;
    stage.until("it to go", "return !document.getElementById('it')").await?;
    stage.run(&press("toggle")).await?;
    stage.browser.shows("ops-env#it", &["92.205.130.254"]).await?;
    assert_eq!(stage.browser.complaints().await?, Vec::<String>::new());
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn react_hosts_a_widget() -> anyhow::Result<()> {
    serves("react").await
}

/// As React renders `viewContext` and `refreshSeconds` where its application is there before the elements.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_host_wrote_before_the_elements_were_defined_counts() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    let app = "<div id=app></div><script type=module>\
        const it = document.createElement('ops-env');\
        for (const [name, value] of Object.entries({ id: 'it', name: 'local', viewContext: 'early/host', refreshSeconds: 60 }))\
            it.setAttribute(name, value);\
        document.getElementById('app').append(it);\
        </script>";
    stage.visit(&format!("{app}{SCRIPT}")).await?;
    stage.browser.shows("ops-env#it", &["State Hub", "live ·"]).await?;
    let said = "const it = document.getElementById('it');\
        return [it.viewContext, it.getAttribute('view-context'), it.refreshSeconds, it.getAttribute('refresh')]";
    assert_eq!(stage.run(said).await?, json!(["early/host", "early/host", 60, "60"]));
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn vue_hosts_a_widget() -> anyhow::Result<()> {
    serves("vue").await
}

#[tokio::test(flavor = "multi_thread")]
async fn svelte_hosts_a_widget() -> anyhow::Result<()> {
    serves("svelte").await
}

#[tokio::test(flavor = "multi_thread")]
async fn lit_hosts_a_widget() -> anyhow::Result<()> {
    serves("lit").await
}
