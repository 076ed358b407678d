//! An entity as a link to its own view.

use leptos::prelude::*;
use ops_model::EntityRef;

use crate::hub::use_hub;

/// What entity links start with; empty where the page itself shows entities.
#[derive(Clone, Debug)]
pub struct LinkBase(pub String);

/// In context within a grid that has keys of its own: what is inside its cells is no stop of the Tab key.
#[derive(Clone, Copy, Debug)]
pub struct GridCell;

/// The `tabindex` of what a reader can reach: `-1` within a grid cell.
pub(crate) fn tab_index() -> Option<&'static str> {
    use_context::<GridCell>().map(|_| "-1")
}

/// A link to an entity's own view. Its text is the entity's title and follows the catalog.
#[component]
pub fn EntityLink(
    entity: EntityRef,
    /// Another class than `entity`.
    #[prop(default = "entity")]
    class: &'static str,
) -> impl IntoView {
    let LinkBase(base) = use_context().unwrap_or(LinkBase(String::new()));
    let title = use_hub().title(&entity);
    view! {
        <a
            class=class
            part="entity"
            href=format!("{base}{}", entity.address())
            data-ref=entity.to_string()
            tabindex=tab_index()
        >
            {title}
        </a>
    }
}
