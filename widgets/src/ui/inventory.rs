//! The inventory in its own words: what it says of an entity beyond its facts, and the document as a whole.

use leptos::prelude::*;

/// The document that the catalog was made from, section by section, folded away.
#[component]
pub fn Inventory() -> impl IntoView {}
