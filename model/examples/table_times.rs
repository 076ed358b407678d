//! Prints how long the table of services takes at 1,000, 10,000 and 100,000 services:
//! `cargo run --release -p ops-model --example table_times`.
#![allow(missing_docs)]

use std::{hint::black_box, time::Instant};

use ops_model::{
    Catalog, CatalogIndex, Context, Entity, EntityKind, EntityRef, EvidenceLog, Gap, GapKind, Relation, RelationKind,
    Source, Timestamp,
    table::{CatalogView, Rows},
};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Services, each with its endpoint and relations, as in the benchmark pages.
fn catalog(services: usize) -> Catalog {
    let mut catalog = Catalog { schema: 1, ..Catalog::default() };
    let entity = |id: &EntityRef, title: &str, line: u32| Entity {
        id: id.clone(),
        title: title.to_owned(),
        facts: Vec::new(),
        source: Source::new(line, 1),
    };
    let shared = |kind, count: usize, prefix: &str| {
        (0..count).map(|nth| EntityRef::new(kind, format!("{prefix}-{nth}"))).collect::<Vec<_>>()
    };
    let environments = shared(EntityKind::Environment, 5, "zone");
    let owners = shared(EntityKind::Repository, 500, "owner");
    let stores = shared(EntityKind::Resource, 60, "store");
    for id in environments.iter().chain(&owners).chain(&stores) {
        catalog.entities.push(entity(id, &id.name, 1));
    }
    for nth in 0..services {
        // Spread, so that the inventory's order is not the order of the names.
        let spread = nth * 7919 % services;
        let name = format!(
            "{}-{}-{spread:06}",
            ["ledger", "gateway", "basket", "lookup", "billing"][spread % 5],
            ["reader", "api", "worker"][spread / 5 % 3]
        );
        let line = u32::try_from(nth).unwrap_or_default();
        let service = EntityRef::new(EntityKind::Service, name.clone());
        let endpoint = EntityRef::new(EntityKind::Endpoint, name.clone());
        catalog.entities.push(entity(&service, &name, line));
        catalog.entities.push(entity(&endpoint, &format!("https://{name}.zone-{}.example/healthz", nth % 5), line));
        let mut related = |kind, to: &EntityRef| {
            let (from, to) = (service.clone(), to.clone());
            catalog.relations.push(Relation { from, kind, to, source: Source::new(line, 1) });
        };
        related(RelationKind::RunsOn, &environments[nth % environments.len()]);
        related(RelationKind::OwnedBy, &owners[nth % owners.len()]);
        related(RelationKind::ExposedBy, &endpoint);
        if nth % 3 == 0 {
            related(RelationKind::StoredIn, &stores[nth % stores.len()]);
        }
        if nth % 2 == 0 {
            let kinds = vec![GapKind::Backup];
            catalog.gaps.push(Gap { subject: service, text: "backup".into(), kinds, source: Source::new(line, 1) });
        }
    }
    catalog
}

fn timed<T>(name: &str, work: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let made = black_box(work());
    println!("  {name:<40} {:>9.2} ms", begun.elapsed().as_secs_f64() * 1000.0);
    made
}

fn main() {
    for services in [1_000, 10_000, 100_000] {
        println!("{services} services");
        let catalog = catalog(services);
        let before = MEMORY.current_usage();
        let of_service = |bytes: usize| bytes.saturating_sub(before) / services;
        let document = catalog.clone();
        let index = timed("index", || CatalogIndex::new(document));
        let held = of_service(MEMORY.current_usage());
        let log = EvidenceLog::default();
        let context = Context { index: &index, log: &log, now: Timestamp::from_ms(1_780_000_000_000) };
        let rows = timed("rows", || Rows::new(context));
        let with_rows = of_service(MEMORY.current_usage());
        let arrange = |name: &str, view: &str| timed(name, || rows.arrange(&CatalogView::parse(view)));
        let all = arrange("all", "");
        arrange("all again", "");
        arrange("first search: l", "q.l");
        arrange("second search: le", "q.le");
        let found = arrange("third search: led", "q.led");
        assert_eq!((all.shown, found.shown), (services, services / 5));
        arrange("fifth search, another text: zone-3", "q.zone-3");
        arrange("nothing found", "q.nothing like this");
        arrange("sorted by name", "sort.name");
        arrange("sorted by name, reversed", "sort.-name");
        arrange("sorted by number (gaps)", "sort.gaps");
        arrange("sorted by environment", "sort.env");
        arrange("sorted by question", "sort.stored-in");
        arrange("one environment", "env.zone-1");
        arrange("grouped by environment", "group.env");
        arrange("grouped by owner", "group.owner");
        let in_use = of_service(MEMORY.current_usage());
        println!("  {held} B a service in the index, {with_rows} with rows, {in_use} when searched and sorted");
    }
}
