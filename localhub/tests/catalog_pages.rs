//! A catalog in pages: order, cursors, bounds, conditions, and that nothing is lost between them.
#![allow(clippy::expect_used)]

mod support;

use std::collections::BTreeSet;

use proptest::{collection::vec, prelude::*, test_runner::TestRunner};
use reqwest::{Method, StatusCode};
use rusqlite::Connection;
use serde_json::{Value, json};
use support::{Answer, TestHub};

const CATALOG: &str = "/api/v2/hubs/ops-hub/catalog";

fn entity(id: &str) -> Value {
    json!({ "ref": id, "title": id, "source": { "line": 1 } })
}

fn relation(from: &str, kind: &str, to: &str) -> Value {
    json!({ "from": from, "type": kind, "to": to, "source": { "line": 2 } })
}

fn gap(subject: &str) -> Value {
    json!({ "subject": subject, "text": "no tested restore", "kinds": ["restore"], "source": { "line": 3 } })
}

fn catalog(entities: &[&str], relations: &[Value], gaps: &[&str]) -> Value {
    json!({
        "schema": 1, "source": { "file": "a.md", "title": "A", "date": "", "sha256": "", "lines": 3 },
        "entities": entities.iter().map(|id| entity(id)).collect::<Vec<_>>(),
        "relations": relations, "gaps": gaps.iter().map(|id| gap(id)).collect::<Vec<_>>(),
        "notes": [{ "section": "Hosts", "text": "see above", "reason": "names no entity", "source": { "line": 3 } }]
    })
}

/// Two services that share an endpoint, in an order that is not that of the pages.
fn shared() -> Value {
    catalog(
        &["endpoint:lone", "service:a", "endpoint:both", "service:b", "data-store:b", "endpoint:b", "host:one"],
        &[
            relation("service:b", "exposed-by", "endpoint:both"),
            relation("service:b", "stored-in", "data-store:b"),
            relation("service:a", "exposed-by", "endpoint:both"),
            relation("service:b", "exposed-by", "endpoint:b"),
            relation("service:b", "runs-on", "host:one"),
            relation("service:gone", "runs-on", "host:one"),
        ],
        &["service:a", "host:gone"],
    )
}

async fn put(hub: &TestHub, catalog: &Value) -> Answer {
    let kept = hub.send(Method::PUT, CATALOG, Some(catalog.clone())).await;
    assert_eq!(kept.status, StatusCode::NO_CONTENT, "{}", kept.body);
    kept
}

async fn get(hub: &TestHub, query: &str) -> Answer {
    hub.send(Method::GET, &format!("{CATALOG}?{query}"), None).await
}

/// Every page, from the first to the last.
async fn pages(hub: &TestHub, limit: usize) -> Vec<Value> {
    let (mut pages, mut query) = (Vec::new(), format!("limit={limit}"));
    loop {
        let page = get(hub, &query).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let next = page.body["next"].as_str().map(str::to_owned);
        pages.push(page.body);
        let Some(next) = next else { return pages };
        query = format!("limit={limit}&after={next}");
    }
}

fn refs(page: &Value) -> Vec<&str> {
    page["entities"].as_array().expect("entities").iter().filter_map(|entity| entity["ref"].as_str()).collect()
}

