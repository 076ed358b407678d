//! Gaps of the inventory, closed by evidence and open again without it.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use ops_model::{Context, Gap, Standing, catalog::Source, closing::closing, gap::GapKind};
use serde_json::{Value, json};
use support::{at, catalog, id, log};

fn state(subject: &str, text: &str, kinds: &[GapKind], events: &[(&str, i64, Value)], hours: i64) -> Standing {
    let index = catalog();
    let log = log(&index, events);
    let gap = Gap { subject: id(subject), text: text.into(), kinds: kinds.to_vec(), source: Source::new(1, 1) };
    closing(Context { index: &index, log: &log, now: at(hours) }, &gap).standing
}

fn passed(kind: &'static str, subject: &str) -> (&'static str, i64, Value) {
    (kind, 0, json!({"subject": subject, "result": "pass"}))
}

#[test]
fn a_gap_with_two_kinds_needs_both_for_every_store() {
    let both = [GapKind::Backup, GapKind::Restore];
    let ask = |events: &[(&str, i64, Value)], hours| state("service:git", "backup and restore", &both, events, hours);
    assert_eq!(ask(&[], 1), Standing::Unproven);
    let mut events = vec![passed("backup", "data-store:db"), passed("backup", "data-store:disk")];
    assert_eq!(ask(&events, 1), Standing::Unproven, "no restore yet");
    events.push(passed("restore", "data-store:db"));
    assert_eq!(ask(&events, 1), Standing::Unproven, "one of two stores is restored");
    events.push(passed("restore", "data-store:disk"));
    assert_eq!(ask(&events, 1), Standing::Proven);
    assert_eq!(ask(&events, 27), Standing::Stale, "a backup counts for 26 hours");
    events.push(("restore", 2, json!({"subject": "data-store:db", "result": "fail"})));
    assert_eq!(ask(&events, 27), Standing::Failing, "a failure outweighs staleness");
}

#[test]
fn the_gate_made_from_a_gap_decides() {
    let ask = |events: &[(&str, i64, Value)]| state("service:git", "gate:git-push", &[GapKind::Other], events, 1);
    assert_eq!(ask(&[]), Standing::Unproven);
    assert_eq!(ask(&[passed("gate", "gate:git-push")]), Standing::Proven);
    assert_eq!(ask(&[passed("gate", "gate:git-backup")]), Standing::Unproven, "another gate");
}

#[test]
fn a_step_without_a_disposition_decides_nothing() {
    let ask = |metadata: Value| state("service:git", "disposition", &[GapKind::Migration], &[("step", 0, metadata)], 1);
    assert_eq!(ask(json!({"subject": "service:git", "step": "planned"})), Standing::Unproven);
    assert_eq!(ask(json!({"subject": "service:git", "step": "planned", "disposition": "move"})), Standing::Proven);
}

#[test]
fn a_host_that_answers_closes_reachability_and_a_service_needs_an_assessment() {
    let answers = ("checked", 0, json!({"subject": "host:one"}));
    let kinds = [GapKind::Reachability];
    assert_eq!(state("host:one", "reach", &kinds, std::slice::from_ref(&answers), 1), Standing::Proven);
    let other = ("checked", 0, json!({"subject": "service:lost"}));
    assert_eq!(state("service:lost", "reach", &kinds, &[other], 1), Standing::Unproven);
    assert_eq!(state("service:lost", "reach", &kinds, &[passed("gate", "service:lost")], 1), Standing::Proven);
}
