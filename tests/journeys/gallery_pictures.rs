//! How every kind looks in every state, at three widths, in light and in dark.

use std::{collections::BTreeMap, env, fs, path::Path};

use anyhow::{Context, bail, ensure};
use base64::{Engine, engine::general_purpose::STANDARD};
use image::{
    RgbImage,
    imageops::{self, FilterType},
};
use ops_e2e::{
    Gallery, LocalHub,
    pictures::{Sheet, Shot, compare, largest, marked},
};
use serde::Deserialize;
use serde_json::{Value, json};

/// What makes the pictures of now the references.
const ACCEPT: &str = "cargo xtask gallery --accept";

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_looks_in_every_state_as_it_was_accepted() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    let gallery = Gallery::open(&hub).await?;
    gallery.hold_still().await?;
    gallery.window(WIDTH, HEIGHT).await?;
    let accepts = env::var_os("OPS_GALLERY_ACCEPT").is_some();
    let references = if accepts { BTreeMap::new() } else { Sheet::read_all(&Sheet::folder())? };
    let mut sheets: BTreeMap<String, Sheet> = BTreeMap::new();
    for state in gallery.states() {
        let seen = if accepts {
            steady(&gallery, state).await?
        } else {
            let differs = |(name, picture): &(String, RgbImage)| {
                reference(&references, name, state)
                    .is_some_and(|(kept, reference)| compare(&kept.in_colours(picture), reference).is_some())
            };
            looked_at_again(&gallery, state, &differs).await?
        };
        for (name, picture) in seen {
            sheets.entry(name).or_default().shots.push(Shot { state: state.clone(), picture });
        }
    }
    gallery.close().await?;

    if accepts {
        return Sheet::write_all(&sheets, &Sheet::folder());
    }
    let differences = differences(&references, &sheets)?;
    ensure!(
        differences.is_empty(),
        "{}\n\nLook at target/gallery: actual, expected and, in red, where they differ.\nWhere the new look is wanted: {ACCEPT}",
        differences.join("\n")
    );
    Ok(())
}

/// How often a state is looked at where its pictures differ.
const LOOKS: u32 = 4;

/// The pictures of a state. One that was taken while the page was laid out anew shows what no reader sees: what
/// differs is looked at again, and a real difference is there each time.
async fn looked_at_again(
    gallery: &Gallery,
    state: &str,
    differs: &dyn Fn(&(String, RgbImage)) -> bool,
) -> anyhow::Result<Vec<(String, RgbImage)>> {
    let mut seen = look(gallery, state).await?;
    for _ in 1..LOOKS {
        if !seen.iter().any(differs) {
            break;
        }
        println!("{state} differs, and is looked at again");
        let again = look(gallery, state).await?;
        for (one, new) in seen.iter_mut().zip(again).filter(|(one, _)| differs(one)) {
            *one = new;
        }
    }
    Ok(seen)
}

/// The pictures of a state as they are twice in a row, to be kept.
async fn steady(gallery: &Gallery, state: &str) -> anyhow::Result<Vec<(String, RgbImage)>> {
    let mut seen = look(gallery, state).await?;
    for _ in 1..LOOKS {
        let again = look(gallery, state).await?;
        let is_same = seen.iter().zip(&again).all(|((_, one), (_, new))| compare(new, one).is_none());
        if is_same {
            return Ok(again);
        }
        println!("{state} differs from one look to the next, and is looked at again");
        seen = again;
    }
    bail!("{state} never looks the same twice")
}

/// How many pixels of a picture a CSS pixel takes.
const SCALE: f64 = 1.0 / 3.0;
/// The window, in CSS pixels: three widths in two themes side by side, and the tallest widget. For a picture of more
/// than is in it, Chromium makes it a pixel large for a moment, and what is laid out anew then is in the picture or not.
const WIDTH: u32 = 4200;
const HEIGHT: u32 = 9000;
/// How much finer it is drawn at first: as on screen.
const FINE: u32 = 3;

/// Where a widget is on the page, in CSS pixels.
#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Spot {
    kind: String,
    theme: String,
    width: String,
    x: f64,
    y: f64,
    w: f64,
    h: f64,
}

