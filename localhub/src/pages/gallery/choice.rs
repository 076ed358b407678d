//! What a reader of the gallery chooses: width, theme, language, density.

use maud::{Markup, html};
use serde::Deserialize;

/// How widgets are shown. Part of the address, so that a view can be shared.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Choice {
    /// `all`, or a width in CSS pixels.
    width: String,
    /// `both`, `light` or `dark`.
    theme: String,
    /// `en` or `de`.
    lang: String,
    /// `regular` or `compact`.
    density: String,
}

impl Default for Choice {
    fn default() -> Self {
        Self { width: "520".into(), theme: "both".into(), lang: "en".into(), density: "regular".into() }
    }
}

/// A choice's name in the address, its heading, its values with their words.
type Group = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// What is offered. The tests ask for other widths besides.
const OFFERED: [Group; 4] = [
    ("width", "Width", &[("280", "280"), ("520", "520"), ("1100", "1100"), ("all", "All")]),
    ("theme", "Theme", &[("light", "Light"), ("dark", "Dark"), ("both", "Both")]),
    ("lang", "Language", &[("en", "English"), ("de", "Deutsch")]),
    ("density", "Density", &[("regular", "Regular"), ("compact", "Compact")]),
];

impl Choice {
    /// The widths to show, in CSS pixels.
    pub(super) fn widths(&self) -> &'static [u32] {
        match self.width.as_str() {
            "280" => &[280],
            "1100" => &[1100],
            // From the narrowest place to the widest, for the tests.
            "extremes" => &[280, 320, 520, 1100, 2000],
            "all" => &[280, 520, 1100],
            // As wide as the page: what is printed.
            "page" => &[0],
            _ => &[520],
        }
    }

    /// The themes to show.
    pub(super) fn themes(&self) -> &'static [&'static str] {
        match self.theme.as_str() {
            "light" => &["light"],
            "dark" => &["dark"],
            _ => &["light", "dark"],
        }
    }

    /// The language to show.
    pub(super) fn lang(&self) -> &'static str {
        if self.lang == "de" { "de" } else { "en" }
    }

    /// The `density` attribute, if any.
    pub(super) fn density(&self) -> Option<&'static str> {
        (self.density == "compact").then_some("compact")
    }

    fn value(&self, name: &str) -> &str {
        match name {
            "width" => &self.width,
            "theme" => &self.theme,
            "lang" => &self.lang,
            _ => &self.density,
        }
    }

    /// The choice as the query of an address, with one part replaced.
    pub(super) fn query(&self, replaced: Option<(&str, &str)>) -> String {
        let value = |name: &str| match replaced {
            Some((other, value)) if other == name => value.to_owned(),
            // Only what is offered comes back into an address.
            _ => self.known(name).to_owned(),
        };
        OFFERED.iter().map(|(name, ..)| format!("{name}={}", value(name))).collect::<Vec<_>>().join("&")
    }

    fn known(&self, name: &str) -> &'static str {
        let offered = OFFERED.iter().find(|(other, ..)| *other == name).map(|(.., values)| *values).unwrap_or_default();
        let chosen = offered.iter().find(|(value, _)| *value == self.value(name));
        chosen.or(offered.first()).map(|(value, _)| *value).unwrap_or_default()
    }

    /// The choices as groups of links.
    pub(super) fn links(&self) -> Markup {
        html! {
            div.choices role="group" aria-label="How the widgets are shown" {
                @for (name, heading, values) in OFFERED {
                    div.choice role="group" aria-label=(heading) {
                        span.choice-name aria-hidden="true" { (heading) }
                        span.segments {
                            @for (value, words) in values {
                                a href=(format!("?{}", self.query(Some((name, value))))) aria-current=[(self.known(name) == *value).then_some("true")] { (words) }
                            }
                        }
                    }
                }
            }
        }
    }
}
