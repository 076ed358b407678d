//! The guide: an author chooses, sees, copies, and the copy works.

use ops_e2e::{Browser, LocalHub, until};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn an_author_chooses_a_widget_sees_it_and_copies_what_works() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let browser = Browser::open(1440, 1100).await?;
    browser.sign_in(&hub, "/embed").await?;
    browser.shows("#preview ops-widget", &["State Hub", "live ·"]).await?;
    let choose = "const form = document.getElementById('options'); form.elements.name.value = 'ops-env-coulombcore';\
        form.elements.theme.value = 'dark'; form.elements.refresh.value = '60'; form.elements['view-context'].value = 'a \"b\" <c>';\
        form.dispatchEvent(new Event('input'))";
    browser.run(choose, vec![]).await?;
    browser.shows("#preview ops-widget", &["92.205.130.254"]).await?;
    browser.picture("embed-guide").await?;
    let snippet = "document.querySelector('[data-place=' + arguments[0] + ']').click(); return document.getElementById('snippet').textContent";
    let written = |place: &'static str| {
        let browser = &browser;
        async move {
            Ok::<_, anyhow::Error>(
                browser.run(snippet, vec![json!(place)]).await?.as_str().unwrap_or_default().to_owned(),
            )
        }
    };
    let html = written("html").await?;
    for part in [
        "<script type=\"module\" src=\"/extensions/ops-hub/ops-hub.js\">",
        "name=\"ops-env-coulombcore\"",
        "theme=\"dark\"",
        "refresh=\"60\"",
        "view-context=\"a &quot;b&quot; &lt;c>\"",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    assert!(written("react").await?.contains("onops-select="));
    assert!(written("vue").await?.contains("isCustomElement"));
    assert!(written("hsx").await?.contains("[hsx|"));
    assert!(written("frame").await?.contains(&format!("{}/embed/ops-env-coulombcore?theme=dark", hub.url)));

    browser.run("document.getElementById('options').elements.elsewhere.click()", vec![]).await?;
    assert!(written("html").await?.contains("OpsHub"));

    // Narrow and dark, with nothing beside the page.
    let cdp = browser.driver().cdp();
    cdp.send_raw(
        "Emulation.setDeviceMetricsOverride",
        json!({ "width": 320, "height": 1400, "deviceScaleFactor": 1, "mobile": false }),
    )
    .await?;
    cdp.send_raw(
        "Emulation.setEmulatedMedia",
        json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] }),
    )
    .await?;
    until("the page to fit", || async {
        Ok((browser.run("return document.documentElement.scrollWidth - innerWidth", vec![]).await?.as_i64() <= Some(0))
            .then_some(()))
    })
    .await?;
    browser.picture("embed-guide-narrow").await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    // What was copied is parsed as it was meant.
    browser.driver().goto("data:text/html,<title>a page without a policy</title>").await?;
    let parsed = "const page = new DOMParser().parseFromString(arguments[0], 'text/html'); const it = page.querySelector('ops-widget');\
                  return Object.fromEntries([...it.attributes].map((one) => [one.name, one.value]))";
    let parsed = browser.run(parsed, vec![json!(html)]).await?;
    assert_eq!(
        parsed,
        json!({ "name": "ops-env-coulombcore", "theme": "dark", "refresh": "60", "view-context": "a \"b\" <c>" })
    );
    browser.close().await
}
