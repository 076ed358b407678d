//! A part of a catalog, as one page brings it: flat lists that refer to each other by place.

use super::names::count;
use crate::gather::Gather;
use crate::{
    catalog::Source,
    entity::{EntityKind, Fact, RelationKind, keys},
    gap::GapKind,
};

/// An entity of a segment. What belongs to it begins here and ends where that of the next one begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record {
    pub(super) number: u32,
    /// Its title in the segment's text; its facts' texts follow.
    title: (u32, u32),
    facts: u32,
    links: u32,
    gaps: u32,
    pub(super) source: Source,
}

/// A fact: its key is one of [`keys::ALL`], or stands in the text just before the value.
#[derive(Clone, Copy, Debug)]
struct Said {
    key: u8,
    start: u32,
    end: u32,
    source: Source,
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

/// A gap; its kinds in their order, four bits each, the first lowest, 0 for none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Missing {
    pub(super) subject: u32,
    text: (u32, u32),
    kinds: (u32, u32),
    pub(super) source: Source,
}

/// Part of a catalog. Its relations and gaps stand in the order of the entities that they are about;
/// those about entities of other segments come last, by number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Segment {
    text: String,
    pub(super) records: Vec<Record>,
    said: Vec<Said>,
    pub(super) links: Vec<Link>,
    /// The places of the links in the order of what they lead to.
    incoming: Vec<u32>,
    pub(super) gaps: Vec<Missing>,
    /// How many entities there are of each kind.
    pub(super) kinds: [u32; EntityKind::ALL.len()],
    /// Where relations and gaps begin that are about entities of other segments.
    strays: (usize, usize),
}

const UNKNOWN: u8 = u8::MAX;

