//! How much room a large catalog takes while it is read page by page and shown in between.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use std::fmt::Write;

use ops_model::{
    CatalogIndex, CatalogPage, Context,
    view::{CatalogView, Rows},
};
use peak_alloc::PeakAlloc;

/// Counts what is held. Nothing else may run beside: this file has one test.
#[global_allocator]
static HELD: PeakAlloc = PeakAlloc;

const SERVICES: usize = 20_000;
/// As the browser asks for them: a small first page, then large ones.
const FIRST: usize = 1_000;
const FURTHER: usize = 5_000;

/// How many bytes a service with its endpoint may take: once all are shown, meanwhile, and where they are
/// sorted and searched.
const MOST_HELD: usize = 500;
const MOST_AT_ONCE: usize = 700;
const MOST_IN_USE: usize = 700;

/// A page of services from one place to another, each with its endpoint, as a hub sends it.
fn page(from: usize, to: usize) -> String {
    let (mut entities, mut relations, mut gaps) = (Vec::new(), Vec::new(), Vec::new());
    let entity =
        |id: &str, title: &str| format!(r#"{{"ref":"{id}","title":"{title}","facts":[],"source":{{"line":7}}}}"#);
    if from == 0 {
        entities.extend((0..5).map(|nth| entity(&format!("environment:zone-{nth}"), "Zone")));
        entities.extend((0..500).map(|nth| entity(&format!("repository:owner-{nth}"), "Owner")));
        entities.extend((0..60).map(|nth| entity(&format!("resource:store-{nth}"), "Store")));
    }
    for nth in from..to {
        let name = format!(
            "{}-{}-{nth:04}",
            ["ledger", "gateway", "basket"][nth % 3],
            ["reader", "api", "worker"][nth / 3 % 3]
        );
        let (service, zone) = (format!("service:{name}"), nth % 5);
        entities.push(entity(&service, &name));
        entities.push(entity(&format!("endpoint:{name}"), &format!("https://{name}.zone-{zone}.example/healthz")));
        let mut related = |kind: &str, to: &str| {
            relations.push(format!(r#"{{"from":"{service}","type":"{kind}","to":"{to}","source":{{"line":{nth}}}}}"#))
        };
        related("runs-on", &format!("environment:zone-{zone}"));
        related("owned-by", &format!("repository:owner-{}", nth % 500));
        related("exposed-by", &format!("endpoint:{name}"));
        if nth % 3 == 0 {
            related("stored-in", &format!("resource:store-{}", nth % 60));
        }
        if nth % 2 == 0 {
            gaps.push(format!(
                r#"{{"subject":"{service}","text":"backup","kinds":["backup"],"source":{{"line":{nth}}}}}"#
            ));
        }
    }
    let mut page = format!(
        r#"{{"schema":1,"source":{{"file":"a","title":"A","sha256":"","lines":9}},"entities":[{}],"relations":[{}],"gaps":[{}]"#,
        entities.join(","),
        relations.join(","),
        gaps.join(",")
    );
    if from == 0 {
        write!(
            page,
            r#","totals":{{"entities":{},"relations":{},"gaps":{}}}"#,
            565 + 2 * SERVICES,
            SERVICES * 10 / 3,
            SERVICES / 2
        )
        .unwrap();
    }
    if to < SERVICES {
        page.push_str(r#","next":"x""#);
    }
    page.push('}');
    page
}

#[test]
fn a_large_catalog_takes_little_room() {
    let mut pages = vec![page(0, FIRST / 2)];
    for from in (FIRST / 2..SERVICES).step_by(FURTHER / 2) {
        pages.push(page(from, (from + FURTHER / 2).min(SERVICES)));
    }
    let (log, now) = (support::log(&CatalogIndex::default(), &[]), support::at(0));
    let before = HELD.current_usage();
    HELD.reset_peak_usage();
    let mut index = CatalogIndex::default();
    let (mut shown, mut rows): (CatalogIndex, Option<Rows>) = Default::default();
    for page in &pages {
        let is_last = CatalogPage::read(page.as_bytes()).unwrap().add_to(&mut index).unwrap().is_none();
        // As the browser shows it: with four times as much, and with all.
        if is_last || index.len() >= shown.len() * 4 {
            shown = index.clone();
            rows = Some(Rows::after(Context { index: &shown, log: &log, now }, rows.as_ref()));
        }
    }
    drop(index);
    let rows = rows.unwrap();
    let of_service = |bytes: usize| bytes.saturating_sub(before) / SERVICES;
    let (held, peak) = (of_service(HELD.current_usage()), of_service(HELD.peak_usage()));
    let sorted = rows.arrange(&CatalogView::parse("sort.name"));
    let found = rows.arrange(&CatalogView::parse("q.ledger-r"));
    let in_use = of_service(HELD.peak_usage());
    assert_eq!((rows.all().len(), sorted.shown, found.shown), (SERVICES, SERVICES, SERVICES.div_ceil(9)));
    let said =
        format!("{held} B a service, {peak} at most while it was read, {in_use} while it was sorted and searched");
    println!("{said}");
    assert!(held <= MOST_HELD && peak <= MOST_AT_ONCE && in_use <= MOST_IN_USE, "{said}");
}
