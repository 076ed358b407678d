//! Whether two pictures look the same to a reader.

use std::fmt;

use image::{Rgb, RgbImage};

/// The side of a block in pixels of the picture.
const BLOCK: u32 = 5;
/// How much the mean of a block may differ in one colour channel, of 255.
///
/// Measured: the same widget drawn twice as fine and averaged is up to 8 apart, which is more than
/// two machines with one browser differ; a missing mark of a source is 24 apart, another ground of a
/// badge 26, a line of another height 44.
const TOLERANCE: f64 = 15.0;

/// How a picture differs from its reference.
#[derive(Clone, Debug, PartialEq)]
pub enum Difference {
    /// It has another size: its own, and the reference's, in pixels.
    Size((u32, u32), (u32, u32)),
    /// Some blocks look different.
    Blocks {
        /// The upper left corners of those that do, in pixels.
        at: Vec<(u32, u32)>,
        /// The largest difference of a channel's mean, of 255.
        most: f64,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Size((width, height), (expected_width, expected_height)) => {
                write!(f, "is {height} pixels high and {width} wide instead of {expected_height} and {expected_width}")
            }
            Self::Blocks { at, most } => {
                let (x, y) = at.first().copied().unwrap_or_default();
                write!(f, "differs in {} blocks by up to {most:.0} of 255, first at {x}, {y}", at.len())
            }
        }
    }
}

/// The difference, if a reader would see one.
#[must_use]
pub fn compare(own: &RgbImage, reference: &RgbImage) -> Option<Difference> {
    let most = |one: u32, other: u32| one.abs_diff(other) > 1;
    if most(own.width(), reference.width()) || most(own.height(), reference.height()) {
        return Some(Difference::Size(own.dimensions(), reference.dimensions()));
    }
    let (mut at, mut most) = (Vec::new(), 0.0_f64);
    for (x, y) in blocks(own, reference) {
        let difference = apart(mean(own, x, y), mean(reference, x, y));
        most = most.max(difference);
        if difference > TOLERANCE {
            at.push((x, y));
        }
    }
    (!at.is_empty()).then_some(Difference::Blocks { at, most })
}

/// The largest difference of any block, of 255; what [`compare`] measures its tolerance by.
#[must_use]
pub fn largest(own: &RgbImage, reference: &RgbImage) -> f64 {
    blocks(own, reference).map(|(x, y)| apart(mean(own, x, y), mean(reference, x, y))).fold(0.0, f64::max)
}

/// The reference in grey, with the blocks that differ in red.
#[must_use]
pub fn marked(reference: &RgbImage, difference: &Difference) -> RgbImage {
    let mut picture = reference.clone();
    for pixel in picture.pixels_mut() {
        let grey = u8::try_from(pixel.0.iter().map(|channel| u32::from(*channel)).sum::<u32>() / 3).unwrap_or(u8::MAX);
        *pixel = Rgb([grey; 3]);
    }
    if let Difference::Blocks { at, .. } = difference {
        for (x, y) in at {
            for (x, y) in pixels(&picture, *x, *y).collect::<Vec<_>>() {
                let Rgb([red, green, blue]) = *picture.get_pixel(x, y);
                picture.put_pixel(x, y, Rgb([red / 2 + 127, green / 2, blue / 2]));
            }
        }
    }
    picture
}

/// The corners of the blocks that both pictures have, half overlapping, so that what falls on the
/// edge of one lies in the middle of another.
fn blocks(own: &RgbImage, reference: &RgbImage) -> impl Iterator<Item = (u32, u32)> {
    let (width, height) = (own.width().min(reference.width()), own.height().min(reference.height()));
    let step = usize::try_from(BLOCK.div_ceil(2)).unwrap_or(1);
    (0..height).step_by(step).flat_map(move |y| (0..width).step_by(step).map(move |x| (x, y)))
}

fn pixels(picture: &RgbImage, x: u32, y: u32) -> impl Iterator<Item = (u32, u32)> + use<> {
    let (right, bottom) = ((x + BLOCK).min(picture.width()), (y + BLOCK).min(picture.height()));
    (y..bottom).flat_map(move |y| (x..right).map(move |x| (x, y)))
}

