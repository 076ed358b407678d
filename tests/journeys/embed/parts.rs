//! A catalog of several pages: its first rows are there before the last ones, and whatever happens between
//! two pages, what the widget shows in the end is all of one catalog.

use std::time::Duration;

use ops_e2e::{Fault, Passed, until};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{SCRIPT, Stage};

const IT: &str = "ops-catalog#it";
const CATALOG: &str = "/api/v2/hubs/ops-hub/catalog";
/// What the widget says while pages are still to come, and where one could not be read.
const READING: &str = "entries of the catalog are here; the others are being read";
const MISSING: &str = "entries of the catalog are here; the others could not be read yet";

/// A catalog of so many services, each with an endpoint.
fn services(count: usize, word: &str) -> Value {
    let source = json!({ "line": 1 });
    let entity = |kind: &str, at: usize| json!({ "ref": format!("{kind}:{word}-{at}"), "title": format!("{word} {at}"), "source": source });
    let exposed = |at: usize| {
        let (from, to) = (format!("service:{word}-{at}"), format!("endpoint:{word}-{at}"));
        json!({ "from": from, "type": "exposed-by", "to": to, "source": source })
    };
    json!({
        "schema": 1, "source": { "file": "many.md", "title": word, "date": "", "sha256": "", "lines": 1 },
        "entities": (0..count).flat_map(|at| [entity("service", at), entity("endpoint", at)]).collect::<Vec<_>>(),
        "relations": (0..count).map(exposed).collect::<Vec<_>>()
    })
}

impl Stage {
    async fn put(&self, catalog: &Value) -> anyhow::Result<()> {
        let (status, body) = self.hub.send(Method::PUT, CATALOG, Some(catalog)).await?;
        anyhow::ensure!(status == StatusCode::NO_CONTENT, "{status} {body}");
        Ok(())
    }

    /// The pages that the hub has answered since the front was asked `before` times.
    fn pages(&self, before: usize) -> Vec<Passed> {
        self.front.answers("/catalog").split_off(before)
    }

    /// The services that have a row in sight.
    async fn rows(&self) -> anyhow::Result<Vec<String>> {
        let script = "return [...document.querySelectorAll('ops-catalog#it')[0].shadowRoot\
                      .querySelectorAll('tr[data-row]')].map((row) => row.dataset.row)";
        Ok(serde_json::from_value(self.run(script).await?)?)
    }

    /// Opens a page with the catalog, whose pages after the first are held back.
    async fn first_page(&self) -> anyhow::Result<()> {
        self.front.fault_where("/catalog", "after=", Fault::Held);
        self.visit(&format!("<ops-catalog id=it></ops-catalog>{SCRIPT}")).await?;
        self.browser.shows(IT, &["100 of 100 shown", READING]).await?;
        Ok(())
    }

    /// Loads the page again; the catalog's pages after the first begin, and go on once the front is healed. Two
    /// of them are asked for then. Gives how many answers there were before.
    async fn half_pages(&self) -> anyhow::Result<usize> {
        self.front.fault_where("/catalog", "after=", Fault::Halted(100_000));
        let before = self.front.answers("/catalog").len();
        self.run("location.reload()").await?;
        until("a page to be asked for ahead", || async { Ok((self.pages(before).len() >= 3).then_some(())) }).await?;
        // Time for more, where more is asked for.
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert_eq!(self.pages(before).len(), 3, "{:?}", self.pages(before));
        Ok(before)
    }

    async fn all_fresh(&self) -> anyhow::Result<()> {
        let rows = self.rows().await?;
        assert!(!rows.is_empty() && rows.iter().all(|row| row.starts_with("service:fresh-")), "{rows:?}");
        Ok(())
    }

