//! Whether everyone can use what an author and a reader of an embedded page meet: the guide, the frame,
//! and the cards that say that something is in the way.

use anyhow::ensure;
use ops_e2e::{Browser, Fault, LocalHub, until};
use serde_json::json;
use thirtyfour::Key;

use super::{SCRIPT, Stage, containment};

const SYSTEMS: [(u32, &str); 4] = [(1440, "light"), (1440, "dark"), (320, "light"), (320, "dark")];

/// Looks at the document in every size and colour scheme.
async fn everywhere(browser: &Browser, place: &str) -> anyhow::Result<()> {
    let mut findings = Vec::new();
    for (width, scheme) in SYSTEMS {
        browser.system(width, &[("prefers-color-scheme", scheme), ("prefers-reduced-motion", "reduce")]).await?;
        findings.extend(browser.findings(&format!("{place}, {width} px, {scheme}")).await?);
        let beside = browser.run("return document.documentElement.scrollWidth - innerWidth", vec![]).await?;
        ensure!(beside.as_i64() <= Some(0), "{place}, {width} px: {beside} px stand beside the page");
    }
    ensure!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_guide_and_the_frame_keep_nobody_out_in_either_language() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let browser = Browser::open(1440, 1000).await?;
    browser.bring_axe().await?;
    browser.sign_in(&hub, "/embed").await?;
    let pages = [
        (
            "en",
            "Embed a widget",
            ["Widget", "Density", "My page is on another origin"],
            "Once, in the document's head:",
        ),
        ("de", "Ein Widget einbetten", ["Widget", "Abstände", "anderen Ursprung"], "Einmal, im Kopf des Dokuments:"),
    ];
    for (lang, title, words, written) in pages {
        browser.language(lang).await?;
        browser.driver().goto(format!("{}/embed", hub.url)).await?;
        browser.shows("#preview ops-widget", &["State Hub", "live ·"]).await?;
        let text =
            browser.run("return [document.documentElement.lang, document.title, document.body.innerText]", vec![]);
        let text = text.await?;
        assert_eq!(text[0], lang);
        for words in words.iter().chain([&title]) {
            ensure!(text[2].as_str().is_some_and(|text| text.contains(words)), "{words} is not in {text}");
        }
        ensure!(text[1].as_str().is_some_and(|text| text.starts_with(title)), "{text}");
        let snippet =
            "document.getElementById('tab-react').click(); return document.getElementById('snippet').textContent";
        let snippet = browser.run(snippet, vec![]).await?;
        ensure!(snippet.as_str().is_some_and(|text| text.starts_with(&format!("// {written}"))), "{snippet}");
        everywhere(&browser, &format!("/embed, {lang}")).await?;
        browser.driver().goto(format!("{}/embed/ops-env-coulombcore", hub.url)).await?;
        let (of, evidence) = if lang == "de" { ("Stand", "Umgebung") } else { ("As of", "Environment") };
        browser.shows("ops-widget[name]", &["92.205.130.254", of, evidence]).await?;
        everywhere(&browser, &format!("/embed/NAME, {lang}")).await?;
    }
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    browser.close().await
}

/// What a card that is in the way has to be like for everybody.
async fn serves_everyone(stage: &Stage, place: &str) -> anyhow::Result<()> {
    everywhere(&stage.browser, place).await?;
    // High contrast: the card and what can be pressed have an edge.
    let system = [("forced-colors", "active"), ("prefers-reduced-motion", "reduce")];
    stage.browser.system(640, &system).await?;
    let look = "const root = document.getElementById('it').shadowRoot; const all = [root.querySelector('.card'), root.querySelector('button, a.button')];\
        const edge = (one) => { const { borderTopStyle, borderTopWidth } = getComputedStyle(one); return borderTopStyle !== 'none' && parseFloat(borderTopWidth) >= 1 };\
        return [matchMedia('(forced-colors: active)').matches, all.every(Boolean), all.filter(Boolean).every(edge), root.getAnimations().length]";
    assert_eq!(stage.run(look).await?, json!([true, true, true, 0]), "{place}");
    // The Tab key leads to what can be pressed, and shows that it has.
    stage.run("document.body.tabIndex = -1; document.body.focus()").await?;
    let seen = "const at = document.getElementById('it').shadowRoot.activeElement;\
        return at?.matches('button, a.button') && at.matches(':focus-visible') && getComputedStyle(at).outlineStyle !== 'none'";
    until(&format!("the focus, {place}"), || async {
        stage.browser.driver().action_chain().send_keys(Key::Tab).perform().await?;
        Ok((stage.run(seen).await? == true).then_some(()))
    })
    .await
}

const PAGE: &str = "<main><h1>Host</h1><ops-env id=it name=local></ops-env></main>";

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_could_not_start_serves_everyone() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    stage.browser.bring_axe().await?;
    stage.front.fault(".wasm", Fault::Status(404, vec![], String::new()));
    stage.visit(&format!("{PAGE}{SCRIPT}")).await?;
    stage.browser.shows_any("ops-env#it", &["could not be started", "Reload widget"]).await?;
    let alert = "return document.getElementById('it').shadowRoot.querySelector('.card').role";
    assert_eq!(stage.run(alert).await?, "alert");
    serves_everyone(&stage, "not started").await?;
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_of_a_widget_that_failed_serves_everyone_and_reloads_by_the_enter_key() -> anyhow::Result<()> {
    let stage = containment::stage().await?;
    stage.browser.bring_axe().await?;
    stage.visit(&format!("<script>opsHubFault = 'mount:local'</script>{PAGE}{SCRIPT}")).await?;
    stage.browser.shows_any("ops-env#it", &["injected", "Reload widget"]).await?;
    serves_everyone(&stage, "failed").await?;
    stage.browser.driver().action_chain().send_keys(Key::Enter).perform().await?;
    stage.browser.shows("ops-env#it", &["State Hub", "live ·"]).await?;
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_asks_to_sign_in_serves_everyone() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    stage.browser.bring_axe().await?;
    stage.front.fault("/catalog", Fault::Status(401, vec![], String::new()));
    stage.visit(&format!("{PAGE}{SCRIPT}")).await?;
    stage.browser.shows("ops-env#it", &["signed out", "Sign in"]).await?;
    serves_everyone(&stage, "signed out").await?;
    stage.browser.driver().action_chain().send_keys(Key::Enter).perform().await?;
    until("the sign-in page", || async {
        Ok((stage.browser.driver().current_url().await?.path() == "/NewSession").then_some(()))
    })
    .await?;
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_without_a_hub_serves_everyone_and_asks_again_by_the_enter_key() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    stage.browser.bring_axe().await?;
    stage.front.fault("/catalog", Fault::Status(500, vec![], String::new()));
    stage.visit(&format!("{PAGE}{SCRIPT}")).await?;
    stage.browser.shows("ops-env#it", &["HTTP 500", "Try again"]).await?;
    serves_everyone(&stage, "away").await?;
    stage.front.heal();
    stage.browser.driver().action_chain().send_keys(Key::Enter).perform().await?;
    stage.browser.shows("ops-env#it", &["State Hub"]).await?;
    stage.browser.close().await
}
