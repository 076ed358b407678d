//! Parts of a whole as a list with standings, under a small heading.

use leptos::{
    html::{div, h3, li, section, span, ul},
    prelude::*,
};
use ops_model::{EntityRef, health::health};

use crate::{
    parts::{dot, entity_link},
    scope::Scene,
};

/// A part of a widget under its own heading.
#[must_use]
pub fn subsection(title: &'static str, view: AnyView) -> AnyView {
    section().class("sub").child((h3().child(title), div().child(view))).into_any()
}

/// Entities with their standing; `detail` adds what stands behind the name.
#[must_use]
pub fn members(
    scene: &Scene,
    title: &'static str,
    ids: &[EntityRef],
    detail: fn(&Scene, &EntityRef) -> AnyView,
) -> AnyView {
    if ids.is_empty() {
        return ().into_any();
    }
    let items: Vec<AnyView> = ids
        .iter()
        .map(|id| {
            let standing = health(scene.context(), id).standing;
            li().class("member")
                .child((
                    dot(standing, scene.texts),
                    span().class("member-name").child(entity_link(scene, id)),
                    span().class("member-detail").child(detail(scene, id)),
                ))
                .into_any()
        })
        .collect();
    subsection(title, ul().class("members").child(items).into_any())
}
