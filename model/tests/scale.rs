//! Large and lopsided catalogs: the rules take time in proportion to what they look at.
//!
//! The bounds are for an unoptimised build on a busy machine. A rule that is quadratic is far beyond them.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use std::time::{Duration, Instant};

use ops_model::{
    Catalog, CatalogIndex, Context, Entity, EntityRef, EvidenceLog, Gap, Relation, RelationKind, Standing,
    catalog::Source,
    closing::closings,
    gap::GapKind,
    graph::{MOST, MOST_FRAMES, layout, neighbourhood, topology},
    health::health,
    impact::impact,
    readiness::readiness,
};
use serde_json::json;
use support::{at, event, id, log};

fn entity(name: &str) -> Entity {
    let id: EntityRef = name.parse().unwrap();
    Entity { title: id.name.to_string(), id, facts: vec![], source: Source::new(1, 1) }
}

fn relation(from: &str, kind: RelationKind, to: &str) -> Relation {
    Relation { from: from.parse().unwrap(), kind, to: to.parse().unwrap(), source: Source::new(1, 1) }
}

fn index(entities: impl IntoIterator<Item = String>, relations: Vec<Relation>) -> CatalogIndex {
    let entities = entities.into_iter().map(|name| entity(&name)).collect();
    CatalogIndex::new(Catalog { entities, relations, ..Catalog::default() })
}

/// Services that run in environments and on one cluster, each with an endpoint and a data store.
fn estate(services: usize, environments: usize) -> CatalogIndex {
    let mut entities: Vec<String> = (0..environments).map(|nth| format!("environment:e{nth}")).collect();
    entities.push("cluster:kube".to_owned());
    let mut relations = vec![relation("cluster:kube", RelationKind::RunsOn, "environment:e0")];
    for nth in 0..services {
        let (service, endpoint, store) =
            (format!("service:s{nth}"), format!("endpoint:s{nth}"), format!("data-store:s{nth}"));
        relations.push(relation(&service, RelationKind::RunsOn, &format!("environment:e{}", nth % environments)));
        relations.push(relation(&service, RelationKind::RunsOn, "cluster:kube"));
        relations.push(relation(&service, RelationKind::ExposedBy, &endpoint));
        relations.push(relation(&service, RelationKind::StoredIn, &store));
        entities.extend([service, endpoint, store]);
    }
    index(entities, relations)
}

/// What something takes, said in the test's output.
fn timed<T>(what: &str, how: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let answer = how();
    let took = start.elapsed();
    println!("{what}: {took:?}");
    assert!(took < MOST_TIME, "{what}: {took:?}");
    answer
}

const MOST_TIME: Duration = Duration::from_secs(10);

#[test]
fn a_picture_of_any_catalog_has_few_boxes_and_says_what_it_leaves_out() {
    for (services, environments) in [(1_000, 4), (100_000, 4), (100_000, 5_000)] {
        let index = estate(services, environments);
        let failing = json!({"subject": format!("endpoint:s{}", services - 1), "expected": 1, "observed": 2});
        let log = log(&index, &[("checked", 0, failing)]);
        let context = Context { index: &index, log: &log, now: at(0) };
        let what = format!("topology of {services} services in {environments} environments");
        let folded = timed(&what, || topology(context, ""));
        assert!(folded.groups.len() <= MOST_FRAMES + 2, "{}", folded.groups.len());
        let counted: usize = folded.groups.iter().map(|group| group.standings.iter().sum::<usize>()).sum();
        assert_eq!(counted, 3 * services + 1, "everything is counted in some frame");
        let framed: usize =
            folded.groups.iter().map(|group| group.environments.max(usize::from(group.id.is_some()))).sum();
        assert_eq!(framed, environments, "every environment has a frame or is counted in the last one");
        // What fails is in a frame of its own, however many environments there are.
        let place = format!("environment:e{}", (services - 1) % environments);
        let frame = folded.groups.iter().find(|group| group.key() == place).unwrap();
        assert_eq!(frame.standing, Some(Standing::Failing));

        let all: Vec<String> = folded.groups.iter().map(|group| group.key()).collect();
        let open = timed(&format!("{what}, unfolded"), || topology(context, &all.join(" ")));
        assert!(open.nodes.len() <= MOST, "{}", open.nodes.len());
        assert!(open.nodes.iter().any(|node| node.standing == Standing::Failing));
        let unfolded = open.groups.iter().filter(|group| !group.folded);
        let left_out: usize = unfolded.clone().map(|group| group.left_out).sum();
        let within: usize = unfolded.map(|group| group.standings.iter().sum::<usize>()).sum();
        assert_eq!(open.nodes.len() + left_out, within);
        timed(&format!("{what}, laid out"), || layout(&open, 1300));
    }
}

#[test]
fn what_everything_depends_on_takes_everything_down_in_a_moment() {
    let index = estate(25_000, 4);
    let affected = timed("impact of an environment on 25,000 services", || impact(&index, &id("cluster:kube")));
    assert_eq!(affected.len(), 50_000);
    let chain = |nth: usize| format!("service:c{nth}");
    let relations = (1..20_000).map(|nth| relation(&chain(nth), RelationKind::RunsOn, &chain(nth - 1))).collect();
    let index = self::index((0..20_000).map(chain), relations);
    let affected = timed("impact along 20,000 services in a row", || impact(&index, &id("service:c0")));
    assert_eq!(affected.last().map(|one| one.steps), Some(19_999));
}

