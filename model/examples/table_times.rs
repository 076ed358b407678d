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

/// How often everything is done; the shortest time of each step is printed.
const REPEATS: usize = 7;

/// The steps in their order, with their shortest time in ms.
#[derive(Default)]
struct Times(Vec<(&'static str, f64)>);

impl Times {
    fn timed<T>(&mut self, step: &'static str, work: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let made = black_box(work());
        let ms = begun.elapsed().as_secs_f64() * 1000.0;
        match self.0.iter_mut().find(|(known, _)| *known == step) {
            Some((_, shortest)) => *shortest = shortest.min(ms),
            None => self.0.push((step, ms)),
        }
        made
    }
}

const VIEWS: [(&str, &str); 15] = [
    ("all", ""),
    ("all again", ""),
    ("first search: l", "q.l"),
    ("second search: le", "q.le"),
    ("third search: led", "q.led"),
    ("another text: zone-3", "q.zone-3"),
    ("nothing found", "q.nothing like this"),
    ("sorted by name", "sort.name"),
    ("sorted by name, reversed", "sort.-name"),
    ("sorted by number (gaps)", "sort.gaps"),
    ("sorted by environment", "sort.env"),
    ("sorted by question", "sort.stored-in"),
    ("one environment", "env.zone-1"),
    ("grouped by environment", "group.env"),
    ("grouped by owner", "group.owner"),
];

fn main() {
    for services in [1_000, 10_000, 100_000] {
        println!("{services} services");
        let mut times = Times::default();
        let catalog = catalog(services);
        for repeat in 1..=REPEATS {
            let before = MEMORY.current_usage();
            let of_service = || MEMORY.current_usage().saturating_sub(before) / services;
            let document = catalog.clone();
            let index = times.timed("index", || CatalogIndex::new(document));
            let held = of_service();
            let log = EvidenceLog::default();
            let context = Context { index: &index, log: &log, now: Timestamp::from_ms(1_780_000_000_000) };
            let rows = times.timed("rows", || Rows::new(context));
            let with_rows = of_service();
            for (step, view) in VIEWS {
                times.timed(step, || rows.arrange(&CatalogView::parse(view)));
            }
            if repeat == REPEATS {
                let in_use = of_service();
                println!("  {held} B a service in the index, {with_rows} with rows, {in_use} searched and sorted");
            }
        }
        for (step, ms) in times.0 {
            println!("  {step:<28} {ms:>9.2} ms");
        }
    }
}
