//! `ops-hub verify`.

use std::{path::PathBuf, process::ExitCode, sync::Arc, time::Duration};

use miette::{Result, miette};
use ops_manifest::Manifest;
use ops_model::{Catalog, Entity, EntityKind};
use reqwest::{StatusCode, Url};
use serde_json::{Value, json};
use tokio::{sync::Semaphore, task::JoinSet};

use super::token;
use crate::{
    client::Client,
    verify::{
        expect::{Expected, Verdict, judge},
        probe::{client, probe},
    },
};

/// The type of event that a check records.
const EVENT: &str = "ops-endpoint-verified";

/// Check the catalog's endpoints, and record what was observed as evidence.
///
/// Each endpoint with a web address is requested once, from this machine; no redirect is followed.
/// Status, header and redirect are compared with what the hub's catalog expects, and the result is
/// recorded as an event ops-endpoint-verified. Exit code 0: all are in order; 2: at least one is
/// not, and that is recorded; 1: something could not be checked or recorded.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The endpoints to check, by name or address; all where none is named
    #[arg(value_name = "ENDPOINT")]
    endpoints: Vec<String>,
    /// The hub's address, such as https://hub.example
    #[arg(long, value_name = "URL")]
    hub: Url,
    /// The hub's name in addresses
    #[arg(long, value_name = "NAME", default_value = "ops-hub")]
    slug: String,
    /// A file with the hub's token
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// How long an endpoint may take to answer, in ms
    #[arg(long, value_name = "MS", default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..=600_000))]
    timeout: u64,
    /// How many endpoints are requested at a time
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=256))]
    concurrency: u16,
    /// Check, and record nothing
    #[arg(long)]
    dry_run: bool,
}

pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode> {
    let hub = Client::connect(arguments.hub.clone(), &token(arguments.token_file.as_deref())?, &arguments.slug).await?;
    let catalog = catalog(&hub, &arguments.slug).await?;
    let chosen = choose(&catalog, &arguments.endpoints)?;
    let places = if arguments.dry_run { Places::default() } else { Places::read(&hub).await? };
    let (mut failing, mut unrecorded) = (0, 0);
    for (entity, verdict) in check(&arguments, chosen).await? {
        let latency = verdict.metadata.get("latencyMs").map(|ms| format!(" in {ms} ms")).unwrap_or_default();
        let status = verdict.metadata.get("observedStatus").map(|status| format!(" {status}")).unwrap_or_default();
        match &verdict.reason {
            None => println!("pass {}{status}{latency}", entity.id),
            Some(reason) => println!("fail {}{status}{latency}: {reason}", entity.id),
        }
        failing += usize::from(verdict.reason.is_some());
        if !arguments.dry_run
            && let Err(error) = record(&hub, &places, &entity, verdict).await
        {
            unrecorded += 1;
            eprintln!("{:?}", error.wrap_err(format!("{} was checked, but not recorded", entity.id)));
        }
    }
    Ok(match (unrecorded, failing) {
        (0, 0) => ExitCode::SUCCESS,
        (0, _) => ExitCode::from(2),
        _ => ExitCode::FAILURE,
    })
}

async fn catalog(hub: &Client, slug: &str) -> Result<Catalog> {
    let body = hub.get("getCatalog", &[]).await?;
    let body = body
        .ok_or_else(|| miette!(help = "register one first: ops-hub register", "the hub has no catalog of '{slug}'"))?;
    serde_json::from_value(body).map_err(|error| miette!("the hub's catalog cannot be read: {error}"))
}

/// The endpoints that are named, or all that have a web address.
fn choose(catalog: &Catalog, named: &[String]) -> Result<Vec<(Entity, Expected)>> {
    let endpoints = || catalog.entities.iter().filter(|entity| entity.id.kind == EntityKind::Endpoint);
    let with = |entity: &Entity| Some((entity.clone(), Expected::of(entity)?));
    if named.is_empty() {
        return Ok(endpoints().filter_map(with).collect());
    }
    let one = |name: &String| {
        let is_it = |entity: &&Entity| {
            let address = entity.fact(ops_model::entity::keys::ADDRESS);
            entity.id.name == *name || entity.id.to_string() == *name || address.is_some_and(|fact| fact.value == *name)
        };
        let Some(entity) = endpoints().find(is_it) else {
            let known: Vec<&str> = endpoints().map(|entity| entity.id.name.as_str()).collect();
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
async fn check(arguments: &Arguments, chosen: Vec<(Entity, Expected)>) -> Result<Vec<(Entity, Verdict)>> {
    let limit = Duration::from_millis(arguments.timeout);
    let http = client(limit).map_err(|error| miette!("cannot make an HTTP client: {error}"))?;
    let permits = Arc::new(Semaphore::new(arguments.concurrency.into()));
    let mut tasks = JoinSet::new();
    for (place, (entity, expected)) in chosen.into_iter().enumerate() {
        let (http, permits) = (http.clone(), permits.clone());
        tasks.spawn(async move {
            // The semaphore is never closed; without a permit the request would only be less patient.
            let _permit = permits.acquire_owned().await;
            let observed = probe(&http, expected.url.clone(), limit).await;
            let verdict = judge(&entity, &expected, &observed);
            (place, entity, verdict)
        });
    }
    let mut results = tasks.join_all().await;
    results.sort_by_key(|(place, ..)| *place);
    Ok(results.into_iter().map(|(_, entity, verdict)| (entity, verdict)).collect())
}

/// The hub's widgets that accept the event: where a check is recorded.
#[derive(Debug, Default)]
struct Places(Vec<Value>);

impl Places {
    async fn read(hub: &Client) -> Result<Self> {
        let manifests = hub.list("listManifests").await?;
        let active = manifests.iter().find(|row| row["state"] == "active");
        let Some(active) = active.and_then(|row| serde_json::from_value::<Manifest>(row["manifest"].clone()).ok())
        else {
            let cure = "register one first: ops-hub register";
            return Err(miette!(help = cure, "the hub has no active manifest, and would block every event"));
        };
        hub.must_match(&active)?;
        let accepts = |kind: &Value| {
            active.kinds.iter().any(|known| known.name == *kind && known.accepts.iter().any(|event| event == EVENT))
        };
        let mut widgets = hub.list("listWidgets").await?;
        widgets.retain(|widget| accepts(&widget["kind"]));
        Ok(Self(widgets))
    }

    /// The endpoint's own widget, else one over the whole catalog.
    fn of(&self, entity: &Entity) -> Result<&Value> {
        let own = self.0.iter().find(|widget| widget["subject"] == entity.id.to_string());
        let whole = || self.0.iter().find(|widget| widget["subject"].is_null());
        own.or_else(whole).ok_or_else(|| {
            miette!(help = "register them: ops-hub register", "the hub has no widget that accepts '{EVENT}'")
        })
    }
}

async fn record(hub: &Client, places: &Places, entity: &Entity, verdict: Verdict) -> Result<()> {
    let widget = places.of(entity)?;
    let event = json!({
        "widgetId": widget["id"], "eventType": EVENT, "viewContext": widget["viewContext"], "metadata": verdict.metadata,
    });
    let (status, body) = hub.call("createEvent", &[], Some(&event)).await?;
    match status {
        StatusCode::CONFLICT if body["missing"].is_array() => Err(miette!(
            help = "register what is missing: ops-hub register",
            "the hub blocked it; missing: {}",
            body["missing"]
        )),
        status if status.is_success() => Ok(()),
        status => Err(hub.refused("createEvent", status, &body)),
    }
}