#[test]
fn a_service_with_many_gaps_and_gates_is_judged_in_a_moment() {
    let count = 5_000;
    let gates = (0..count).map(|nth| format!("gate:g{nth}"));
    let relations =
        (0..count).map(|nth| relation(&format!("gate:g{nth}"), RelationKind::PartOf, "service:s")).collect();
    let gap = |nth: usize| Gap {
        subject: id("service:s"),
        // Every other gap has a gate of its own, whose title is its text.
        text: if nth.is_multiple_of(2) { format!("g{nth}") } else { format!("other {nth}") },
        kinds: vec![GapKind::Backup],
        source: Source::new(1, 1),
    };
    let entities = gates.chain(["service:s".to_owned()]).map(|name| entity(&name)).collect();
    let gaps = (0..count).map(gap).collect();
    let index = CatalogIndex::new(Catalog { entities, relations, gaps, ..Catalog::default() });
    let assessed = json!({"subject": "gate:g2", "result": "pass"});
    let log = log(&index, &[("gate", 0, assessed)]);
    let context = Context { index: &index, log: &log, now: at(0) };
    let readiness = timed("5,000 gates", || readiness(context, &id("service:s")));
    assert_eq!((readiness.gates.len(), readiness.passed()), (count, 1));
    assert_eq!(readiness.gates[2].kinds, [GapKind::Backup], "the gap that the gate was made from");
    let closings = timed("5,000 gaps", || closings(context, &id("service:s")));
    let closed: Vec<_> = closings.iter().filter(|(_, state)| state.standing == Standing::Proven).collect();
    assert_eq!((closings.len(), closed.len()), (count, 1));
    assert_eq!(closed[0].0.text, "g2");
}

#[test]
fn what_is_said_twenty_thousand_times_is_no_more_than_said_once() {
    let entities = ["service:s", "endpoint:e", "data-store:d", "cluster:k", "environment:p"].map(str::to_owned);
    let once = [
        relation("service:s", RelationKind::ExposedBy, "endpoint:e"),
        relation("service:s", RelationKind::StoredIn, "data-store:d"),
        relation("service:s", RelationKind::RunsOn, "cluster:k"),
        relation("cluster:k", RelationKind::RunsOn, "environment:p"),
    ];
    let index = index(entities, (0..20_000).flat_map(|_| once.clone()).collect());
    let log = log(&index, &[("checked", 0, json!({"subject": "endpoint:e", "expected": 1, "observed": 2}))]);
    let context = Context { index: &index, log: &log, now: at(0) };
    let picture = timed("topology of equal relations", || topology(context, ""));
    assert_eq!((picture.nodes.len(), picture.edges.len()), (4, 3));
    let around = timed("neighbourhood of equal relations", || neighbourhood(context, &id("service:s")));
    assert_eq!((around.nodes.len(), around.groups[0].left_out), (4, 0));
    let affected = timed("impact of equal relations", || impact(&index, &id("cluster:k")));
    assert_eq!(affected.len(), 2);
    for subject in ["service:s", "cluster:k", "environment:p"] {
        let health = timed(&format!("health of {subject} with equal relations"), || health(context, &id(subject)));
        assert_eq!(health.standing, Standing::Failing, "{subject}");
    }
}

#[test]
fn an_environment_of_many_services_is_judged_in_a_moment() {
    let index = estate(25_000, 1);
    let mut log = log(&index, &[]);
    for nth in 0..1_000 {
        let metadata = json!({"subject": format!("endpoint:s{nth}"), "expected": 1, "observed": 1});
        log.insert(event(nth, "checked", at(0), metadata), &index);
    }
    let context = Context { index: &index, log: &log, now: at(0) };
    for (subject, parts) in [("environment:e0", 25_000), ("cluster:kube", 25_000)] {
        let health = timed(&format!("health of {subject} with 25,000 services"), || health(context, &id(subject)));
        assert_eq!((health.standing, health.parts.len()), (Standing::Unproven, parts));
        assert_eq!(health.count(Standing::Proven), 1_000);
    }
    let nested = nested();
    let none = EvidenceLog::default();
    let context = Context { index: &nested, log: &none, now: at(0) };
    let health =
        timed("health of clusters on one another with 25,000 services", || health(context, &id("cluster:outer")));
    assert_eq!(health.parts.len(), 1);
}

/// A cluster on another one, which carries 25,000 services.
fn nested() -> CatalogIndex {
    let services = (0..25_000).map(|nth| format!("service:s{nth}"));
    let mut relations: Vec<Relation> =
        services.clone().map(|name| relation(&name, RelationKind::RunsOn, "cluster:inner")).collect();
    relations.push(relation("cluster:inner", RelationKind::RunsOn, "cluster:outer"));
    index(services.chain(["cluster:inner".to_owned(), "cluster:outer".to_owned()]), relations)
}
