//! How far a wave has come, and what stands in its way, on the small catalog.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod support;

use ops_model::{
    Catalog, CatalogIndex, Context, Standing,
    migration::{Blocker, Need, Stage, Wave, wave},
};
use serde_json::{Value, json};
use support::{at, catalog, id, log};

const WAVE: &str = "migration-wave:prod-to-next";

fn with<T>(index: &CatalogIndex, events: &[(&str, i64, Value)], hours: i64, ask: impl FnOnce(&Wave) -> T) -> T {
    let log = log(index, events);
    ask(&wave(Context { index, log: &log, now: at(hours) }, &id(WAVE)))
}

fn step(subject: &str, step: &str, disposition: &str) -> (&'static str, i64, Value) {
    ("step", 0, json!({"subject": subject, "step": step, "disposition": disposition}))
}

fn pass(kind: &'static str, subject: &str) -> (&'static str, i64, Value) {
    (kind, 0, json!({"subject": subject, "result": "pass"}))
}

/// The small catalog with a host in the environment that is entered, so that it can be proven.
fn with_target() -> CatalogIndex {
    let mut catalog: Catalog = catalog().to_catalog();
    let mut host = catalog.entities.iter().find(|one| one.id == id("host:one")).unwrap().clone();
    host.id = id("host:next");
    catalog.entities.push(host);
    let mut relation = catalog.relations[0].clone();
    (relation.from, relation.to) = (id("host:next"), id("environment:next"));
    catalog.relations.push(relation);
    CatalogIndex::new(catalog)
}

fn stage(wave: &Wave, name: &str) -> Stage {
    wave.moves.iter().find(|one| one.entity == id(name)).unwrap().stage()
}

#[test]
fn a_move_comes_from_undecided_to_moved_by_events_and_evidence() {
    let index = with_target();
    let mut events = Vec::new();
    let stage_of = |events: &[(&str, i64, Value)]| with(&index, events, 1, |wave| stage(wave, "data-store:db"));
    assert_eq!(stage_of(&events), Stage::Undecided);
    events.push(step("data-store:db", "planned", "move"));
    assert_eq!(stage_of(&events), Stage::Blocked);
    events.extend([pass("backup", "data-store:db"), pass("restore", "data-store:db")]);
    assert_eq!(stage_of(&events), Stage::Blocked, "the target is not proven");
    events.push(("checked", 0, json!({"subject": "host:next", "expected": 1, "observed": 1})));
    assert_eq!(stage_of(&events), Stage::Ready);
    events.push(step("data-store:db", "started", "move"));
    assert_eq!(stage_of(&events), Stage::Moving);
    events.push(step("data-store:db", "done", "move"));
    assert_eq!(stage_of(&events), Stage::Moved);
    // What was ready is blocked again once its backup is stale.
    let stale = with(&index, &events[..4], 27, |wave| stage(wave, "data-store:db"));
    assert_eq!(stale, Stage::Blocked);
}

#[test]
fn what_retires_needs_no_target() {
    let index = catalog();
    let events =
        [step("data-store:db", "planned", "retire"), pass("backup", "data-store:db"), pass("restore", "data-store:db")];
    with(&index, &events, 1, |wave| {
        assert_eq!(stage(wave, "data-store:db"), Stage::Ready);
        assert_eq!(wave.next().map(|one| &one.entity), Some(&id("data-store:db")));
    });
}

#[test]
fn blockers_come_in_the_order_in_which_to_take_them_up() {
    let index = with_target();
    let blocked = json!({"subject": "data-store:disk", "step": "blocked", "disposition": "move", "reason": "no space"});
    let events = [step("service:git", "planned", "move"), ("step", 0, blocked), pass("backup", "data-store:db")];
    with(&index, &events, 1, |wave| {
        let blockers = wave.blockers();
        assert_eq!(blockers.first(), Some(&Blocker::Held(&id("data-store:disk"), "no space")));
        let open: Vec<(Need, String, usize)> = blockers
            .iter()
            .filter_map(|blocker| match blocker {
                Blocker::Held(..) => None,
                Blocker::Open { need, clearing, holds } => Some((*need, clearing.subject.to_string(), *holds)),
            })
            .collect();
        // The service is covered by both of its stores, so that each holds up the service and itself.
        let expected = [
            (Need::Decision, "data-store:db", 1),
            (Need::Backup, "data-store:disk", 2),
            (Need::Restore, "data-store:db", 2),
            (Need::Restore, "data-store:disk", 2),
            (Need::Target, "host:next", 3),
        ];
        assert_eq!(open, expected.map(|(need, name, holds)| (need, name.to_owned(), holds)));
    });
}

#[test]
fn each_need_names_the_evidence_that_would_meet_it() {
    let index = catalog();
    let mut rules = support::rules();
    rules.get_mut("backup").unwrap().subjects = vec![ops_model::EntityKind::DataStore];
    let log = ops_model::EvidenceLog::new(rules, []);
    let wave = wave(Context { index: &index, log: &log, now: at(0) }, &id(WAVE));
    let service = &wave.moves[0];
    assert_eq!(service.needs.iter().map(|need| need.need).collect::<Vec<_>>(), Need::ALL);
    let backup = &service.needs[1];
    assert_eq!(backup.standing, Standing::Unproven);
    let clearing: Vec<_> = backup.clearing.iter().map(|one| (one.subject.clone(), one.events.clone())).collect();
    let wanted = vec!["backup".to_owned()];
    assert_eq!(clearing, [(id("data-store:db"), wanted.clone()), (id("data-store:disk"), wanted)]);
    // Nothing that the inventory has in the target could be proven: said as it is, by an empty list.
    assert_eq!(service.needs[3].clearing[0].events, Vec::<String>::new());
}

#[test]
fn what_a_step_assigns_to_another_wave_is_not_in_this_one() {
    let mut catalog: Catalog = catalog().to_catalog();
    let mut second = catalog.entities.iter().find(|one| one.id == id(WAVE)).unwrap().clone();
    second.id = id("migration-wave:second");
    catalog.entities.push(second);
    let index = CatalogIndex::new(catalog);
    let event = |wave: &str| ("step", 0, json!({"subject": "data-store:db", "step": "planned", "wave": wave}));
    let log = log(&index, &[event("migration-wave:second")]);
    let moves = |wave: &str, log: &ops_model::EvidenceLog| {
        let context = Context { index: &index, log, now: at(1) };
        let wave = ops_model::migration::wave(context, &id(wave));
        wave.moves.iter().any(|one| one.entity == id("data-store:db"))
    };
    assert!(!moves(WAVE, &log) && moves("migration-wave:second", &log));
    let unknown = support::log(&index, &[event("migration-wave:unheard-of")]);
    assert!(moves(WAVE, &unknown), "a wave that nobody knows takes nothing away");
}
