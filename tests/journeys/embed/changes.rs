//! Page changes: Turbolinks with its cache, Turbo, morphdom, and whoever else writes into the page.

use super::{SCRIPT, Stage};

/// Two pages that lead to each other, each with a widget, under a script that changes pages in place.
fn pages(stage: &Stage, script: &str) {
    for (path, name, other) in [("/one", "local", "/two"), ("/two", "coulombcore", "/one")] {
        let html = format!(
            "<!doctype html><html lang=en><head><title>{path}</title><link rel=icon href='data:,'>{script}{SCRIPT}</head>\
             <body><a id=other href={other}>other</a><ops-env id=it name={name}><p>As served.</p></ops-env>\
             <ops-feed id=feed></ops-feed></body></html>"
        );
        stage.front.page(path, &html);
    }
}

/// Goes between two pages and back through the history, and comes back to what is in the cache.
async fn navigate(stage: &Stage) -> anyhow::Result<()> {
    stage.browser.driver().goto(format!("{}/one", stage.front.url)).await?;
    stage.browser.shows("ops-env#it", &["State Hub", "live ·"]).await?;
    stage.run("window.same = true").await?;
    for _ in 0..3 {
        stage.run("document.getElementById('other').click()").await?;
        stage.browser.shows("ops-env#it", &["92.205.130.254", "live ·"]).await?;
        stage.run("document.getElementById('other').click()").await?;
        stage.browser.shows("ops-env#it", &["State Hub", "live ·"]).await?;
    }
    stage.run("history.back()").await?;
    stage.browser.shows("ops-env#it", &["92.205.130.254", "live ·"]).await?;
    stage.run("history.forward()").await?;
    stage.browser.shows("ops-env#it", &["State Hub", "live ·"]).await?;
    stage.browser.shows("ops-feed#feed", &["No event has been recorded yet"]).await?;
    assert_eq!(stage.run("return window.same").await?, true, "the pages were changed in place");
    // What is in the page is not the cache's clone: it answers.
    stage.run("document.getElementById('it').name = 'railiance01'").await?;
    stage.browser.shows("ops-env#it", &["92.205.62.239"]).await?;
    for path in ["/catalog", "/events/stream"] {
        assert_eq!(stage.front.requests(path), 1, "requests for {path}: the store outlives a page change");
    }
    assert_eq!(stage.browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn turbolinks_changes_pages_and_restores_them_from_its_cache() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    pages(&stage, "<script src=/web/node_modules/turbolinks/dist/turbolinks.js></script>");
    navigate(&stage).await?;
    assert_eq!(stage.run("return typeof Turbolinks.visit").await?, "function");
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn turbo_changes_pages_and_restores_them_from_its_cache() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    pages(&stage, "<script src=/web/node_modules/@hotwired/turbo/dist/turbo.es2017-umd.js></script>");
    navigate(&stage).await?;
    // A refresh by morphing keeps the element and what it shows.
    stage.browser.driver().goto(format!("{}/one", stage.front.url)).await?;
    stage.browser.shows("ops-env#it", &["State Hub", "live ·"]).await?;
    stage
        .run("window.it = document.getElementById('it'); it.shadowRoot.querySelector('.card').dataset.mark = 'kept'")
        .await?;
    stage
        .run("const fresh = new DOMParser().parseFromString(document.body.outerHTML, 'text/html').body; Turbo.morphElements(document.body, fresh)")
        .await?;
    let kept = "return it.isConnected && it === document.getElementById('it') && it.shadowRoot.querySelector('.card')?.dataset.mark";
    assert_eq!(stage.run(kept).await?, "kept");
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn morphdom_patches_the_element_in_place() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    let script = "<script src=/web/node_modules/morphdom/dist/morphdom-umd.js></script>";
    stage
        .visit(&format!("{script}<div id=at><ops-env id=it name=local><p>As served.</p></ops-env></div>{SCRIPT}"))
        .await?;
    stage.browser.shows("ops-env#it", &["State Hub", "live ·"]).await?;
    stage
        .run("window.it = document.getElementById('it'); it.shadowRoot.querySelector('.card').dataset.mark = 'kept'")
        .await?;
    let patch = |html: &str| format!("morphdom(document.getElementById('at'), `<div id=at>{html}</div>`)");
    // Nothing new for the element: it stays as it is.
    stage.run(&patch("<p>before</p><ops-env id=it name=local><p>As served again.</p></ops-env>")).await?;
    let kept = "return it === document.getElementById('it') && it.shadowRoot.querySelector('.card').dataset.mark";
    assert_eq!(stage.run(kept).await?, "kept");
    // An attribute changes, comes and goes, in the same element.
    stage.run(&patch("<ops-env id=it name=coulombcore theme=dark></ops-env>")).await?;
    stage.browser.shows("ops-env#it", &["92.205.130.254"]).await?;
    assert_eq!(stage.run("return [it === document.getElementById('it'), it.theme].join()").await?, "true,dark");
    stage.run(&patch("<ops-env id=it name=coulombcore></ops-env>")).await?;
    assert_eq!(stage.run("return it.theme").await?, "");
    // It goes, and another one comes in its place.
    stage.run(&patch("<ops-service id=it name=gitea></ops-service>")).await?;
    stage.browser.shows("ops-service#it", &["railiance-apps"]).await?;
    // Half a hundred patches in a row, each another widget.
    let rows = "for (let turn = 0; turn < 50; turn++) morphdom(document.getElementById('at'), \
                `<div id=at><ops-env id=it name=${turn % 2 ? 'local' : 'coulombcore'}></ops-env></div>`)";
    stage.run(rows).await?;
    stage.browser.shows("ops-env#it", &["State Hub"]).await?;
    assert_eq!(stage.front.requests("/catalog"), 1);
    assert_eq!(stage.browser.complaints().await?, Vec::<String>::new());
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_writes_over_the_page_brings_nothing_down() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    stage.visit(&format!("<div id=at><ops-env id=it name=local></ops-env></div>{SCRIPT}")).await?;
    stage.browser.shows("ops-env#it", &["State Hub"]).await?;
    // Inside the element, around it, and while it is still starting.
    stage.run("document.getElementById('it').innerHTML = '<b>other</b>'").await?;
    stage.browser.shows("ops-env#it", &["State Hub"]).await?;
    let writes = "const at = document.getElementById('at'); for (let turn = 0; turn < 100; turn++) \
                  at.innerHTML = `<ops-env id=it name=${turn % 2 ? 'coulombcore' : 'local'}></ops-env>`";
    stage.run(writes).await?;
    stage.browser.shows("ops-env#it", &["92.205.130.254"]).await?;
    stage.run("document.body.replaceChildren()").await?;
    stage.run("document.body.innerHTML = '<ops-catalog id=it></ops-catalog>'").await?;
    stage.browser.shows("ops-catalog#it", &["6 of 6 shown"]).await?;
    assert_eq!(stage.front.requests("/catalog"), 1);
    assert_eq!(stage.browser.complaints().await?, Vec::<String>::new());
    stage.browser.close().await
}
