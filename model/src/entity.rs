//! Entities of the catalog, how they are named, and how they relate.

use core::{fmt, str::FromStr};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::source::Source;

/// Declares an enum whose variants have one spelling on the wire, and the conversions both ways.
macro_rules! wire_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every variant, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The spelling on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The variant with this spelling, if there is one.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use wire_enum;

wire_enum! {
    /// What an entity is.
    EntityKind {
        /// A place with one role and one state, such as production or a workstation.
        Environment = "environment",
        /// A machine with an address.
        Host = "host",
        /// An orchestrated runtime, here always Kubernetes.
        Cluster = "cluster",
        /// A running program that others use.
        Service = "service",
        /// What keeps a service's data: a database, a volume.
        DataStore = "data-store",
        /// An address through which a service is reached.
        Endpoint = "endpoint",
        /// A packaged deployment of a service, such as a Helm release.
        Release = "release",
        /// The concrete object behind a data store, such as a volume claim.
        Resource = "resource",
        /// A source repository that owns desired state.
        Repository = "repository",
        /// One condition that has to be met before a service counts as ready.
        Gate = "gate",
        /// A planned move of services and data from one environment to another.
        MigrationWave = "migration-wave",
    }
}

wire_enum! {
    /// How the first entity of a [`Relation`] stands to the second.
    RelationKind {
        /// A service, host or cluster in an environment; a service on a cluster.
        RunsOn = "runs-on",
        /// A part of a whole: a release of its service, a gate of the service that it guards.
        PartOf = "part-of",
        /// A service, through an endpoint.
        ExposedBy = "exposed-by",
        /// A service in a data store; a data store in the resource behind it.
        StoredIn = "stored-in",
        /// Desired state, by a repository.
        OwnedBy = "owned-by",
        /// A service or data store, by a backup or a restore test.
        CoveredBy = "covered-by",
        /// An entity, to a migration wave; a wave, to its target environment.
        MovesTo = "moves-to",
    }
}

/// The stable name of an entity: `kind:name`, for example `service:gitea`.
///
/// ```
/// use ops_model::{EntityKind, EntityRef};
/// let gitea: EntityRef = "service:gitea".parse()?;
/// assert_eq!(gitea.kind, EntityKind::Service);
/// assert_eq!(gitea.address(), "#/service/gitea");
/// assert_eq!(EntityRef::from_address("#/service/gitea"), Some(gitea));
/// # Ok::<(), ops_model::RefError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityRef {
    /// What the entity is.
    pub kind: EntityKind,
    /// Its name, unique within the kind: lower-case ASCII letters, digits and `- . _ /`. Clones share it.
    pub name: Arc<str>,
}

/// Why a text is not an entity reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefError {
    /// There is no `:` between kind and name.
    NoColon(String),
    /// The part before the `:` is not a kind.
    UnknownKind(String),
    /// The part after the `:` is empty or has a character that names do not have.
    BadName(String),
}

impl fmt::Display for RefError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, text) = match self {
            Self::NoColon(text) => ("is not of the form kind:name", text),
            Self::UnknownKind(text) => ("starts with an unknown kind", text),
            Self::BadName(text) => ("has a name that is empty or has other characters than a-z 0-9 - . _ /", text),
        };
        f.write_str("entity reference '")?;
        f.write_str(text)?;
        f.write_str("' ")?;
        f.write_str(what)
    }
}

impl core::error::Error for RefError {}

impl EntityRef {
    /// A reference from its parts; the name is taken as it is.
    #[must_use]
    pub fn new(kind: EntityKind, name: impl Into<Arc<str>>) -> Self {
        Self { kind, name: name.into() }
    }

    /// The entity's address within a page: `#/kind/name`.
    #[must_use]
    pub fn address(&self) -> String {
        ["#/", self.kind.as_str(), "/", &self.name].concat()
    }

    /// Reads an address that [`Self::address`] gave; anything else is `None`.
    #[must_use]
    pub fn from_address(hash: &str) -> Option<Self> {
        let (kind, name) = hash.strip_prefix("#/")?.split_once('/')?;
        let kind = EntityKind::parse(kind)?;
        valid_name(name).then(|| Self::new(kind, name))
    }
}

fn valid_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-._/".contains(&b))
}

impl FromStr for EntityRef {
    type Err = RefError;

    fn from_str(text: &str) -> Result<Self, RefError> {
        let (kind, name) = text.split_once(':').ok_or_else(|| RefError::NoColon(text.into()))?;
        let kind = EntityKind::parse(kind).ok_or_else(|| RefError::UnknownKind(text.into()))?;
        if !valid_name(name) {
            return Err(RefError::BadName(text.into()));
        }
        Ok(Self::new(kind, name))
    }
}

