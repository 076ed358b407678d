//! Attributes, properties, events, and every order in which a page can bring an element about.

use serde_json::json;

use super::{SCRIPT, Stage};

/// Notes every event of the elements in `heard`, as `type name`.
const LISTEN: &str = "<script>window.heard = []; for (const type of ['ops-ready', 'ops-error', 'ops-select']) \
    addEventListener(type, (event) => heard.push(type + ' ' + (event.detail.ref ?? event.detail.name)))</script>";

#[tokio::test(flavor = "multi_thread")]
async fn attributes_and_properties_reflect_each_other_and_apply_at_once() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    stage.visit(&format!("{LISTEN}<ops-env id=it name=coulombcore></ops-env>{SCRIPT}")).await?;
    stage.browser.shows("ops-env#it", &["92.205.130.254"]).await?;
    let pairs = [
        ("name", "name", "local"),
        ("hub", "hub", stage.front.url.as_str()),
        ("viewContext", "view-context", "a/b"),
        ("lang", "lang", "de"),
        ("theme", "theme", "dark"),
        ("density", "density", "compact"),
    ];
    for (property, attribute, value) in pairs {
        let script = "const it = document.getElementById('it'); const [property, attribute, value] = arguments;\
            it[property] = value; const set = it.getAttribute(attribute);\
            it.removeAttribute(attribute); const none = it[property];\
            it.setAttribute(attribute, value); const read = it[property];\
            if (property !== 'lang') { it[property] = null; }\
            const gone = property === 'lang' || !it.hasAttribute(attribute);\
            it[property] = value; return [set, none, read, gone]";
        let seen = stage.browser.run(script, vec![property.into(), attribute.into(), value.into()]).await?;
        assert_eq!(seen, json!([value, "", value, true]), "{property}");
    }
    stage.browser.shows("ops-env#it", &["State Hub", "Stand"]).await?;
    let dark = "const card = document.getElementById('it').shadowRoot.querySelector('.card');\
                return getComputedStyle(card).colorScheme";
    assert_eq!(stage.run(dark).await?, "dark");

    // `refresh` is a method to call and an attribute to assign, as frameworks do.
    let refresh = "it.refresh = 7; const read = [it.getAttribute('refresh'), it.refreshSeconds, typeof it.refresh];\
                   it.refreshSeconds = 0; return [...read, it.hasAttribute('refresh')]";
    assert_eq!(stage.run(refresh).await?, json!(["7", 7, "function", false]));
    assert_eq!(stage.run("return heard.filter((one) => one.startsWith('ops-error')).length").await?, 0);
    assert_eq!(stage.browser.complaints().await?, Vec::<String>::new());
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_set_before_the_script_came_counts() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    let early = "<script>const early = document.querySelector('ops-env'); early.name = 'local'; early.lang = 'de';\
                 early.density = 'compact'; early.viewContext = 'x/y';</script>";
    stage.visit(&format!("<ops-env id=it><p>A sentence of the server.</p></ops-env>{early}{SCRIPT}")).await?;
    stage.browser.shows("ops-env#it", &["State Hub", "Stand"]).await?;
    let seen =
        "const it = document.getElementById('it'); return [it.name, it.density, it.getAttribute('view-context')]";
    assert_eq!(stage.run(seen).await?, json!(["local", "compact", "x/y"]));
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_servers_content_stays_until_the_widget_is_ready() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    stage.front.fault("/catalog", ops_e2e::Fault::Slow(std::time::Duration::from_secs(3)));
    stage
        .visit(&format!("{LISTEN}<ops-env id=it name=local><p id=said>As served.</p></ops-env><ops-env id=bare name=local></ops-env>{SCRIPT}"))
        .await?;
    // The components run and wait for the hub: the element without content shows a skeleton meanwhile.
    stage
        .until(
            "the skeleton",
            "return document.getElementById('bare').shadowRoot?.querySelector('.skeleton')?.offsetHeight > 20",
        )
        .await?;
    let shown = "const it = document.getElementById('it'); return [document.getElementById('said').offsetHeight > 0, \
                 it.shadowRoot.querySelector('.root').offsetHeight, heard.length]";
    assert_eq!(stage.run(shown).await?, json!([true, 0, 0]));
    stage.browser.shows("ops-env#it", &["State Hub"]).await?;
    let after = "return [document.getElementById('said').offsetHeight, heard.sort()]";
    assert_eq!(stage.run(after).await?, json!([0, ["ops-ready local", "ops-ready local"]]));
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_element_is_moved_removed_and_adopted_in_any_order() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    stage
        .visit(&format!("{LISTEN}<div id=a><ops-env id=it name=local></ops-env></div><div id=b></div><iframe id=frame></iframe>{SCRIPT}"))
        .await?;
    stage.browser.shows("ops-env#it", &["State Hub"]).await?;
    stage.run("window.it = document.getElementById('it'); window.a = document.getElementById('a'); window.b = document.getElementById('b')").await?;
    // A move within one turn keeps what is mounted.
    stage
        .run("it.shadowRoot.querySelector('.card').dataset.mark = 'kept'; b.append(it); a.append(it); b.append(it)")
        .await?;
    assert_eq!(stage.run("return it.shadowRoot.querySelector('.card').dataset.mark").await?, "kept");
    // Out and in again within one turn, then for good.
    stage.run("it.remove(); a.append(it); it.remove()").await?;
    stage.run("a.append(it)").await?;
    stage.browser.shows("ops-env#it", &["State Hub"]).await?;
    // Into another document, and back.
    stage.run("document.getElementById('frame').contentDocument.body.append(it)").await?;
    let framed = "return it.shadowRoot.adoptedStyleSheets.length === 1 && it.ownerDocument !== document && it.shadowRoot.textContent.includes('State Hub') \
                  && it.shadowRoot.querySelector('.card').offsetHeight > 50";
    stage.until("the widget in the frame", framed).await?;
    stage.run("a.append(it)").await?;
    stage.browser.shows("ops-env#it", &["State Hub"]).await?;
    assert_eq!(stage.run("return it.shadowRoot.adoptedStyleSheets.length").await?, 1);
    // A document without a window shows nothing and breaks nothing.
    stage.run("document.implementation.createHTMLDocument('').body.append(it)").await?;
    stage.run("a.append(it)").await?;
    stage.browser.shows("ops-env#it", &["State Hub"]).await?;
    // A clone has no shadow of its own and comes to life when it is in the page.
    stage.run("const copy = it.cloneNode(true); copy.id = 'copy'; b.append(copy)").await?;
    stage.browser.shows("ops-env#copy", &["State Hub"]).await?;
    // Others write over what is around it.
    stage.run("b.innerHTML = '<ops-env id=other name=coulombcore></ops-env>'").await?;
    stage.browser.shows("ops-env#other", &["92.205.130.254"]).await?;
    assert_eq!(stage.browser.complaints().await?, Vec::<String>::new());
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn events_leave_the_element_and_refresh_reads_the_hub_again() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    stage.visit(&format!("{LISTEN}<ops-service id=it name=service:gitea></ops-service>{SCRIPT}")).await?;
    stage.browser.shows("ops-service#it", &["railiance-apps"]).await?;
    stage
        .run("window.it = document.getElementById('it'); addEventListener('click', (event) => event.preventDefault())")
        .await?;
    stage.run("it.shadowRoot.querySelector('a[data-ref=\"repository:railiance-apps\"]').click()").await?;
    assert_eq!(
        stage.run("return heard").await?,
        json!(["ops-ready service:gitea", "ops-select repository:railiance-apps"])
    );
    let before = stage.front.requests("/catalog");
    stage.run("return it.refresh()").await?;
    ops_e2e::until("another request", || async { Ok((stage.front.requests("/catalog") > before).then_some(())) })
        .await?;
    // A trouble is an event too, with its kind.
    stage.front.fault("/catalog", ops_e2e::Fault::Status(403, vec![], String::new()));
    stage.run("addEventListener('ops-error', (event) => window.trouble = event.detail.kind)").await?;
    assert_eq!(stage.until("the event", "it.refresh(); return window.trouble").await?, "forbidden");
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_element_asks_for_its_own_pace_and_names_where_events_come_from() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    stage.visit(&format!("<ops-env id=it name=local refresh=5 view-context='pages/wiki/7'></ops-env>{SCRIPT}")).await?;
    stage.browser.shows("ops-env#it", &["State Hub"]).await?;
    ops_e2e::until("two readings by the element's pace", || async {
        Ok((stage.front.requests("/catalog") >= 3).then_some(()))
    })
    .await?;
    stage.browser.close().await
}
