//! The gaps that the inventory names, each with the evidence that would close it.

use leptos::{
    html::{code, details, div, li, p, span, summary, ul},
    prelude::*,
};
use ops_model::{EntityRef, GapKind};

use crate::{
    parts::{entity_link, source_line, subsection},
    scope::Scene,
    texts::fill,
};

/// How many gaps are shown at once; the others are one click away.
const SHOWN: usize = 5;

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
    // A single one would take as much room as the line that hides it.
    let rest = if items.len() > SHOWN + 1 { items.split_off(SHOWN) } else { Vec::new() };
    let list = ul().class("gaps").attr("aria-label", fill("{} ({})", &[texts.known_gaps, &count])).child(items);
    let more = (!rest.is_empty()).then(|| {
        let words = fill(texts.more, &[&rest.len().to_string()]);
        details().class("more").child((summary().child(words), ul().class("gaps").child(rest)))
    });
    subsection(texts.known_gaps, (list, more).into_any())
}