impl Segment {
    /// Takes in an entity.
    pub(super) fn entity<'t>(
        &mut self,
        (number, kind): (u32, EntityKind),
        title: &str,
        source: Source,
        facts: impl Iterator<Item = (&'t str, &'t str, Source)>,
    ) {
        let title = self.keep(title);
        self.records.push(Record { number, title, facts: count(self.said.len()), links: 0, gaps: 0, source });
        for (key, value, source) in facts {
            let known = keys::ALL.iter().position(|known| *known == key);
            if known.is_none() {
                self.text.push_str(key);
            }
            let (start, end) = self.keep(value);
            let key = known.and_then(|known| u8::try_from(known).ok()).unwrap_or(UNKNOWN);
            self.said.push(Said { key, start, end, source });
        }
        if let Some(count) = self.kinds.get_mut(kind as usize) {
            *count += 1;
        }
    }

    /// Takes in a relation.
    pub(super) fn link(&mut self, from: u32, kind: RelationKind, to: u32, source: Source) {
        self.links.push(Link { from, to, kind, source });
    }

    /// Takes in a gap.
    pub(super) fn gap(&mut self, subject: u32, text: &str, kinds: &[GapKind], source: Source) {
        let (mut packed, mut shift) = (0_u64, 0);
        for (at, kind) in kinds.iter().enumerate() {
            if !kinds.get(..at).unwrap_or_default().contains(kind) {
                packed |= (*kind as u64 + 1) << shift;
                shift += 4;
            }
        }
        let text = self.keep(text);
        let kinds = ((packed & 0xffff_ffff) as u32, (packed >> 32) as u32);
        self.gaps.push(Missing { subject, text, kinds, source });
    }

    fn keep(&mut self, text: &str) -> (u32, u32) {
        let start = count(self.text.len());
        self.text.push_str(text);
        (start, count(self.text.len()))
    }

    /// Orders what was taken in. `place` gives the place in this segment of a number's entity, if it
    /// is here; `numbers` is how many numbers there are.
    pub(super) fn finish(&mut self, place: &dyn Fn(u32) -> Option<u32>, numbers: usize) {
        let strays = self.records.len();
        let home = |number: u32| place(number).map_or(strays + number as usize, |place| place as usize);
        let keys = strays + numbers;
        let order = counted(self.links.len(), keys, &|at| self.links.get(at).map_or(0, |link| home(link.from)));
        self.links = order.iter().filter_map(|at| self.links.get(*at as usize).copied()).gathered();
        self.incoming = counted(self.links.len(), numbers, &|at| self.links.get(at).map_or(0, |link| link.to as usize));
        let order = counted(self.gaps.len(), keys, &|at| self.gaps.get(at).map_or(0, |gap| home(gap.subject)));
        self.gaps = order.iter().filter_map(|at| self.gaps.get(*at as usize).copied()).gathered();
        let (mut link, mut gap) = (0, 0);
        for at in 0..=strays {
            while self.links.get(link).is_some_and(|link| home(link.from) < at) {
                link += 1;
            }
            while self.gaps.get(gap).is_some_and(|gap| home(gap.subject) < at) {
                gap += 1;
            }
            match self.records.get_mut(at) {
                Some(record) => (record.links, record.gaps) = (count(link), count(gap)),
                None => self.strays = (link, gap),
            }
        }
        self.text.shrink_to_fit();
        self.records.shrink_to_fit();
        self.said.shrink_to_fit();
    }

    /// The title of an entity.
    pub(super) fn title(&self, record: &Record) -> &str {
        self.slice(record.title)
    }

    /// The facts of the entity at a place: key, value, where it stands.
    pub(super) fn facts(&self, at: usize) -> impl Iterator<Item = (&str, &str, Source)> {
        let start = self.records.get(at).map_or(0, |record| record.facts as usize);
        let end = self.records.get(at + 1).map_or(self.said.len(), |next| next.facts as usize);
        let title = self.records.get(at).map_or(0, |record| record.title.1);
        (start..end).filter_map(move |place| {
            let said = self.said.get(place)?;
            let before = if place == start { title } else { self.said.get(place - 1)?.end };
            let key = keys::ALL.get(said.key as usize).copied();
            let key = key.unwrap_or_else(|| self.slice((before, said.start)));
            Some((key, self.slice((said.start, said.end)), said.source))
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

    /// The relations that start at the entity at a place.
    pub(super) fn links_of(&self, at: usize) -> &[Link] {
        let start = self.records.get(at).map_or(0, |record| record.links as usize);
        let end = self.records.get(at + 1).map_or(self.strays.0, |next| next.links as usize);
        self.links.get(start..end).unwrap_or_default()
    }

    /// The gaps of the entity at a place.
    pub(super) fn gaps_of(&self, at: usize) -> &[Missing] {
        let start = self.records.get(at).map_or(0, |record| record.gaps as usize);
        let end = self.records.get(at + 1).map_or(self.strays.1, |next| next.gaps as usize);
        self.gaps.get(start..end).unwrap_or_default()
    }

    /// The relations that are about the entity of this number, where that is in another segment or in none.
    pub(super) fn strays_from(&self, number: u32) -> &[Link] {
        let strays = self.links.get(self.strays.0..).unwrap_or_default();
        let start = strays.partition_point(|link| link.from < number);
        let rest = strays.get(start..).unwrap_or_default();
        rest.get(..rest.partition_point(|link| link.from == number)).unwrap_or_default()
    }

    /// The gaps of the entity of this number, where that is in another segment or in none.
    pub(super) fn stray_gaps(&self, number: u32) -> &[Missing] {
        let strays = self.gaps.get(self.strays.1..).unwrap_or_default();
        let start = strays.partition_point(|gap| gap.subject < number);
        let rest = strays.get(start..).unwrap_or_default();
        rest.get(..rest.partition_point(|gap| gap.subject == number)).unwrap_or_default()
    }

    /// Whether it says something about entities of other segments, or of none.
    pub(super) fn has_strays(&self) -> bool {
        self.strays.0 < self.links.len() || self.strays.1 < self.gaps.len()
    }

    /// Visits the relations that end at a number, in their order.
    pub(super) fn each_to(&self, number: u32, visit: &mut dyn FnMut(&Link)) {
        let link = |place: &u32| self.links.get(*place as usize);
        let start = self.incoming.partition_point(|place| link(place).is_some_and(|link| link.to < number));
        for link in self.incoming.get(start..).unwrap_or_default().iter().filter_map(link) {
            if link.to != number {
                return;
            }
            visit(link);
        }
    }

    /// The words of a gap.
    pub(super) fn words(&self, gap: &Missing) -> &str {
        self.slice(gap.text)
    }

    fn slice(&self, (start, end): (u32, u32)) -> &str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// How many bytes it takes.
    pub(super) const fn bytes(&self) -> usize {
        self.text.capacity()
            + self.records.capacity() * size_of::<Record>()
            + self.said.capacity() * size_of::<Said>()
            + self.links.capacity() * size_of::<Link>()
            + self.incoming.capacity() * 4
            + self.gaps.capacity() * size_of::<Missing>()
    }
}

impl Missing {
    /// Its kinds in their order.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = GapKind> {
        let packed = u64::from(self.kinds.0) | u64::from(self.kinds.1) << 32;
        let kind =
            move |nth: u32| GapKind::ALL.get(usize::try_from(packed >> (4 * nth) & 15).ok()?.checked_sub(1)?).copied();
        (0..16).map_while(kind)
    }
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
