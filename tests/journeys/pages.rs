//! Pages that are not at their best: signed out, narrow, dark, the hub away, another's page.

use ops_e2e::{Browser, LocalHub, until};
use serde_json::json;

use crate::PAGE;

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_out_reader_is_led_to_sign_in() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let browser = Browser::open(1280, 900).await?;
    browser.sign_in(&hub, PAGE).await?;
    browser.shows("ops-env-local", &["As of"]).await?;
    browser.driver().delete_all_cookies().await?;
    browser.run("document.querySelector('ops-widget').refresh()", vec![]).await?;
    // What was read stays on screen, with the way back in.
    browser.shows("ops-env-local", &["You are signed out", "Sign in", "State Hub"]).await?;
    let link = "return document.querySelector('ops-widget').shadowRoot.querySelector('a.primary').getAttribute('href')";
    let expected = format!("{}/NewSession?return=%2FHubs%2Fops-hub", hub.url);
    assert_eq!(browser.run(link, vec![]).await?, expected);
    browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_good_state_stays_when_the_hub_goes_away() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let browser = Browser::open(1280, 900).await?;
    browser.sign_in(&hub, PAGE).await?;
    browser.shows("ops-host-coulombcore", &["92.205.130.254", "live"]).await?;
    drop(hub);
    browser.run("document.querySelector('ops-widget').refresh()", vec![]).await?;
    browser.shows("ops-host-coulombcore", &["The hub does not answer", "last good state", "92.205.130.254"]).await?;
    browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hubs_page_asks_for_each_file_once_and_moves_nothing() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let browser = Browser::open(1280, 900).await?;
    browser.sign_in(&hub, PAGE).await?;
    browser.shows("ops-service-catalog", &["6 of 6 shown"]).await?;
    until("the panels to be seen", || async {
        let is_seen = "return getComputedStyle(document.querySelector('.panels > .group')).visibility";
        Ok((browser.run(is_seen, vec![]).await? == "visible").then_some(()))
    })
    .await?;
    let files = "return performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)
        .filter((path) => /ops_hub-/.test(path)).map((path) => path.split('.').at(-1)).sort()";
    assert_eq!(browser.run(files, vec![]).await?, json!(["js", "wasm"]));
    // What is asked for ahead is taken by the store, and nothing is asked for twice.
    let data = "const names = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
        return ['/manifest.json', '/catalog', '/events'].map((end) => names.filter((name) => name.endsWith(end)).length)";
    assert_eq!(browser.run(data, vec![]).await?, json!([1, 1, 1]));
    let shift = "const watch = new PerformanceObserver(() => {});
        watch.observe({ type: 'layout-shift', buffered: true });
        return watch.takeRecords().reduce((sum, { value }) => sum + value, 0)";
    assert_eq!(browser.run(shift, vec![]).await?.as_f64(), Some(0.0), "what is seen has moved");
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_fits_320_pixels_and_a_dark_screen() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let browser = Browser::open(1440, 1000).await?;
    browser.sign_in(&hub, PAGE).await?;
    browser.shows("ops-service-catalog", &["6 of 6 shown"]).await?;
    let metrics =
        |width: u32, height: u32| json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    let cdp = browser.driver().cdp();
    for (name, width, scheme) in [("wide", 1440, "light"), ("dark", 1440, "dark"), ("narrow", 320, "light")] {
        cdp.send_raw("Emulation.setDeviceMetricsOverride", metrics(width, 1000)).await?;
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        cdp.send_raw("Emulation.setEmulatedMedia", features).await?;
        let overflow = browser.run("return document.documentElement.scrollWidth - innerWidth", vec![]).await?;
        assert!(overflow.as_i64() <= Some(0), "{name}: the page is {overflow} px wider than the window");
        let height = browser.run("return document.documentElement.scrollHeight", vec![]).await?;
        let height = u32::try_from(height.as_u64().unwrap_or(1000)).unwrap_or(1000);
        cdp.send_raw("Emulation.setDeviceMetricsOverride", metrics(width, height.min(16_000))).await?;
        browser.picture(name).await?;
    }
    browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn elements_made_by_script_are_shown_moved_and_removed() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let browser = Browser::open(1280, 900).await?;
    browser.sign_in(&hub, PAGE).await?;
    let make = "window.made = document.createElement('ops-env'); made.setAttribute('name', 'coulombcore'); \
                made.id = 'made'; document.querySelector('main').prepend(made)";
    browser.run(make, vec![]).await?;
    browser.shows("ops-env#made", &["92.205.130.254"]).await?;
    browser.run("document.querySelector('main').append(made)", vec![]).await?;
    browser.shows("ops-env#made", &["92.205.130.254"]).await?;
    browser.run("made.setAttribute('name', 'local')", vec![]).await?;
    browser.shows("ops-env#made", &["State Hub"]).await?;
    browser.run("made.setAttribute('name', 'nowhere')", vec![]).await?;
    browser.shows("ops-env#made", &["no entry for environment:nowhere"]).await?;
    browser.run("made.remove()", vec![]).await?;
    browser.shows("ops-env-coulombcore", &["92.205.130.254"]).await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    browser.close().await
}
