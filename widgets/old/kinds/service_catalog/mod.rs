//! `service-catalog`: every service and data store against the seven questions.
//!
//! [`chosen`] is what the reader chose, kept in the page's address; [`toolbar`] and [`facets`] change
//! it; [`grid`] draws the rows that it leaves, by [`rows`] and [`cells`], as many as are in sight;
//! [`details`] opens one row in place.

mod answers;
mod cells;
mod chosen;
mod details;
mod facets;
mod grid;
mod notes;
mod rows;
mod toolbar;
use std::sync::Arc;

use crate::view::{
    html::{div, p},
    prelude::*,
};
use ops_model::{
    CatalogIndex, Standing, Timestamp,
    view::{Layout, Rows},
};

pub(super) use answers::answer_view;
use chosen::Chosen;

use crate::{
    frame::Body,
    parts::{all_events, coverage_bar, inventory, topology},
    scope::Scene,
    texts::fill,
};

/// Renders the catalog.
pub(super) fn body(scene: &Scene) -> Body {
    let texts = scene.texts;
    let rows = rows_of(scene);
    let standings: Vec<Standing> = rows.all().iter().map(|row| row.standing).collect();
    let latest = rows.youngest();
    let chosen = Chosen::of(scene);
    let view: View = if standings.is_empty() {
        p().class("message").child(texts.catalog.empty).draw()
    } else {
        let (scene, rows, chosen) = (scene.clone(), rows.clone(), chosen.clone());
        (move || shown(&scene, &rows, &chosen)).draw()
    };
    Body {
        standing: None,
        word: None,
        latest,
        view: div()
            .child((
                coverage_bar(&standings, texts),
                toolbar::toolbar(scene, &rows, &chosen),
                view,
                all_events(scene),
                notes::notes(scene),
                inventory(scene),
            ))
            .draw(),
    }
}

/// What the choice leaves: its facets, and the rows in the layout that was chosen.
fn shown(scene: &Scene, rows: &Arc<Rows>, chosen: &Chosen) -> View {
    let texts = scene.texts;
    let view = chosen.view();
    if view.layout == Layout::Topology {
        // The whole, whatever was looked for: what runs where is understood by what is around it.
        return div().class("catalog-shown").child(topology(scene)).draw();
    }
    let arranged = Arc::new(rows.arrange(&view));
    let count = fill(texts.shown, &[&arranged.shown.to_string(), &rows.all().len().to_string()]);
    let body = if arranged.shown == 0 {
        let words = if view.query.is_empty() {
            texts.catalog.nothing_fits.to_owned()
        } else {
            fill(texts.nothing_found, &[&view.query])
        };
        p().class("message").child(words).draw()
    } else {
        grid::grid(scene, rows, &arranged, &view, chosen)
    };
    div()
        .class("catalog-shown")
        .child((
            facets::facets(scene, &arranged, &view, chosen),
            p().class("quiet").attr("role", "status").child(count),
            body,
        ))
        .draw()
}

/// The rows, and what they say.
struct Kept {
    index: Arc<CatalogIndex>,
    generation: u64,
    now: Timestamp,
    rows: Arc<Rows>,
}

/// The catalog boiled down; where evidence came or time passed, the rows that it moved are made again.
fn rows_of(scene: &Scene) -> Arc<Rows> {
    let (data, now) = (&scene.data, scene.now);
    let generation = data.log.generation();
    let kept = scene.memory.kept::<Kept>(
        "rows",
        |kept| Arc::ptr_eq(&kept.index, &data.index) && kept.generation == generation && kept.now == now,
        |kept| {
            let followed = kept.filter(|kept| Arc::ptr_eq(&kept.index, &data.index));
            let rows = match followed {
                Some(kept) => kept.rows.follow(scene.context(), &data.log.moved(kept.generation, kept.now, now)),
                None => Arc::new(Rows::after(scene.context(), kept.map(|kept| &*kept.rows))),
            };
            Kept { index: data.index.clone(), generation, now, rows }
        },
    );
    kept.rows.clone()
}
