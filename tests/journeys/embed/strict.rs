//! Strict pages: the tightest policies, another origin, files that were changed on their way.

use ops_e2e::{Browser, Fault, Front, LocalHub, setting};
use serde_json::json;

use super::{SCRIPT, Stage};

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
    img-src 'self'; require-trusted-types-for 'script'";

/// A page with every kind of widget, and a script that notes each violation of a policy.
fn strict(stage: &Stage, headers: &[(&'static str, &str)]) {
    let watch = "window.broken = []; addEventListener('securitypolicyviolation', (event) => broken.push(event.violatedDirective))";
    stage.front.file("/watch.js", "text/javascript", watch, headers);
    let html = format!(
        "<!doctype html><html lang=en><head><title>Strict</title><link rel=icon href=/assets/icon.svg>\
         <script src=/watch.js></script>{SCRIPT}</head><body><ops-env id=it name=coulombcore></ops-env><ops-host name=coulombcore></ops-host>\
         <ops-service name=gitea></ops-service><ops-endpoint name=gitea-registry></ops-endpoint><ops-readiness id=ready name=gitea-registry></ops-readiness>\
         <ops-migration></ops-migration><ops-catalog id=all></ops-catalog><ops-feed></ops-feed></body></html>"
    );
    stage.front.file("/page", "text/html; charset=utf-8", &html, headers);
}

/// Reads, opens, types and searches, so that every way of making elements is gone.
async fn use_all(stage: &Stage) -> anyhow::Result<()> {
    stage.browser.driver().goto(format!("{}/page", stage.front.url)).await?;
    stage.browser.shows("ops-env#it", &["92.205.130.254", "live ·"]).await?;
    stage.browser.shows("ops-catalog#all", &["6 of 6 shown"]).await?;
    let open = "for (const one of document.querySelectorAll('body > *')) for (const more of one.shadowRoot.querySelectorAll('details')) more.open = true;\
        const field = document.getElementById('all').shadowRoot.querySelector('input[type=search]');\
        field.value = 'gitea'; field.dispatchEvent(new Event('input', { bubbles: true }))";
    stage.run(open).await?;
    stage.browser.shows("ops-catalog#all", &["3 of 6 shown"]).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tightest_policy_has_nothing_to_report() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    strict(&stage, &[("content-security-policy", POLICY)]);
    use_all(&stage).await?;
    assert_eq!(stage.run("return broken").await?, json!([]));
    assert_eq!(stage.browser.complaints().await?, Vec::<String>::new());
    // The policy is enforced, and the page would have noticed.
    let seen = "const box = document.createElement('p'); try { box.innerHTML = '<b>no</b>'; return 'taken' } catch { return 'refused' }";
    assert_eq!(stage.run(seen).await?, "refused");
    stage.until("the report", "return broken.length > 0").await?;
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_isolated_page_shows_the_widgets() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    let headers = [
        ("content-security-policy", POLICY),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-embedder-policy", "require-corp"),
    ];
    strict(&stage, &headers);
    use_all(&stage).await?;
    assert_eq!(stage.run("return crossOriginIsolated").await?, true);
    assert_eq!(stage.run("return broken").await?, json!([]));
    assert_eq!(stage.browser.complaints().await?, Vec::<String>::new());
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_changed_on_its_way_is_refused_with_words() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    let entry = reqwest::get(format!("{}/extensions/ops-hub/ops-hub.js", stage.front.url)).await?.text().await?;
    let named = |end: &str| {
        let found = entry.split('"').find(|part| part.starts_with("ops_hub-") && part.ends_with(end));
        found.map(str::to_owned).ok_or_else(|| anyhow::anyhow!("the entry names no {end}"))
    };
    for end in [".wasm", ".js"] {
        let name = named(end)?;
        stage.front.fault(&name, Fault::Changed);
        stage.visit(&format!("<ops-env id=it name=coulombcore><p>As served.</p></ops-env>{SCRIPT}")).await?;
        stage.browser.shows_any("ops-env#it", &[&name, "is not the file that belongs to this version"]).await?;
        // The right one is there again: by itself, without a reload.
        stage.front.heal();
        stage.browser.shows("ops-env#it", &["92.205.130.254"]).await?;
        stage.browser.driver().cdp().send_raw("Network.clearBrowserCache", json!({})).await?;
    }
    stage.browser.close().await
}

/// A page on another origin than the hub's, and the hub that lets it ask.
pub(super) async fn apart() -> anyhow::Result<(Front, LocalHub, Browser)> {
    let elsewhere = Front::start("http://127.0.0.1:9", setting("OPS_WEB")?.into()).await?;
    let hub = LocalHub::start_allowing(&[&elsewhere.url]).await?;
    hub.register().await?;
    Ok((elsewhere, hub, Browser::open(1280, 900).await?))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_on_another_origin_gives_a_token_in_script() -> anyhow::Result<()> {
    let (elsewhere, hub, browser) = apart().await?;
    let script = SCRIPT.replace("src=\"", &format!("crossorigin src=\"{}", hub.url));
    let widget = "<ops-env id=it name=coulombcore></ops-env>";
    let tokens = format!(
        "<script>window.asked = 0; globalThis.OpsHub = {{ tokens: {{ '{}': async () => (asked++, '{}') }} }}</script>",
        hub.url,
        hub.token()
    );
    elsewhere
        .page("/named", &format!("<!doctype html><html lang=en><link rel=icon href='data:,'>{tokens}{widget}{script}"));
    browser.driver().goto(format!("{}/named", elsewhere.url)).await?;
    browser.shows("ops-env#it", &["92.205.130.254", "checked at intervals"]).await?;
    let asked = browser.run("return asked", vec![]).await?;
    assert!(asked.as_u64() > Some(0), "the token was not asked for");
    let kept = "return document.documentElement.outerHTML.includes(arguments[0].slice(4)) ? 'in the page' : \
                JSON.stringify([{ ...localStorage }, { ...sessionStorage }]).includes(arguments[0]) ? 'in the storage' : ''";
    let without_script = "document.querySelectorAll('script').forEach((one) => one.remove())";
    browser.run(without_script, vec![]).await?;
    assert_eq!(browser.run(kept, vec![json!(hub.token())]).await?, "");
    assert_eq!(browser.complaints().await?, Vec::<String>::new());

    // A hub that the page does not name gets no request and no token, whatever an attribute says.
    elsewhere.page("/unnamed", &format!("<!doctype html><html lang=en><link rel=icon href='data:,'>{widget}{script}"));
    browser.driver().goto(format!("{}/unnamed", elsewhere.url)).await?;
    browser.shows("ops-env#it", &["does not name the hub", &hub.url]).await?;
    browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_the_hub_does_not_name_reads_nothing() -> anyhow::Result<()> {
    let (_, hub, browser) = apart().await?;
    let stranger = Front::start("http://127.0.0.1:9", setting("OPS_WEB")?.into()).await?;
    let script = SCRIPT.replace("src=\"", &format!("crossorigin src=\"{}", hub.url));
    let tokens =
        format!("<script>globalThis.OpsHub = {{ tokens: {{ '{}': () => '{}' }} }}</script>", hub.url, hub.token());
    stranger
        .page("/page", &format!("<!doctype html><html lang=en>{tokens}<ops-env id=it name=local></ops-env>{script}"));
    browser.driver().goto(format!("{}/page", stranger.url)).await?;
    browser.shows("ops-env#it", &["does not answer"]).await?;
    browser.close().await
}
