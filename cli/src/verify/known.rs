//! What a check needs of a hub: its catalog, and the places where results are recorded.

use miette::{Result, miette};
use ops_model::Catalog;
use serde_json::{Value, json};

use super::places::Places;
use crate::{client::Client, outbox::Outbox};

/// What a hub said of its endpoints and widgets.
#[derive(Debug)]
pub(crate) struct Known {
    /// Its catalog.
    pub(crate) catalog: Catalog,
    /// Its widgets.
    pub(crate) places: Places,
}

impl Known {
    /// Reads it from the hub, and remembers it.
    pub(crate) async fn read(hub: &Client, outbox: Option<&Outbox>) -> Result<Self> {
        let answer = hub.get("read-catalog").await?.ok_or_else(|| {
            miette!(help = "register one first: ops-hub register", "the hub has no catalog of '{}'", hub.slug())
        })?;
        let known = Self { catalog: catalog(answer.body.clone())?, places: Places::read(hub).await? };
        if let Some(outbox) = outbox {
            let body = json!({ "catalog": answer.body, "places": known.places });
            outbox.remember(hub.hub().as_str(), hub.slug(), &body)?;
        }
        Ok(known)
    }

    /// What the hub said last, where it was asked before.
    pub(crate) fn remembered(outbox: &Outbox, hub: &str, slug: &str) -> Result<Option<Self>> {
        let Some(mut body) = outbox.remembered(hub, slug)? else { return Ok(None) };
        let places = Places::remembered(body["places"].take());
        Ok(catalog(body["catalog"].take()).ok().zip(places).map(|(catalog, places)| Self { catalog, places }))
    }
}

fn catalog(body: Value) -> Result<Catalog> {
    serde_json::from_value(body).map_err(|error| miette!("the hub's catalog cannot be read: {error}"))
}
