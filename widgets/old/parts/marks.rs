//! Small marks: standing with icon and word, entity links, times, the coverage bar.

use crate::view::{
    html::{a, abbr, button, code, div, span, time as time_element},
    prelude::*,
    svg::{rect, svg},
};
use ops_model::{EntityRef, Standing, Timestamp};

use crate::{intl, scope::Scene, texts::Texts};

/// The sign of a standing: readable without colour.
#[must_use]
pub const fn glyph(standing: Standing) -> &'static str {
    match standing {
        Standing::Proven => "✓",
        Standing::Unproven => "○",
        Standing::Stale => "◷",
        Standing::Failing => "✕",
    }
}

/// A standing as a pill with sign and word.
#[must_use]
pub fn badge(standing: Standing, word: &'static str) -> View {
    span()
        .class(["badge is-", standing.as_str()].concat())
        .attr("part", "badge")
        .attr("data-standing", standing.as_str())
        .child((span().class("glyph").attr("aria-hidden", "true").child(glyph(standing)), word))
        .draw()
}

/// A standing where there is room for its sign only; the word is its name.
#[must_use]
pub fn dot(standing: Standing, texts: &'static Texts) -> View {
    span()
        .class(["dot is-", standing.as_str()].concat())
        .attr("role", "img")
        .attr("aria-label", texts.standing(standing))
        .title(texts.standing(standing))
        .child(glyph(standing))
        .draw()
}

/// An entity as a link to its own view.
#[must_use]
pub fn entity_link(scene: &Scene, id: &EntityRef) -> View {
    entity_anchor(scene, id, "entity").draw()
}

/// The same, of this class.
#[must_use]
pub fn entity_anchor(scene: &Scene, id: &EntityRef, class: &'static str) -> Element {
    a().class(class)
        .attr("part", "entity")
        .href([&scene.link_base, &id.address()].map(String::as_str).concat())
        .attr("data-ref", id.to_string())
        .attr("tabindex", scene.roving.then_some("-1"))
        .child(scene.index().title(id))
}

/// A time: relative in the text, absolute on hover, on focus and for assistive technology, from just after
/// the first drawing of a page on.
#[must_use]
pub fn time(at: Timestamp, now: Timestamp, texts: &'static Texts) -> View {
    marked_time(at, now, texts, "0")
}

/// The same within a scene, whose grid may have keys of its own.
#[must_use]
pub fn scene_time(scene: &Scene, at: Timestamp) -> View {
    marked_time(at, scene.now, scene.texts, if scene.roving { "-1" } else { "0" })
}

fn marked_time(at: Timestamp, now: Timestamp, texts: &'static Texts, tab: &'static str) -> View {
    let absolute = intl::beside(at, texts.tag);
    time_element()
        .attr("datetime", at.to_string())
        .attr("data-absolute", absolute.clone())
        .attr("aria-description", absolute)
        .attr("tabindex", tab)
        .child(texts.age.of(at, now))
        .draw()
}

/// A value in fixed-width type with a button that copies it.
#[must_use]
pub fn copyable(value: &str, texts: &'static Texts) -> View {
    span()
        .class("copyable")
        .child((
            code().child(value.to_owned()),
            button()
                .r#type("button")
                .class("icon-button copy")
                .attr("data-copy", value.to_owned())
                .attr("aria-label", [texts.copy, " ", value].concat())
                .title(texts.copy),
        ))
        .draw()
}

/// How many claims have which standing, as a bar with a legend.
#[must_use]
pub fn coverage_bar(standings: &[Standing], texts: &'static Texts) -> View {
    let order = [Standing::Proven, Standing::Failing, Standing::Stale, Standing::Unproven];
    let counted: Vec<(Standing, usize)> = order
        .iter()
        .map(|one| (*one, standings.iter().filter(|standing| *standing == one).count()))
        .collect::<Vec<_>>();
    // Shares as attributes of a drawing: an inline style would be refused by a strict page.
    let all = standings.len().max(1);
    let mut from = 0;
    let segments: Vec<View> = counted
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(standing, count)| {
            let (x, width) = (share(from, all), share(*count, all));
            from += count;
            rect()
                .attr("class", ["segment is-", standing.as_str()].concat())
                .attr("x", x)
                .attr("width", width)
                .attr("height", "10")
                .draw()
        })
        .collect::<Vec<_>>();
    let legend: Vec<View> = counted
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(standing, count)| {
            span()
                .class(["legend is-", standing.as_str()].concat())
                .child((
                    span().class("glyph").attr("aria-hidden", "true").child(glyph(*standing)),
                    abbr().class("count").child(count.to_string()),
                    " ",
                    texts.standing(*standing),
                ))
                .draw()
        })
        .collect::<Vec<_>>();
    div()
        .class("coverage")
        .child((
            svg()
                .attr("class", "coverage-bar")
                .attr("aria-hidden", "true")
                .attr("viewBox", "0 0 1000 10")
                .attr("preserveAspectRatio", "none")
                .child(segments),
            div().class("coverage-legend").child(legend),
        ))
        .draw()
}

/// A share of a whole in thousandths.
fn share(part: usize, whole: usize) -> String {
    (part.saturating_mul(1000) / whole).to_string()
}
