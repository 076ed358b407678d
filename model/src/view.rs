//! A view of the service catalog: what is searched, chosen, sorted, grouped and hidden.
//!
//! [`View`] is what a reader chose, with one compact spelling that a page's address can carry.
//! [`Rows`] is the catalog boiled down to one small row an entity; it is made once a change of data,
//! and [`Rows::arrange`] then filters, counts, sorts and groups in one pass plus one sort.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    entity::{EntityRef, RelationKind, wire_enum},
    gap::GapKind,
    health::{Context, health},
    questions::{Answer, Question, answers, asked_about},
    standing::Standing,
    timestamp::Timestamp,
};

const DAY_MS: i64 = 86_400_000;

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

/// What a reader chose.
///
/// ```
/// use ops_model::view::{SortKey, View};
/// let view = View::parse("sort.-name~nonsense~group.unheard-of");
/// assert_eq!((view.sort, view.reversed), (SortKey::Name, true));
/// assert_eq!(view.print(), "sort.-name");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// What is searched for.
    pub query: String,
    /// The chosen values a facet; the empty text stands for none. No set is empty.
    pub chosen: BTreeMap<Facet, BTreeSet<String>>,
    /// What rows are sorted by.
    pub sort: SortKey,
    /// Whether the order is turned round.
    pub reversed: bool,
    /// What rows are grouped by.
    pub group: Grouping,
    /// The questions that are not shown.
    pub hidden: BTreeSet<Question>,
    /// How rows are drawn.
    pub layout: Layout,
}

impl Default for View {
    fn default() -> Self {
        Self {
            query: String::new(),
            chosen: BTreeMap::new(),
            sort: SortKey::Inventory,
            reversed: false,
            group: Grouping::None,
            hidden: BTreeSet::new(),
            layout: Layout::Table,
        }
    }
}

impl View {
    /// The compact spelling; empty for the view that nobody changed. [`Self::parse`] reads it.
    #[must_use]
    pub fn print(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut part = |key: &str, value: &str| parts.push([key, ".", value].concat());
        if !self.query.is_empty() {
            part("q", &escape(&self.query));
        }
        for (facet, values) in &self.chosen {
            let values: Vec<String> = values.iter().map(|value| escape(value)).collect();
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
                "hide" => view.hidden = value.split('!').filter_map(Question::parse).collect(),
                "as" => view.layout = Layout::parse(value).unwrap_or(Layout::Table),
                _ => {
                    if let Some(facet) = Facet::parse(key) {
                        for value in value.split('!').filter_map(unescape).filter(|value| known(facet, value)) {
                            view.chosen.entry(facet).or_default().insert(value);
                        }
                    }
                }
            }
        }
        view
    }

    /// Chooses a value of a facet, or takes the choice back.
    pub fn toggle(&mut self, facet: Facet, value: &str) {
        let values = self.chosen.entry(facet).or_default();
        if !values.remove(value) {
            values.insert(value.to_owned());
        }
        if values.is_empty() {
            self.chosen.remove(&facet);
        }
    }

    /// Whether a value of a facet is chosen.
    #[must_use]
    pub fn is_chosen(&self, facet: Facet, value: &str) -> bool {
        self.chosen.get(&facet).is_some_and(|values| values.contains(value))
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
        !self.chosen.is_empty() || !self.query.is_empty()
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

/// What is needed of one entity to find, count, sort and group it.
#[derive(Clone, Debug)]
pub struct Row {
    /// The entity.
    pub id: EntityRef,
    /// Its standing.
    pub standing: Standing,
    /// When its youngest evidence was recorded.
    pub latest: Option<Timestamp>,
    /// How many gaps are recorded for it, and questions open.
    pub gaps: usize,
    /// How far each of the seven questions is answered, in their order.
    pub cells: [CellState; 7],
    name: String,
    text: String,
    values: Vec<(Facet, usize)>,
}

/// A line of an arranged catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The start of a group: its value and its number of rows.
    Group(String, usize),
    /// A row, by its place in [`Rows::all`].
    Row(usize),
}

/// The catalog as a view shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arranged {
    /// Groups and rows in their order.
    pub lines: Vec<Line>,
    /// How many rows are shown.
    pub shown: usize,
    /// The values of every facet, each with how many rows it would show beside the other facets' choice.
    pub counts: BTreeMap<Facet, Vec<(String, usize)>>,
}

/// One row an entity that the questions are asked about, in the inventory's order.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    rows: Vec<Row>,
    values: BTreeMap<Facet, Vec<String>>,
}

