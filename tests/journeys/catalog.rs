//! Catalog: an operator narrows the catalog down, shares the view, takes it home as a file.

use std::path::Path;

use ops_e2e::{Browser, LocalHub, until};
use serde_json::{Value, json};
use thirtyfour::{Key, prelude::*};

use crate::PAGE;

const CATALOG: &str = "ops-service-catalog";

/// Runs a script with the catalog's shadow root as `root`.
async fn within(browser: &Browser, script: &str) -> anyhow::Result<Value> {
    let found = format!("const root = document.querySelector('ops-widget[name={CATALOG}]')?.shadowRoot; {script}");
    browser.run(&found, vec![]).await
}

async fn rows(browser: &Browser) -> anyhow::Result<Value> {
    within(browser, "return [...(root?.querySelectorAll('tr[data-row]') ?? [])].map((row) => row.dataset.row)").await
}

/// Opens a menu, unless it is open, and presses in it what has these words.
async fn press_in(browser: &Browser, menu: &str, words: &str) -> anyhow::Result<()> {
    let open = format!(
        "const menu = [...root.querySelectorAll('.menu')].find((one) => one.textContent.startsWith('{menu}'));\
         menu.open || menu.querySelector('summary').click()"
    );
    within(browser, &open).await?;
    let press = format!(
        "[...root.querySelectorAll('.menu[open] :is(.check, .menu-item)')]\
         .find((one) => one.textContent.includes('{words}')).click()"
    );
    within(browser, &press).await.map(|_| ())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_is_narrowed_shared_and_opened_by_somebody_who_signs_in_first() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let browser = Browser::open(1440, 1000).await?;
    browser.sign_in(&hub, PAGE).await?;
    browser.shows(CATALOG, &["6 of 6 shown"]).await?;

    press_in(&browser, "Owner", "railiance-platform").await?;
    browser.shows(CATALOG, &["2 of 6 shown"]).await?;
    assert_eq!(rows(&browser).await?, json!(["data-store:gitea-database", "data-store:gitea-shared-storage"]));
    press_in(&browser, "Columns", "Migration wave").await?;
    within(&browser, "[...root.querySelectorAll('.head-button')][0].click()").await?;
    within(&browser, "[...root.querySelectorAll('.head-button')][0].click()").await?;
    until("the order to be turned round", || async {
        let expected = json!(["data-store:gitea-shared-storage", "data-store:gitea-database"]);
        Ok((rows(&browser).await? == expected).then_some(()))
    })
    .await?;
    let shared = until("the view to be in the address", || async {
        let url = browser.driver().current_url().await?;
        Ok(url.query().is_some_and(|query| query.contains("sort.-name")).then_some(url))
    })
    .await?;
    assert_eq!(shared.path(), PAGE, "no entry was added to the history: {shared}");

    // Somebody else, signed out: the view is there after the sign-in.
    let other = Browser::open(1440, 1000).await?;
    other.sign_in(&hub, PAGE).await?;
    other.driver().delete_all_cookies().await?;
    other.driver().goto(shared.as_str()).await?;
    other.driver().find(By::Css("#user")).await?.send_keys(&hub.user).await?;
    other.driver().find(By::Css("#password")).await?.send_keys(&hub.password).await?;
    other.driver().find(By::Css("form button[type=submit]")).await?.click().await?;
    other.shows(CATALOG, &["2 of 6 shown", "railiance-platform"]).await?;
    assert_eq!(rows(&other).await?, json!(["data-store:gitea-shared-storage", "data-store:gitea-database"]));
    let hidden = within(&other, "return root.querySelectorAll('[data-question=moves-to]').length").await?;
    assert_eq!(hidden, 0);
    other.close().await?;
    browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_shown_is_saved_as_csv_and_json() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let browser = Browser::open(1440, 1000).await?;
    let folder = hub.folder().join("downloads");
    let allowed = json!({ "behavior": "allow", "downloadPath": folder.display().to_string() });
    browser.driver().cdp().send_raw("Browser.setDownloadBehavior", allowed).await?;
    browser.sign_in(&hub, PAGE).await?;
    browser.shows(CATALOG, &["6 of 6 shown"]).await?;
    press_in(&browser, "Owner", "railiance-platform").await?;
    browser.shows(CATALOG, &["2 of 6 shown"]).await?;
    for words in ["CSV", "JSON"] {
        press_in(&browser, "Export", words).await?;
    }
    let csv = saved(&folder.join("ops-catalog.csv")).await?;
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert!(lines[0].starts_with("ref,name,kind,environment,standing,evidence,runs-where"), "{csv}");
    assert!(
        lines[1].starts_with("data-store:gitea-database,Gitea database,data-store,coulombcore,unproven,,"),
        "{csv}"
    );
    assert_eq!(lines.len(), 4, "a heading, two rows, the last line's end: {csv}");
    let table: Value = serde_json::from_str(&saved(&folder.join("ops-catalog.json")).await?)?;
    assert_eq!(table[1]["ref"], "data-store:gitea-shared-storage");
    assert_eq!(table[1]["owned-by"], "railiance-platform; railiance-apps");
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    browser.close().await
}

async fn saved(path: &Path) -> anyhow::Result<String> {
    until(&format!("{} to be saved", path.display()), || async { Ok(std::fs::read_to_string(path).ok()) }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_catalog_is_read_by_keyboard_alone() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    hub.register().await?;
    let browser = Browser::open(1440, 1000).await?;
    browser.sign_in(&hub, PAGE).await?;
    browser.shows(CATALOG, &["6 of 6 shown"]).await?;
    within(&browser, "root.querySelector('[data-cell][tabindex=\"0\"]').focus()").await?;
    let keys = |key: Key| async { browser.driver().action_chain().send_keys(key).perform().await };
    let focused = "const cell = root.activeElement; return [cell.closest('tr').dataset.row ?? 'head',\
                   cell.dataset.question ?? cell.tagName]";
    keys(Key::Down).await?;
    keys(Key::Right).await?;
    keys(Key::Right).await?;
    assert_eq!(within(&browser, focused).await?, json!(["service:gitea", "owned-by"]));
    // The cell has one link: Enter follows it, and the entity opens in the page.
    keys(Key::Enter).await?;
    browser.shows("ops-entity[id], ops-entity", &["railiance-apps", "Repository"]).await?;
    keys(Key::Escape).await?;
    until("the entity to be closed", || async {
        Ok((browser.run("return location.hash", vec![]).await? == "").then_some(()))
    })
    .await?;
    assert_eq!(within(&browser, focused).await?, json!(["service:gitea", "owned-by"]), "back where the reader was");
    keys(Key::Home).await?;
    browser.driver().action_chain().send_keys(" ").perform().await?;
    browser.shows(CATALOG, &["Known gaps", "SOPS Helm values"]).await?;
    // An open menu closes at Escape, and its name has the focus again.
    within(&browser, "root.querySelector('.menu.facet summary').focus()").await?;
    keys(Key::Enter).await?;
    until("the menu to be open with what is in it", || async {
        let focus = "const field = root.querySelector('.menu.facet[open] input'); field?.focus(); return !!field";
        Ok((within(&browser, focus).await? == true).then_some(()))
    })
    .await?;
    keys(Key::Escape).await?;
    let closed = "return [root.querySelector('.menu.facet').open, root.activeElement.tagName]";
    assert_eq!(within(&browser, closed).await?, json!([false, "SUMMARY"]));
    browser.close().await
}
