//! A segment while it is read.

use super::{
    Said, Segment, UNKNOWN, What, count, counted,
    lines::Lines,
    order::Order,
    records::{Column, Records, Spot},
};
use crate::{
    catalog::Source,
    entity::{EntityKind, RelationKind, keys},
    gap::GapKind,
    order,
};

/// In how many of the last gaps the same words are looked for.
const LOOKED_BACK: usize = 8;

/// How many bits of a number are its low half.
const LOW_BITS: usize = 11;

/// Of which number, what, and where it stands.
type Of = (u32, u32, u32);

/// What is taken in of a segment, its relations and gaps in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    segment: Segment,
    spots: Vec<Spot>,
    /// What is said: to where, with the kind of the relation.
    links: Vec<Of>,
    /// What is said: which of the gaps.
    gaps: Vec<Of>,
}

impl Draft {
    /// How many entities there are.
    pub(in crate::index) const fn len(&self) -> usize {
        self.spots.len()
    }

    /// The numbers of the entities.
    pub(in crate::index) fn numbers(&self) -> impl Iterator<Item = u32> {
        self.spots.iter().map(|[number, ..]| *number)
    }

    /// Takes in an entity.
    pub(in crate::index) fn entity<'t>(
        &mut self,
        (number, kind, name): (u32, EntityKind, &str),
        title: &str,
        source: Source,
        facts: impl Iterator<Item = (&'t str, &'t str, Source)>,
    ) {
        let segment = &mut self.segment;
        let title = segment.titles.pack(title, name);
        self.spots.push([number, title, count(segment.said.len()), 0, 0, segment.places.pack(source)]);
        for (key, value, source) in facts {
            let known = keys::ALL.iter().position(|known| *known == key);
            if known.is_none() {
                segment.text.push_str(key);
            }
            let start = count(segment.text.len());
            segment.text.push_str(value);
            let key = known.and_then(|known| u8::try_from(known).ok()).unwrap_or(UNKNOWN);
            let (end, place) = (count(segment.text.len()), segment.places.pack(source));
            segment.said.push(Said { key, start, end, place });
        }
        if let Some(count) = segment.kinds.get_mut(kind as usize) {
            *count += 1;
        }
    }

    /// Takes in a relation.
    pub(in crate::index) fn link(&mut self, from: u32, kind: RelationKind, to: u32, source: Source) {
        self.links.push((from, to << 3 | kind as u32, self.segment.places.pack(source)));
    }

    /// Takes in a gap.
    pub(in crate::index) fn gap(&mut self, subject: u32, text: &str, kinds: &[GapKind], source: Source) {
        let (mut packed, mut shift) = (0_u64, 0);
        for (at, kind) in kinds.iter().enumerate() {
            if !kinds.get(..at).unwrap_or_default().contains(kind) {
                packed |= (*kind as u64 + 1) << shift;
                shift += 4;
            }
        }
        let kinds = ((packed & 0xffff_ffff) as u32, (packed >> 32) as u32);
        let segment = &mut self.segment;
        // The same is missing of many.
        let end = segment.whats.len();
        let is_said = |what: usize| {
            segment.whats.get(what).is_some_and(|what| what.kinds == kinds) && segment.words(count(what)) == text
        };
        let mut what = end.saturating_sub(LOOKED_BACK);
        while what < end && !is_said(what) {
            what += 1;
        }
        if what == end {
            segment.words.push_str(text);
            segment.whats.push(What { end: count(segment.words.len()), kinds });
        }
        self.gaps.push((subject, count(what), segment.places.pack(source)));
    }

    /// Orders what was taken in. `place` gives the place in this segment of a number's entity, if it
    /// is here; `numbers` is how many numbers there are. The draft is empty then, and keeps its room for the
    /// next one: what stays is as large as it has to be, and lies together.
    pub(in crate::index) fn finish(&mut self, place: &dyn Fn(u32) -> Option<u32>, numbers: usize) -> Segment {
        let Self { segment: draft, spots, links, gaps } = self;
        let last = spots.last().copied().unwrap_or_default();
        // The end: what differs from its neighbours by little.
        spots.push([last[0], last[1], count(draft.said.len()), 0, 0, last[5]]);
        let mut segment = draft.clone();
        (segment.links, segment.stray_links) = at_home(links, place, spots, Column::Links);
        (segment.gaps, segment.stray_gaps) = at_home(gaps, place, spots, Column::Gaps);
        segment.records = Records::of(spots);
        segment.incoming = Order::of(&incoming(&segment, numbers));
        draft.clear();
        spots.clear();
        links.clear();
        gaps.clear();
        segment
    }
}

/// The places of the relations in the order of what they lead to; by the low half of its number, then by the
/// high one, for which little room is needed.
fn incoming(segment: &Segment, numbers: usize) -> Vec<u32> {
    let ends = segment.links.len() + segment.stray_links.len();
    let low = counted(ends, 1 << LOW_BITS, &|at| segment.to(at) as usize % (1 << LOW_BITS));
    let at = |nth: usize| low.get(nth).copied().unwrap_or_default();
    let mut order = counted(ends, (numbers >> LOW_BITS) + 1, &|nth| segment.to(at(nth) as usize) as usize >> LOW_BITS);
    order.iter_mut().for_each(|nth| *nth = at(*nth as usize));
    order
}

/// What is said of entities, in their order, with where each one's begins; then what is said of entities
/// that are not here, by their numbers.
fn at_home(all: &[Of], place: &dyn Fn(u32) -> Option<u32>, spots: &mut [Spot], column: Column) -> (Lines, Vec<Of>) {
    let end = spots.len() - 1;
    let home = |at: usize| all.get(at).and_then(|(of, ..)| place(*of)).map_or(end, |place| place as usize);
    let order = counted(all.len(), end + 1, &home);
    let strays = order.iter().rev().take_while(|at| home(**at as usize) == end).count();
    let (own, others) = order.split_at(order.len() - strays);
    let mut here = Lines::with_room(own.len());
    let (mut next, mut of_entity) = (0, 0);
    for (at, spot) in spots.iter_mut().enumerate() {
        while let Some((_, what, place)) =
            own.get(next).filter(|own| home(**own as usize) < at).and_then(|own| all.get(*own as usize))
        {
            here.push(*what, *place, of_entity);
            next += 1;
        }
        of_entity = spot[Column::Place as usize];
        if let Some(start) = spot.get_mut(column as usize) {
            *start = count(next);
        }
    }
    here.shrink();
    let stray = |at: usize| others.get(at).and_then(|at| all.get(*at as usize));
    let number = |at: usize| stray(at).map(|(of, ..)| *of);
    let order = order::places(strays, &mut |a, b| number(a).cmp(&number(b)));
    (here, order.into_iter().filter_map(|at| stray(at).copied()).collect::<Vec<_>>())
}
