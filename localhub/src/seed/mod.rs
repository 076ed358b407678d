//! Fills a database for load tests: the committed manifest with its widgets, as many events as are
//! wanted, a catalog of as many services.
//!
//! It writes straight to the tables. Events pass neither the blocking rule nor their schemas, though
//! they are made so that they would; nobody observed what they say.

mod catalog;
mod events;

use ops_manifest::Manifest;
use serde::Deserialize;

use crate::{
    condition::Condition,
    error::HubError,
    secret::secret,
    server::Hub,
    store::{Author, NewWidget},
};

/// Who has written what is invented.
const AUTHOR: &str = "load test";

/// What a database is filled with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seed {
    /// How many events are added, a second apart, the last of them now.
    pub events: u64,
    /// How many services the catalog has, each with what belongs to it; 0 leaves the catalog as it is.
    pub services: u32,
}

impl Hub {
    /// Fills the database with what is invented, for load tests. `manifest` is the document that
    /// `ops-hub register` takes; its hub, its widgets and itself are registered first.
    ///
    /// # Errors
    /// Where the document is not a manifest, or the database fails.
    pub async fn seed(&self, manifest: serde_json::Value, seed: Seed) -> Result<(), HubError> {
        let decoded = Manifest::deserialize(&manifest).map_err(HubError::Manifest)?;
        let (store, hub) = (&self.state.store, decoded.hub.slug.clone());
        let author = Author { name: AUTHOR.to_owned(), time: self.state.clock.now().to_string() };
        let always = Condition::default;
        // Without a condition nothing has moved on.
        let _ = store.put_hub(decoded.hub.clone(), always(), author.clone()).await?;
        let version = &decoded.extension.version;
        let _ = store.put_draft(&hub, version, manifest, always(), author.clone()).await?;
        let _ = store.activate(&hub, version, always(), author.clone()).await?;
        let mut widgets = Vec::new();
        for widget in &decoded.widgets {
            let new = NewWidget {
                id: format!("wgt_{}", secret(12)),
                name: widget.name.clone(),
                kind: widget.kind.clone(),
                subject: widget.subject.as_ref().map(ToString::to_string),
                title: widget.title.clone(),
                view_context: widget.view_context.clone(),
            };
            if let Ok(row) = store.put_widget(&hub, new, always(), author.clone()).await? {
                widgets.push(row);
            }
        }
        if seed.services > 0 {
            let catalog = serde_json::to_vec(&catalog::catalog(seed.services)).map_err(HubError::Catalog)?;
            let _ = store.put_catalog(&hub, catalog, always(), author).await?;
        }
        events::append(store, self.state.clock.now(), (&hub, &decoded, &widgets), seed.events).await
    }
}
