//! The gaps that the inventory names, worst first: what keeps each open, and the evidence that closes it.

use crate::view::{
    html::{code, details, div, li, p, span, summary, ul},
    prelude::*,
};
use ops_model::{ClaimState, EntityRef, Gap, GapKind, Standing, closing::closings};

use crate::{
    parts::{dot, entity_link, source_line, subsection, time},
    scope::Scene,
    texts::{around, fill},
};

/// How many gaps are shown at once; the others are one click away.
const SHOWN: usize = 5;

/// The gaps of these entities. Each names its own unless that is what the widget is about.
#[must_use]
pub fn gap_list(scene: &Scene, ids: &[EntityRef]) -> View {
    let texts = scene.texts;
    let mut gaps: Vec<(Gap, ClaimState)> = ids.iter().flat_map(|id| closings(scene.context(), id)).collect();
    if gaps.is_empty() {
        return subsection(texts.known_gaps, p().class("quiet").child(texts.no_gaps).draw());
    }
    gaps.sort_by_key(|(_, state)| urgency(state.standing));
    let open = gaps.iter().filter(|(_, state)| state.standing != Standing::Proven).count();
    let mut items: Vec<View> = gaps.iter().map(|(gap, state)| gap_view(scene, gap, state)).collect();
    let closed = items.split_off(open);
    // A single one would take as much room as the line that hides it.
    let rest = if items.len() > SHOWN + 1 { items.split_off(SHOWN) } else { Vec::new() };
    let label = fill("{} ({})", &[texts.known_gaps, &open.to_string()]);
    let list = (!items.is_empty()).then(|| ul().class("gaps").attr("aria-label", label).child(items));
    subsection(texts.known_gaps, (list, folded(texts.more, rest), folded(texts.gaps_closed, closed)).draw())
}

/// What calls for action first: what fails, then what was never shown, then what has to be shown again.
const fn urgency(standing: Standing) -> u8 {
    match standing {
        Standing::Failing => 0,
        Standing::Unproven => 1,
        Standing::Stale => 2,
        Standing::Proven => 3,
    }
}

fn folded(words: &'static str, items: Vec<View>) -> Option<View> {
    (!items.is_empty()).then(|| {
        let words = fill(words, &[&items.len().to_string()]);
        details().class("more").child((summary().child(words), ul().class("gaps").child(items))).draw()
    })
}

fn gap_view(scene: &Scene, gap: &Gap, state: &ClaimState) -> View {
    let texts = scene.texts;
    let kind = gap.kinds.first().copied().unwrap_or(GapKind::Other);
    let kinds: Vec<&str> = gap.kinds.iter().map(|kind| texts.gap_kind(*kind)).collect();
    let is_own = scene.instance.subject.as_ref() == Some(&gap.subject);
    let owner = (!is_own).then(|| span().class("gap-owner").child((entity_link(scene, &gap.subject), ": ")));
    let (before, after) = around(texts.closed_by);
    // What was never shown needs no mark: that it stands here says so.
    let mark = (state.standing != Standing::Unproven).then(|| (dot(state.standing, texts), " "));
    let when = state.by.as_ref().map(|by| (" · ", time(by.event.time, scene.now, texts)));
    li().class(["gap is-", state.standing.as_str()].concat())
        .attr("data-gap-standing", state.standing.as_str())
        .child((
            div().class("gap-text").child((mark, owner, gap.text.clone(), " ", source_line(scene, gap.source))),
            div().class("gap-cure").child((
                span().class("tag").child(kinds.join(" · ")),
                " ",
                before,
                code().child(kind.closed_by()),
                after,
                when,
            )),
        ))
        .draw()
}
