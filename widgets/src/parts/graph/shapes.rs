//! The few shapes that every picture is drawn with.

use leptos::{prelude::*, svg};
use ops_model::graph::Rect;

/// A rectangle with rounded corners.
pub(super) fn rect(class: impl Into<String>, place: Rect, radius: i32) -> AnyView {
    svg::rect()
        .attr("class", class.into())
        .attr("x", place.x.to_string())
        .attr("y", place.y.to_string())
        .attr("width", place.width.to_string())
        .attr("height", place.height.to_string())
        .attr("rx", radius.to_string())
        .into_any()
}

/// A line of words that begins, ends or is centred at a point; its class says which.
pub(super) fn words(class: impl Into<String>, (x, y): (i32, i32), text: impl Into<String>) -> AnyView {
    svg::text()
        .attr("class", class.into())
        .attr("x", x.to_string())
        .attr("y", y.to_string())
        .child(text.into())
        .into_any()
}

/// A path, moved to a point.
pub(super) fn path(class: impl Into<String>, (x, y): (i32, i32), data: impl Into<String>) -> AnyView {
    svg::path().attr("class", class.into()).attr("transform", moved(x, y)).attr("d", data.into()).into_any()
}

/// A group without a meaning of its own, hidden from assistive technology where it only decorates.
pub(super) fn layer(class: &'static str, hidden: bool, views: Vec<AnyView>) -> AnyView {
    svg::g().attr("class", class).attr("aria-hidden", hidden.then_some("true")).child(views).into_any()
}

/// The transformation that moves something to a point.
pub(super) fn moved(x: i32, y: i32) -> String {
    ["translate(", &x.to_string(), " ", &y.to_string(), ")"].concat()
}
