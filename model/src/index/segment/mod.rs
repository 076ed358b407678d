//! A part of a catalog, as one page brings it: flat lists that refer to each other by place.
//!
//! It is read as a [`draft`], then ordered and packed: [`records`] says what belongs to which entity,
//! [`titles`] what they are called, [`lines`] what is said of them, [`places`] where it stands in the
//! inventory, [`order`] which relations lead to them.

mod draft;
mod lines;
mod order;
mod places;
mod records;
mod titles;

pub(super) use draft::Draft;

use super::{NONE, names::count};
use crate::{
    catalog::Source,
    entity::{EntityKind, Fact, RelationKind, keys},
    gap::GapKind,
};
use lines::Lines;
use order::Order;
use places::Places;
use records::{Column, Records};
use titles::Titles;

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
    titles: Titles,
    /// The texts of the facts.
    text: String,
    said: Vec<Said>,
    /// To where, with the kind of the relation in the lowest three bits.
    links: Lines,
    /// The same with the number that each is about, by that number, and where it stands.
    stray_links: Vec<(u32, u32, u32)>,
    /// The places of the links, strays last, in the order of what they lead to.
    incoming: Order,
    /// What is missing.
    gaps: Lines,
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
        self.places.get(self.place(at))
    }

    fn place(&self, at: usize) -> u32 {
        self.records.get(at, Column::Place).unwrap_or_default()
    }

    /// The title of the entity at a place, in parts, by its name.
    pub(super) fn title<'a>(&'a self, at: usize, name: &'a str) -> [&'a str; 3] {
        self.titles.get(self.title_number(at), name)
    }

    /// The number of the title of the entity at a place.
    pub(super) fn title_number(&self, at: usize) -> u32 {
        self.records.get(at, Column::Title).unwrap_or_default()
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
        self.facts(at).map(fact).collect::<Vec<_>>()
    }

    /// Visits the relations that start at the entity at a place.
    pub(super) fn each_link(&self, at: usize, visit: &mut dyn FnMut(&Link)) {
        let (from, own) = (self.number(at).unwrap_or_default(), self.place(at));
        for (to, place) in self.records.range(at, Column::Links).filter_map(|nth| self.links.get(nth, own)) {
            visit(&self.link((from, to, place)));
        }
    }

    /// Visits the gaps of the entity at a place.
    pub(super) fn each_gap<'a>(&'a self, at: usize, visit: &mut dyn FnMut(&'a Self, &Missing)) {
        let (subject, own) = (self.number(at).unwrap_or_default(), self.place(at));
        for (what, place) in self.records.range(at, Column::Gaps).filter_map(|nth| self.gaps.get(nth, own)) {
            visit(self, &self.missing((subject, what, place)));
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
        let (mut low, mut high) = (0, self.incoming.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.target(middle) < number {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        while low < self.incoming.len() && self.target(low) == number {
            let at = self.incoming.get(low).unwrap_or_default() as usize;
            low += 1;
            if at < self.links.len() {
                let holder = self.holder(at);
                let from = self.number(holder).unwrap_or_default();
                let link = self.links.get(at, self.place(holder));
                link.iter().for_each(|(to, place)| visit(&self.link((from, *to, *place))));
            } else {
                self.stray_links.get(at - self.links.len()).iter().for_each(|stray| visit(&self.link(**stray)));
            }
        }
    }

    /// The numbers that relations lead to, in order, as often as they do.
    pub(super) fn targets(&self) -> impl Iterator<Item = u32> {
        (0..self.incoming.len()).map(|nth| self.target(nth))
    }

    fn target(&self, nth: usize) -> u32 {
        self.incoming.get(nth).map_or(NONE, |place| self.to(place as usize))
    }

    /// Where the relation at a place leads, strays last.
    fn to(&self, at: usize) -> u32 {
        let stray = || self.stray_links.get(at - self.links.len()).map(|(_, to, _)| *to);
        self.links.said(at).or_else(stray).unwrap_or_default() >> 3
    }

    /// The place of the entity that the relation at a place is about.
    fn holder(&self, place: usize) -> usize {
        let (mut low, mut high) = (0, self.len());
        while high - low > 1 {
            let middle = low.midpoint(high);
            if self.records.get(middle, Column::Links).is_some_and(|start| start as usize <= place) {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
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

    /// Forgets what a draft took in, and keeps the room.
    fn clear(&mut self) {
        self.titles.clear();
        self.text.clear();
        self.said.clear();
        self.whats.clear();
        self.words.clear();
        self.places.clear();
        self.kinds = Default::default();
    }

    /// How many bytes it takes.
    pub(super) const fn bytes(&self) -> usize {
        let texts = self.titles.bytes() + self.text.capacity() + self.words.capacity();
        let strays = self.stray_links.capacity() + self.stray_gaps.capacity();
        let lists = self.said.capacity() * size_of::<Said>() + self.whats.capacity() * size_of::<What>() + strays * 12;
        let lines = self.links.bytes() + self.gaps.bytes() + self.incoming.bytes();
        texts + lists + lines + self.records.bytes() + self.places.bytes()
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
