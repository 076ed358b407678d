//! The catalog while it is being made.

use std::collections::{BTreeMap, HashMap, HashSet};

use ops_model::{
    Catalog, Entity, EntityKind, EntityRef, Fact, Gap, ImportNote, Relation, RelationKind, Source, entity::keys,
};

use super::{
    error::Mistake,
    gaps,
    names::{slug, suggestion},
    text::{Lines, Text},
};

/// What every reader of a section writes to. What is looked up for each row has an index: an inventory may
/// have 100,000 rows.
#[derive(Debug)]
pub(crate) struct Builder<'a> {
    /// The document.
    pub(crate) lines: &'a Lines<'a>,
    /// What is made so far.
    pub(crate) catalog: Catalog,
    /// The heading of the section that is read.
    pub(crate) section: String,
    /// What could not be read so far.
    pub(crate) mistakes: Vec<Mistake>,
    /// Whether the environments are known: where their table is not there, no other is wrong about them.
    pub(crate) knows_environments: bool,
    positions: BTreeMap<EntityRef, usize>,
    /// The first entity of each kind with a title, in lower case.
    titles: BTreeMap<EntityKind, HashMap<String, usize>>,
    related: HashSet<(EntityRef, RelationKind, EntityRef)>,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(lines: &'a Lines<'a>) -> Self {
        Self {
            lines,
            catalog: Catalog::default(),
            section: String::new(),
            mistakes: Vec::new(),
            knows_environments: true,
            positions: BTreeMap::new(),
            titles: BTreeMap::new(),
            related: HashSet::new(),
        }
    }

    /// Notes what cannot be read, and where. Reading goes on, so that all of it is found at once.
    pub(crate) fn mistake(&mut self, text: &Text, message: impl Into<String>, cure: impl Into<String>) {
        self.mistakes.push(Mistake::text(self.lines, text, message, cure));
    }

    /// The same for the bytes from `start` to `end`.
    pub(crate) fn mistake_at(&mut self, start: usize, end: usize, message: impl Into<String>, cure: impl Into<String>) {
        self.mistakes.push(Mistake::at(self.lines, start, end, message, cure));
    }

    /// An entity that a table's row defines. Its name is new, or the row is wrong.
    pub(crate) fn define(&mut self, kind: EntityKind, name: String, cell: &Text) -> EntityRef {
        let id = EntityRef::new(kind, name);
        if let Some(entity) = self.entity(&id) {
            let message = format!("the {} '{}' is there twice", kind, entity.title);
            let cure = format!(
                "it stands in line {} already; give one of the two another name, or remove it",
                entity.source.line
            );
            self.mistake(cell, message, cure);
            return id;
        }
        if id.name.is_empty() {
            let message = format!("this {kind} has no name: '{}'", cell.trimmed());
            self.mistake(cell, message, "write a name with at least one letter or digit");
            return id;
        }
        self.mention(id.clone(), cell.trimmed(), cell.start());
        id
    }

    /// An entity that is named somewhere; made where it is not known yet.
    pub(crate) fn mention(&mut self, id: EntityRef, title: &str, offset: usize) {
        self.mention_at(id, title, self.lines.place(offset));
    }

    /// As [`Self::mention`], where the place is known as line and column.
    pub(crate) fn mention_at(&mut self, id: EntityRef, title: &str, source: Source) {
        if let Some(entity) = self.positions.get(&id).and_then(|at| self.catalog.entities.get_mut(*at)) {
            entity.source = entity.source.min(source);
            return;
        }
        let at = self.catalog.entities.len();
        self.positions.insert(id.clone(), at);
        self.titles.entry(id.kind).or_default().entry(title.to_ascii_lowercase()).or_insert(at);
        self.catalog.entities.push(Entity { id, title: title.to_owned(), facts: Vec::new(), source });
    }

    pub(crate) fn entity(&self, id: &EntityRef) -> Option<&Entity> {
        self.positions.get(id).and_then(|at| self.catalog.entities.get(*at))
    }

    pub(crate) fn of_kind(&self, kind: EntityKind) -> impl Iterator<Item = &Entity> {
        self.catalog.entities.iter().filter(move |entity| entity.id.kind == kind)
    }

    /// The entity of this kind with this title, compared without case.
    pub(crate) fn titled(&self, kind: EntityKind, title: &str) -> Option<&Entity> {
        let at = self.titles.get(&kind)?.get(&title.to_ascii_lowercase())?;
        self.catalog.entities.get(*at)
    }

    /// The entity of this kind with the longest title that a text starts with, at a word's end; and what
    /// of the text comes after it.
    pub(crate) fn begun_by<'t>(&self, kind: EntityKind, text: &'t str) -> Option<(&Entity, &'t str)> {
        let ends = text.char_indices().map(|(at, _)| at).skip(1).chain([text.len()]);
        let ends: Vec<usize> = ends.collect();
        ends.into_iter().rev().find_map(|end| {
            let (title, rest) = text.split_at_checked(end)?;
            let is_word = !rest.starts_with(|next: char| next.is_alphanumeric());
            Some((self.titled(kind, title).filter(|_| is_word)?, rest))
        })
    }

    /// Records a fact; an empty value is none.
    pub(crate) fn fact(&mut self, id: &EntityRef, key: &str, value: &str, offset: usize) {
        self.fact_at(id, key, value, self.lines.place(offset));
    }

    /// As [`Self::fact`], where the place is known as line and column.
    pub(crate) fn fact_at(&mut self, id: &EntityRef, key: &str, value: &str, source: Source) {
        let fact = Fact { key: key.to_owned(), value: value.trim().to_owned(), source };
        if fact.value.is_empty() {
            return;
        }
        if let Some(entity) = self.positions.get(id).and_then(|at| self.catalog.entities.get_mut(*at))
            && !entity.facts.iter().any(|known| known.key == fact.key && known.value == fact.value)
        {
            entity.facts.push(fact);
        }
    }

    /// Records a whole cell as a fact.
    pub(crate) fn cell(&mut self, id: &EntityRef, key: &str, cell: &Text) {
        self.fact(id, key, cell.trimmed(), cell.start());
    }

    pub(crate) fn relate(&mut self, from: &EntityRef, kind: RelationKind, to: &EntityRef, offset: usize) {
        self.relate_at(from, kind, to, self.lines.place(offset));
    }

    /// As [`Self::relate`], where the place is known as line and column.
    pub(crate) fn relate_at(&mut self, from: &EntityRef, kind: RelationKind, to: &EntityRef, source: Source) {
        if self.related.insert((from.clone(), kind, to.clone())) {
            self.catalog.relations.push(Relation { from: from.clone(), kind, to: to.clone(), source });
        }
    }

    /// Records what a cell says is missing.
    pub(crate) fn gaps(&mut self, id: &EntityRef, cell: &Text) {
        for missing in gaps::split(&cell.plain) {
            let source = self.lines.place(cell.source_at(missing.at));
            self.catalog.gaps.push(Gap { subject: id.clone(), text: missing.text, kinds: missing.kinds, source });
        }
    }

    /// Keeps what could not be placed.
    pub(crate) fn note(&mut self, text: &Text, about: Option<&EntityRef>, reason: impl Into<String>) {
        self.note_at(text.trimmed(), about, reason, self.lines.place(text.start()));
    }

    /// As [`Self::note`], where the place is known as line and column.
    pub(crate) fn note_at(&mut self, text: &str, about: Option<&EntityRef>, reason: impl Into<String>, source: Source) {
        let (section, text) = (self.section.clone(), text.to_owned());
        self.catalog.notes.push(ImportNote { section, text, reason: reason.into(), about: about.cloned(), source });
    }

    /// The environment of a cell: related where it names one that is defined, kept in words and
    /// noted where it is prose. A single word or code span that names none is a mistake. Gives the
    /// environment that was related, and where the cell names it.
    pub(crate) fn environment(
        &mut self,
        id: &EntityRef,
        kind: RelationKind,
        cell: &Text,
    ) -> Option<(EntityRef, usize)> {
        let (given, offset) = match cell.codes().next() {
            Some(code) => (code.text, code.source),
            None => (cell.trimmed(), cell.start()),
        };
        let environment = EntityRef::new(EntityKind::Environment, slug(given));
        if self.entity(&environment).is_some() {
            self.relate(id, kind, &environment, offset);
            return Some((environment, offset));
        }
        if given.is_empty() {
            self.note(cell, Some(id), "the cell is empty; name an environment of the table 'Environments'");
            return None;
        }
        if cell.codes().next().is_none() && given.contains(|char: char| char.is_whitespace() || char == '/') {
            self.cell(id, keys::ENVIRONMENT_TEXT, cell);
            let reason = "no environment of that name is in the table 'Environments'; name one of it to place this";
            self.note(cell, Some(id), reason);
            return None;
        }
        let known = suggestion(given, self.of_kind(EntityKind::Environment).map(|entity| entity.title.as_str()));
        let message = format!("unknown environment '{given}'");
        if self.knows_environments {
            self.mistake(cell, message, format!("{known}; or add it to the table 'Environments'"));
        }
        None
    }
}
