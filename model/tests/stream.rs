//! Evidence as it streams in: in batches, into a window, followed by rows, told to whom it concerns.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use std::{sync::Arc, time::Instant};

use ops_model::{
    Claim, Context, EntityRef, Event, EventRule, EvidenceLog, Observation, Standing, Timestamp,
    evidence::{KEPT, MOST, UNPLACED},
    maintenance::{Window, windows},
    migration::wave,
    standing::FUTURE_TOLERANCE_MS,
    table::{CatalogView, Rows},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::*;

const SUBJECTS: [&str; 9] = [
    "host:one",
    "service:git",
    "service:lost",
    "data-store:db",
    "data-store:disk",
    "endpoint:api",
    "endpoint:port",
    "release:git",
    "gate:git-push",
];

fn empty() -> EvidenceLog {
    let mut rules = rules();
    for (name, claim) in [("maintenance", Claim::Maintenance), ("note", Claim::Note)] {
        rules.insert(name.into(), EventRule { claim, subjects: vec![], freshness_seconds: u32::MAX, met: vec![] });
    }
    EvidenceLog::new(rules, [])
}

/// Events of every type about few entities; some come twice, some about nothing.
fn some_events() -> impl Strategy<Value = Vec<Arc<Event>>> {
    let kinds = ["checked", "released", "backup", "restore", "gate", "step", "maintenance", "note", "unheard-of"];
    let one = (0_i64..200, 0..kinds.len(), 0..SUBJECTS.len(), 0_i64..400, any::<bool>(), 0_u8..4);
    prop::collection::vec(one, 0..60).prop_map(move |all| {
        let event_of = |(number, kind, subject, hours, good, more): (i64, usize, usize, i64, bool, u8)| {
            let metadata = match kinds[kind] {
                "checked" => json!({"expected": 1, "observed": i32::from(good)}),
                "step" => match more {
                    0 => json!({"step": "planned", "disposition": "move"}),
                    1 => json!({"disposition": "retire"}),
                    _ => json!({"step": "started"}),
                },
                "maintenance" => json!({"from": at(hours), "until": at(hours + i64::from(more) * 9 - 1)}),
                "note" => json!({"text": "well"}),
                _ => json!({"result": if good { "pass" } else { "fail" }}),
            };
            let mut metadata = metadata;
            metadata["subject"] = SUBJECTS[subject].into();
            // One number is one event, with one type, entity and time.
            event(number, kinds[kind], at(hours), metadata)
        };
        let mut known = std::collections::BTreeMap::new();
        all.into_iter().map(|one| known.entry(one.0).or_insert_with(|| event_of(one)).clone()).collect()
    })
}

fn ids(observations: &[Arc<Observation>]) -> Vec<String> {
    let mut ids: Vec<_> = observations.iter().map(|one| (one.event.time, one.event.id.clone())).collect();
    ids.sort();
    ids.into_iter().map(|(_, id)| id).collect()
}

/// Everything that can be asked of a log.
fn told(log: &EvidenceLog, now: Timestamp) -> Vec<String> {
    let mut told = vec![format!("{} {} {:?}", log.len(), log.left_out(), log.next_change(now))];
    for subject in SUBJECTS.map(id) {
        told.push(format!("{subject} {:?}", ids(log.of(&subject))));
        told.extend(Claim::ALL.iter().map(|claim| format!("{:?}", log.state(&subject, *claim, now).standing)));
    }
    told.push(ids(log.announced()).concat());
    let mut apart: Vec<_> = log.unplaced().iter().map(|event| event.id.clone()).collect();
    apart.sort();
    told.extend(apart);
    told
}

/// When something changes next, found by looking at everything.
fn scanned(log: &EvidenceLog, now: Timestamp) -> Option<Timestamp> {
    let evidence = log.all().filter(|one| one.claim.is_evidence());
    let counts = |one: &Arc<Observation>| one.event.time.plus_ms(-FUTURE_TOLERANCE_MS);
    let counted = evidence.flat_map(|one| [counts(one), one.event.time.plus_ms(one.freshness_ms + 1)]);
    let windows = log.all().filter_map(|one| Window::of(one)).flat_map(|one| [one.from, one.until.plus_ms(1)]);
    counted.chain(windows).filter(|at| *at > now).min()
}

/// What a view of the catalog shows, in every order that it offers.
fn shown(rows: &Rows) -> Vec<String> {
    let views = ["", "sort.standing", "sort.age", "sort.gaps", "sort.proven-by~group.standing", "standing.failing"];
    let arranged = views.map(|view| format!("{:?}", rows.arrange(&CatalogView::parse(view))));
    let lines =
        rows.all().iter().enumerate().map(|(at, row)| format!("{} {row:?} {:?}", rows.id(row), rows.latest(at)));
    arranged.into_iter().chain(lines).collect()
}

proptest! {
    #[test]
    fn a_log_fed_in_batches_equals_one_built_at_once(events in some_events(), size in 1_usize..9, now in 0_i64..500) {
        let index = catalog();
        let mut once = empty();
        events.iter().for_each(|event| { once.insert(event.clone(), &index); });
        let mut fed = empty();
        let mut before = Vec::new();
        for batch in events.chunks(size) {
            // A view keeps what it was drawn from.
            before.push((fed.clone(), told(&fed, at(now))));
            batch.iter().for_each(|event| { fed.insert(event.clone(), &index); });
        }
        prop_assert_eq!(told(&fed, at(now)), told(&once, at(now)));
        for (log, then) in before {
            prop_assert_eq!(told(&log, at(now)), then, "an older log changed");
        }
        prop_assert_eq!(told(&once.placed_by(&index), at(now)), told(&once, at(now)));
    }

    #[test]
    fn the_next_change_is_what_a_scan_finds(events in some_events(), now in -10_i64..3000) {
        let index = catalog();
        let mut log = empty();
        for event in events {
            log.insert(event, &index);
        }
        prop_assert_eq!(log.next_change(at(now)), scanned(&log, at(now)));
    }

    #[test]
    fn rows_that_follow_equal_rows_made_anew(
        events in some_events(), size in 1_usize..9, steps in prop::collection::vec(-20_i64..40, 9),
    ) {
        let index = catalog();
        let mut log = empty();
        let mut now = at(0);
        let mut rows = Arc::new(Rows::new(Context { index: &index, log: &log, now }));
        for (batch, step) in events.chunks(size).zip(steps.iter().cycle()) {
            let (generation, then) = (log.generation(), now);
            batch.iter().for_each(|event| { log.insert(event.clone(), &index); });
            now = now.plus_ms(step * HOUR);
            let context = Context { index: &index, log: &log, now };
            rows = rows.follow(context, &log.moved(generation, then, now));
            prop_assert_eq!(shown(&rows), shown(&Rows::new(context)));
        }
    }

    #[test]
    fn of_what_did_not_move_the_same_is_said(events in some_events(), size in 1_usize..4, steps in prop::collection::vec(-20_i64..40, 9)) {
        let index = catalog();
        let mut log = empty();
        let mut now = at(0);
        let look = |log: &EvidenceLog, now: Timestamp, subject: &EntityRef| {
            let states: Vec<_> = Claim::ALL.iter().map(|claim| log.state(subject, *claim, now)).collect();
            let open: Vec<_> = log.of(subject).iter().filter_map(|one| Window::of(one)).map(|one| one.is_open(now)).collect();
            format!("{:?} {states:?} {open:?} {}", log.of(subject), log.left_out_of(subject))
        };
        let subjects = SUBJECTS.map(id);
        for (batch, step) in events.chunks(size).zip(steps.iter().cycle()) {
            let before: Vec<_> = subjects.iter().map(|subject| look(&log, now, subject)).collect();
            let (generation, then) = (log.generation(), now);
            batch.iter().for_each(|event| { log.insert(event.clone(), &index); });
            now = now.plus_ms(step * HOUR);
            let moved = log.moved(generation, then, now);
            for (subject, before) in subjects.iter().zip(before).filter(|(subject, _)| !moved.contains(subject)) {
                prop_assert_eq!(look(&log, now, subject), before);
            }
        }
    }
}

fn checks(log: &mut EvidenceLog, numbers: std::ops::Range<i64>, subject: &str) {
    let index = catalog();
    for number in numbers {
        let time = at(0).plus_ms(number);
        let metadata = json!({"subject": subject, "expected": 1, "observed": 1});
        assert!(log.insert(event(number, "checked", time, metadata), &index));
    }
}

#[test]
fn of_each_type_and_entity_a_window_is_kept_and_the_rest_is_counted() {
    let mut log = empty();
    checks(&mut log, 0..1000, "endpoint:api");
    let kept = log.of(&id("endpoint:api"));
    assert_eq!((kept.len(), log.len()), (KEPT, KEPT));
    assert_eq!(kept.last().unwrap().event.id, "evt-999", "the latest are kept");
    assert_eq!((log.left_out(), log.left_out_of(&id("endpoint:api"))), (1000 - KEPT, 1000 - KEPT));
    assert_eq!(log.left_out_of(&id("endpoint:port")), 0);
    // The books hold what is kept alone.
    assert_eq!(log.next_change(at(0)), scanned(&log, at(0)));
}

#[test]
fn what_is_read_again_is_not_counted_again() {
    let index = catalog();
    let mut log = empty();
    checks(&mut log, 0..1000, "endpoint:api");
    for number in 0..500 {
        log.insert(event(1000 + number, "unheard-of", at(0).plus_ms(number), json!({})), &index);
    }
    let told = (log.len(), log.left_out());
    let mut again = log.placed_by(&index);
    for number in 500..1000 {
        let metadata = json!({"subject": "endpoint:api", "expected": 1, "observed": 1});
        assert!(!again.insert(event(number, "checked", at(0).plus_ms(number), metadata), &index));
        assert!(!again.insert(event(500 + number, "unheard-of", at(0).plus_ms(number - 500), json!({})), &index));
    }
    assert_eq!((again.len(), again.left_out()), told);
    assert_eq!(again.left_out_of(&id("endpoint:api")), 1000 - KEPT);
}

#[test]
fn what_decides_stays_however_much_comes_after_it() {
    let index = catalog();
    let mut log = empty();
    let say = |number, kind, metadata: Value| event(number, kind, at(0).plus_ms(number), metadata);
    let git = |mut more: Value| {
        more["subject"] = "service:git".into();
        more
    };
    log.insert(say(0, "released", git(json!({"result": "fail"}))), &index);
    log.insert(say(1, "step", git(json!({"disposition": "retire"}))), &index);
    log.insert(say(2, "maintenance", git(json!({"from": at(5), "until": at(900)}))), &index);
    for number in 3..900 {
        let (kind, metadata) = match number % 3 {
            0 => ("checked", json!({"expected": 1, "observed": 1})),
            1 => ("step", json!({"step": "planned"})),
            _ => ("maintenance", json!({"from": at(1), "until": at(2)})),
        };
        log.insert(say(number, kind, git(metadata)), &index);
    }
    let context = Context { index: &index, log: &log, now: at(1) };
    assert_eq!(log.state(&id("service:git"), Claim::Health, at(1)).standing, Standing::Failing);
    let moves = wave(context, &id("migration-wave:prod-to-next")).moves;
    let own = moves.iter().find(|one| one.entity == id("service:git")).unwrap();
    assert_eq!((own.disposition.as_deref(), own.step.as_deref()), (Some("retire"), Some("planned")));
    assert!(windows(context, &id("service:git")).iter().any(|window| window.until == at(900)));
    assert!(log.len() <= 3 * KEPT + 2, "{}", log.len());
}

#[test]
fn where_very_much_is_known_less_of_each_is_kept() {
    let mut entities = Vec::new();
    for number in 0..1000 {
        entities.push(json!({"ref": format!("host:h{number}"), "title": "h", "source": {"line": 1}}));
    }
    let catalog = json!({"schema": 1, "source": {"file": "x", "title": "x", "sha256": "", "lines": 1}, "entities": entities, "relations": [], "gaps": []});
    let index = ops_model::CatalogIndex::new(serde_json::from_value(catalog).unwrap());
    let mut log = empty();
    for number in 0..25_000 {
        let metadata = json!({"subject": format!("host:h{}", number % 1000), "expected": 1, "observed": 1});
        log.insert(event(number, "checked", at(0).plus_ms(number), metadata), &index);
    }
    assert!(log.len() <= MOST, "{}", log.len());
    assert_eq!(log.len() + log.left_out(), 25_000);
    assert_eq!(log.of(&id("host:h999")).last().unwrap().event.id, "evt-24999");
    assert!(log.of(&id("host:h0")).len() >= 10);
    assert_eq!(log.next_change(at(0)), scanned(&log, at(0)));
}

#[test]
fn events_about_nothing_are_kept_in_a_window_too() {
    let index = catalog();
    let mut log = empty();
    for number in 0..1000 {
        assert!(log.insert(event(number, "unheard-of", at(0), json!({})), &index));
    }
    assert!(!log.insert(event(999, "unheard-of", at(0), json!({})), &index));
    assert_eq!((log.unplaced().len(), log.len(), log.left_out()), (UNPLACED, UNPLACED, 1000 - UNPLACED));
}

#[test]
fn an_event_moves_its_subject_and_nothing_else() {
    let mut log = empty();
    checks(&mut log, 0..1, "endpoint:port");
    let generation = log.generation();
    checks(&mut log, 2000..2002, "endpoint:api");
    assert_eq!(log.moved(generation, at(0), at(0)), [id("endpoint:api")]);
    assert_eq!(log.moved(log.generation(), at(0), at(0)), []);
    assert_eq!(log.moved(0, at(0), at(0)).len(), 2);
}

#[test]
fn a_batch_of_events_is_taken_in_quickly_where_much_is_known_and_shared() {
    let entities =
        (0..20_000).map(|number| json!({"ref": format!("host:h{number}"), "title": "h", "source": {"line": 1}}));
    let catalog = json!({"schema": 1, "source": {"file": "x", "title": "x", "sha256": "", "lines": 1},
        "entities": entities.collect::<Vec<_>>(), "relations": [], "gaps": []});
    let index = ops_model::CatalogIndex::new(serde_json::from_value(catalog).unwrap());
    let check = |number: i64, host: i64| {
        let metadata = json!({"subject": format!("host:h{host}"), "expected": 1, "observed": 1});
        event(number, "checked", at(0).plus_ms(number), metadata)
    };
    let mut log = empty();
    (0..20_000).for_each(|number| assert!(log.insert(check(number, number), &index)));
    // The log holds as much as it may, and every batch finds it shared: an element was drawn from it.
    let mut log = Arc::new(log);
    let mut took = Vec::new();
    for batch in 0..50 {
        let shown = log.clone();
        let events: Vec<_> =
            (0..16).map(|one| check(20_000 + batch * 16 + one, (batch * 977 + one * 61) % 20_000)).collect();
        let (generation, start) = (log.generation(), Instant::now());
        let changed = Arc::make_mut(&mut log);
        events.into_iter().for_each(|event| assert!(changed.insert(event, &index)));
        let moved = log.moved(generation, at(0), at(0));
        took.push(start.elapsed());
        assert_eq!((moved.len(), shown.generation()), (16, generation));
    }
    took.sort();
    let (median, longest) = (took[took.len() / 2], took[took.len() - 1]);
    println!("16 events about 20,000 known entities: {median:?}, at most {longest:?}");
    // Unoptimised and on a busy machine far below what a copy of the whole log takes.
    assert!(median.as_millis() < 5, "{median:?}");
}

#[test]
fn rows_are_made_anew_only_where_one_says_something_else() {
    let index = catalog();
    let log = support::log(&index, &[("released", 0, json!({"subject": "service:git", "result": "pass"}))]);
    let context = |hours| Context { index: &index, log: &log, now: at(hours) };
    let rows = Arc::new(Rows::new(context(0)));
    let moved = |hours| log.moved(log.generation(), at(0), at(hours));
    assert!(Arc::ptr_eq(&rows, &rows.follow(context(23), &moved(23))), "an hour like the one before");
    let older = rows.follow(context(24), &moved(24));
    assert!(!Arc::ptr_eq(&rows, &older), "a day");
    assert!(Arc::ptr_eq(&older, &older.follow(context(25), &[id("repository:apps")])), "no row is about it");
    assert!(!Arc::ptr_eq(&older, &older.follow(context(101), &moved(101))), "it is stale");
}

#[test]
fn what_comes_once_more_moves_nothing() {
    let index = catalog();
    let mut log = support::log(&index, &[]);
    let one = event(1, "released", at(0), json!({"subject": "service:git", "result": "pass"}));
    assert!(log.insert(one.clone(), &index));
    let generation = log.generation();
    assert!(!log.insert(one, &index));
    assert_eq!((log.generation(), log.moved(generation, at(1), at(1))), (generation, vec![]));
}