    async fn search(&self, words: &str) -> anyhow::Result<()> {
        let script = "const field = document.getElementById('it').shadowRoot.querySelector('input[type=search]');\
                      field.value = arguments[0]; field.dispatchEvent(new InputEvent('input', { bubbles: true }))";
        self.browser.run(script, vec![json!(words)]).await.map(|_| ())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_catalog_of_many_pages_is_there_from_its_first_page_on_and_whole_in_the_end() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    stage.put(&services(12_500, "many")).await?;

    // The rows of the first page are there, and can be searched, while the others are on their way.
    stage.first_page().await?;
    assert_eq!(stage.rows().await?.first().map(String::as_str), Some("service:many-0"));
    stage.search("many 12499").await?;
    stage.browser.shows(IT, &["0 of 100 shown", READING]).await?;
    stage.front.heal();
    stage.browser.shows(IT, &["1 of 12500 shown"]).await?;
    assert_eq!(stage.rows().await?, ["service:many-12499"], "a service of the last page");
    stage.search("").await?;
    stage.browser.shows(IT, &["12500 of 12500 shown", "live ·"]).await?;
    stage.until("nothing to be looked for in the address", "return location.search === ''").await?;
    let text = stage.browser.text(IT).await?;
    assert!(!text.contains("entries of the catalog"), "nothing is said to be missing: {text}");

    // 200 entries, then 10,000 each: four pages of one state, asked for one after the other.
    let pages = stage.pages(0);
    assert_eq!(pages.len(), 4, "{pages:?}");
    assert_eq!(pages[0].query, "limit=200");
    assert!(pages[1..].iter().all(|page| page.query.starts_with("limit=10000&after=")), "{pages:?}");
    assert!(pages.iter().all(|page| page.status == 200 && page.etag == pages[0].etag), "{pages:?}");

    // While a page is read, the next one is asked for, and no other.
    let before = stage.half_pages().await?;
    let queries: Vec<String> = pages.into_iter().map(|page| page.query).collect();
    assert_eq!(stage.pages(before).into_iter().map(|page| page.query).collect::<Vec<_>>(), queries[..3]);
    stage.front.heal();
    stage.browser.shows(IT, &["12500 of 12500 shown", "live ·"]).await?;
    assert_eq!(stage.pages(before).len(), 4, "each once");

    // The same where the page that was asked for meanwhile fails: what came before it is there.
    stage.front.fault_where("/catalog", &queries[2], Fault::Status(500, vec![], String::new()));
    stage.run("location.reload()").await?;
    stage.browser.shows(IT, &["5100 of 5100 shown", MISSING, "HTTP 500"]).await?;
    stage.front.heal();
    stage.browser.shows(IT, &["12500 of 12500 shown", "live ·"]).await?;

    // A page that fails takes nothing away; its reason is said, and it is asked for again.
    stage.front.fault_where("/catalog", "after=", Fault::Status(500, vec![], String::new()));
    stage.run("location.reload()").await?;
    stage.browser.shows(IT, &["100 of 100 shown", MISSING, "HTTP 500"]).await?;
    assert_eq!(stage.rows().await?.first().map(String::as_str), Some("service:many-0"));
    stage.front.heal();
    stage.browser.shows(IT, &["12500 of 12500 shown", "live ·"]).await?;
    let text = stage.browser.text(IT).await?;
    assert!(!text.contains("entries of the catalog") && !text.contains("HTTP 500"), "{text}");

    // The catalog is replaced while the second page is on its way: the hub says that it is gone, and the
    // widget reads the new one from its first page on. Nothing of the old one is left.
    stage.first_page().await?;
    let before = stage.front.answers("/catalog").len();
    stage.put(&services(2_000, "fresh")).await?;
    stage.front.heal();
    stage.browser.shows(IT, &["2000 of 2000 shown"]).await?;
    let pages = stage.pages(before);
    assert_eq!(pages[0].status, 410, "{pages:?}");
    assert_eq!(pages[1].query, "limit=200", "anew");
    until("the new catalog to be whole", || async {
        let good: Vec<Passed> = stage.pages(before).into_iter().filter(|page| page.status == 200).collect();
        assert!(good.iter().all(|page| page.etag == good[0].etag), "{good:?}");
        Ok((good.len() >= 2).then_some(()))
    })
    .await?;
    stage.browser.shows(IT, &["2000 of 2000 shown", "live ·"]).await?;
    stage.all_fresh().await?;

    // The same while a page is read and the next one is asked for.
    stage.put(&services(12_500, "many")).await?;
    stage.browser.shows(IT, &["12500 of 12500 shown", "live ·"]).await?;
    stage.half_pages().await?;
    stage.put(&services(2_000, "fresh")).await?;
    let before = stage.front.answers("/catalog").len();
    stage.front.heal();
    stage.browser.shows(IT, &["2000 of 2000 shown", "live ·"]).await?;
    assert_eq!(stage.pages(before)[0].status, 410, "{:?}", stage.pages(before));
    stage.all_fresh().await?;
    let refused = stage.browser.complaints().await?;
    assert!(refused.iter().all(|one| one.contains("500") || one.contains("410")), "{refused:?}");
    stage.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_catalog_that_is_replaced_before_the_stream_is_open_is_read_anew() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    stage.put(&services(3, "stale")).await?;
    stage.front.fault("/events/stream", Fault::Held);
    stage.visit(&format!("<ops-catalog id=it></ops-catalog>{SCRIPT}")).await?;
    stage.browser.shows(IT, &["3 of 3 shown"]).await?;
    stage.asked("/events/stream").await?;
    stage.put(&services(4, "fresh")).await?;
    stage.browser.shows(IT, &["3 of 3 shown"]).await?;
    stage.front.heal();
    stage.browser.shows(IT, &["4 of 4 shown", "live ·"]).await?;
    stage.all_fresh().await?;
    assert_eq!(stage.front.requests("/catalog"), 2, "once, and once more for what came in its place");
    stage.browser.close().await
}
