//! What must hold for all inputs: freshness boundaries, relation closure, round trips.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;

use ops_model::{
    Catalog, CatalogIndex, Context, Entity, EntityKind, EntityRef, Outcome, Relation, RelationKind, Standing,
    Timestamp,
    catalog::Source,
    health::health,
    impact::{causes, impact},
    standing::{FUTURE_TOLERANCE_MS, standing},
    standings::Standings,
};
use proptest::prelude::*;
use serde_json::json;

fn any_ref() -> impl Strategy<Value = EntityRef> {
    let kind = proptest::sample::select(EntityKind::ALL.to_vec());
    (kind, "[a-z][a-z0-9._/-]{0,8}").prop_map(|(kind, name)| EntityRef::new(kind, name))
}

/// Few names, so that relations meet.
fn near_ref() -> impl Strategy<Value = EntityRef> {
    let kind = proptest::sample::select(vec![
        EntityKind::Service,
        EntityKind::DataStore,
        EntityKind::Cluster,
        EntityKind::Environment,
        EntityKind::Host,
        EntityKind::Endpoint,
        EntityKind::Release,
    ]);
    (kind, "[a-d]").prop_map(|(kind, name)| EntityRef::new(kind, name))
}

/// Everything that [`near_ref`] names, and some more.
fn near_entities() -> Vec<Entity> {
    let all =
        EntityKind::ALL.iter().flat_map(|kind| "abcd".chars().map(|name| EntityRef::new(*kind, name.to_string())));
    all.map(|id| Entity { title: id.name.to_string(), id, facts: vec![], source: Source::new(1, 1) }).collect()
}

fn any_relation() -> impl Strategy<Value = Relation> {
    let kind = proptest::sample::select(RelationKind::ALL.to_vec());
    (near_ref(), kind, near_ref()).prop_map(|(from, kind, to)| Relation { from, kind, to, source: Source::new(1, 1) })
}

proptest! {
    #[test]
    fn evidence_is_fresh_to_its_period_and_stale_one_ms_later(age in 0_i64..10_000_000, period in 0_i64..10_000_000, met: bool) {
        let at = Timestamp::from_ms(1_780_000_000_000);
        let outcome = if met { Outcome::Met } else {
            Outcome::NotMet { field: "a".into(), expected: "b".into(), observed: "c".into() }
        };
        let fresh = if met { Standing::Proven } else { Standing::Failing };
        let expected = if age <= period { fresh } else { Standing::Stale };
        prop_assert_eq!(standing(Some((at, &outcome)), period, at.plus_ms(age)), expected);
    }

    #[test]
    fn what_lies_ahead_proves_nothing_beyond_the_tolerance(ahead in 1_i64..10 * FUTURE_TOLERANCE_MS) {
        let now = Timestamp::from_ms(1_780_000_000_000);
        let seen = standing(Some((now.plus_ms(ahead), &Outcome::Met)), 1000, now);
        prop_assert_eq!(seen, if ahead <= FUTURE_TOLERANCE_MS { Standing::Proven } else { Standing::Unproven });
    }

    #[test]
    fn without_evidence_nothing_is_proven(now in any::<i64>()) {
        prop_assert_eq!(standing(None, i64::MAX, Timestamp::from_ms(now)), Standing::Unproven);
    }

    #[test]
    fn references_and_addresses_read_back(id in any_ref()) {
        prop_assert_eq!(&id.to_string().parse::<EntityRef>().unwrap(), &id);
        prop_assert_eq!(EntityRef::from_address(&id.address()).unwrap(), id);
    }

    #[test]
    fn no_text_breaks_the_reference_parser(text in ".{0,40}") {
        if let Ok(id) = text.parse::<EntityRef>() {
            prop_assert_eq!(&id.to_string(), &text);
        }
        let _ = EntityRef::from_address(&text);
    }

    #[test]
    fn times_read_back(ms in -62_000_000_000_000_i64..250_000_000_000_000) {
        let at = Timestamp::from_ms(ms);
        prop_assert_eq!(Timestamp::parse(&at.to_string()).unwrap(), at);
    }

    #[test]
    fn impact_ends_in_cycles_names_each_once_and_is_closed(relations in prop::collection::vec(any_relation(), 0..40), cause in near_ref()) {
        let index = CatalogIndex::new(Catalog { entities: near_entities(), relations, ..Catalog::default() });
        let affected = impact(&index, &cause);
        let names: BTreeSet<_> = affected.iter().map(|one| one.entity.clone()).collect();
        prop_assert_eq!(names.len(), affected.len());
        prop_assert!(!names.contains(&cause));
        // Closed: whatever depends on something affected is affected itself, one step on at most.
        for one in &affected {
            for next in impact(&index, &one.entity) {
                prop_assert!(next.entity == cause || names.contains(&next.entity), "{:?} misses {:?}", cause, next.entity);
            }
        }
        prop_assert!(affected.windows(2).all(|pair| pair[0].steps <= pair[1].steps));
    }

    #[test]
    fn causes_are_what_an_entity_is_in_the_impact_of(relations in prop::collection::vec(any_relation(), 0..40)) {
        let index = CatalogIndex::new(Catalog { entities: near_entities(), relations, ..Catalog::default() });
        let all: Vec<EntityRef> = near_entities().into_iter().map(|entity| entity.id).collect();
        for cause in &all {
            let affected: BTreeSet<_> = impact(&index, cause).into_iter().map(|one| one.entity).collect();
            for one in &all {
                prop_assert_eq!(causes(&index, one).contains(cause), affected.contains(one), "{} by {}", one, cause);
            }
        }
    }

    #[test]
    fn standings_of_many_are_the_health_of_each(
        relations in prop::collection::vec(any_relation(), 0..40),
        checks in prop::collection::vec((near_ref(), 0_i64..40, any::<bool>()), 0..12),
    ) {
        let index = CatalogIndex::new(Catalog { entities: near_entities(), relations, ..Catalog::default() });
        let events: Vec<_> = checks.iter().map(|(subject, hour, good)| {
            ("checked", *hour, json!({"subject": subject.to_string(), "expected": 1, "observed": i32::from(*good)}))
        }).collect();
        let log = support::log(&index, &events);
        let context = Context { index: &index, log: &log, now: support::at(30) };
        let standings = Standings::new(context);
        for entity in near_entities() {
            prop_assert_eq!(standings.of(&entity.id), health(context, &entity.id).standing, "{}", entity.id);
        }
    }

    #[test]
    fn a_catalog_reads_back(relations in prop::collection::vec(any_relation(), 0..10), title in ".{0,20}") {
        let mut catalog = Catalog { schema: 1, relations, ..Catalog::default() };
        catalog.source.title = title;
        let text = serde_json::to_string(&catalog).unwrap();
        prop_assert_eq!(serde_json::from_str::<Catalog>(&text).unwrap(), catalog);
    }

    #[test]
    fn the_order_of_arrival_does_not_matter(hours in prop::collection::vec(0_i64..60, 1..12), now in 0_i64..90) {
        let index = support::catalog();
        let events: Vec<_> = hours.iter().map(|hour| ("checked", *hour, json!({"subject": "host:one", "expected": 1, "observed": hour % 2}))).collect();
        let mut turned = events.clone();
        turned.reverse();
        let state = |events: &[_]| {
            let log = support::log(&index, events);
            log.state(&support::id("host:one"), ops_model::Claim::Health, support::at(now)).standing
        };
        // Two checks of one hour differ in nothing, so that the later to arrive cannot differ either.
        prop_assert_eq!(state(&events), state(&turned));
    }
}
