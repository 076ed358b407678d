//! The seven questions, one by one: facts with where they come from, or an explicit gap.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use ops_model::{
    Context, EvidenceLog, GapReason, Origin, Question, Standing,
    questions::{self, answer},
};
use serde_json::{Value, json};
use support::{at, catalog, id, log};

fn with<T>(events: &[(&str, i64, Value)], hours: i64, ask: impl FnOnce(Context<'_>) -> T) -> T {
    let index = catalog();
    let log = log(&index, events);
    ask(Context { index: &index, log: &log, now: at(hours) })
}

fn pass(subject: &str) -> Value {
    json!({"subject": subject, "result": "pass"})
}

#[test]
fn what_runs_where_names_environment_and_cluster_with_their_line() {
    let answer = with(&[], 0, |context| questions::what_runs_where(context, &id("service:git")));
    let places: Vec<_> = answer.facts.iter().map(|fact| fact.entity.clone().unwrap().to_string()).collect();
    assert_eq!(places, ["environment:prod", "cluster:kube"]);
    assert!(answer.facts.iter().all(|fact| matches!(fact.origin, Origin::Inventory(source) if source.line == 2)));
    assert_eq!(answer.gap, None);
}

#[test]
fn a_place_in_words_is_told_and_is_a_gap() {
    let answer = with(&[], 0, |context| questions::what_runs_where(context, &id("service:lost")));
    assert_eq!(answer.facts[0].text, "somewhere public");
    assert_eq!(answer.gap, Some(GapReason::PlaceInWords));
}

#[test]
fn a_service_of_which_nothing_is_known_has_a_gap_at_every_question() {
    let gaps = with(&[], 0, |context| questions::answers(context, &id("service:unknown")));
    assert!(gaps.iter().all(|answer| answer.gap.is_some() && answer.facts.is_empty()));
    assert_eq!(gaps.len(), 7);
}

#[test]
fn owner_endpoint_and_data_stores_are_relations() {
    with(&[], 0, |context| {
        let count = |question| answer(context, question, &id("service:git")).facts.len();
        assert_eq!(count(Question::OwnedBy), 1);
        assert_eq!(count(Question::ExposedBy), 2);
        assert_eq!(count(Question::StoredIn), 2);
        let reached = answer(context, Question::ExposedBy, &id("data-store:db"));
        assert_eq!(reached.facts[0].entity, Some(id("service:git")));
        assert_eq!(reached.gap, None);
    });
}

#[test]
fn cover_needs_backup_and_restore_of_every_data_store() {
    let ask = |events: &[(&str, i64, Value)], hours| {
        with(events, hours, |context| questions::which_backups_cover(context, &id("service:git")).gap)
    };
    let backups = [("backup", 0, pass("data-store:db")), ("backup", 0, pass("data-store:disk"))];
    let mut all = backups.to_vec();
    assert_eq!(ask(&[], 1), Some(GapReason::NoCover));
    assert_eq!(ask(&all[..1], 1), Some(GapReason::NoCover));
    assert_eq!(ask(&all, 1), Some(GapReason::NoRestore));
    all.extend([("restore", 0, pass("data-store:db")), ("restore", 0, pass("data-store:disk"))]);
    assert_eq!(ask(&all, 1), None);
    assert_eq!(ask(&all, 27), Some(GapReason::NoBackup), "a backup older than its period covers nothing");
    assert_eq!(ask(&[("backup", 0, pass("service:git"))], 1), Some(GapReason::NoCover), "does not say which store");
}

#[test]
fn a_wave_without_a_decision_is_undecided_and_a_decision_closes_the_gap() {
    let ask = |events: &[(&str, i64, Value)]| {
        with(events, 1, |context| questions::which_wave_moves(context, &id("service:git")))
    };
    let open = ask(&[]);
    assert_eq!(open.gap, Some(GapReason::Undecided));
    assert_eq!(open.facts[0].entity, Some(id("migration-wave:prod-to-next")));
    let decided = ask(&[("step", 0, json!({"subject": "service:git", "disposition": "move", "step": "planned"}))]);
    assert_eq!((decided.gap, decided.facts[0].text.as_str()), (None, "move"));
    let elsewhere = with(&[], 1, |context| questions::which_wave_moves(context, &id("service:lost")));
    assert_eq!(elsewhere.gap, Some(GapReason::NoWave));
}

#[test]
fn health_is_proven_by_all_parts_and_a_sentence_proves_nothing() {
    let good = json!({"expected": 401, "observed": 401});
    let part = |subject: &str| {
        let mut metadata = good.clone();
        metadata["subject"] = subject.into();
        ("checked", 0, metadata)
    };
    let ask = |events: &[(&str, i64, Value)], hours| {
        with(events, hours, |context| questions::which_evidence_proves(context, &id("service:git")))
    };
    let recorded = ask(&[], 1);
    assert_eq!(recorded.gap, Some(GapReason::NoEvidence));
    assert_eq!((recorded.facts.len(), recorded.facts[0].standing), (1, None));
    assert_eq!(ask(&[part("endpoint:api")], 1).gap, Some(GapReason::PartlyProven));
    let all = [part("endpoint:api"), part("endpoint:port"), ("released", 0, pass("release:git"))];
    assert_eq!(ask(&all, 1).gap, None);
    assert_eq!(ask(&all, 25).gap, Some(GapReason::EvidenceStale));
    let mut failing = all.to_vec();
    failing.push(("checked", 1, json!({"subject": "endpoint:port", "expected": 200, "observed": 502})));
    let answer = ask(&failing, 2);
    assert_eq!(answer.gap, Some(GapReason::EvidenceFailing));
    assert!(answer.facts.iter().any(|fact| fact.standing == Some(Standing::Failing)));
}

#[test]
fn an_endpoint_event_finds_its_endpoint_by_address() {
    let event = ("checked", 0, json!({"endpoint": "https://git.example/v2/", "expected": 401, "observed": 401}));
    with(&[event], 1, |context| assert_eq!(context.log.of(&id("endpoint:api")).len(), 1));
}

#[test]
fn an_event_that_fits_nothing_is_kept_apart() {
    let index = catalog();
    let log: EvidenceLog =
        log(&index, &[("unheard-of", 0, json!({})), ("checked", 0, json!({"subject": "service:none"}))]);
    assert_eq!((log.unplaced().len(), log.len()), (2, 2));
}
