//! The references: one picture a kind, width and theme, with every state below the other.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::BufWriter,
    path::{Path, PathBuf},
};

use anyhow::Context;
use image::{RgbImage, imageops};
use serde::{Deserialize, Serialize};

use super::palette::{in_colours, palette};

/// The colours of a reference: a picture takes a quarter of the bytes that all colours take.
const COLOURS: usize = 32;
/// The gap between two states, in pixels.
const GAP: u32 = 4;

/// One widget in one state.
#[derive(Clone, Debug)]
pub struct Shot {
    /// The state's name.
    pub state: String,
    /// How it looks, smaller than on screen.
    pub picture: RgbImage,
}

/// Where a state stands in its sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    state: String,
    top: u32,
    width: u32,
    height: u32,
}

/// Every state of one kind at one width in one theme.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// The states in their order.
    pub shots: Vec<Shot>,
    /// The colours that they are kept in; none where they were just taken.
    pub colours: Vec<[u8; 3]>,
}

impl Sheet {
    /// The folder of the references.
    #[must_use]
    pub fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("gallery")
    }

    /// Reads every reference of a folder, by name.
    ///
    /// # Errors
    /// Where a file cannot be read. A folder that is not there has none.
    pub fn read_all(folder: &Path) -> anyhow::Result<BTreeMap<String, Self>> {
        let index = folder.join("index.json");
        if !index.exists() {
            return Ok(BTreeMap::new());
        }
        let places: BTreeMap<String, Vec<Place>> = serde_json::from_slice(&fs::read(&index)?)?;
        let read = |(name, places): (String, Vec<Place>)| {
            let path = folder.join(format!("{name}.png"));
            let whole = image::open(&path).with_context(|| format!("cannot read {}", path.display()))?.to_rgb8();
            let cut = |place: Place| Shot {
                picture: imageops::crop_imm(&whole, 0, place.top, place.width, place.height).to_image(),
                state: place.state,
            };
            let shots = places.into_iter().map(cut).collect();
            let colours: BTreeSet<[u8; 3]> = whole.pixels().map(|pixel| pixel.0).collect();
            anyhow::Ok((name, Self { shots, colours: colours.into_iter().collect() }))
        };
        places.into_iter().map(read).collect()
    }

    /// Writes the references of a folder anew; what is there of older ones goes.
    ///
    /// # Errors
    /// Where a file cannot be written.
    pub fn write_all(sheets: &BTreeMap<String, Self>, folder: &Path) -> anyhow::Result<()> {
        if folder.exists() {
            fs::remove_dir_all(folder).with_context(|| format!("cannot clear {}", folder.display()))?;
        }
        fs::create_dir_all(folder)?;
        let mut index = BTreeMap::new();
        for (name, sheet) in sheets {
            index.insert(name, sheet.places());
            write(&sheet.stacked(), &folder.join(format!("{name}.png")))?;
        }
        fs::write(folder.join("index.json"), lines(&index)?)?;
        Ok(())
    }

    /// A state's picture.
    #[must_use]
    pub fn shot(&self, state: &str) -> Option<&RgbImage> {
        self.shots.iter().find(|shot| shot.state == state).map(|shot| &shot.picture)
    }

    /// A picture in this sheet's colours, so that what was lost by keeping few is lost on both sides.
    #[must_use]
    pub fn in_colours(&self, picture: &RgbImage) -> RgbImage {
        in_colours(picture, &self.colours)
    }

    fn places(&self) -> Vec<Place> {
        let mut top = 0;
        let place = |shot: &Shot| {
            let (width, height) = shot.picture.dimensions();
            let place = Place { state: shot.state.clone(), top, width, height };
            top += height + GAP;
            place
        };
        self.shots.iter().map(place).collect()
    }

    fn stacked(&self) -> RgbImage {
        let places = self.places();
        let height = places.last().map_or(1, |last| last.top + last.height);
        let width = places.iter().map(|place| place.width).max().unwrap_or(1);
        let mut whole = RgbImage::new(width, height);
        for (shot, place) in self.shots.iter().zip(places) {
            imageops::replace(&mut whole, &shot.picture, 0, place.top.into());
        }
        whole
    }
}

/// The index with a line a sheet, so that a change reads as one.
fn lines(index: &BTreeMap<&String, Vec<Place>>) -> anyhow::Result<String> {
    let lines = index
        .iter()
        .map(|(name, places)| Ok(format!("  {}: {}", serde_json::to_string(name)?, serde_json::to_string(places)?)));
    let lines = lines.collect::<anyhow::Result<Vec<_>>>()?;
    Ok(format!("{{\n{}\n}}\n", lines.join(",\n")))
}

/// Writes a picture with few colours.
fn write(picture: &RgbImage, path: &Path) -> anyhow::Result<()> {
    let (colours, index) = palette(picture, COLOURS);
    let indices: Vec<u8> = picture.pixels().map(|pixel| index.get(&pixel.0).copied().unwrap_or_default()).collect();
    let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    let mut encoder = png::Encoder::new(BufWriter::new(file), picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(colours.concat());
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.write_header()?.write_image_data(&indices)?;
    Ok(())
}
