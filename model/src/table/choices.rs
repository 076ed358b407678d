//! What a reader can choose: facets, sort keys, groupings and layouts, and what cells and ages say.

use crate::{
    entity::wire_enum,
    questions::{Answer, Question},
    timestamp::Timestamp,
};

const DAY_MS: i64 = 86_400_000;

/// How many facets there are.
pub const FACETS: usize = Facet::ALL.len();

wire_enum! {
    /// What the catalog can be narrowed by.
    Facet {
        /// The environment that it runs in.
        Environment = "env",
        /// The repository that owns it.
        Owner = "owner",
        /// Its standing.
        Standing = "standing",
        /// The age of its youngest evidence.
        Age = "age",
        /// The kinds of its recorded gaps.
        Gap = "gap",
    }
}

wire_enum! {
    /// How old the youngest evidence is.
    Age {
        /// There is none.
        None = "none",
        /// Less than a day.
        Day = "day",
        /// Less than a week.
        Week = "week",
        /// A week or more.
        Older = "older",
    }
}

wire_enum! {
    /// What rows are sorted by; the order in which a reader looks for it comes first.
    SortKey {
        /// As in the inventory.
        Inventory = "inventory",
        /// By name.
        Name = "name",
        /// By kind.
        Kind = "kind",
        /// By environment; none last.
        Environment = "env",
        /// The worst first.
        Standing = "standing",
        /// The youngest evidence first; none last.
        Age = "age",
        /// The most gaps first.
        Gaps = "gaps",
        /// By how far a question is answered, the open ones first. One key a question, spelled like it.
        RunsWhere = "runs-where",
        /// See [`Self::RunsWhere`].
        OwnedBy = "owned-by",
        /// See [`Self::RunsWhere`].
        ExposedBy = "exposed-by",
        /// See [`Self::RunsWhere`].
        StoredIn = "stored-in",
        /// See [`Self::RunsWhere`].
        CoveredBy = "covered-by",
        /// See [`Self::RunsWhere`].
        MovesTo = "moves-to",
        /// See [`Self::RunsWhere`].
        ProvenBy = "proven-by",
    }
}

wire_enum! {
    /// What rows are grouped by.
    Grouping {
        /// Not at all.
        None = "none",
        /// By environment.
        Environment = "env",
        /// By owner repository.
        Owner = "owner",
        /// By standing, the worst first.
        Standing = "standing",
        /// By kind.
        Kind = "kind",
    }
}

wire_enum! {
    /// How rows are drawn.
    Layout {
        /// With the answers in words.
        Table = "table",
        /// One sign a question.
        Heat = "heat",
        /// As a picture of what runs where.
        Topology = "topology",
    }
}

wire_enum! {
    /// How far a question is answered.
    CellState {
        /// Facts and no gap.
        Answered = "answered",
        /// Facts and a gap.
        Partly = "partly",
        /// No facts.
        Gap = "gap",
    }
}

impl SortKey {
    /// The key that sorts by a question.
    #[must_use]
    pub fn of(question: Question) -> Self {
        Self::parse(question.as_str()).unwrap_or(Self::Inventory)
    }

    /// The question that this key sorts by, if it is one's.
    #[must_use]
    pub fn question(self) -> Option<Question> {
        Question::parse(self.as_str())
    }
}

impl CellState {
    /// The state of an answer.
    #[must_use]
    pub fn of(answer: &Answer) -> Self {
        match (answer.gap.is_some(), answer.facts.is_empty()) {
            (false, _) => Self::Answered,
            (true, false) => Self::Partly,
            (true, true) => Self::Gap,
        }
    }
}

impl Age {
    /// The age of the youngest evidence at a point in time.
    #[must_use]
    pub fn of(latest: Option<Timestamp>, now: Timestamp) -> Self {
        match latest.map(|at| now.since(at)) {
            None => Self::None,
            Some(ms) if ms < DAY_MS => Self::Day,
            Some(ms) if ms < 7 * DAY_MS => Self::Week,
            Some(_) => Self::Older,
        }
    }
}
