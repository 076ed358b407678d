//! The few colours that a picture is kept in.
//!
//! The colours of small things count here: the ground of a badge is a thousandth of a picture and
//! next to white, and the usual quantisers give it the colour of its neighbour. So the colours of
//! areas are kept as they are, and what is left goes to the edges of glyphs.

use std::{cmp::Reverse, collections::BTreeMap};

use image::{Rgb, RgbImage};

/// A colour with how much it counts.
type Weighted = ([f64; 3], f64);

/// At most `most` colours for a picture, and the index of the nearest for each colour in it.
pub(super) fn palette(picture: &RgbImage, most: usize) -> (Vec<[u8; 3]>, BTreeMap<[u8; 3], u8>) {
    let mut counts: BTreeMap<[u8; 3], u32> = BTreeMap::new();
    for Rgb(colour) in picture.pixels() {
        *counts.entry(*colour).or_default() += 1;
    }
    // The root: a small thing counts less than a large one, but not in proportion.
    let seen: Vec<Weighted> =
        counts.iter().map(|(colour, count)| (colour.map(f64::from), f64::from(*count).sqrt())).collect();
    let areas = areas(picture, most / 2);
    let mut chosen = spread(&seen, &areas, most);
    for _ in 0..3 {
        settle(&seen, &mut chosen, areas.len());
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "means of bytes are bytes")]
    let mut bytes: Vec<[u8; 3]> = chosen.iter().map(|colour| colour.map(|channel| channel.round() as u8)).collect();
    // In the order in which they are read back, so that a colour between two goes to the same one then.
    bytes.sort_unstable();
    bytes.dedup();
    let kept: Vec<[f64; 3]> = bytes.iter().map(|colour| colour.map(f64::from)).collect();
    let index = |colour: &[u8; 3]| u8::try_from(nearest(&kept, colour.map(f64::from))).unwrap_or_default();
    (bytes, counts.keys().map(|colour| (*colour, index(colour))).collect())
}

/// A picture with each colour replaced by the nearest of these; as it is where there are none.
pub(super) fn in_colours(picture: &RgbImage, colours: &[[u8; 3]]) -> RgbImage {
    let chosen: Vec<[f64; 3]> = colours.iter().map(|colour| colour.map(f64::from)).collect();
    let mut known: BTreeMap<[u8; 3], [u8; 3]> = BTreeMap::new();
    let mut replaced = picture.clone();
    for Rgb(colour) in replaced.pixels_mut() {
        let own = *colour;
        let near = || colours.get(nearest(&chosen, own.map(f64::from))).copied().unwrap_or(own);
        *colour = *known.entry(own).or_insert_with(near);
    }
    replaced
}

/// The colours of areas, the largest first: of pixels that have their own colour all around.
fn areas(picture: &RgbImage, most: usize) -> Vec<[f64; 3]> {
    let mut counts: BTreeMap<[u8; 3], u32> = BTreeMap::new();
    let (width, height) = picture.dimensions();
    for y in 1..height.saturating_sub(1) {
        for x in 1..width.saturating_sub(1) {
            let own = picture.get_pixel(x, y);
            let around = [(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)];
            if around.iter().all(|(x, y)| picture.get_pixel(*x, *y) == own) {
                *counts.entry(own.0).or_default() += 1;
            }
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    counts.into_iter().take(most).map(|(colour, _)| colour.map(f64::from)).collect()
}

/// The colours of areas, or the heaviest where there are none; then again and again the one that is
/// worst off with those chosen.
fn spread(seen: &[Weighted], areas: &[[f64; 3]], most: usize) -> Vec<[f64; 3]> {
    let heaviest = seen.iter().max_by(|one, other| one.1.total_cmp(&other.1));
    let mut chosen = areas.to_vec();
    if chosen.is_empty() {
        chosen.extend(heaviest.map(|(colour, _)| *colour));
    }
    let off = |colour: &[f64; 3]| chosen.iter().map(|one| apart(*one, *colour)).fold(f64::MAX, f64::min);
    let mut off: Vec<f64> = seen.iter().map(|(colour, _)| off(colour)).collect();
    while let Some(last) = chosen.last().copied().filter(|_| chosen.len() < most) {
        for (off, (colour, _)) in off.iter_mut().zip(seen) {
            *off = off.min(apart(last, *colour));
        }
        let worst = seen.iter().zip(&off).max_by(|one, other| (one.0.1 * one.1).total_cmp(&(other.0.1 * other.1)));
        match worst {
            Some(((colour, _), off)) if *off > 0.0 => chosen.push(*colour),
            _ => break,
        }
    }
    chosen
}

/// Moves each chosen colour to the middle of those that are nearest to it; the first stay.
fn settle(seen: &[Weighted], chosen: &mut [[f64; 3]], first: usize) {
    let mut sums = vec![([0.0; 3], 0.0); chosen.len()];
    for (colour, weight) in seen {
        if let Some((sum, whole)) = sums.get_mut(nearest(chosen, *colour)) {
            for (sum, channel) in sum.iter_mut().zip(colour) {
                *sum += channel * weight;
            }
            *whole += weight;
        }
    }
    for (colour, (sum, whole)) in chosen.iter_mut().zip(sums).skip(first) {
        if whole > 0.0 {
            *colour = sum.map(|channel| channel / whole);
        }
    }
}

fn nearest(chosen: &[[f64; 3]], colour: [f64; 3]) -> usize {
    let by_distance = |one: &[f64; 3], other: &[f64; 3]| apart(*one, colour).total_cmp(&apart(*other, colour));
    chosen.iter().enumerate().min_by(|one, other| by_distance(one.1, other.1)).map_or(0, |(index, _)| index)
}

fn apart(one: [f64; 3], other: [f64; 3]) -> f64 {
    one.iter().zip(other).map(|(one, other)| (one - other).powi(2)).sum()
}
