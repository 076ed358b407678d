//! `service-catalog`: every service and data store against the seven questions.
//!
//! [`query`] is what the reader chose, kept in the page's address; [`toolbar`] and [`facets`] change it.
//! [`rows`] is the catalog as rows, arranged by the query. [`grid`] draws the rows in sight, by [`row`] and
//! [`cell`]; [`details`] opens one row in place.

mod cell;
mod details;
mod facets;
mod grid;
mod notes;
mod query;
mod row;
mod rows;
mod toolbar;

use leptos::prelude::*;
use ops_model::table::Layout;

use self::{
    facets::Facets,
    grid::Grid,
    notes::Notes,
    query::Query,
    rows::{Arrangement, CatalogRows, use_arrangement, use_rows},
    toolbar::Toolbar,
};
use super::Headline;
use crate::{
    graph::Topology,
    texts::{fill, use_texts},
    ui::{Coverage, CoverageBar, FoldedFeed, Inventory},
};

/// What the catalog says as a whole. The rows that it reads are shared with the body.
pub(super) fn headline() -> Memo<Headline> {
    let rows = use_rows();
    provide_context(rows);
    Memo::new(move |_| Headline { latest: rows.read().rows.youngest(), ..Headline::default() })
}

/// Every service and data store of the hub.
#[component]
pub fn Catalog() -> impl IntoView {
    let texts = use_texts();
    let rows = expect_context::<Memo<CatalogRows>>();
    let query = Query::new();
    let coverage = Memo::new(move |_| Coverage::of(rows.read().rows.all().iter().map(|row| row.standing)));
    let is_empty = Memo::new(move |_| rows.read().rows.all().is_empty());
    let shown = move || match is_empty.get() {
        true => view! { <p class="message">{texts.catalog.empty}</p> }.into_any(),
        false => view! { <Shown rows query /> }.into_any(),
    };
    view! {
        <div>
            <CoverageBar coverage />
            <Toolbar rows query />
            {shown}
            <FoldedFeed />
            <Notes />
            <Inventory />
        </div>
    }
}

/// What the reader's choice leaves: the facets, and the rows in the layout that was chosen.
#[component]
fn Shown(rows: Memo<CatalogRows>, query: Query) -> impl IntoView {
    let is_topology = query.part(|view| view.layout == Layout::Topology);
    let arrangement = use_arrangement(rows, query);
    let content = move || match is_topology.get() {
        // The picture always shows everything: what runs where is understood by what is around it.
        true => view! { <Topology /> }.into_any(),
        false => view! { <Table arrangement query /> }.into_any(),
    };
    view! { <div class="catalog-shown">{content}</div> }
}

#[component]
fn Table(arrangement: Memo<Arrangement>, query: Query) -> impl IntoView {
    let texts = use_texts();
    let counts = Memo::new(move |_| {
        let arrangement = arrangement.read();
        (arrangement.arranged.shown, arrangement.rows.all().len())
    });
    let count = move || {
        let (shown, all) = counts.get();
        fill(texts.shown, &[&shown.to_string(), &all.to_string()])
    };
    let searched = query.part(|view| view.query.clone());
    let nothing = move || match searched.read().as_str() {
        "" => texts.catalog.nothing_fits.to_owned(),
        searched => fill(texts.nothing_found, &[searched]),
    };
    view! {
        <Facets arrangement query />
        <p class="quiet" role="status">{count}</p>
        <Show when=move || counts.read().0 != 0 fallback=move || view! { <p class="message">{nothing}</p> }>
            <Grid arrangement query />
        </Show>
    }
}
