//! API v2: its routes, and the document that describes them.

mod audit;
mod catalog;
mod clock;
mod events;
mod hubs;
mod manifests;
mod page;
mod routes;
mod stream;
mod widgets;

use std::sync::Arc;

use axum::{
    Router,
    http::header,
    response::{IntoResponse, Response},
    routing::{any, get},
};
use ops_manifest::contract::{ASSUMED, Contract};

use self::routes::{Route, Routes};
use crate::{
    condition::Condition,
    error::HubError,
    gate::Limit,
    problem::Problem,
    scope::Scope,
    sender::Sender,
    state::State,
    store::{HubRow, etag},
};

/// How large a catalog may be: 100,000 services with what belongs to them are some 110 MB.
const LARGEST_CATALOG: Limit = Limit {
    bytes: 128 * 1024 * 1024,
    cure: "Divide the inventory: one hub for each environment, say, each with a catalog of its own.",
};
/// The operations that are pages for people.
const PAGES: [&str; 4] = ["signIn", "createSession", "deleteSession", "hubsPage"];

/// The API's routes.
///
/// # Errors
/// Where the contract and the handlers do not fit together.
pub(crate) fn router(state: &Arc<State>) -> Result<Router<Arc<State>>, HubError> {
    use Scope::{Read, Record, Register};
    let broken = |error: &dyn std::error::Error| HubError::Contract(error.to_string());
    let contract = Contract::new(serde_json::from_str(ASSUMED).map_err(|error| broken(&error))?);
    let router = Routes::new(contract.map_err(|error| broken(&error))?, state.clone())
        .bind(Route::open("getOpenApi"), get_open_api)?
        .bind(Route::needs(Read, "listHubs"), hubs::list_hubs)?
        .bind(Route::needs(Read, "getHub"), hubs::get_hub)?
        .bind(Route::needs(Register, "putHub"), hubs::put_hub)?
        .bind(Route::needs(Read, "listManifests"), manifests::list_manifests)?
        .bind(Route::needs(Register, "createManifest"), manifests::create_manifest)?
        .bind(Route::needs(Read, "getManifest"), manifests::get_manifest)?
        .bind(Route::needs(Register, "activateManifest"), manifests::activate_manifest)?
        .bind(Route::needs(Read, "listWidgets"), widgets::list_widgets)?
        .bind(Route::needs(Read, "getWidget"), widgets::get_widget)?
        .bind(Route::needs(Register, "putWidget"), widgets::put_widget)?
        .bind(Route::needs(Register, "retireWidget"), widgets::retire_widget)?
        .bind(Route::needs(Read, "getCatalog"), catalog::get_catalog)?
        .bind(Route::needs(Register, "putCatalog").taking(LARGEST_CATALOG), catalog::put_catalog)?
        .bind(Route::needs(Read, "getEntity").with_rest(), catalog::get_entity)?
        .bind(Route::needs(Record, "createEvent"), events::create_event)?
        .bind(Route::needs(Read, "listEvents"), events::list_events)?
        .bind(Route::needs(Read, "streamEvents").uncounted(), stream::stream_events)?
        .bind(Route::needs(Read, "listAudit"), audit::list_audit)?
        .all_but(&PAGES)?;
    let unknown = async |_: Sender| Problem::missing("The API has no such path; see /api/v2/openapi.json.");
    Ok(router
        .route("/local/clock", get(clock::get_clock).put(clock::put_clock).delete(clock::delete_clock))
        .route("/api/{*rest}", any(unknown)))
}

/// The API's document.
async fn get_open_api(condition: Condition) -> Response {
    let etag = etag(ASSUMED);
    let unchanged = page::unchanged(&condition, &etag);
    unchanged
        .unwrap_or_else(|| (page::tagged(etag), [(header::CONTENT_TYPE, "application/json")], ASSUMED).into_response())
}

/// The hub, or 404.
async fn hub(state: &State, slug: &str) -> Result<HubRow, Problem> {
    let found = state.store.hub(slug).await?;
    found.ok_or_else(|| no_hub(slug))
}

fn no_hub(slug: &str) -> Problem {
    Problem::missing(format!("There is no hub '{slug}'; register it first."))
}