impl Rows {
    /// Boils the catalog down.
    #[must_use]
    pub fn new(context: Context<'_>) -> Self {
        let mut values = Values::default();
        for (facet, fixed) in [
            (Facet::Standing, Standing::ALL.iter().rev().map(|one| one.as_str()).collect::<Vec<_>>()),
            (Facet::Age, Age::ALL.iter().map(|one| one.as_str()).collect()),
            (Facet::Gap, GapKind::ALL.iter().map(|one| one.as_str()).collect()),
        ] {
            for value in fixed {
                values.number(facet, value);
            }
        }
        let rows = asked_about(context.index).into_iter().map(|entity| row(context, &entity.id, &mut values)).collect();
        Self { rows, values: values.names }
    }

    /// Every row.
    #[must_use]
    pub fn all(&self) -> &[Row] {
        &self.rows
    }

    /// Filters, counts, sorts and groups.
    #[must_use]
    pub fn arrange(&self, view: &View) -> Arranged {
        let query = view.query.trim().to_lowercase();
        let mut counts: BTreeMap<Facet, Vec<usize>> =
            Facet::ALL.iter().map(|facet| (*facet, vec![0; self.names(*facet).len()])).collect();
        let mut shown: Vec<usize> = Vec::new();
        let mut wanted: BTreeMap<Facet, BTreeSet<usize>> = BTreeMap::new();
        for (facet, chosen) in &view.chosen {
            let numbers = self.names(*facet).iter().enumerate().filter(|(_, name)| chosen.contains(*name));
            wanted.insert(*facet, numbers.map(|(number, _)| number).collect());
        }
        for (at, row) in self.rows.iter().enumerate() {
            if !row.text.contains(&query) {
                continue;
            }
            let misses = |(facet, numbers): &(&Facet, &BTreeSet<usize>)| {
                !row.values.iter().any(|(of, number)| of == *facet && numbers.contains(number))
            };
            let mut missed = wanted.iter().filter(misses).map(|(facet, _)| *facet);
            let (first, second) = (missed.next(), missed.next());
            if second.is_some() {
                continue;
            }
            // Beside the choice of the other facets: a row that one facet alone leaves out counts there.
            for (facet, number) in row.values.iter().filter(|(facet, _)| first.is_none_or(|first| first == *facet)) {
                if let Some(count) = counts.get_mut(facet).and_then(|of| of.get_mut(*number)) {
                    *count += 1;
                }
            }
            if first.is_none() {
                shown.push(at);
            }
        }
        self.sort(&mut shown, view);
        let count = shown.len();
        Arranged { lines: self.group(shown, view.group), shown: count, counts: self.counted(counts, view) }
    }

    fn counted(&self, counts: BTreeMap<Facet, Vec<usize>>, view: &View) -> BTreeMap<Facet, Vec<(String, usize)>> {
        let mut named = BTreeMap::new();
        for (facet, numbers) in counts {
            let mut of: Vec<(String, usize)> = self.names(facet).iter().cloned().zip(numbers).collect();
            // What an address chose and the catalog lacks stays visible, so that it can be taken back.
            let missing = view.chosen.get(&facet).into_iter().flatten().filter(|one| !self.names(facet).contains(one));
            of.extend(missing.map(|one| (one.clone(), 0)));
            if matches!(facet, Facet::Environment | Facet::Owner) {
                of.sort_by(|(a, _), (b, _)| (a.is_empty(), a).cmp(&(b.is_empty(), b)));
            }
            named.insert(facet, of);
        }
        named
    }

    fn names(&self, facet: Facet) -> &[String] {
        self.values.get(&facet).map_or(&[], Vec::as_slice)
    }

    /// The first value of a facet of a row; empty for none.
    #[must_use]
    pub fn value(&self, row: &Row, facet: Facet) -> &str {
        let number = row.values.iter().find(|(of, _)| *of == facet).map(|(_, number)| *number);
        number.and_then(|number| self.names(facet).get(number)).map_or("", String::as_str)
    }

    fn sort(&self, shown: &mut [usize], view: &View) {
        let by = |a: &Row, b: &Row| match view.sort {
            SortKey::Inventory => std::cmp::Ordering::Equal,
            SortKey::Name => a.name.cmp(&b.name),
            SortKey::Kind => a.id.kind.cmp(&b.id.kind),
            SortKey::Environment => {
                let (a, b) = (self.value(a, Facet::Environment), self.value(b, Facet::Environment));
                (a.is_empty(), a).cmp(&(b.is_empty(), b))
            }
            SortKey::Standing => b.standing.cmp(&a.standing),
            SortKey::Age => b.latest.cmp(&a.latest),
            SortKey::Gaps => b.gaps.cmp(&a.gaps),
        };
        // The sort is stable: rows that are equal keep the inventory's order, in both directions.
        shown.sort_by(|a, b| {
            let order = self.rows.get(*a).zip(self.rows.get(*b)).map_or(std::cmp::Ordering::Equal, |(a, b)| by(a, b));
            if view.reversed { order.reverse() } else { order }
        });
        if view.sort == SortKey::Inventory && view.reversed {
            shown.reverse();
        }
    }

