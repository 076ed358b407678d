//! A part of a catalog, as one page brings it: flat lists that refer to each other by place.
//!
//! It is read as a [`draft`], then ordered and packed: [`records`] says what belongs to which entity,
//! [`places`] where it stands in the inventory.

mod draft;
mod places;
mod records;

pub(super) use draft::Draft;

use super::names::count;
use crate::gather::Gather;
use crate::{
    catalog::Source,
    entity::{EntityKind, Fact, RelationKind, keys},
    gap::GapKind,
};
use places::Places;
use records::{Column, Records};

/// A fact: its key is one of [`keys::ALL`], or stands in the text just before the value.
#[derive(Clone, Copy, Debug)]
struct Said {
    key: u8,
    start: u32,
    end: u32,
    place: u32,
}

/// What is missing, of one entity or of many: where its words end, which begin where those before end;
/// its kinds in their order, four bits each, the first lowest, 0 for none.
#[derive(Clone, Copy, Debug)]
struct What {
    end: u32,
    kinds: (u32, u32),
}

/// A relation between two numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    /// The entity that it is about.
    pub(crate) from: u32,
    /// The one at the other end.
    pub(crate) to: u32,
    /// How they stand to each other.
    pub(crate) kind: RelationKind,
    /// Where the inventory says so.
    pub(super) source: Source,
}

/// A gap.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Missing {
    pub(super) subject: u32,
    what: u32,
    pub(super) source: Source,
}

/// Part of a catalog. What is said of its entities stands in their order; what is said of entities of
/// other segments, or of none, is a stray.
#[derive(Clone, Debug, Default)]
pub(crate) struct Segment {
    records: Records,
    /// The titles that are no names.
    titles: String,
    /// The texts of the facts.
    text: String,
    said: Vec<Said>,
    /// To where, with the kind of the relation in the lowest three bits; where it stands.
    links: Vec<(u32, u32)>,
    /// The same with the number that each is about, by that number.
    stray_links: Vec<(u32, u32, u32)>,
    /// The places of the links, strays last, in the order of what they lead to.
    incoming: Vec<u32>,
    /// What is missing; where it stands.
    gaps: Vec<(u32, u32)>,
    /// The same with the number that each is about, by that number.
    stray_gaps: Vec<(u32, u32, u32)>,
    whats: Vec<What>,
    words: String,
    places: Places,
    /// How many entities there are of each kind.
    pub(super) kinds: [u32; EntityKind::ALL.len()],
}

const UNKNOWN: u8 = u8::MAX;

impl Segment {
    /// How many entities there are.
    pub(super) const fn len(&self) -> usize {
        self.records.len()
    }

    /// The number of the entity at a place.
    pub(super) fn number(&self, at: usize) -> Option<u32> {
        self.records.get(at, Column::Number).filter(|_| at < self.len())
    }

    /// Where the entity at a place stands in the inventory.
    pub(super) fn source(&self, at: usize) -> Source {
        self.records.get(at, Column::Place).map(|place| self.places.get(place)).unwrap_or_default()
    }

    /// The title of the entity at a place; `None` where it is the entity's name.
    pub(super) fn title(&self, at: usize) -> Option<&str> {
        let range = self.records.range(at, Column::Title);
        if range.start & 1 == 1 {
            return None;
        }
        Some(self.titles.get(range.start >> 1..range.end >> 1).unwrap_or_default())
    }

    /// The facts of the entity at a place: key, value, where it stands.
    pub(super) fn facts(&self, at: usize) -> impl Iterator<Item = (&str, &str, Source)> {
        self.records.range(at, Column::Facts).filter_map(move |place| {
            let said = self.said.get(place)?;
            let before = place.checked_sub(1).and_then(|before| self.said.get(before)).map_or(0, |before| before.end);
            let slice = |start: u32, end: u32| self.text.get(start as usize..end as usize).unwrap_or_default();
            let key = keys::ALL.get(said.key as usize).copied().unwrap_or_else(|| slice(before, said.start));
            Some((key, slice(said.start, said.end), self.places.get(said.place)))
        })
    }

    /// The fact of the entity at a place that has this key.
    pub(super) fn fact(&self, at: usize, key: &str) -> Option<(&str, Source)> {
        self.facts(at).find(|(of, ..)| *of == key).map(|(_, value, source)| (value, source))
    }

    /// All facts of the entity at a place.
    pub(super) fn all_facts(&self, at: usize) -> Vec<Fact> {
        let fact = |(key, value, source): (&str, &str, Source)| Fact { key: key.into(), value: value.into(), source };
        self.facts(at).map(fact).gathered()
    }

    /// Visits the relations that start at the entity at a place.
    pub(super) fn each_link(&self, at: usize, visit: &mut dyn FnMut(&Link)) {
        let from = self.number(at).unwrap_or_default();
        for (to, place) in self.links.get(self.records.range(at, Column::Links)).unwrap_or_default() {
            visit(&self.link((from, *to, *place)));
        }
    }

    /// Visits the gaps of the entity at a place.
    pub(super) fn each_gap<'a>(&'a self, at: usize, visit: &mut dyn FnMut(&'a Self, &Missing)) {
        let subject = self.number(at).unwrap_or_default();
        for (what, place) in self.gaps.get(self.records.range(at, Column::Gaps)).unwrap_or_default() {
            visit(self, &self.missing((subject, *what, *place)));
        }
    }