const SPOTS: &str = "return [...document.querySelectorAll('ops-widget')].map((one) => {\
    const { x, y, width: w, height: h } = one.getBoundingClientRect();\
    const { theme, width } = one.closest('.cell').dataset;\
    return { kind: one.closest('.kind').dataset.kind, theme, width, x: x + scrollX, y: y + scrollY, w, h } })";

/// Every widget of a state, by the name of its sheet. A state in which all kinds look alike is
/// looked at once.
async fn look(gallery: &Gallery, state: &str) -> anyhow::Result<Vec<(String, RgbImage)>> {
    gallery.show(state, "width=all&theme=both").await?;
    for _ in 0..3 {
        let before = spots(gallery).await?;
        let seen = look_at(gallery, before.clone()).await?;
        // What moved while it was looked at was looked at in the wrong place.
        if spots(gallery).await? == before {
            return Ok(seen);
        }
    }
    bail!("{state} does not come to rest")
}

async fn spots(gallery: &Gallery) -> anyhow::Result<Vec<Spot>> {
    Ok(serde_json::from_value(gallery.browser().run(SPOTS, vec![]).await?)?)
}

async fn look_at(gallery: &Gallery, spots: Vec<Spot>) -> anyhow::Result<Vec<(String, RgbImage)>> {
    let by_kind = "return document.querySelector('main').dataset.byKind !== undefined";
    let by_kind = gallery.browser().run(by_kind, vec![]).await? == true;
    let mut rows: BTreeMap<String, Vec<Spot>> = BTreeMap::new();
    for spot in spots {
        rows.entry(spot.kind.clone()).or_default().push(spot);
    }
    let mut seen = Vec::new();
    for (kind, row) in rows {
        let top = row.iter().map(|spot| spot.y).fold(f64::MAX, f64::min);
        let right = row.iter().map(|spot| spot.x + spot.w).fold(0.0, f64::max);
        let bottom = row.iter().map(|spot| spot.y + spot.h).fold(0.0, f64::max);
        let picture = photograph(gallery, top, right, bottom - top, FINE).await?;
        for spot in row {
            let name = format!("{}-{}-{}", if by_kind { &kind } else { "any" }, spot.width, spot.theme);
            let own =
                imageops::crop_imm(&picture, scaled(spot.x), scaled(spot.y - top), scaled(spot.w), scaled(spot.h));
            seen.push((name, own.to_image()));
        }
        if !by_kind {
            break;
        }
    }
    Ok(seen)
}

