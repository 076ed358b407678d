//! What a hub should have.

use miette::{Result, miette};
use ops_manifest::Manifest;
use semver::Version;
use serde_json::Value;

use super::{catalog::CatalogText, state::State};

/// What a hub should have.
#[derive(Clone, Debug)]
pub(crate) enum Goal {
    /// This extension, active, with all its widgets.
    Extension(Box<Extension>),
    /// These widgets are out.
    Without(Vec<String>),
}

/// An extension to register.
#[derive(Clone, Debug)]
pub(crate) struct Extension {
    /// Its manifest.
    pub(crate) manifest: Manifest,
    /// The same as a document.
    pub(crate) document: Value,
    /// The catalog; the hub's own stays where absent.
    pub(crate) catalog: Option<CatalogText>,
    /// Whether it may be older than the active one.
    pub(crate) may_be_older: bool,
}

impl Extension {
    /// The one that is active in a hub, with a catalog.
    pub(crate) fn active(state: &State, catalog: Option<CatalogText>) -> Option<Self> {
        let row = state.active()?;
        let (manifest, document) = (row.manifest.clone()?, row.document.clone());
        Some(Self { manifest, document, catalog, may_be_older: true })
    }

    /// Refuses what must not replace the active manifest: an older version, another extension.
    pub(crate) fn may_replace(&self, state: &State) -> Result<()> {
        let Some(active) = state.active().and_then(|row| row.manifest.as_ref()) else { return Ok(()) };
        let (own, other) = (&self.manifest.extension, &active.extension);
        if own.name != other.name {
            return Err(miette!(
                help = "use the hub's own name for each extension, hub.slug in the manifest",
                "the active manifest is that of another extension, '{}'; this one is '{}'",
                other.name,
                own.name
            ));
        }
        let (new, old) = (version(&own.version)?, version(&other.version)?);
        if new < old && !self.may_be_older {
            return Err(miette!(
                help = format!("to go back to a version that the hub has: ops-hub rollback --to {new}"),
                "{} {old} is active, and {new} is older; a downgrade is not registered",
                other.name
            ));
        }
        Ok(())
    }
}

/// The document that a rollback reactivates: of the version that is named, else of the highest
/// below the active one.
pub(crate) fn rollback(state: &State, to: Option<&str>) -> Result<Value> {
    let active = state.active().ok_or_else(|| {
        miette!(help = "register one first: ops-hub register", "the hub has no active manifest to roll back from")
    })?;
    let was_active = |version: &str| state.latest(version).filter(|row| row.state == "superseded");
    let known = || {
        let versions: Vec<&str> =
            state.manifests.iter().filter(|row| row.state == "superseded").map(|row| row.version.as_str()).collect();
        if versions.is_empty() { "none".to_owned() } else { versions.join(", ") }
    };
    if let Some(to) = to {
        if to == active.version {
            return Err(miette!("{to} is the active version"));
        }
        let row = was_active(to).ok_or_else(|| {
            miette!(help = format!("versions that were active: {}", known()), "the hub never had {to} active")
        })?;
        return Ok(row.document.clone());
    }
    let now = version(&active.version)?;
    let below = state.manifests.iter().filter_map(|row| {
        let found = Version::parse(&row.version).ok().filter(|found| *found < now)?;
        was_active(&row.version).map(|row| (found, row))
    });
    let before = below.max_by(|(one, _), (other, _)| one.cmp(other));
    before.map(|(_, row)| row.document.clone()).ok_or_else(|| {
        miette!(
            help = format!("versions that were active: {}", known()),
            "no version before {now} was active in this hub"
        )
    })
}

fn version(text: &str) -> Result<Version> {
    Version::parse(text).map_err(|error| miette!("'{text}' is not a version: {error}"))
}
