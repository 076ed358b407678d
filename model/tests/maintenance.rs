//! Announcements and remarks: seen where they belong, and proof of nothing.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use ops_model::{
    Claim, Context, EventRule, EvidenceLog, Standing,
    health::health,
    maintenance::{notes, windows},
};
use serde_json::{Value, json};
use support::{at, catalog, event, id, rules};

fn with<T>(events: &[(&str, i64, Value)], hours: i64, ask: impl FnOnce(Context<'_>) -> T) -> T {
    let index = catalog();
    let mut rules = rules();
    for (name, claim) in [("maintenance", Claim::Maintenance), ("note", Claim::Note)] {
        let rule = EventRule { claim, subjects: vec![], freshness_seconds: u32::MAX, met: vec![] };
        rules.insert(name.into(), rule);
    }
    let mut log = EvidenceLog::new(rules, std::collections::BTreeMap::new());
    for (number, (kind, hours, metadata)) in (0..).zip(events) {
        log.insert(event(number, kind, at(*hours), metadata.clone()), &index);
    }
    ask(Context { index: &index, log: &log, now: at(hours) })
}

fn planned(subject: &str, from: i64, until: i64) -> (&'static str, i64, Value) {
    ("maintenance", 0, json!({"subject": subject, "from": at(from), "until": at(until), "reason": "new disks"}))
}

#[test]
fn a_window_reaches_what_depends_on_its_entity_and_ends() {
    let ask = |subject: &str, hours| {
        with(&[planned("data-store:db", 2, 4)], hours, |context| {
            let found = windows(context, &id(subject));
            found.first().map(|window| (window.is_open(context.now), window.reason.clone()))
        })
    };
    assert_eq!(ask("data-store:db", 1), Some((false, "new disks".into())));
    assert_eq!(ask("data-store:db", 2), Some((true, "new disks".into())));
    assert_eq!(ask("service:git", 4), Some((true, "new disks".into())), "the service is stored in it");
    assert_eq!(ask("endpoint:api", 3), Some((true, "new disks".into())), "and exposed through that");
    assert_eq!(ask("data-store:disk", 3), None);
    assert_eq!(ask("data-store:db", 5), None);
    let odd = with(&[planned("data-store:db", 4, 2)], 3, |context| windows(context, &id("data-store:db")).len());
    assert_eq!(odd, 0, "a window that ends before it begins is none");
}

#[test]
fn windows_that_open_at_one_time_stand_as_they_were_recorded_however_they_arrive() {
    let index = catalog();
    let rule = EventRule { claim: Claim::Maintenance, subjects: vec![], freshness_seconds: u32::MAX, met: vec![] };
    let subjects = ["data-store:db", "data-store:disk", "service:git", "environment:prod", "host:one"];
    let announce = |number: usize| {
        let (kind, _, metadata) = planned(subjects[number], 2, 4);
        event(i64::try_from(number).unwrap(), kind, at(0), metadata)
    };
    let shown = |log: &EvidenceLog| {
        let context = Context { index: &index, log, now: at(1) };
        windows(context, &id("service:git")).iter().map(|window| window.by.subject.to_string()).collect::<Vec<_>>()
    };
    let mut first = None;
    for turn in 0..subjects.len() {
        let mut log = EvidenceLog::new([("maintenance".into(), rule.clone())], std::collections::BTreeMap::new());
        for number in 0..subjects.len() {
            log.insert(announce((number + turn) % subjects.len()), &index);
        }
        let order = first.get_or_insert_with(|| shown(&log)).clone();
        assert!(order.len() > 2, "{order:?}");
        assert_eq!((shown(&log), shown(&log.placed_by(&index))), (order.clone(), order), "from {turn} on");
    }
}

#[test]
fn announcements_and_remarks_prove_nothing() {
    let events = [
        planned("endpoint:api", 0, 9),
        ("note", 0, json!({"subject": "endpoint:api", "text": "all fine"})),
        ("note", 1, json!({"subject": "endpoint:api", "text": "still fine"})),
    ];
    with(&events, 1, |context| {
        assert_eq!(health(context, &id("endpoint:api")).standing, Standing::Unproven);
        for claim in Claim::ALL.iter().filter(|claim| claim.is_evidence()) {
            assert_eq!(context.log.state(&id("endpoint:api"), *claim, context.now).standing, Standing::Unproven);
        }
        assert!(context.log.all().all(|observation| observation.standing(context.now) == Standing::Unproven));
        let said: Vec<_> =
            notes(context, &id("endpoint:api")).map(|note| note.event.metadata["text"].clone()).collect();
        assert_eq!(said, ["still fine", "all fine"]);
    });
}

#[test]
fn the_next_change_is_where_a_window_opens_and_closes() {
    let next = |hours| with(&[planned("host:one", 2, 4)], hours, |context| context.log.next_change(context.now));
    assert_eq!(next(0), Some(at(2)));
    assert_eq!(next(2), Some(at(4).plus_ms(1)));
    assert_eq!(next(5), None);
}
