//! Frames: one widget as a page of its own, in a sandbox with an origin and in one without.

use ops_e2e::{Browser, Front, LocalHub, setting, until};
use reqwest::Method;
use serde_json::{Value, json};

use super::strict::apart;

/// A frame of the hub at `url` in this sandbox, and the script that serves it.
fn frame(url: &str, path: &str, sandbox: &str) -> String {
    format!(
        "<iframe class=ops-hub id=it width=600 height=10 sandbox='{sandbox}' src='{url}/embed/{path}'></iframe>\
         <script type=module crossorigin src='{url}/assets/embed-size.js'></script>"
    )
}

fn page(body: &str) -> String {
    format!("<!doctype html><html lang=en><link rel=icon href='data:,'>{body}")
}

async fn height(browser: &Browser) -> anyhow::Result<u64> {
    let height = browser.run("return Number(document.getElementById('it').height)", vec![]).await?;
    Ok(height.as_u64().unwrap_or_default())
}

async fn grows(browser: &Browser) -> anyhow::Result<()> {
    until("the frame to have its widget's height", || async { Ok((height(browser).await? > 400).then_some(())) }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sandboxed_frame_says_its_height_to_who_may_know() -> anyhow::Result<()> {
    let (elsewhere, hub, browser) = apart().await?;
    browser.sign_in(&hub, "/Hubs").await?;
    let frame = frame(&hub.url, "ops-env-coulombcore?theme=dark", "allow-scripts allow-same-origin allow-popups");
    elsewhere.page("/page", &page(&frame));
    browser.driver().goto(format!("{}/page", elsewhere.url)).await?;
    grows(&browser).await?;
    browser.driver().enter_frame(0).await?;
    browser.shows("ops-widget[name]", &["92.205.130.254", "live ·"]).await?;
    let dark =
        "return getComputedStyle(document.querySelector('ops-widget').shadowRoot.querySelector('.card')).colorScheme";
    assert_eq!(browser.run(dark, vec![]).await?, "dark");
    browser.driver().enter_default_frame().await?;
    // What somebody else says of the height does not count. What is posted later arrives later.
    let before: u64 = height(&browser).await?;
    let post = "return new Promise((done) => { addEventListener('message', ({ data }) => data === 'last' && done());\
                postMessage({ type: 'ops-hub:size', height: 7 }, '*'); postMessage('last', '*') })";
    browser.run(post, vec![]).await?;
    assert_eq!(height(&browser).await?, before);
    assert_eq!(browser.complaints().await?, Vec::<String>::new());

    // A page that the hub does not name cannot frame it at all.
    let stranger = Front::start("http://127.0.0.1:9", setting("OPS_WEB")?.into()).await?;
    stranger.page("/page", &page(&frame));
    browser.driver().goto(format!("{}/page", stranger.url)).await?;
    until("the refusal", || async {
        Ok(browser.complaints().await?.iter().any(|one| one.contains("frame-ancestors")).then_some(()))
    })
    .await?;
    browser.close().await
}

/// A page on another site than the hub's, and a hub that lets it frame widgets without an origin.
async fn alone() -> anyhow::Result<(Front, String, LocalHub, Browser)> {
    let elsewhere = Front::start("http://127.0.0.1:9", setting("OPS_WEB")?.into()).await?;
    // The same server by a name of another site: the hub's cookies would not come along either.
    let url = elsewhere.url.replace("127.0.0.1", "localhost");
    let hub = LocalHub::start_allowing(&[&url, "null"]).await?;
    hub.register().await?;
    Ok((elsewhere, url, hub, Browser::open(1280, 900).await?))
}

/// The page's word for the hub's token, counted.
fn tokens(hub: &LocalHub) -> String {
    format!(
        "<script>window.asked = 0; globalThis.OpsHub = {{ tokens: {{ '{}': async () => (asked++, '{}') }} }}</script>",
        hub.url,
        hub.token()
    )
}

/// Where in the document that is looked at the token can be found; empty where it is nowhere.
async fn found(browser: &Browser, token: &str) -> anyhow::Result<Value> {
    let script = "const has = (text) => text.includes(arguments[0]);\
        document.querySelectorAll('script').forEach((one) => one.remove());\
        const stored = () => { try { return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]) } catch { return '' } };\
        const places = { address: location.href, page: document.documentElement.outerHTML, name: window.name, storage: stored(),\
          shadow: [...document.querySelectorAll('*')].map((one) => one.shadowRoot?.innerHTML ?? '').join(),\
          requests: performance.getEntriesByType('resource').map((one) => one.name).join() };\
        return Object.keys(places).filter((one) => has(places[one]))";
    browser.run(script, vec![json!(token)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_without_an_origin_is_given_a_token_by_the_page_around_it() -> anyhow::Result<()> {
    let (elsewhere, url, hub, browser) = alone().await?;
    let body = [tokens(&hub), frame(&hub.url, "ops-readiness-gitea-registry", "allow-scripts")].concat();
    elsewhere.page("/page", &page(&body));
    browser.driver().goto(format!("{url}/page")).await?;
    grows(&browser).await?;
    assert!(browser.run("return asked", vec![]).await?.as_u64() > Some(0), "the token was not asked for");
    assert_eq!(found(&browser, hub.token()).await?, json!([]));

    browser.driver().enter_frame(0).await?;
    let name = "ops-widget[name]";
    browser.shows(name, &["0 of 7 gates passed"]).await?;
    let refused = "const name = (what) => { try { what(); return '' } catch (error) { return error.name } };\
        return [self.origin, name(() => sessionStorage), name(() => localStorage), name(() => document.cookie)]";
    let alone = json!(["null", "SecurityError", "SecurityError", "SecurityError"]);
    assert_eq!(browser.run(refused, vec![]).await?, alone, "the frame has an origin or a storage");
    // A form is filled in without a storage for drafts, and what it says is recorded with the token.
    let unfold = "document.querySelector('ops-widget').shadowRoot.querySelector('details.record > summary').click()";
    browser.run(unfold, vec![]).await?;
    let fill = "const root = document.querySelector('ops-widget').shadowRoot;\
        for (const [name, value] of [['subject', 'gate:gitea-push'], ['result', 'pass'], ['assessor', 'the platform team']]) {\
          const field = root.querySelector(`[data-field=${name}]`); field.value = value;\
          field.dispatchEvent(new Event(field.localName === 'select' ? 'change' : 'input', { bubbles: true })) }\
        root.querySelector('.record button[type=submit]').click()";
    browser.run(fill, vec![]).await?;
    browser.shows(name, &["Recorded", "1 of 7 gates passed"]).await?;
    let (_, events) = hub.send(Method::GET, "/api/v2/hubs/ops-hub/events", None).await?;
    assert_eq!(events["items"][0]["metadata"]["assessor"], "the platform team");
    assert_eq!(found(&browser, hub.token()).await?, json!([]));
    browser.driver().enter_default_frame().await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_without_an_origin_searches_and_chooses_without_an_address_of_its_own() -> anyhow::Result<()> {
    let (elsewhere, url, hub, browser) = alone().await?;
    let body = [tokens(&hub), frame(&hub.url, "ops-service-catalog?lang=de", "allow-scripts")].concat();
    elsewhere.page("/page", &page(&body));
    browser.driver().goto(format!("{url}/page")).await?;
    grows(&browser).await?;
    browser.driver().enter_frame(0).await?;
    browser.shows("ops-widget[name]", &["6 von 6"]).await?;
    let search = "const field = document.querySelector('ops-widget').shadowRoot.querySelector('input[type=search]');\
        field.value = 'gitea'; field.dispatchEvent(new Event('input', { bubbles: true }))";
    browser.run(search, vec![]).await?;
    browser.shows("ops-widget[name]", &["3 von 6"]).await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_names_no_token_for_its_frame_is_told_so() -> anyhow::Result<()> {
    let (elsewhere, url, hub, browser) = alone().await?;
    elsewhere.page("/page", &page(&frame(&hub.url, "ops-env-coulombcore", "allow-scripts")));
    browser.driver().goto(format!("{url}/page")).await?;
    browser.driver().enter_frame(0).await?;
    browser.shows("ops-widget[name]", &["does not name the hub", &hub.url]).await?;
    browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_into_a_frame_in_the_hubs_place_gets_no_token() -> anyhow::Result<()> {
    let (elsewhere, url, hub, browser) = alone().await?;
    // It says what the hub's page would say, and tells the page around whatever it is given.
    let thief = "<script>const tell = (what) => parent.postMessage({ stolen: what }, '*'); tell('here');\
        addEventListener('message', ({ data }) => { for (const key of ['', undefined, null, 0, location.hash.slice(1), '1-2-3-4']) {\
          const { port1, port2 } = new MessageChannel(); const reply = new MessageChannel();\
          parent.postMessage({ type: 'ops-hub:way', key }, '*', [port2]); port1.postMessage({ type: 'ops-hub:token' }, [reply.port2]);\
          reply.port1.onmessage = ({ data }) => tell(data) }\
          parent.postMessage({ type: 'ops-hub:lost' }, '*') })</script>";
    elsewhere.page("/thief", &page(thief));
    let listen = "<script>window.stolen = []; addEventListener('message', ({ data }) => data?.stolen && stolen.push(data.stolen))</script>";
    let frame = frame(&hub.url, "ops-env-coulombcore", "allow-scripts");
    let body = [&tokens(&hub), listen, &frame].concat();
    elsewhere.page("/page", &page(&body));
    browser.driver().goto(format!("{url}/page")).await?;
    grows(&browser).await?;
    let asked = "return asked";
    let before = browser.run(asked, vec![]).await?.as_u64();
    browser.run(&format!("document.getElementById('it').contentWindow.location = '{url}/thief'"), vec![]).await?;
    until("the thief", || async { Ok((browser.run("return stolen[0]", vec![]).await? == "here").then_some(())) })
        .await?;
    // The page leads the frame back to the hub, whose document alone is given a token.
    until("another token", || async { Ok((browser.run(asked, vec![]).await?.as_u64() > before).then_some(())) })
        .await?;
    browser.driver().enter_frame(0).await?;
    browser.shows("ops-widget[name]", &["92.205.130.254"]).await?;
    browser.driver().enter_default_frame().await?;
    assert_eq!(browser.run("return stolen", vec![]).await?, json!(["here"]));
    browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_of_a_signed_out_reader_leads_to_sign_in_beside_the_page() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let front = Front::start(&hub.url, setting("OPS_WEB")?.into()).await?;
    let browser = Browser::open(1280, 900).await?;
    let sandbox = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms";
    front.page("/page", &page(&frame("", "ops-env-coulombcore", sandbox)));
    browser.driver().goto(format!("{}/page", front.url)).await?;
    browser.driver().enter_frame(0).await?;
    browser.shows("ops-widget[name]", &["signed out", "Sign in"]).await?;
    let way = "const link = document.querySelector('ops-widget').shadowRoot.querySelector('a.primary'); link.click(); return link.href";
    let way = browser.run(way, vec![]).await?;
    assert_eq!(way, format!("{}/NewSession?return=%2Fembed%2Fops-env-coulombcore", front.url));
    until("the sign-in in a tab of its own", || async {
        Ok((browser.driver().windows().await?.len() == 2).then_some(()))
    })
    .await?;
    browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_whose_hub_refuses_the_token_says_so() -> anyhow::Result<()> {
    let (elsewhere, url, hub, browser) = alone().await?;
    // A token that has ended, until the page has another one.
    let ended = tokens(&hub).replace(hub.token(), "ended").replace("'ended'", "window.token ?? 'ended'");
    let body = [ended, frame(&hub.url, "ops-env-coulombcore", "allow-scripts")].concat();
    elsewhere.page("/page", &page(&body));
    browser.driver().goto(format!("{url}/page")).await?;
    browser.driver().enter_frame(0).await?;
    browser.shows("ops-widget[name]", &["signed out"]).await?;
    browser.driver().enter_default_frame().await?;
    browser.run("window.token = arguments[0]", vec![json!(hub.token())]).await?;
    browser.driver().enter_frame(0).await?;
    browser.run("document.dispatchEvent(new Event('visibilitychange'))", vec![]).await?;
    browser.shows("ops-widget[name]", &["92.205.130.254"]).await?;
    browser.close().await
}