    /// Visits the relations that are about entities of other segments or of none: of this number, or of all.
    pub(super) fn each_stray_link(&self, number: Option<u32>, visit: &mut dyn FnMut(&Link)) {
        of_number(&self.stray_links, number).iter().for_each(|stray| visit(&self.link(*stray)));
    }

    /// Visits the gaps of entities of other segments or of none: of this number, or of all.
    pub(super) fn each_stray_gap<'a>(&'a self, number: Option<u32>, visit: &mut dyn FnMut(&'a Self, &Missing)) {
        of_number(&self.stray_gaps, number).iter().for_each(|stray| visit(self, &self.missing(*stray)));
    }

    /// Whether it says something about entities of other segments, or of none.
    pub(super) const fn has_strays(&self) -> bool {
        !self.stray_links.is_empty() || !self.stray_gaps.is_empty()
    }

    /// Visits the relations that end at a number, in their order.
    pub(super) fn each_to(&self, number: u32, visit: &mut dyn FnMut(&Link)) {
        let start = self.incoming.partition_point(|place| self.to(*place) < number);
        for place in self.incoming.get(start..).unwrap_or_default() {
            if self.to(*place) != number {
                return;
            }
            let at = *place as usize;
            let own = self.links.get(at).map(|(to, source)| (self.holder(*place), *to, *source));
            let link = own.or_else(|| self.stray_links.get(at - self.links.len()).copied());
            link.iter().for_each(|link| visit(&self.link(*link)));
        }
    }

    /// The numbers that relations lead to, in order, as often as they do.
    pub(super) fn targets(&self) -> impl Iterator<Item = u32> {
        self.incoming.iter().map(|place| self.to(*place))
    }

    /// Where the relation at a place leads, strays last.
    fn to(&self, place: u32) -> u32 {
        let at = place as usize;
        let own = self.links.get(at).map(|(to, _)| *to);
        own.or_else(|| self.stray_links.get(at - self.links.len()).map(|(_, to, _)| *to)).unwrap_or_default() >> 3
    }

    /// The number of the entity that the relation at a place is about.
    fn holder(&self, place: u32) -> u32 {
        let (mut low, mut high) = (0, self.len());
        while high - low > 1 {
            let middle = low.midpoint(high);
            if self.records.get(middle, Column::Links).is_some_and(|start| start <= place) {
                low = middle;
            } else {
                high = middle;
            }
        }
        self.number(low).unwrap_or_default()
    }

    fn link(&self, (from, to, place): (u32, u32, u32)) -> Link {
        let kind = RelationKind::ALL.get((to & 7) as usize).copied().unwrap_or(RelationKind::RunsOn);
        Link { from, to: to >> 3, kind, source: self.places.get(place) }
    }

    fn missing(&self, (subject, what, place): (u32, u32, u32)) -> Missing {
        Missing { subject, what, source: self.places.get(place) }
    }

    /// The words of a gap.
    pub(super) fn words_of(&self, gap: &Missing) -> &str {
        self.words(gap.what)
    }

    fn words(&self, what: u32) -> &str {
        let end = |at: usize| self.whats.get(at).map_or(0, |what| what.end as usize);
        let at = what as usize;
        self.words.get(at.checked_sub(1).map_or(0, end)..end(at)).unwrap_or_default()
    }

    /// The kinds of a gap in their order.
    pub(crate) fn kinds_of(&self, gap: &Missing) -> impl Iterator<Item = GapKind> + use<> {
        let (low, high) = self.whats.get(gap.what as usize).map_or((0, 0), |what| what.kinds);
        let packed = u64::from(low) | u64::from(high) << 32;
        let kind =
            move |nth: u32| GapKind::ALL.get(usize::try_from(packed >> (4 * nth) & 15).ok()?.checked_sub(1)?).copied();
        (0..16).map_while(kind)
    }

    /// How many bytes it takes.
    pub(super) const fn bytes(&self) -> usize {
        let texts = self.titles.capacity() + self.text.capacity() + self.words.capacity();
        let strays = self.stray_links.capacity() + self.stray_gaps.capacity();
        let lists = self.said.capacity() * size_of::<Said>()
            + self.whats.capacity() * size_of::<What>()
            + (self.links.capacity() + self.gaps.capacity()) * 8
            + strays * 12
            + self.incoming.capacity() * 4;
        texts + lists + self.records.bytes() + self.places.bytes()
    }
}

/// Those of a number, or all.
fn of_number(strays: &[(u32, u32, u32)], number: Option<u32>) -> &[(u32, u32, u32)] {
    let Some(number) = number else { return strays };
    let start = strays.partition_point(|(of, ..)| *of < number);
    let rest = strays.get(start..).unwrap_or_default();
    rest.get(..rest.partition_point(|(of, ..)| *of == number)).unwrap_or_default()
}

/// The places of `count` items in the order of their keys, all of which are below `keys`; what is equal
/// keeps its order. Takes as long as there are items and keys.
pub(crate) fn counted(count: usize, keys: usize, key: &dyn Fn(usize) -> usize) -> Vec<u32> {
    let mut starts = vec![0_u32; keys + 1];
    for at in 0..count {
        if let Some(start) = starts.get_mut(key(at) + 1) {
            *start += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut order = vec![0_u32; count];
    for at in 0..count {
        if let Some(start) = starts.get_mut(key(at)) {
            if let Some(slot) = order.get_mut(*start as usize) {
                *slot = u32::try_from(at).unwrap_or(u32::MAX);
            }
            *start += 1;
        }
    }
    order
}