#[tokio::test]
async fn services_come_with_what_they_are_the_first_to_name_and_are_not_split_from_it() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    put(&hub, &shared()).await;
    let whole = pages(&hub, 100).await;
    let order = ["service:a", "endpoint:both", "service:b", "data-store:b", "endpoint:b", "host:one", "endpoint:lone"];
    assert_eq!((whole.len(), refs(&whole[0])), (1, order.to_vec()));
    let in_threes = pages(&hub, 3).await;
    let found: Vec<Vec<&str>> = in_threes.iter().map(refs).collect();
    assert_eq!(found, [&order[..2], &order[2..5], &order[5..]], "four do not fit on a page of three");
    let in_fours: Vec<Value> = pages(&hub, 4).await;
    let found: Vec<Vec<&str>> = in_fours.iter().map(refs).collect();
    assert_eq!(found, [&order[..2], &order[2..6], &order[6..]], "a service is not split from what it names");
    let in_twos = pages(&hub, 2).await;
    let found: Vec<Vec<&str>> = in_twos.iter().map(refs).collect();
    assert_eq!(found, [&order[..2], &order[2..4], &order[4..6], &order[6..]], "four do not fit on a page of two");

    // What is said once stands on the first page, the rest with its entity.
    let [first, second, last]: &[Value; 3] = in_threes[..].try_into().expect("three pages");
    assert_eq!(first["totals"], json!({ "entities": 7, "relations": 6, "gaps": 2 }));
    assert_eq!(first["notes"], shared()["notes"]);
    for later in [second, last] {
        assert_eq!((&later["schema"], &later["source"]), (&json!(1), &shared()["source"]));
        assert!(later.get("notes").is_none() && later.get("totals").is_none());
    }
    assert_eq!(first["relations"], json!([relation("service:a", "exposed-by", "endpoint:both")]));
    assert_eq!(first["gaps"], json!([gap("service:a")]));
    assert_eq!(second["relations"].as_array().map(Vec::len), Some(4));
    assert_eq!(last["relations"], json!([relation("service:gone", "runs-on", "host:one")]));
    assert_eq!(last["gaps"], json!([gap("host:gone")]));

    let whole = hub.send(Method::GET, CATALOG, None).await.body;
    assert_eq!(whole, shared(), "without parameters it is what was put");
}

#[tokio::test]
async fn a_catalog_that_was_replaced_is_read_anew() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    assert_eq!(get(&hub, "limit=1").await.status, StatusCode::NOT_FOUND);
    let kept = put(&hub, &shared()).await;
    let first = get(&hub, "limit=3").await;
    assert_eq!(first.etag(), kept.etag());
    let next = first.body["next"].as_str().expect("a next page").to_owned();
    let second = get(&hub, &format!("after={next}")).await;
    assert_eq!((second.status, second.etag()), (StatusCode::OK, kept.etag()));
    assert_eq!(refs(&second.body).len(), 5, "a limit need not be said again");

    put(&hub, &catalog(&["host:one"], &[], &[])).await;
    for query in [format!("limit=3&after={next}"), format!("after={next}")] {
        let gone = get(&hub, &query).await;
        assert_eq!(
            (gone.status, &gone.body["type"]),
            (StatusCode::GONE, &json!("urn:inter-hub:problem:catalog-changed"))
        );
        assert_eq!(gone.headers["content-type"], "application/problem+json");
    }
    assert_eq!(refs(&get(&hub, "limit=3").await.body), ["host:one"]);
    // The same content is the same catalog.
    put(&hub, &shared()).await;
    assert_eq!(get(&hub, &format!("limit=3&after={next}")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn limits_and_cursors_that_are_none_are_refused_and_a_page_is_not_put() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    put(&hub, &shared()).await;
    for query in ["limit=0", "limit=10001", "limit=many", "after=%20", "limit=1&limit=2"] {
        assert_eq!(get(&hub, query).await.status, StatusCode::BAD_REQUEST, "{query}");
    }
    assert_eq!(get(&hub, "limit=10000").await.status, StatusCode::OK);
    for query in ["after=x", "after=ZXZlbnRzIDE3"] {
        assert_eq!(get(&hub, query).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }
    let page = get(&hub, "limit=1").await.body;
    let refused = hub.send(Method::PUT, CATALOG, Some(page)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body["detail"].as_str().is_some_and(|detail| detail.contains("'next' is of a page")));
}

/// The catalog's tables are emptied behind the hub's back: only what does not read them goes on.
#[tokio::test]
async fn a_reader_that_has_the_catalog_costs_no_look_into_it() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let kept = put(&hub, &shared()).await;
    let file = Connection::open(hub.folder.path().join("hub.sqlite")).expect("the file");
    let emptied =
        "PRAGMA foreign_keys = OFF; DELETE FROM catalog_piece; DELETE FROM catalog_part; DELETE FROM catalog_put;";
    file.execute_batch(emptied).expect("no catalog");
    let first = format!("{CATALOG}?limit=3");
    for path in [CATALOG, &first] {
        let unchanged = hub.send_if(Method::GET, path, ("if-none-match", kept.etag()), None).await;
        assert_eq!((unchanged.status, unchanged.etag()), (StatusCode::NOT_MODIFIED, kept.etag()));
    }
    assert_eq!(get(&hub, "limit=3").await.status, StatusCode::INTERNAL_SERVER_ERROR, "it is gone indeed");
}

#[tokio::test]
async fn a_page_is_compressed_as_its_reader_takes_it() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    put(&hub, &shared()).await;
    let coding = async |taken: &str| {
        let request = hub.request(Method::GET, &format!("{CATALOG}?limit=3")).bearer_auth(&hub.access.token);
        let answer = request.header("accept-encoding", taken).send().await.expect("an answer");
        let coding = answer.headers().get("content-encoding").map(|coding| coding.to_str().expect("text").to_owned());
        assert_eq!(answer.headers()["vary"], "accept-encoding");
        (coding, answer.bytes().await.expect("a body"))
    };
    let (plain, page) = coding("identity").await;
    assert_eq!(plain, None);
    let (gzip, bytes) = coding("gzip, deflate, br").await;
    let mut unpacked = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&bytes[..]), &mut unpacked).expect("gzip");
    assert_eq!((gzip.as_deref(), unpacked.as_bytes()), (Some("gzip"), &page[..]));
    let (brotli, bytes) = coding("br").await;
    let mut unpacked = Vec::new();
    brotli::BrotliDecompress(&mut &bytes[..], &mut unpacked).expect("brotli");
    assert_eq!((brotli.as_deref(), &unpacked[..]), (Some("br"), &page[..]));
}

