//! The catalog while it is being made.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use ops_model::{
    Catalog, Entity, EntityKind, EntityRef, Fact, Gap, ImportNote, Relation, RelationKind, Source, Statement,
};

use super::{
    error::Mistake,
    gaps,
    lines::Lines,
    names::{ends_before, fold, hash, is_exact, slug},
    nothing::says_nothing,
    text::Text,
};

/// A database or volume that a service's evidence names.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    /// The service.
    pub(crate) service: EntityRef,
    /// The database or volume.
    pub(crate) object: EntityRef,
    /// How the evidence calls it.
    pub(crate) title: String,
    /// Where it does so.
    pub(crate) offset: usize,
}

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
    /// The texts of the footnotes by their labels.
    pub(crate) footnotes: HashMap<String, String>,
    /// What services say of the databases and volumes behind them.
    pub(crate) stored: Vec<Stored>,
    /// The data store of each resource.
    stores: HashMap<EntityRef, EntityRef>,
    /// The length of the longest title of each kind, in bytes.
    longest: BTreeMap<EntityKind, usize>,
    positions: BTreeMap<EntityRef, usize>,
    /// The first entity of each kind with a title, folded.
    titles: BTreeMap<EntityKind, HashMap<String, usize>>,
    /// The names of titles that the tables define, folded.
    names: BTreeMap<EntityKind, HashMap<String, Arc<str>>>,
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
            footnotes: HashMap::new(),
            stored: Vec::new(),
            stores: HashMap::new(),
            longest: BTreeMap::new(),
            positions: BTreeMap::new(),
            titles: BTreeMap::new(),
            names: BTreeMap::new(),
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

    /// Gives each title of a table its name, before any row is read: whatever the order of the rows, a title has
    /// the same name. Of titles that would share one, only the title that is that name keeps it; the others' names
    /// end with a hash of the title.
    pub(crate) fn name_all(&mut self, kind: EntityKind, titles: &[&str]) {
        let mut sharing: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let named = self.names.entry(kind).or_default();
        for title in titles.iter().map(|title| fold(title)) {
            let name = slug(&title);
            if !name.is_empty() && named.insert(title.clone(), name.as_str().into()).is_none() {
                sharing.entry(name).or_default().push(title);
            }
        }
        for (name, titles) in sharing.into_iter().filter(|(_, titles)| titles.len() > 1) {
            for title in titles.into_iter().filter(|title| !is_exact(&name, title)) {
                let own = format!("{name}-{}", hash(&title));
                named.insert(title, own.into());
            }
        }
    }

    /// The entity of this kind that a table defines and a text names: by its title, or by what its name is made of
    /// where that fits one title alone.
    pub(crate) fn named(&self, kind: EntityKind, given: &str) -> Option<EntityRef> {
        if let Some(name) = self.names.get(&kind).and_then(|names| names.get(&fold(given))) {
            return Some(EntityRef::new(kind, Arc::clone(name)));
        }
        let id = EntityRef::new(kind, slug(given));
        self.entity(&id).is_some().then_some(id)
    }

    /// A name for an entity that no table defines: the given one, with a hash of the title where an entity of another
    /// title has it.
    pub(crate) fn free(&self, kind: EntityKind, name: String, title: &str) -> EntityRef {
        let id = EntityRef::new(kind, name);
        match self.entity(&id) {
            Some(other) if fold(&other.title) != fold(title) => {
                EntityRef::new(kind, format!("{}-{}", id.name, hash(title)))
            }
            _ => id,
        }
    }

    /// An entity that a table's row defines. Its title is new, or the row is wrong.
    pub(crate) fn define(&mut self, kind: EntityKind, cell: &Text) -> EntityRef {
        self.define_as(kind, cell.trimmed(), cell)
    }

    /// As [`Self::define`], where the title is a part of the cell.
    pub(crate) fn define_as(&mut self, kind: EntityKind, title: &str, cell: &Text) -> EntityRef {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = self.names.get(&kind).and_then(|names| names.get(&fold(&title)));
        let id = EntityRef::new(kind, name.map_or_else(|| slug(&title).into(), Arc::clone));
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
        self.mention(id.clone(), &title, cell.start());
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
        let longest = self.longest.entry(id.kind).or_default();
        *longest = title.len().max(*longest);
        self.positions.insert(id.clone(), at);
        self.titles.entry(id.kind).or_default().entry(fold(title)).or_insert(at);
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
        let at = self.titles.get(&kind)?.get(&fold(title))?;
        self.catalog.entities.get(*at)
    }

    /// The length of the longest title of a kind, in bytes.
    pub(crate) fn longest_title(&self, kind: EntityKind) -> usize {
        self.longest.get(&kind).copied().unwrap_or_default()
    }

    /// Whether a title begins with another title that a table gives to this kind.
    pub(crate) fn is_begun_by_other(&self, kind: EntityKind, title: &str) -> bool {
        let Some(names) = self.names.get(&kind) else { return false };
        let title = fold(title);
        let ends = title.match_indices(' ').map(|(at, _)| at);
        ends.filter_map(|end| title.split_at_checked(end))
            .any(|(begun, rest)| names.contains_key(begun) && ends_before(rest))
    }

    /// The data store that is stored in a resource.
    pub(crate) fn store_of(&self, object: &EntityRef) -> Option<EntityRef> {
        self.stores.get(object).cloned()
    }

    /// The entity of this kind with the longest title that a text starts with, at a word's end; and what
    /// of the text comes after it.
    pub(crate) fn begun_by<'t>(&self, kind: EntityKind, text: &'t str) -> Option<(&Entity, &'t str)> {
        let ends = text.char_indices().map(|(at, _)| at).skip(1).chain([text.len()]);
        let ends: Vec<usize> = ends.collect();
        ends.into_iter().rev().find_map(|end| {
            let (title, rest) = text.split_at_checked(end)?;
            Some((self.titled(kind, title).filter(|_| ends_before(rest))?, rest))
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

    /// Records a whole cell as a fact, unless it says nothing.
    pub(crate) fn cell(&mut self, id: &EntityRef, key: &str, cell: &Text) {
        if !says_nothing(cell.trimmed()) {
            self.fact(id, key, cell.trimmed(), cell.start());
        }
    }

    pub(crate) fn relate(&mut self, from: &EntityRef, kind: RelationKind, to: &EntityRef, offset: usize) {
        self.relate_at(from, kind, to, self.lines.place(offset));
    }

    /// As [`Self::relate`], where the place is known as line and column.
    pub(crate) fn relate_at(&mut self, from: &EntityRef, kind: RelationKind, to: &EntityRef, source: Source) {
        if self.related.insert((from.clone(), kind, to.clone())) {
            if kind == RelationKind::StoredIn && to.kind == EntityKind::Resource {
                self.stores.entry(to.clone()).or_insert_with(|| from.clone());
            }
            self.catalog.relations.push(Relation { from: from.clone(), kind, to: to.clone(), source });
        }
    }

    /// Records what a cell says is missing.
    pub(crate) fn gaps(&mut self, id: &EntityRef, cell: &Text) {
        let found = gaps::read(cell);
        for missing in found.missing {
            let source = self.lines.place(cell.source_at(missing.at));
            self.catalog.gaps.push(Gap { subject: id.clone(), text: missing.text, kinds: missing.kinds, source });
        }
        if found.remark {
            let reason = "it says that nothing is missing, so that what stands beside that is no gap";
            self.note(cell, Some(id), reason);
        }
    }

    /// Keeps a sentence of the section that is read.
    pub(crate) fn statement(&mut self, text: &str, about: Option<EntityRef>, offset: usize) {
        let (section, source) = (self.section.clone(), self.lines.place(offset));
        self.catalog.context.push(Statement { section, text: text.to_owned(), about, source });
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
}
