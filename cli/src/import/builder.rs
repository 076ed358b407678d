//! The catalog while it is being made.

use std::collections::BTreeMap;

use ops_model::{
    Catalog, Entity, EntityKind, EntityRef, Fact, Gap, ImportNote, Relation, RelationKind, Source, entity::keys,
};

use super::{
    error::ImportError,
    gaps,
    names::{slug, suggestion},
    text::{Lines, Text},
};

/// What every reader of a section writes to.
#[derive(Debug)]
pub(crate) struct Builder<'a> {
    /// The document.
    pub(crate) lines: &'a Lines<'a>,
    /// What is made so far.
    pub(crate) catalog: Catalog,
    /// The heading of the section that is read.
    pub(crate) section: String,
    positions: BTreeMap<EntityRef, usize>,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(lines: &'a Lines<'a>) -> Self {
        Self { lines, catalog: Catalog::default(), section: String::new(), positions: BTreeMap::new() }
    }

    /// An entity that a table's row defines. Its name is new, or the row is wrong.
    pub(crate) fn define(&mut self, kind: EntityKind, name: String, cell: &Text) -> miette::Result<EntityRef> {
        let id = EntityRef::new(kind, name);
        if let Some(entity) = self.entity(&id) {
            let message = format!("the {} '{}' is there twice", kind, entity.title);
            let cure = format!(
                "it stands in line {} already; give one of the two another name, or remove it",
                entity.source.line
            );
            return Err(ImportError::text(self.lines, cell, message, cure));
        }
        if id.name.is_empty() {
            let message = format!("this {kind} has no name: '{}'", cell.trimmed());
            return Err(ImportError::text(self.lines, cell, message, "write a name with at least one letter or digit"));
        }
        self.mention(id.clone(), cell.trimmed(), cell.start());
        Ok(id)
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
        self.positions.insert(id.clone(), self.catalog.entities.len());
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
        self.of_kind(kind).find(|entity| entity.title.eq_ignore_ascii_case(title))
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
        let known = |relation: &Relation| relation.from == *from && relation.kind == kind && relation.to == *to;
        if !self.catalog.relations.iter().any(known) {
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
    ) -> miette::Result<Option<(EntityRef, usize)>> {
        let (given, offset) = match cell.codes().next() {
            Some(code) => (code.text, code.source),
            None => (cell.trimmed(), cell.start()),
        };
        let environment = EntityRef::new(EntityKind::Environment, slug(given));
        if self.entity(&environment).is_some() {
            self.relate(id, kind, &environment, offset);
            return Ok(Some((environment, offset)));
        }
        if given.is_empty() {
            self.note(cell, Some(id), "the cell is empty; name an environment of the table 'Environments'");
            return Ok(None);
        }
        if cell.codes().next().is_none() && given.contains(|char: char| char.is_whitespace() || char == '/') {
            self.cell(id, keys::ENVIRONMENT_TEXT, cell);
            let reason = "no environment of that name is in the table 'Environments'; name one of it to place this";
            self.note(cell, Some(id), reason);
            return Ok(None);
        }
        let known = suggestion(given, self.of_kind(EntityKind::Environment).map(|entity| entity.title.as_str()));
        let message = format!("unknown environment '{given}'");
        Err(ImportError::text(self.lines, cell, message, format!("{known}; or add it to the table 'Environments'")))
    }
}