/// The items of a field over several documents, in an order of their own.
fn sorted<'a>(documents: impl IntoIterator<Item = &'a Value>, field: &str) -> Vec<String> {
    let items = documents.into_iter().flat_map(|document| document[field].as_array().expect("a list"));
    let mut items: Vec<String> = items.map(ToString::to_string).collect();
    items.sort();
    items
}

/// Catalogs of few names, so that they meet: entities that are there twice or not at all among them.
fn catalogs() -> impl Strategy<Value = Value> {
    let name = || "(host|service|endpoint|data-store|gate):[a-d]";
    let kind = prop::sample::select(vec!["runs-on", "exposed-by", "stored-in", "part-of"]);
    let relations = vec((name(), kind, name()), 0..20);
    (vec(name(), 0..24), relations, vec(name(), 0..6)).prop_map(|(entities, relations, gaps)| {
        let relations: Vec<Value> = relations.iter().map(|(from, kind, to)| relation(from, kind, to)).collect();
        catalog(
            &entities.iter().map(String::as_str).collect::<Vec<_>>(),
            &relations,
            &gaps.iter().map(String::as_str).collect::<Vec<_>>(),
        )
    })
}

#[test]
fn the_pages_together_are_the_whole_catalog() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let hub = runtime.block_on(async {
        let hub = TestHub::start().await;
        hub.with_manifest().await;
        hub
    });
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() });
    let checked = runner.run(&(catalogs(), 1..8_usize), |(whole, limit)| {
        let pages = runtime.block_on(async {
            put(&hub, &whole).await;
            pages(&hub, limit).await
        });
        for field in ["entities", "relations", "gaps"] {
            prop_assert_eq!(sorted(&pages, field), sorted([&whole], field), "{}", field);
        }
        for page in &pages {
            prop_assert!(refs(page).len() <= limit);
            let here: BTreeSet<&str> = refs(page).into_iter().collect();
            let is_last = page.get("next").is_none();
            for (field, of) in [("relations", "from"), ("gaps", "subject")] {
                for item in page[field].as_array().into_iter().flatten() {
                    let owner = item[of].as_str().unwrap_or_default();
                    prop_assert!(here.contains(owner) || is_last, "{} is on another page than {}", item, owner);
                }
            }
        }
        Ok(())
    });
    checked.expect("every catalog");
}
