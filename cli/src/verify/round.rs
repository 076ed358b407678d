//! One round over the endpoints: which ones, and all of them, a limited number at a time.

use std::{sync::Arc, time::Duration};

use miette::{Result, miette};
use ops_model::{Catalog, Entity, EntityKind};
use reqwest::Url;
use tokio::{sync::Semaphore, task::JoinSet};

use super::{
    expect::{Expected, Verdict, judge},
    own::Machine,
    probe::{Failure, Observed, client, probe},
};
use crate::client::chain;

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

/// The endpoints of a round.
#[derive(Debug, Default)]
pub(crate) struct Chosen {
    /// Those to request.
    pub(crate) checked: Vec<(Entity, Expected)>,
    /// Those that cannot be requested, and why.
    pub(crate) unchecked: Vec<(Entity, String)>,
}

/// The endpoints that are named, or all.
///
/// # Errors
/// Where one that is named is not known, or cannot be requested.
pub(crate) fn choose(catalog: &Catalog, named: &[String]) -> Result<Chosen> {
    let endpoints = || catalog.entities.iter().filter(|entity| entity.id.kind == EntityKind::Endpoint);
    let mut chosen = Chosen::default();
    if named.is_empty() {
        for entity in endpoints() {
            match Expected::of(entity) {
                Ok(expected) => chosen.checked.push((entity.clone(), expected)),
                Err(why) => chosen.unchecked.push((entity.clone(), why)),
            }
        }
        return Ok(chosen);
    }
    for name in named {
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
        let expected =
            Expected::of(entity).map_err(|why| miette!("{} has no web address to request: {why}", entity.id))?;
        chosen.checked.push((entity.clone(), expected));
    }
    Ok(chosen)
}

/// Requests all, a limited number at a time; the results are in the order of the catalog.
///
/// # Errors
/// Where there can be no HTTP client, such as for want of any certificate authority.
pub(crate) async fn check(
    catalog: &Catalog,
    chosen: Vec<(Entity, Expected)>,
    limits: Limits,
    machine: &Machine,
) -> Result<Vec<(Entity, Verdict)>> {
    let http = client(limits.timeout).map_err(|error| miette!("cannot make an HTTP client: {}", chain(&error)))?;
    let permits = Arc::new(Semaphore::new(limits.concurrency));
    let mut tasks = JoinSet::new();
    for (place, (entity, expected)) in chosen.iter().enumerate() {
        let (http, permits, url) = (http.clone(), permits.clone(), expected.url.clone());
        let own = machine.cannot_judge(catalog, entity, &url).map(Failure::Own);
        tasks.spawn(async move {
            if let Some(own) = own {
                return (place, (url, Err(own)));
            }
            // The semaphore is never closed; without a permit the request would only be less patient.
            let _permit = permits.acquire_owned().await;
            let observed = probe(&http, url.clone(), limits.timeout, limits.follow).await;
            (place, (url, observed))
        });
    }
    let mut results = tasks.join_all().await;
    results.sort_by_key(|(place, _)| *place);
    let mut results: Vec<_> = results.into_iter().map(|(_, result)| result).collect();
    machine.doubt(&mut results);
    let judged =
        |((entity, expected), (_, observed)): ((Entity, Expected), (Url, std::result::Result<Observed, Failure>))| {
            let verdict = judge(&entity, &expected, &observed, &machine.name);
            (entity, verdict)
        };
    Ok(chosen.into_iter().zip(results).map(judged).collect())
}