fn mean(picture: &RgbImage, x: u32, y: u32) -> [f64; 3] {
    let (mut sums, mut count) = ([0_u32; 3], 0_u32);
    for (x, y) in pixels(picture, x, y) {
        for (sum, channel) in sums.iter_mut().zip(picture.get_pixel(x, y).0) {
            *sum += u32::from(channel);
        }
        count += 1;
    }
    sums.map(|sum| f64::from(sum) / f64::from(count.max(1)))
}

fn apart(one: [f64; 3], other: [f64; 3]) -> f64 {
    one.iter().zip(other).map(|(one, other)| (one - other).abs()).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use image::imageops;

    use super::*;

    const PAPER: Rgb<u8> = Rgb([255, 255, 255]);
    const INK: Rgb<u8> = Rgb([27, 33, 48]);

    /// A card at half size: rows of text as thin bars with soft edges, a badge of this colour.
    fn card(badge: [u8; 3], soft: u8) -> RgbImage {
        let mut picture = RgbImage::from_pixel(130, 90, PAPER);
        fill(&mut picture, (100, 6), (24, 8), Rgb(badge));
        for row in 0..6 {
            for word in 0..8 {
                let (x, y) = (6 + word * 15, 20 + row * 11);
                fill(&mut picture, (x, y), (10, 1), Rgb([255 - soft; 3]));
                fill(&mut picture, (x, y + 1), (10, 3), INK);
                fill(&mut picture, (x, y + 4), (10, 1), Rgb([soft; 3]));
            }
        }
        picture
    }

    fn fill(picture: &mut RgbImage, (x, y): (u32, u32), (width, height): (u32, u32), colour: Rgb<u8>) {
        let patch = RgbImage::from_pixel(width, height, colour);
        imageops::replace(picture, &patch, x.into(), y.into());
    }

    const PROVEN_SOFT: [u8; 3] = [0xe1, 0xf4, 0xea];
    const FAILING_SOFT: [u8; 3] = [0xfc, 0xe8, 0xe6];

    #[test]
    fn the_same_is_the_same_and_softer_edges_are_too() {
        assert_eq!(compare(&card(PROVEN_SOFT, 120), &card(PROVEN_SOFT, 120)), None);
        assert_eq!(compare(&card(PROVEN_SOFT, 120), &card(PROVEN_SOFT, 136)), None);
    }

    #[test]
    fn another_height_is_seen() {
        let reference = card(PROVEN_SOFT, 120);
        let taller = RgbImage::from_pixel(130, 98, PAPER);
        let words = compare(&taller, &reference).map(|difference| difference.to_string());
        assert_eq!(words.as_deref(), Some("is 98 pixels high and 130 wide instead of 90 and 130"));
        assert_eq!(compare(&RgbImage::from_pixel(130, 91, PAPER), &RgbImage::from_pixel(130, 90, PAPER)), None);
    }

    #[test]
    fn another_colour_of_a_badge_is_seen_and_where() {
        let Some(Difference::Blocks { at, .. }) = compare(&card(FAILING_SOFT, 120), &card(PROVEN_SOFT, 120)) else {
            unreachable!("the colour is not seen")
        };
        assert!(at.iter().all(|(x, y)| (88..130).contains(x) && *y < 16), "{at:?}");
    }

    #[test]
    fn a_word_that_is_missing_and_a_line_that_moved_are_seen() {
        let reference = card(PROVEN_SOFT, 120);
        let mut without = reference.clone();
        fill(&mut without, (36, 42), (10, 5), PAPER);
        assert!(compare(&without, &reference).is_some());
        let mut moved = reference.clone();
        let lower = imageops::crop_imm(&reference, 0, 40, 130, 47).to_image();
        imageops::replace(&mut moved, &lower, 0, 43);
        assert!(compare(&moved, &reference).is_some());
    }

    #[test]
    fn what_differs_is_marked_in_red() {
        let reference = card(PROVEN_SOFT, 120);
        let difference = compare(&card(FAILING_SOFT, 120), &reference);
        let picture = difference.map(|difference| marked(&reference, &difference));
        let at = |x, y| picture.as_ref().map(|picture| picture.get_pixel(x, y).0);
        assert!(at(110, 8).is_some_and(|[red, green, _]| red > green + 60));
        assert!(at(10, 80).is_some_and(|[red, green, blue]| red == green && green == blue));
    }
}
