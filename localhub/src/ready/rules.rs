//! What events are held to: a manifest with its schemas compiled, once a revision.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use jsonschema::Validator;
use ops_manifest::{EventType, Manifest};

use crate::{error::HubError, store::Store};

/// How many manifests are kept ready: those that are active, and a few that were.
const MOST: usize = 64;

/// A manifest with the schemas of its event types.
#[derive(Debug)]
pub(crate) struct Rules {
    /// The manifest.
    pub(crate) manifest: Manifest,
    /// By the type's name; the words of an error where a schema cannot be used.
    schemas: HashMap<String, Result<Validator, String>>,
}

impl Rules {
    fn new(manifest: Manifest) -> Self {
        let compiled = |kind: &EventType| {
            let schema = jsonschema::validator_for(&kind.metadata_schema).map_err(|error| error.to_string());
            (kind.name.clone(), schema)
        };
        Self { schemas: manifest.event_types.iter().map(compiled).collect(), manifest }
    }

    /// The schema of a type's metadata.
    ///
    /// # Errors
    /// Words that say why there is none.
    pub(crate) fn schema(&self, event_type: &str) -> Result<&Validator, &str> {
        match self.schemas.get(event_type) {
            Some(schema) => schema.as_ref().map_err(String::as_str),
            None => Err("there is none"),
        }
    }
}

/// The rules that are ready. A revision of a manifest never changes: none of them grows old.
#[derive(Debug, Default)]
pub(crate) struct KnownRules(Mutex<HashMap<i64, Arc<Rules>>>);

impl KnownRules {
    /// The rules of a revision; `None` where it is gone.
    pub(crate) async fn of_revision(&self, store: &Store, revision: i64) -> Result<Option<Arc<Rules>>, HubError> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&revision).cloned();
        if known.is_some() {
            return Ok(known);
        }
        let Some(manifest) = store.manifest_of_revision(revision).await? else { return Ok(None) };
        let rules = Arc::new(Rules::new(manifest));
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(revision, rules.clone());
        Ok(Some(rules))
    }
}
