//! The gaps that the inventory names, each with the evidence that would close it.

use leptos::{
    html::{code, div, li, p, span, ul},
    prelude::*,
};
use ops_model::{EntityRef, GapKind};

use crate::{
    parts::{entity_link, source_line, subsection},
    scope::Scene,
    texts::fill,
};

/// The gaps of these entities. Each names its own unless that is what the widget is about.
#[must_use]
pub fn gap_list(scene: &Scene, ids: &[EntityRef]) -> AnyView {
    let texts = scene.texts;
    let mut items: Vec<AnyView> = Vec::new();
    for id in ids {
        for gap in scene.index().gaps_of(id) {
            let kind = gap.kinds.first().copied().unwrap_or(GapKind::Other);
            let kinds: Vec<&str> = gap.kinds.iter().map(|kind| texts.gap_kind(*kind)).collect();
            let is_own = scene.instance.subject.as_ref() == Some(id);
            let owner = (!is_own).then(|| span().class("gap-owner").child((entity_link(scene, id), ": ")));
            let mut closed = texts.closed_by.split("{}");
            items.push(
                li().class("gap")
                    .child((
                        div().class("gap-text").child((owner, gap.text.clone(), " ", source_line(scene, gap.source))),
                        div().class("gap-cure").child((
                            span().class("tag").child(kinds.join(" · ")),
                            " ",
                            closed.next().unwrap_or_default(),
                            code().child(kind.closed_by()),
                            closed.next().unwrap_or_default(),
                        )),
                    ))
                    .into_any(),
            );
        }
    }
    if items.is_empty() {
        return subsection(texts.known_gaps, p().class("quiet").child(texts.no_gaps).into_any());
    }
    let count = items.len().to_string();
    let list = ul().class("gaps").attr("aria-label", fill("{} ({})", &[texts.known_gaps, &count])).child(items);
    subsection(texts.known_gaps, list.into_any())
}