    fn group(&self, shown: Vec<usize>, grouping: Grouping) -> Vec<Line> {
        if grouping == Grouping::None {
            return shown.into_iter().map(Line::Row).collect();
        }
        let mut groups: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
        for at in shown {
            let Some(row) = self.rows.get(at) else { continue };
            let key = match grouping {
                Grouping::None => (0, ""),
                Grouping::Environment => named(self.value(row, Facet::Environment)),
                Grouping::Owner => named(self.value(row, Facet::Owner)),
                Grouping::Standing => (usize::MAX - row.standing as usize, row.standing.as_str()),
                Grouping::Kind => (row.id.kind as usize, row.id.kind.as_str()),
            };
            groups.entry(key).or_default().push(at);
        }
        let mut lines = Vec::new();
        for ((_, value), rows) in groups {
            lines.push(Line::Group(value.to_owned(), rows.len()));
            lines.extend(rows.into_iter().map(Line::Row));
        }
        lines
    }
}

fn named(value: &str) -> (usize, &str) {
    (usize::from(value.is_empty()), value)
}

/// The values of the facets, numbered as they are met.
#[derive(Default)]
struct Values {
    names: BTreeMap<Facet, Vec<String>>,
    numbers: BTreeMap<Facet, BTreeMap<String, usize>>,
}

impl Values {
    fn number(&mut self, facet: Facet, value: &str) -> (Facet, usize) {
        let numbers = self.numbers.entry(facet).or_default();
        if let Some(number) = numbers.get(value) {
            return (facet, *number);
        }
        let number = numbers.len();
        numbers.insert(value.to_owned(), number);
        self.names.entry(facet).or_default().push(value.to_owned());
        (facet, number)
    }
}

fn row(context: Context<'_>, id: &EntityRef, values: &mut Values) -> Row {
    let index = context.index;
    let health = health(context, id);
    let latest = health.latest().map(|observation| observation.event.time);
    let mut cells = [CellState::Gap; 7];
    for (cell, answer) in cells.iter_mut().zip(answers(context, id)) {
        *cell = CellState::of(&answer);
    }
    let mut text = [index.title(id), "\n", &id.name].concat();
    for relation in index.relations_from(id) {
        for part in ["\n", &relation.to.name, "\n", index.title(&relation.to)] {
            text.push_str(part);
        }
    }
    let environment = index.environment_of(id).map(|environment| environment.name).unwrap_or_default();
    let mut of = vec![
        values.number(Facet::Environment, &environment),
        values.number(Facet::Standing, health.standing.as_str()),
        values.number(Facet::Age, Age::of(latest, context.now).as_str()),
    ];
    let owners: BTreeSet<&str> =
        index.targets(id, RelationKind::OwnedBy).map(|relation| relation.to.name.as_str()).collect();
    if owners.is_empty() {
        of.push(values.number(Facet::Owner, ""));
    }
    of.extend(owners.into_iter().map(|owner| values.number(Facet::Owner, owner)));
    let kinds: BTreeSet<GapKind> = index.gaps_of(id).flat_map(|gap| gap.kinds.iter().copied()).collect();
    of.extend(kinds.into_iter().map(|kind| values.number(Facet::Gap, kind.as_str())));
    Row {
        id: id.clone(),
        standing: health.standing,
        latest,
        gaps: index.gaps_of(id).count() + cells.iter().filter(|cell| **cell != CellState::Answered).count(),
        cells,
        name: index.title(id).to_lowercase(),
        text: text.to_lowercase(),
        values: of,
    }
}

/// Rows of texts as CSV (RFC 4180). A text that a spreadsheet would run as a formula gets a leading `'`.
///
/// ```
/// assert_eq!(ops_model::view::csv(&[vec!["a,b".into(), "=1+1".into()]]), "\"a,b\",'=1+1\r\n");
/// ```
#[must_use]
pub fn csv(rows: &[Vec<String>]) -> String {
    let field = |text: &String| {
        let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
        let text = [guard, text].concat();
        if text.contains([',', '"', '\r', '\n']) {
            return ["\"", &text.replace('"', "\"\""), "\""].concat();
        }
        text
    };
    rows.iter().map(|row| [row.iter().map(field).collect::<Vec<_>>().join(","), "\r\n".to_owned()].concat()).collect()
}

/// Rows of texts as a JSON array of objects; the first row names the keys.
#[must_use]
pub fn json(rows: &[Vec<String>]) -> String {
    let Some((keys, rows)) = rows.split_first() else { return "[]".to_owned() };
    let object = |row: &Vec<String>| keys.iter().cloned().zip(row.iter().cloned()).collect::<BTreeMap<_, _>>();
    serde_json::to_string_pretty(&rows.iter().map(object).collect::<Vec<_>>()).unwrap_or_default()
}
