//! Small marks: standing with icon and word, entity links, times, the coverage bar.

use leptos::{
    html::{a, abbr, button, code, div, span, time as time_element},
    prelude::*,
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
pub fn badge(standing: Standing, word: &'static str) -> AnyView {
    span()
        .class(["badge is-", standing.as_str()].concat())
        .attr("part", "badge")
        .attr("data-standing", standing.as_str())
        .child((span().class("glyph").attr("aria-hidden", "true").child(glyph(standing)), word))
        .into_any()
}

/// A standing where there is room for its sign only; the word is its name.
#[must_use]
pub fn dot(standing: Standing, texts: &'static Texts) -> AnyView {
    span()
        .class(["dot is-", standing.as_str()].concat())
        .attr("role", "img")
        .attr("aria-label", texts.standing(standing))
        .title(texts.standing(standing))
        .child(glyph(standing))
        .into_any()
}

/// An entity as a link to its own view.
#[must_use]
pub fn entity_link(scene: &Scene, id: &EntityRef) -> AnyView {
    a().class("entity")
        .attr("part", "entity")
        .href([&scene.link_base, &id.address()].map(String::as_str).concat())
        .attr("data-ref", id.to_string())
        .child(scene.index().title(id).to_owned())
        .into_any()
}

/// A time: relative in the text, absolute on hover and for assistive technology.
#[must_use]
pub fn time(at: Timestamp, now: Timestamp, texts: &'static Texts) -> AnyView {
    time_element()
        .attr("datetime", at.to_string())
        .title(intl::absolute(at, texts.tag))
        .attr("tabindex", "0")
        .child(intl::relative(at, now, texts.tag))
        .into_any()
}

/// A value in fixed-width type with a button that copies it.
#[must_use]
pub fn copyable(value: &str, texts: &'static Texts) -> AnyView {
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
        .into_any()
}

/// How many claims have which standing, as a bar with a legend.
#[must_use]
pub fn coverage_bar(standings: &[Standing], texts: &'static Texts) -> AnyView {
    let order = [Standing::Proven, Standing::Failing, Standing::Stale, Standing::Unproven];
    let counted: Vec<(Standing, usize)> =
        order.iter().map(|one| (*one, standings.iter().filter(|standing| *standing == one).count())).collect();
    // One segment a claim: a share needs no inline style, which a strict page would refuse.
    let segments: Vec<AnyView> = counted
        .iter()
        .flat_map(|(standing, count)| std::iter::repeat_n(*standing, *count))
        .map(|standing| span().class(["segment is-", standing.as_str()].concat()).child("").into_any())
        .collect();
    let legend: Vec<AnyView> = counted
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
                .into_any()
        })
        .collect();
    div()
        .class("coverage")
        .child((
            div().class("coverage-bar").attr("aria-hidden", "true").child(segments),
            div().class("coverage-legend").child(legend),
        ))
        .into_any()
}
