//! What is looked for. A rule's name stays the same from version to version: filters rely on it.

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Severity {
    /// Something to look at.
    Warning,
    /// It will not work, or will not say what is meant.
    Error,
}

impl Severity {
    /// Its word, which is that of SARIF.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A rule.
#[derive(Debug)]
pub(crate) struct Rule {
    /// Its name.
    pub(crate) id: &'static str,
    /// How bad it is to break it.
    pub(crate) severity: Severity,
    /// What it asks for.
    pub(crate) text: &'static str,
}

macro_rules! rules {
    ($($name:ident = $severity:ident $id:literal $text:literal;)+) => {
        $(pub(crate) static $name: Rule = Rule { id: $id, severity: Severity::$severity, text: $text };)+

        /// Every rule.
        pub(crate) static ALL: &[&Rule] = &[$(&$name),+];
    };
}

rules! {
    SYNTAX = Error "syntax" "A file can be read: JSON, TOML, or an inventory with its tables.";
    SCHEMA = Error "schema" "A document keeps to its JSON Schema.";
    DUPLICATE_KEY = Error "duplicate-key" "A JSON object has each key once.";
    DUPLICATE_NAME = Error "duplicate-name" "Names are unique: entities, kinds, widgets, event types, operation ids.";
    UNKNOWN_REFERENCE = Error "unknown-reference" "What is referred to exists.";
    VERSION = Error "version" "Versions are SemVer, ranges are ranges of it.";
    WIDGET_SUBJECT = Error "widget-subject" "A widget has a subject of its kind, and the catalog has that entity.";
    WIDGET_MISSING = Error "widget-missing" "The manifest has every widget that the inventory asks for.";
    GATE_EVENT_TYPE = Error "gate-without-event-type" "An event type can assess every gate, and a widget accepts it.";
    GAP_EVENT_TYPE = Warning "gap-without-event-type" "An event type can close every gap.";
    UNREACHABLE = Warning "unreachable-entity" "Relations lead from an environment or a widget's subject to every entity.";
    ENDPOINT = Error "endpoint" "What is expected of an endpoint can be checked: address, status, header.";
    UNPLACED = Warning "unplaced" "Everything in the inventory can be placed in the catalog.";
    STALE_CATALOG = Warning "stale-catalog" "The catalog was made from the inventory that lies beside it.";
    OPERATION_MISSING = Error "operation-missing" "The mapping has every operation that the program needs, and the API has it.";
    OPERATION_DIFFERENT = Error "operation-different" "The API has the operation with the method, parameters and fields that are needed.";
    EVENT_TYPE = Error "event-type" "An event is of a type of the manifest.";
    EVENT_METADATA = Error "event-metadata" "An event's metadata keeps to the schema of its type.";
    EVENT_SUBJECT = Error "event-subject" "An event is about an entity of the catalog, of a kind that its type is about.";
    EVENT_WIDGET = Error "event-widget" "A widget that accepts an event exists.";
}

/// The rule with this name.
pub(crate) fn named(id: &str) -> &'static Rule {
    ALL.iter().find(|rule| rule.id == id).copied().unwrap_or(&SCHEMA)
}