impl fmt::Display for EntityRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.as_str())?;
        f.write_str(":")?;
        f.write_str(&self.name)
    }
}

impl Serialize for EntityRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EntityRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Reads a list of kinds. A kind that this version does not know is left out: a newer hub may have more to
/// show.
///
/// # Errors
/// Where it is no list of texts.
pub fn known_kinds<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<EntityKind>, D::Error> {
    let kinds = Vec::<String>::deserialize(from)?;
    Ok(kinds.iter().filter_map(|kind| EntityKind::parse(kind)).collect())
}

/// One thing of the catalog with everything that the inventory records of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub struct Entity {
    /// Its stable name.
    #[serde(rename = "ref")]
    pub id: EntityRef,
    /// How a person calls it: `Gitea shared storage`.
    pub title: String,
    /// What is recorded of it. *Recorded* is not proven: see [`crate::standing`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// Where it is first named.
    pub source: Source,
}

impl Entity {
    /// The first fact with this key, or `None`.
    #[must_use]
    pub fn fact(&self, key: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.key == key)
    }
}

/// A sentence or value of the inventory about one entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub struct Fact {
    /// What the value is, one of the constants in [`keys`].
    pub key: String,
    /// The value as plain text, Markdown markup removed.
    pub value: String,
    /// Where the value stands.
    pub source: Source,
}

/// A typed, directed connection between two entities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub struct Relation {
    /// The entity that the relation is about.
    pub from: EntityRef,
    /// How `from` stands to `to`.
    #[serde(rename = "type")]
    pub kind: RelationKind,
    /// The entity at the other end.
    pub to: EntityRef,
    /// Where the inventory says so.
    pub source: Source,
}

/// The keys of [`Fact`]s. An importer may add others; these are the ones that rules and widgets read.
pub mod keys {
    /// What the entity is there for.
    pub const ROLE: &str = "role";
    /// The state as the inventory's author saw it.
    pub const STATE: &str = "state";
    /// Remarks.
    pub const NOTES: &str = "notes";
    /// An IP address, a URL, or words such as `local/private`.
    pub const ADDRESS: &str = "address";
    /// A sentence that the inventory calls evidence; it is recorded, not proven.
    pub const EVIDENCE: &str = "evidence";
    /// The environment in words where the inventory names none that is defined.
    pub const ENVIRONMENT_TEXT: &str = "environment-text";
    /// The component of a service that an endpoint leads to: `OCI registry`, `API`, `UI`.
    pub const COMPONENT: &str = "component";
    /// The name of a Helm release.
    pub const HELM_RELEASE: &str = "helm-release";
    /// A Kubernetes namespace.
    pub const NAMESPACE: &str = "namespace";
    /// The version that runs.
    pub const APP_VERSION: &str = "app-version";
    /// A port on every node of a cluster, 1 to 65535.
    pub const NODE_PORT: &str = "node-port";
    /// The type of a resource: `database`, `PersistentVolumeClaim`; of an endpoint: `NodePort`.
    pub const TYPE: &str = "type";
    /// The HTTP status that shows the endpoint in order: `401`.
    pub const EXPECTED_STATUS: &str = "expected-status";
    /// The response header that shows the endpoint in order: `Name: value`.
    pub const EXPECTED_HEADER: &str = "expected-header";
    /// Where an endpoint redirects to: a path or URL.
    pub const REDIRECTS_TO: &str = "redirects-to";
    /// A calendar day, `YYYY-MM-DD`, on which something was observed.
    pub const OBSERVED_ON: &str = "observed-on";
    /// The path of a working copy.
    pub const PATH: &str = "path";
    /// A git remote.
    pub const REMOTE: &str = "remote";
    /// What a repository answers for.
    pub const RESPONSIBILITY: &str = "responsibility";
    /// The environment that a wave moves from, as an entity reference.
    pub const MOVES_FROM: &str = "moves-from";
    /// What is planned for an entity in a migration: `move`, `replace`, `retire`.
    pub const DISPOSITION: &str = "disposition";
    /// The position of a gate among its service's gates, from 1.
    pub const ORDER: &str = "order";

    /// Every key above.
    pub const ALL: &[&str] = &[
        ROLE,
        STATE,
        NOTES,
        ADDRESS,
        EVIDENCE,
        ENVIRONMENT_TEXT,
        COMPONENT,
        HELM_RELEASE,
        NAMESPACE,
        APP_VERSION,
        NODE_PORT,
        TYPE,
        EXPECTED_STATUS,
        EXPECTED_HEADER,
        REDIRECTS_TO,
        OBSERVED_ON,
        PATH,
        REMOTE,
        RESPONSIBILITY,
        MOVES_FROM,
        DISPOSITION,
        ORDER,
    ];
}
