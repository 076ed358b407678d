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

use ops_model::gather::Gather;
use std::sync::Arc;

use crate::view::{
    html::{div, p},
    prelude::*,
};
use ops_model::{
    CatalogIndex, EvidenceLog, Standing, Timestamp,
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

/// For how long rows are used again at most, in ms: the age of evidence moves on by itself.
const ROWS_LAST_MS: i64 = 3_600_000;

/// Renders the catalog.
pub(super) fn body(scene: &Scene) -> Body {
    let texts = scene.texts;
    let rows = rows_of(scene);
    let standings: Vec<Standing> = rows.all().iter().map(|row| row.standing).gathered();
    let latest = rows.all().iter().filter_map(|row| row.latest).max();
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

/// The rows, and what they were made from.
struct Kept {
    index: Arc<CatalogIndex>,
    log: Arc<EvidenceLog>,
    from: Timestamp,
    until: Timestamp,
    rows: Arc<Rows>,
}

/// The catalog boiled down; made again when the data changes, or a standing by the clock alone.
fn rows_of(scene: &Scene) -> Arc<Rows> {
    let (data, now) = (&scene.data, scene.now);
    let kept = scene.memory.kept::<Kept>(
        "rows",
        |kept| {
            let is_same = Arc::ptr_eq(&kept.index, &data.index) && Arc::ptr_eq(&kept.log, &data.log);
            is_same && kept.from <= now && now < kept.until
        },
        |before| {
            let latest = now.plus_ms(ROWS_LAST_MS);
            let until = data.log.next_change(now).map_or(latest, |at| at.min(latest));
            let rows = Arc::new(Rows::after(scene.context(), before.map(|before| &*before.rows)));
            Kept { index: data.index.clone(), log: data.log.clone(), from: now, until, rows }
        },
    );
    kept.rows.clone()
}
