//! Gates, waves, impact and aggregates on the small catalog.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use ops_model::{
    CatalogIndex, Claim, Context, Standing, health::health, impact::impact, migration::wave, readiness::readiness,
};
use serde_json::{Value, json};
use support::{at, catalog, id, log};

fn with<T>(events: &[(&str, i64, Value)], hours: i64, ask: impl FnOnce(Context<'_>) -> T) -> T {
    let index = catalog();
    let log = log(&index, events);
    ask(Context { index: &index, log: &log, now: at(hours) })
}

#[test]
fn what_is_recorded_late_is_as_old_as_its_observation() {
    let standing = |observed_at: i64, now| {
        let observed = json!({"subject": "endpoint:api", "observed": 1, "expected": 1, "observedAt": at(observed_at)});
        with(&[("checked", 30, observed)], now, |context| health(context, &id("endpoint:api")).standing)
    };
    assert_eq!(standing(30, 31), Standing::Proven);
    assert_eq!(standing(0, 31), Standing::Stale, "observed 31 hours ago, and it counts for 24");
    assert_eq!(standing(60, 55), Standing::Stale, "what claims to be observed ahead is taken by its time of recording");
}

#[test]
fn a_number_is_its_value_however_it_is_written() {
    let standing = |observed: Value, expected: Value| {
        let observed = json!({"subject": "endpoint:api", "observed": observed, "expected": expected});
        with(&[("checked", 0, observed)], 1, |context| health(context, &id("endpoint:api")).standing)
    };
    assert_eq!(standing(json!(200.0), json!(200)), Standing::Proven);
    assert_eq!(standing(json!(200), json!(200.0)), Standing::Proven);
    assert_eq!(standing(json!({"status": [2e2]}), json!({"status": [200]})), Standing::Proven);
    assert_eq!(standing(json!(200.5), json!(200)), Standing::Failing);
    assert_eq!(standing(json!("200"), json!(200)), Standing::Failing);
    assert_eq!(standing(json!([200]), json!([200, 200])), Standing::Failing);
    let large = 9_007_199_254_740_993_u64;
    assert_eq!(standing(json!(large), json!(large - 1)), Standing::Failing);
    let rule: ops_model::EventRule = serde_json::from_value(json!({
        "claim": "health", "subjects": [], "freshnessSeconds": 1, "met": [{"field": "status", "oneOf": [200, 204]}]
    }))
    .unwrap();
    let judged = |status: Value| rule.judge(&support::event(1, "checked", at(0), json!({"status": status})));
    assert_eq!(judged(json!(204.0)), ops_model::Outcome::Met);
    assert_eq!(
        judged(json!(500)),
        ops_model::Outcome::NotMet { field: "status".into(), expected: "200 | 204".into(), observed: "500".into() }
    );
}

#[test]
fn gates_pass_by_evidence_only_in_their_order_and_fall_back() {
    let state = |events: &[(&str, i64, Value)], hours| {
        with(events, hours, |context| {
            let readiness = readiness(context, &id("service:git"));
            let blocking = readiness.first_blocking().map(|gate| gate.gate.id.name.to_string());
            (readiness.passed(), blocking, readiness.is_ready())
        })
    };
    assert_eq!(state(&[], 0), (0, Some("git-push".into()), false));
    let push = ("gate", 0, json!({"subject": "gate:git-push", "result": "pass"}));
    assert_eq!(state(std::slice::from_ref(&push), 1), (1, Some("git-backup".into()), false));
    let backups =
        ["data-store:db", "data-store:disk"].map(|store| ("backup", 0, json!({"subject": store, "result": "pass"})));
    let mut all = backups.to_vec();
    all.push(push);
    assert_eq!(state(&all[..1], 1), (0, Some("git-push".into()), false), "one of two stores does not cover");
    assert_eq!(state(&all, 1), (2, None, true));
    assert_eq!(state(&all, 27), (1, Some("git-backup".into()), false), "stale backups close the gate again");
    let refused = ("gate", 2, json!({"subject": "gate:git-push", "result": "fail"}));
    all.push(refused);
    assert_eq!(state(&all, 3), (1, Some("git-push".into()), false));
}

#[test]
fn no_gates_is_not_ready() {
    with(&[], 0, |context| assert!(!readiness(context, &id("service:lost")).is_ready()));
}

#[test]
fn a_wave_moves_everything_of_its_environment_and_computes_the_prerequisites() {
    with(&[], 0, |context| {
        let wave = wave(context, &id("migration-wave:prod-to-next"));
        let moves: Vec<String> = wave.moves.iter().map(|one| one.entity.to_string()).collect();
        assert_eq!(moves, ["service:git", "data-store:db", "data-store:disk"]);
        assert!(wave.moves.iter().all(|one| one.is_blocked() && one.disposition.is_none()));
        assert_eq!((wave.from, wave.to), (Some(id("environment:prod")), Some(id("environment:next"))));
    });
    let done = json!({"subject": "data-store:db", "disposition": "move", "step": "done"});
    with(&[("step", 0, done)], 1, |context| {
        let wave = wave(context, &id("migration-wave:prod-to-next"));
        assert_eq!(wave.done(), 1);
        assert!(!wave.moves[1].is_blocked());
    });
}

#[test]
fn a_host_takes_its_environment_with_it_only_when_it_is_the_only_one() {
    let index = catalog();
    let affected = impact(&index, &id("host:one"));
    let steps = |text: &str| affected.iter().find(|one| one.entity == id(text)).map(|one| one.steps);
    assert_eq!(steps("environment:prod"), Some(1));
    assert_eq!(steps("service:git"), Some(2));
    assert_eq!(steps("endpoint:api"), Some(3));
    assert_eq!(steps("host:one"), None);

    let mut two = index.to_catalog();
    let mut second = two.entities[2].clone();
    second.id = id("host:two");
    two.entities.push(second);
    let mut relation = two.relations[0].clone();
    relation.from = id("host:two");
    two.relations.push(relation);
    assert_eq!(impact(&ops_model::CatalogIndex::new(two), &id("host:one")), []);
}

#[test]
fn an_environment_is_as_good_as_its_worst_part_and_an_empty_one_is_unproven() {
    let failing = ("checked", 0, json!({"subject": "host:one", "expected": 1, "observed": 2}));
    with(&[failing], 1, |context| {
        assert_eq!(health(context, &id("environment:prod")).standing, Standing::Failing);
        assert_eq!(health(context, &id("environment:next")).standing, Standing::Unproven);
    });
}

#[test]
fn a_failure_seen_by_one_type_is_not_hidden_by_another() {
    let events = [
        ("checked", 0, json!({"subject": "host:one", "expected": 1, "observed": 2})),
        ("released", 5, json!({"subject": "host:one", "result": "pass"})),
    ];
    with(&events, 6, |context| assert_eq!(health(context, &id("host:one")).standing, Standing::Failing));
    with(&events, 30, |context| assert_eq!(health(context, &id("host:one")).standing, Standing::Proven));
}

#[test]
fn what_is_overdue_keeps_its_last_result() {
    let check = |subject: &str, hour, observed| {
        ("checked", hour, json!({"subject": subject, "expected": 1, "observed": observed}))
    };
    let asked = |events: &[(&str, i64, Value)], hours| {
        with(events, hours, |context| {
            let state = context.log.state(&id("host:one"), Claim::Health, context.now);
            (state.standing, state.last_met)
        })
    };
    assert_eq!(asked(&[], 1), (Standing::Unproven, None));
    assert_eq!(asked(&[check("host:one", 0, 1)], 1), (Standing::Proven, Some(true)));
    assert_eq!(asked(&[check("host:one", 0, 1)], 30), (Standing::Stale, Some(true)));
    assert_eq!(asked(&[check("host:one", 0, 2)], 1), (Standing::Failing, Some(false)));
    let failed = [check("host:one", 0, 2), ("released", 1, json!({"subject": "host:one", "result": "pass"}))];
    assert_eq!(asked(&failed, 200), (Standing::Stale, Some(false)), "a later success of another type hides no failure");
    assert_eq!(asked(&[check("host:one", 9, 1)], 1), (Standing::Unproven, None), "what lies ahead says nothing yet");

    let parts = [
        check("endpoint:api", 0, 2),
        check("endpoint:port", 0, 1),
        ("released", 0, json!({"subject": "release:git", "result": "pass"})),
    ];
    with(&parts, 200, |context| {
        let health = health(context, &id("service:git"));
        assert_eq!((health.standing, health.last_met), (Standing::Stale, Some(false)), "one of its parts failed");
        let own: Vec<_> = health.parts.iter().map(|part| part.last_met).collect();
        assert_eq!(own, [Some(true), Some(false), Some(true)]);
    });
}

#[test]
fn clusters_that_run_on_one_another_are_as_good_as_what_runs_on_any_of_them() {
    let entity = |id: &str| json!({"ref": id, "title": id, "source": {"line": 1}});
    let runs_on = |from: &str, to: &str| json!({"from": from, "type": "runs-on", "to": to, "source": {"line": 2}});
    // A circle with a host and a service on it, a cluster on itself, and a chain with nothing at its end.
    let deep = |at: usize| format!("cluster:deep-{at}");
    let named = ["cluster:a", "cluster:b", "cluster:self", "host:one", "service:git"].map(str::to_owned);
    let circle = [("cluster:a", "cluster:b"), ("cluster:b", "cluster:a"), ("host:one", "cluster:a")];
    let others = [("service:git", "cluster:b"), ("cluster:self", "cluster:self")];
    let relations = circle.iter().chain(&others).map(|(from, to)| runs_on(from, to));
    let catalog = json!({
        "schema": 1, "source": {"file": "a.md", "title": "A", "sha256": "", "lines": 2}, "gaps": [],
        "entities": named.into_iter().chain((0..2000).map(deep)).map(|id| entity(&id)).collect::<Vec<_>>(),
        "relations": relations.chain((1..2000).map(|at| runs_on(&deep(at), &deep(at - 1)))).collect::<Vec<_>>(),
    });
    let index = CatalogIndex::new(serde_json::from_value(catalog).unwrap());
    let check = |subject: &str, observed: u16| {
        ("checked", 0, json!({"subject": subject, "expected": 200, "observed": observed}))
    };
    let standing = |events: &[(&str, i64, Value)], of: &str| {
        let log = log(&index, events);
        health(Context { index: &index, log: &log, now: at(1) }, &id(of)).standing
    };
    let (host, service) = (check("host:one", 200), check("service:git", 200));
    for cluster in ["cluster:a", "cluster:b"] {
        assert_eq!(standing(&[host.clone(), service.clone()], cluster), Standing::Proven, "{cluster}");
        assert_eq!(standing(std::slice::from_ref(&host), cluster), Standing::Unproven, "{cluster}");
        assert_eq!(standing(&[check("host:one", 500), service.clone()], cluster), Standing::Failing, "{cluster}");
    }
    assert_eq!(standing(&[check("cluster:self", 200)], "cluster:self"), Standing::Proven);
    assert_eq!(standing(&[check("cluster:deep-1999", 500)], "cluster:deep-0"), Standing::Failing);
    assert_eq!(standing(&[], "cluster:deep-0"), Standing::Unproven);
}
