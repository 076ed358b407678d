//! One round over the endpoints: which ones, and all of them, a limited number at a time.

use std::{sync::Arc, time::Duration};

use miette::{Result, miette};
use ops_model::{Catalog, Entity, EntityKind};
use tokio::{sync::Semaphore, task::JoinSet};

use super::{
    expect::{Expected, Verdict, judge},
    probe::{client, probe},
};

/// What a round may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// How long an endpoint may take to answer.
    pub(crate) timeout: Duration,
    /// How many endpoints are requested at a time.
    pub(crate) concurrency: usize,
    /// How many redirects are followed.
    pub(crate) follow: u8,
}

/// The endpoints that are named, or all that have a web address.
pub(crate) fn choose(catalog: &Catalog, named: &[String]) -> Result<Vec<(Entity, Expected)>> {
    let endpoints = || catalog.entities.iter().filter(|entity| entity.id.kind == EntityKind::Endpoint);
    let with = |entity: &Entity| Some((entity.clone(), Expected::of(entity)?));
    if named.is_empty() {
        return Ok(endpoints().filter_map(with).collect());
    }
    let one = |name: &String| {
        let is_it = |entity: &&Entity| {
            let address = entity.fact(ops_model::entity::keys::ADDRESS);
            *entity.id.name == **name
                || entity.id.to_string() == *name
                || address.is_some_and(|fact| fact.value == *name)
        };
        let Some(entity) = endpoints().find(is_it) else {
            let known: Vec<&str> = endpoints().map(|entity| &*entity.id.name).collect();
            return Err(miette!(
                help = format!("known are: {}", known.join(", ")),
                "the catalog has no endpoint '{name}'"
            ));
        };
        with(entity).ok_or_else(|| miette!("{} has no web address to request", entity.id))
    };
    named.iter().map(one).collect()
}

/// Requests all, a limited number at a time; the results are in the order of the catalog.
pub(crate) async fn check(chosen: Vec<(Entity, Expected)>, limits: Limits) -> Result<Vec<(Entity, Verdict)>> {
    let http = client(limits.timeout).map_err(|error| miette!("cannot make an HTTP client: {error}"))?;
    let permits = Arc::new(Semaphore::new(limits.concurrency));
    let mut tasks = JoinSet::new();
    for (place, (entity, expected)) in chosen.into_iter().enumerate() {
        let (http, permits) = (http.clone(), permits.clone());
        tasks.spawn(async move {
            // The semaphore is never closed; without a permit the request would only be less patient.
            let _permit = permits.acquire_owned().await;
            let observed = probe(&http, expected.url.clone(), limits.timeout, limits.follow).await;
            let verdict = judge(&entity, &expected, &observed);
            (place, entity, verdict)
        });
    }
    let mut results = tasks.join_all().await;
    results.sort_by_key(|(place, ..)| *place);
    Ok(results.into_iter().map(|(_, entity, verdict)| (entity, verdict)).collect())
}
