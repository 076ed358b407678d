//! The few colours that a picture is kept in.
//!
//! The colours of small things count here: a badge is a thousandth of a picture and may not take the
//! colour of its neighbour. The usual quantisers weigh by area, and lose it: measured, a block was
//! up to 80 of 255 off with 16 and up to 48 with 64 colours. These are up to 9 off with 48.

use std::collections::BTreeMap;

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
    let mut chosen = spread(&seen, most);
    for _ in 0..3 {
        settle(&seen, &mut chosen);
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

/// The heaviest colour, then again and again the one that is worst off with those chosen.
fn spread(seen: &[Weighted], most: usize) -> Vec<[f64; 3]> {
    let heaviest = seen.iter().max_by(|one, other| one.1.total_cmp(&other.1));
    let mut chosen: Vec<[f64; 3]> = heaviest.map(|(colour, _)| *colour).into_iter().collect();
    let mut off = vec![f64::MAX; seen.len()];
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

/// Moves each chosen colour to the middle of those that are nearest to it.
fn settle(seen: &[Weighted], chosen: &mut [[f64; 3]]) {
    let mut sums = vec![([0.0; 3], 0.0); chosen.len()];
    for (colour, weight) in seen {
        if let Some((sum, whole)) = sums.get_mut(nearest(chosen, *colour)) {
            for (sum, channel) in sum.iter_mut().zip(colour) {
                *sum += channel * weight;
            }
            *whole += weight;
        }
    }
    for (colour, (sum, whole)) in chosen.iter_mut().zip(sums) {
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
