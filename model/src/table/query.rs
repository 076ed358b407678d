//! What a reader chose of the table: searched, narrowed, sorted, grouped, hidden.

use super::{Age, FACETS, Facet, Grouping, Layout, SortKey};
use crate::{gap::GapKind, questions::Question, standing::Standing};

/// What a reader chose.
///
/// ```
/// use ops_model::table::{SortKey, CatalogView};
/// let view = CatalogView::parse("sort.-name~nonsense~group.unheard-of");
/// assert_eq!((view.sort, view.reversed), (SortKey::Name, true));
/// assert_eq!(view.print(), "sort.-name");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogView {
    /// What is searched for.
    pub query: String,
    /// The chosen values of each facet, in the facets' order; the empty text stands for none.
    pub chosen: [Vec<String>; FACETS],
    /// What rows are sorted by.
    pub sort: SortKey,
    /// Whether the order is turned round.
    pub reversed: bool,
    /// What rows are grouped by.
    pub group: Grouping,
    /// The questions that are not shown.
    pub hidden: Vec<Question>,
    /// How rows are drawn.
    pub layout: Layout,
}

impl Default for CatalogView {
    fn default() -> Self {
        Self {
            query: String::new(),
            chosen: Default::default(),
            sort: SortKey::Inventory,
            reversed: false,
            group: Grouping::None,
            hidden: Vec::new(),
            layout: Layout::Table,
        }
    }
}

impl CatalogView {
    /// The compact spelling; empty for the view that nobody changed. [`Self::parse`] reads it.
    #[must_use]
    pub fn print(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut part = |key: &str, value: &str| parts.push([key, ".", value].concat());
        if !self.query.is_empty() {
            part("q", &escape(&self.query));
        }
        for facet in Facet::ALL.iter().filter(|facet| !self.chosen(**facet).is_empty()) {
            let values: Vec<String> = self.chosen(*facet).iter().map(|value| escape(value)).collect();
            part(facet.as_str(), &values.join("!"));
        }
        if self.sort != SortKey::Inventory || self.reversed {
            part("sort", &[if self.reversed { "-" } else { "" }, self.sort.as_str()].concat());
        }
        if self.group != Grouping::None {
            part("group", self.group.as_str());
        }
        if !self.hidden.is_empty() {
            let hidden: Vec<&str> = self.hidden.iter().map(|question| question.as_str()).collect();
            part("hide", &hidden.join("!"));
        }
        if self.layout != Layout::Table {
            part("as", self.layout.as_str());
        }
        parts.join("~")
    }

    /// Reads what [`Self::print`] wrote. What cannot be read is left out.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut view = Self::default();
        for (key, value) in text.split('~').filter_map(|part| part.split_once('.')) {
            match key {
                "q" => view.query = unescape(value).unwrap_or_default(),
                "sort" => {
                    let bare = value.strip_prefix('-');
                    if let Some(sort) = SortKey::parse(bare.unwrap_or(value)) {
                        (view.sort, view.reversed) = (sort, bare.is_some());
                    }
                }
                "group" => view.group = Grouping::parse(value).unwrap_or(Grouping::None),
                "hide" => {
                    for question in value.split('!').filter_map(Question::parse) {
                        if !view.hidden.contains(&question) {
                            view.hidden.push(question);
                        }
                    }
                }
                "as" => view.layout = Layout::parse(value).unwrap_or(Layout::Table),
                _ => {
                    if let Some(facet) = Facet::parse(key) {
                        for value in value.split('!').filter_map(unescape).filter(|value| known(facet, value)) {
                            if !view.is_chosen(facet, &value) {
                                view.toggle(facet, &value);
                            }
                        }
                    }
                }
            }
        }
        view
    }

    /// The chosen values of a facet.
    #[must_use]
    pub fn chosen(&self, facet: Facet) -> &[String] {
        self.chosen.get(facet as usize).map_or(&[], Vec::as_slice)
    }

    /// Chooses a value of a facet, or takes the choice back.
    pub fn toggle(&mut self, facet: Facet, value: &str) {
        let Some(values) = self.chosen.get_mut(facet as usize) else { return };
        let before = values.len();
        values.retain(|one| one != value);
        if values.len() == before {
            values.push(value.to_owned());
        }
    }

    /// Whether a value of a facet is chosen.
    #[must_use]
    pub fn is_chosen(&self, facet: Facet, value: &str) -> bool {
        self.chosen(facet).iter().any(|one| one == value)
    }

    /// Hides the column of a question, or shows it again.
    pub fn hide(&mut self, question: Question) {
        let before = self.hidden.len();
        self.hidden.retain(|one| *one != question);
        if self.hidden.len() == before {
            self.hidden.push(question);
        }
    }

    /// Sorts by this; a second time turns the order round, a third goes back to the inventory's.
    pub fn sort_by(&mut self, key: SortKey) {
        (self.sort, self.reversed) = match (self.sort == key, self.reversed) {
            (false, _) => (key, false),
            (true, false) => (key, true),
            (true, true) => (SortKey::Inventory, false),
        };
    }

    /// Whether rows are left out by search or choice.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        !self.query.is_empty() || self.chosen.iter().any(|values| !values.is_empty())
    }
}

/// Whether a facet of a fixed set of values has this one. Names of entities are open.
fn known(facet: Facet, value: &str) -> bool {
    match facet {
        Facet::Environment | Facet::Owner => true,
        Facet::Standing => Standing::parse(value).is_some(),
        Facet::Age => Age::parse(value).is_some(),
        Facet::Gap => GapKind::parse(value).is_some(),
    }
}

/// Keeps `~`, `!` and `*` out of a value: they separate. `*_` is the empty text.
fn escape(text: &str) -> String {
    if text.is_empty() {
        return "*_".to_owned();
    }
    text.replace('*', "*2").replace('~', "*0").replace('!', "*1")
}

fn unescape(text: &str) -> Option<String> {
    if text == "*_" {
        return Some(String::new());
    }
    let mut read = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(one) = chars.next() {
        read.push(match (one, if one == '*' { chars.next() } else { None }) {
            ('*', Some('0')) => '~',
            ('*', Some('1')) => '!',
            ('*', Some('2')) => '*',
            ('*', _) => return None,
            (plain, _) => plain,
        });
    }
    (!read.is_empty()).then_some(read)
}
