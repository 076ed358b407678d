//! The texts of the service catalog.

use ops_model::{
    Question,
    table::{Age, CellState, Facet, Grouping, Layout, SortKey},
};

/// The texts of the service catalog. `{}` stands for the value that is filled in.
#[derive(Debug)]
#[expect(missing_docs, reason = "the field's name and its text say what it is")]
pub struct CatalogTexts {
    pub empty: &'static str,
    pub nothing_fits: &'static str,
    pub narrow: &'static str,
    pub take_back: &'static str,
    pub clear: &'static str,
    pub search_for_more: &'static str,
    pub show_as: &'static str,
    pub sort: &'static str,
    pub reverse: &'static str,
    pub group: &'static str,
    pub columns: &'static str,
    pub export: &'static str,
    pub csv: &'static str,
    pub json: &'static str,
    pub copy_link: &'static str,
    pub open_row: &'static str,
    pub close_row: &'static str,
    pub answered: &'static str,
    facets: [&'static str; 5],
    no_environment: &'static str,
    no_owner: &'static str,
    ages: [&'static str; 4],
    layouts: [&'static str; 3],
    sort_keys: [&'static str; 7],
    groupings: [&'static str; 5],
    cells: [&'static str; 3],
    short: [&'static str; 7],
}

impl CatalogTexts {
    /// A facet's name.
    #[must_use]
    pub const fn facet(&self, facet: Facet) -> &'static str {
        let [environment, owner, standing, age, gap] = self.facets;
        match facet {
            Facet::Environment => environment,
            Facet::Owner => owner,
            Facet::Standing => standing,
            Facet::Age => age,
            Facet::Gap => gap,
        }
    }

    /// What stands for no value of a facet.
    #[must_use]
    pub const fn none(&self, facet: Facet) -> &'static str {
        if matches!(facet, Facet::Owner) { self.no_owner } else { self.no_environment }
    }

    /// An age of evidence.
    #[must_use]
    pub const fn age(&self, age: Age) -> &'static str {
        let [none, day, week, older] = self.ages;
        match age {
            Age::None => none,
            Age::Day => day,
            Age::Week => week,
            Age::Older => older,
        }
    }

    /// A layout.
    #[must_use]
    pub const fn layout(&self, layout: Layout) -> &'static str {
        let [table, heat, topology] = self.layouts;
        match layout {
            Layout::Table => table,
            Layout::Heat => heat,
            Layout::Topology => topology,
        }
    }

    /// What rows are sorted by; a question has its own words.
    #[must_use]
    pub const fn sort_key(&self, key: SortKey) -> &'static str {
        let [inventory, name, kind, environment, standing, age, gaps] = self.sort_keys;
        match key {
            SortKey::Name => name,
            SortKey::Kind => kind,
            SortKey::Environment => environment,
            SortKey::Standing => standing,
            SortKey::Age => age,
            SortKey::Gaps => gaps,
            _ => inventory,
        }
    }

    /// What rows are grouped by.
    #[must_use]
    pub const fn grouping(&self, grouping: Grouping) -> &'static str {
        let [none, environment, owner, standing, kind] = self.groupings;
        match grouping {
            Grouping::None => none,
            Grouping::Environment => environment,
            Grouping::Owner => owner,
            Grouping::Standing => standing,
            Grouping::Kind => kind,
        }
    }

    /// How far a question is answered.
    #[must_use]
    pub const fn cell(&self, state: CellState) -> &'static str {
        let [answered, partly, gap] = self.cells;
        match state {
            CellState::Answered => answered,
            CellState::Partly => partly,
            CellState::Gap => gap,
        }
    }

    /// A question as a narrow column's heading.
    #[must_use]
    pub const fn short(&self, question: Question) -> &'static str {
        let [runs, owned, exposed, stored, covered, moves, proven] = self.short;
        match question {
            Question::RunsWhere => runs,
            Question::OwnedBy => owned,
            Question::ExposedBy => exposed,
            Question::StoredIn => stored,
            Question::CoveredBy => covered,
            Question::MovesTo => moves,
            Question::ProvenBy => proven,
        }
    }
}

pub(super) const EN: CatalogTexts = CatalogTexts {
    empty: "The catalog holds no service and no data store.",
    nothing_fits: "Nothing fits this choice.",
    narrow: "Narrow down",
    take_back: "Take back: {}",
    clear: "Clear all",
    search_for_more: "{} more: type in the search field",
    show_as: "Show as",
    sort: "Sort",
    reverse: "Turn the order round",
    group: "Group",
    columns: "Columns",
    export: "Export",
    csv: "What is shown, as CSV",
    json: "What is shown, as JSON",
    copy_link: "Copy a link to this view",
    open_row: "Show details of {}",
    close_row: "Hide details of {}",
    answered: "{} of {} answered in full",
    facets: ["Environment", "Owner", "Standing", "Evidence age", "Gap"],
    no_environment: "no environment recorded",
    no_owner: "no owner recorded",
    ages: ["no evidence", "less than a day", "less than a week", "a week or more"],
    layouts: ["Table", "Heat map", "Topology"],
    sort_keys: [
        "As in the inventory",
        "Name",
        "Kind",
        "Environment",
        "Standing, worst first",
        "Youngest evidence",
        "Most gaps",
    ],
    groupings: ["Not at all", "By environment", "By owner", "By standing", "By kind"],
    cells: ["answered", "answered in part", "gap"],
    short: ["Runs", "Owner", "Exposed", "Stored", "Backup", "Moves", "Proven"],
};

pub(super) const DE: CatalogTexts = CatalogTexts {
    empty: "Der Katalog hat keinen Dienst und keinen Datenspeicher.",
    nothing_fits: "Nichts passt zu dieser Auswahl.",
    narrow: "Eingrenzen",
    take_back: "Zurücknehmen: {}",
    clear: "Alles zurücknehmen",
    search_for_more: "{} weitere: in das Suchfeld tippen",
    show_as: "Zeigen als",
    sort: "Sortieren",
    reverse: "Reihenfolge umkehren",
    group: "Gruppieren",
    columns: "Spalten",
    export: "Exportieren",
    csv: "Das Gezeigte als CSV",
    json: "Das Gezeigte als JSON",
    copy_link: "Link zu dieser Ansicht kopieren",
    open_row: "Einzelheiten zu {} zeigen",
    close_row: "Einzelheiten zu {} verbergen",
    answered: "{} von {} ganz beantwortet",
    facets: ["Umgebung", "Zuständig", "Stand", "Alter der Belege", "Lücke"],
    no_environment: "keine Umgebung erfasst",
    no_owner: "niemand zuständig erfasst",
    ages: ["kein Beleg", "unter einem Tag", "unter einer Woche", "eine Woche oder mehr"],
    layouts: ["Tabelle", "Rasterbild", "Topologie"],
    sort_keys: [
        "Wie im Inventar",
        "Name",
        "Art",
        "Umgebung",
        "Stand, schlechtester zuerst",
        "Jüngster Beleg",
        "Meiste Lücken",
    ],
    groupings: ["Gar nicht", "Nach Umgebung", "Nach Zuständigkeit", "Nach Stand", "Nach Art"],
    cells: ["beantwortet", "teils beantwortet", "Lücke"],
    short: ["Läuft", "Zuständig", "Zugang", "Ablage", "Sicherung", "Umzug", "Beleg"],
};
