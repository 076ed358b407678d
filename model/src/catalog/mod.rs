//! The catalog: what exists.
//!
//! [`Catalog`] is the JSON document that the importer writes and the hub serves. [`CatalogIndex`] holds the
//! same in memory and answers lookups without a scan. Neither knows of evidence or of rules.

mod environments;
mod index;
mod page;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(crate) use index::EntityId;
pub use index::{CatalogIndex, Totals};
pub use page::CatalogPage;

use crate::{
    entity::{Entity, EntityRef, Fact, Relation, wire_enum},
    gap::Gap,
};

pub use crate::source::Source;

wire_enum! {
    /// One of the seven questions that the inventory asks about every service and data store.
    Question {
        /// What runs where?
        RunsWhere = "runs-where",
        /// Which repository owns its desired state?
        OwnedBy = "owned-by",
        /// Which endpoint exposes it?
        ExposedBy = "exposed-by",
        /// Which data stores back it?
        StoredIn = "stored-in",
        /// Which backups and restore tests cover it?
        CoveredBy = "covered-by",
        /// Which migration wave will replace or move it?
        MovesTo = "moves-to",
        /// Which current evidence proves it healthy?
        ProvenBy = "proven-by",
    }
}

/// The version of the catalog's shape that this code reads and writes.
pub const SCHEMA_VERSION: u32 = 1;

/// Everything that an inventory says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Catalog {
    /// The shape's version; see [`SCHEMA_VERSION`].
    pub schema: u32,
    /// The document that it was made from.
    pub source: SourceDocument,
    /// The table that places the hub in the Viable System Model: `vsm-function` → `OPS` and so on.
    #[serde(default)]
    pub placement: Vec<Fact>,
    /// Every entity, in the order in which the inventory names them.
    #[serde(default)]
    pub entities: Vec<Entity>,
    /// Every relation between them.
    #[serde(default)]
    pub relations: Vec<Relation>,
    /// What the inventory says is missing.
    #[serde(default)]
    pub gaps: Vec<Gap>,
    /// The questions that the inventory wants answered.
    #[serde(default)]
    pub questions: Vec<AskedQuestion>,
    /// The widgets that it asks for.
    #[serde(default)]
    pub widgets: Vec<WidgetRequest>,
    /// The events that it wants recorded first, as they stand there.
    #[serde(default)]
    pub first_events: Vec<FirstEvent>,
    /// Prose, section by section, that is context rather than a fact about one entity.
    #[serde(default)]
    pub context: Vec<Statement>,
    /// What could not be placed; nothing of the inventory is dropped in silence.
    #[serde(default)]
    pub notes: Vec<ImportNote>,
}

/// What a catalog says beside its entities, their relations and gaps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inventory {
    /// The document that it was made from.
    pub source: SourceDocument,
    /// See [`Catalog::placement`].
    pub placement: Vec<Fact>,
    /// See [`Catalog::questions`].
    pub questions: Vec<AskedQuestion>,
    /// See [`Catalog::widgets`].
    pub widgets: Vec<WidgetRequest>,
    /// See [`Catalog::first_events`].
    pub first_events: Vec<FirstEvent>,
    /// See [`Catalog::context`].
    pub context: Vec<Statement>,
    /// See [`Catalog::notes`].
    pub notes: Vec<ImportNote>,
}

impl Inventory {
    /// Adds what a further page says. The source stays.
    pub(crate) fn append(&mut self, page: Self) {
        self.placement.extend(page.placement);
        self.questions.extend(page.questions);
        self.widgets.extend(page.widgets);
        self.first_events.extend(page.first_events);
        self.context.extend(page.context);
        self.notes.extend(page.notes);
    }
}

/// The document that a catalog was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub struct SourceDocument {
    /// The file's name, without its folder.
    pub file: String,
    /// Its first heading.
    pub title: String,
    /// The day that it states for itself, `YYYY-MM-DD`; empty where it states none.
    #[serde(default)]
    pub date: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// How many lines it has.
    pub lines: u32,
}

/// One of the seven questions, where the inventory asks it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub struct AskedQuestion {
    /// Which question it is.
    pub question: Question,
    /// Its words in the inventory.
    pub text: String,
    /// Where it is asked.
    pub source: Source,
}

/// A widget that the inventory asks for by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub struct WidgetRequest {
    /// The instance's name: `ops-env-coulombcore`.
    pub name: String,
    /// Where it is asked for.
    pub source: Source,
}

/// An event that the inventory gives as an example of what to record first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub struct FirstEvent {
    /// The event's body, with the placeholder of the widget id as it stands there.
    pub body: Value,
    /// Where its code block starts.
    pub source: Source,
}

/// A paragraph or list item of prose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub struct Statement {
    /// The heading above it.
    pub section: String,
    /// Its text, Markdown markup removed.
    pub text: String,
    /// The entity that it is about, where it names one first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<EntityRef>,
    /// Where it stands.
    pub source: Source,
}

/// Something that the importer could not place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub struct ImportNote {
    /// The heading above it.
    pub section: String,
    /// What stands there, Markdown markup removed.
    pub text: String,
    /// Why it could not be placed, and what would cure it.
    pub reason: String,
    /// The entity that it was read for, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<EntityRef>,
    /// Where it stands.
    pub source: Source,
}
