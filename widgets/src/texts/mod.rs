//! Every text that a widget shows, in one catalogue per language.
//!
//! [`Texts`] has a field a text, so a language that lacks one does not compile. A page chooses by
//! its `lang`; what is not German reads English. Texts of the inventory are shown as they stand.

pub mod age;
pub mod catalog;
mod de;
mod en;
pub mod feed;
pub mod graph;
pub mod inventory;
pub mod record;

use leptos::prelude::expect_context;
use ops_model::{EntityKind, GapReason, Question, RelationKind, Standing, gap::GapKind};

/// The texts of one language. `{}` stands for the value that is filled in.
#[derive(Debug)]
#[expect(missing_docs, reason = "the field's name and its text say what it is")]
pub struct Texts {
    pub tag: &'static str,
    pub loading: &'static str,
    pub retry: &'static str,
    pub not_loaded: &'static str,
    pub signed_out: &'static str,
    pub signed_out_help: &'static str,
    pub sign_in: &'static str,
    pub forbidden: &'static str,
    pub away: &'static str,
    pub malformed: &'static str,
    pub unknown_widget: &'static str,
    pub unknown_subject: &'static str,
    pub no_catalog: &'static str,
    pub as_of: &'static str,
    pub live: &'static str,
    pub polling: &'static str,
    pub last_good: &'static str,
    pub part_of_catalog: &'static str,
    pub part_missing: &'static str,
    pub no_evidence: &'static str,
    pub evidence: &'static str,
    pub recorded: &'static str,
    pub recorded_help: &'static str,
    pub line: &'static str,
    pub sources: &'static str,
    pub role: &'static str,
    pub state: &'static str,
    pub notes: &'static str,
    pub address: &'static str,
    pub copy: &'static str,
    pub environment: &'static str,
    pub hosts: &'static str,
    pub clusters: &'static str,
    pub services: &'static str,
    pub data_stores: &'static str,
    pub endpoints: &'static str,
    pub coverage: &'static str,
    pub known_gaps: &'static str,
    pub more: &'static str,
    pub no_gaps: &'static str,
    pub gaps_closed: &'static str,
    pub closed_by: &'static str,
    pub runs_here: &'static str,
    pub nothing_runs: &'static str,
    pub reachability: &'static str,
    pub impact: &'static str,
    pub impact_none: &'static str,
    pub steps: &'static str,
    pub one_step: &'static str,
    pub planned: &'static str,
    pub questions: &'static str,
    pub release: &'static str,
    pub helm_release: &'static str,
    pub namespace: &'static str,
    pub app_version: &'static str,
    pub node_port: &'static str,
    pub answers: &'static str,
    pub search: &'static str,
    pub shown: &'static str,
    pub nothing_found: &'static str,
    pub import_notes: &'static str,
    pub import_notes_none: &'static str,
    pub entity: &'static str,
    pub expected: &'static str,
    pub observed: &'static str,
    pub status: &'static str,
    pub header: &'static str,
    pub checks: &'static str,
    pub no_checks: &'static str,
    pub expected_is_success: &'static str,
    pub field_differs: &'static str,
    pub latency: &'static str,
    pub gates: &'static str,
    pub gates_passed: &'static str,
    pub ready: &'static str,
    pub not_ready: &'static str,
    pub next_action: &'static str,
    pub record: &'static str,
    pub assessor: &'static str,
    pub passed: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub moved: &'static str,
    pub undecided: &'static str,
    pub disposition: &'static str,
    pub backup: &'static str,
    pub restore: &'static str,
    pub target: &'static str,
    pub blockers: &'static str,
    pub relations: &'static str,
    pub close: &'static str,
    pub not_recorded: &'static str,
    pub gap: &'static str,
    pub panic: &'static str,
    pub age: age::AgeTexts,
    pub catalog: catalog::CatalogTexts,
    pub feed: feed::FeedTexts,
    pub recording: record::RecordTexts,
    pub inventory: inventory::InventoryTexts,
    pub graph: graph::GraphTexts,
    pub migration: graph::MigrationTexts,
}

impl Texts {
    /// The texts for a BCP 47 language tag: `de`, `de-AT` … are German, all else is English.
    #[must_use]
    pub fn of(lang: &str) -> &'static Self {
        let primary = lang.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("de") { &de::TEXTS } else { &en::TEXTS }
    }

    fn german(&self) -> bool {
        self.tag == "de"
    }

    /// A standing as a word.
    #[must_use]
    pub fn standing(&self, standing: Standing) -> &'static str {
        if self.german() { de::standing(standing) } else { en::standing(standing) }
    }

    /// A question as a column heading.
    #[must_use]
    pub fn question(&self, question: Question) -> &'static str {
        if self.german() { de::question(question) } else { en::question(question) }
    }

    /// Why a question is open.
    #[must_use]
    pub fn gap_reason(&self, reason: GapReason) -> &'static str {
        if self.german() { de::gap_reason(reason) } else { en::gap_reason(reason) }
    }

    /// The kind of a gap.
    #[must_use]
    pub fn gap_kind(&self, kind: GapKind) -> &'static str {
        if self.german() { de::gap_kind(kind) } else { en::gap_kind(kind) }
    }

    /// The kind of an entity.
    #[must_use]
    pub fn entity_kind(&self, kind: EntityKind) -> &'static str {
        if self.german() { de::entity_kind(kind) } else { en::entity_kind(kind) }
    }

    /// A relation, read from its start.
    #[must_use]
    pub fn relation(&self, kind: RelationKind) -> &'static str {
        if self.german() { de::relation(kind) } else { en::relation(kind) }
    }
}

/// Fills the values into the `{}` of a text, in their order.
///
/// ```
/// assert_eq!(ops_widgets::texts::fill("{} of {}", &["1", "7"]), "1 of 7");
/// ```
#[must_use]
pub fn fill(text: &str, values: &[&str]) -> String {
    let mut parts = text.split('{');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    let mut values = values.iter();
    for part in parts {
        filled.push_str(values.next().unwrap_or(&""));
        filled.push_str(part.strip_prefix('}').unwrap_or(part));
    }
    filled
}

/// What stands before and after the one `{}` of a text, where more than words is filled in.
///
/// ```
/// assert_eq!(ops_widgets::texts::around("shown by {} alone"), ("shown by ", " alone"));
/// ```
#[must_use]
pub fn around(text: &str) -> (&str, &str) {
    let (before, after) = text.split_once('{').unwrap_or((text, ""));
    (before, after.strip_prefix('}').unwrap_or(after))
}

/// The texts of the reader's language, for the widget around the caller.
#[must_use]
pub fn use_texts() -> &'static Texts {
    expect_context()
}
