//! The journeys, end to end. Each test reads as what a user does and sees.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod catalog;
mod embed;
mod evidence;
mod facts;
mod gallery_access;
mod gallery_german;
mod gallery_pictures;
mod gallery_widths;
mod pages;
mod pictures;
mod record;
mod registry;
mod serve;
mod view;

/// The body of the inventory's first event, on a widget id.
fn first_event(widget_id: &str) -> serde_json::Value {
    serde_json::json!({
        "widgetId": widget_id,
        "eventType": "ops-endpoint-verified",
        "viewContext": "railiance-apps/workplans/RAIL-AP-WP-0001",
        "metadata": {
            "vsmFunction": "OPS",
            "vsmSystem": "S1",
            "endpoint": "https://gitea.coulomb.social/v2/",
            "expectedStatus": 401,
            "observedHeader": "Docker-Distribution-Api-Version: registry/2.0"
        }
    })
}

/// The 14 widgets that the inventory asks for.
const WIDGETS: [&str; 14] = [
    "ops-env-local",
    "ops-env-coulombcore",
    "ops-env-railiance01",
    "ops-env-threephoenix-prod",
    "ops-host-coulombcore",
    "ops-host-railiance01",
    "ops-service-catalog",
    "ops-service-gitea",
    "ops-service-state-hub",
    "ops-service-inter-hub",
    "ops-endpoint-gitea-registry",
    "ops-readiness-gitea-registry",
    "ops-readiness-state-hub-cluster-deploy",
    "ops-migration-coulombcore-to-threephoenix",
];

/// The hub page.
const PAGE: &str = "/Hubs/ops-hub";