/// The first widget of the page, drawn this much finer than it is kept.
async fn one(gallery: &Gallery, fine: u32) -> anyhow::Result<RgbImage> {
    let spots = spots(gallery).await?;
    let spot = spots.first().context("no widget")?;
    let picture = photograph(gallery, spot.y, spot.x + spot.w, spot.h, fine).await?;
    Ok(imageops::crop_imm(&picture, scaled(spot.x), 0, scaled(spot.w), scaled(spot.h)).to_image())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_reader_would_notice_is_noticed_and_nothing_else() -> anyhow::Result<()> {
    const ENDPOINT: &str = "kind=endpoint&width=520&theme=";
    let hub = LocalHub::start().await?;
    let gallery = Gallery::open(&hub).await?;
    gallery.hold_still().await?;
    gallery.window(WIDTH, HEIGHT).await?;
    let mut unnoticed = Vec::new();
    for theme in ["light", "dark"] {
        let query = format!("{ENDPOINT}{theme}");
        gallery.show("proven", &query).await?;
        let reference = one(&gallery, FINE).await?;
        // As another machine may draw glyphs: drawn twice as fine before it is averaged.
        let theirs = one(&gallery, 2 * FINE).await?;
        println!("{theme}: other blending is {:.1} of 255 apart", largest(&theirs, &reference));
        assert_eq!(compare(&theirs, &reference), None, "{theme}");

        for (change, script) in [
            ("another colour of the badge", "root.querySelector('.badge').className = 'badge is-failing'"),
            ("another ground of the badge", "root.querySelector('.badge').style.background = 'var(--stale-soft)'"),
            ("a missing source", "root.querySelector('.source').style.visibility = 'hidden'"),
            ("a missing sign", "root.querySelector('.dot').style.visibility = 'hidden'"),
            ("a line more", "root.querySelector('.entry').append(document.createElement('br'), 'one line more')"),
            ("a line of another height", "root.querySelector('h2').style.paddingBlockEnd = '4px'"),
            ("another word", "root.querySelector('h2').textContent = 'Reading room'"),
            ("a check that turned", "root.querySelector('.mark').className = 'mark is-failing'"),
        ] {
            gallery.show("proven", &query).await?;
            let script = format!("const root = document.querySelector('ops-widget').shadowRoot; {script}");
            gallery.browser().run(&script, vec![]).await?;
            let changed = one(&gallery, FINE).await?;
            println!("{theme}: {change} is {:.1} of 255 apart", largest(&changed, &reference));
            if compare(&changed, &reference).is_none() {
                unnoticed.push(format!("{change}, {theme}"));
            }
        }
    }
    ensure!(unnoticed.is_empty(), "not noticed: {unnoticed:?}");
    gallery.close().await
}

/// A part of the page, from its left edge: drawn finer than it is kept, then averaged, so that
/// where a glyph falls on the grid of pixels does not matter.
async fn photograph(gallery: &Gallery, top: f64, width: f64, height: f64, fine: u32) -> anyhow::Result<RgbImage> {
    let place = "scrollTo(0, arguments[0]); return [innerWidth, innerHeight]";
    let window: (f64, f64) = serde_json::from_value(gallery.browser().run(place, vec![json!(top)]).await?)?;
    ensure!(width <= window.0 && height <= window.1, "{width} by {height} does not fit in the window of {window:?}");
    let taken = gallery
        .command(
            "Page.captureScreenshot",
            json!({
                "format": "png", "optimizeForSpeed": true,
                "clip": { "x": 0, "y": top, "width": width, "height": height, "scale": SCALE * f64::from(fine) },
            }),
        )
        .await?;
    let data: &Value = &taken["data"];
    let bytes = STANDARD.decode(data.as_str().context("no picture")?)?;
    let drawn = image::load_from_memory(&bytes)?.to_rgb8();
    Ok(imageops::resize(&drawn, drawn.width() / fine, drawn.height() / fine, FilterType::Triangle))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels of a page, which are neither many nor negative"
)]
fn scaled(length: f64) -> u32 {
    (length * SCALE).round() as u32
}

/// The picture to compare a state's with, and the sheet that it is on.
fn reference<'a>(
    references: &'a BTreeMap<String, Sheet>,
    name: &str,
    state: &str,
) -> Option<(&'a Sheet, &'a RgbImage)> {
    let sheet = references.get(name)?;
    Some((sheet, sheet.shot(state)?))
}

/// What differs, is new or is gone, one line each; the pictures of what differs are written.
fn differences(references: &BTreeMap<String, Sheet>, seen: &BTreeMap<String, Sheet>) -> anyhow::Result<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/gallery");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let (mut lines, mut count, mut most) = (Vec::new(), 0, 0.0_f64);
    for (name, sheet) in seen {
        for shot in &sheet.shots {
            let what = format!("{name}, {}", shot.state);
            let Some((kept, reference)) = reference(references, name, &shot.state) else {
                lines.push(format!("{what} has no reference"));
                continue;
            };
            let own = kept.in_colours(&shot.picture);
            count += 1;
            most = most.max(largest(&own, reference));
            if let Some(difference) = compare(&own, reference) {
                lines.push(format!("{what} {difference}"));
                let file = |kind: &str| folder.join(format!("{name}-{}.{kind}.png", shot.state));
                shot.picture.save(file("actual"))?;
                reference.save(file("expected"))?;
                marked(reference, &difference).save(file("difference"))?;
            }
        }
    }
    for (name, sheet) in references {
        for shot in &sheet.shots {
            if seen.get(name).is_none_or(|sheet| sheet.shot(&shot.state).is_none()) {
                lines.push(format!("{name}, {} is a reference to nothing any more", shot.state));
            }
        }
    }
    println!("{count} pictures compared; their blocks are at most {most:.1} of 255 apart");
    Ok(lines)
}
