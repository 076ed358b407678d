//! Parts of a whole as a list with standings, under a small heading.

use crate::view::{
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
pub fn subsection(title: &'static str, view: View) -> View {
    section().class("sub").child((h3().child(title), div().child(view))).draw()
}

/// Entities with their standing; `detail` adds what stands behind the name.
#[must_use]
pub fn members(scene: &Scene, title: &'static str, ids: &[EntityRef], detail: fn(&Scene, &EntityRef) -> View) -> View {
    if ids.is_empty() {
        return ().draw();
    }
    let items: Vec<View> = ids
        .iter()
        .map(|id| {
            let standing = health(scene.context(), id).standing;
            li().class("member")
                .child((
                    dot(standing, scene.texts),
                    span().class("member-name").child(entity_link(scene, id)),
                    span().class("member-detail").child(detail(scene, id)),
                ))
                .draw()
        })
        .collect::<Vec<_>>();
    subsection(title, ul().class("members").child(items).draw())
}
