//! The design language: marks, colours, type, space, and what an embedder may change.

use axum::{extract::State as Shared, response::Response};
use maud::{Markup, PreEscaped, html};

use super::{
    Gallery,
    choice::Choice,
    fixture::kinds,
    show::{INVENTED, SECTIONS, framed},
    states::{STATES, find},
    styles,
    tokens::{Token, tokens},
};
use crate::problem::Problem;

/// A standing: its class, sign, word, German word, meaning.
const STANDINGS: [(&str, &str, &str, &str, &str); 4] = [
    ("proven", "✓", "proven", "belegt", "Fresh evidence, expectation met. Nothing else is ever shown as healthy."),
    ("failing", "✕", "failing", "gestört", "Fresh evidence that the expectation is not met."),
    ("stale", "◷", "stale", "veraltet", "Evidence that is older than its type's freshness period."),
    (
        "unproven",
        "○",
        "unproven",
        "unbelegt",
        "No evidence. A sentence of the inventory is recorded, which is not proof.",
    ),
];

/// Where a size of type is used: token, weight in words, an example.
const TYPE: [(&str, &str, &str); 3] = [
    ("--text-l", "Headings of cards", "Library registry"),
    ("--text-m", "Body", "Evidence that a claim holds, and how old it is."),
    ("--text-s", "Labels, ages, hints", "As of 5 minutes ago"),
];

/// The parts that a page can style from outside.
const PARTS: [(&str, &str); 8] = [
    ("card", "The whole widget"),
    ("header", "Kind, heading and standing"),
    ("title", "The heading"),
    ("badge", "The standing with sign and word"),
    ("body", "What the kind shows"),
    ("record", "The form that records evidence"),
    ("footer", "Age of the evidence, time of the last answer"),
    ("entity", "Every link to an entity"),
];

/// The page.
pub(super) async fn page(Shared(gallery): Shared<Gallery>) -> Result<Response, Problem> {
    let (_, manifest) = gallery.manifest().await?;
    let all = tokens();
    let kinds = kinds(&manifest);
    let sample = find("maintenance")
        .map(|state| framed(state, kinds.iter().find(|kind| kind.name == "endpoint"), &Choice::default()));
    let content = html! {
        header.gallery-head {
            p.eyebrow { "ops-hub widgets " (manifest.extension.version) }
            h1 { "Design language and gallery" }
            p.lead { "Every kind of widget in every state, at three widths, in light and dark. The widgets here are the real ones; the hubs that answer them are played. " (INVENTED) }
        }
        div.cards {
            @for kind in &kinds { a.kind-card href=(format!("/gallery/kinds/{}", kind.name)) { strong { (kind.title) } span.quiet { (STATES.len()) " states" } } }
        }
        @if let Some(sample) = sample { (sample) }
        (section(SECTIONS[0], &marks()))
        (section(SECTIONS[1], &colours(&all)))
        (section(SECTIONS[2], &type_scale(&all)))
        (section(SECTIONS[3], &space(&all)))
        (section(SECTIONS[4], &embed(&all)))
    };
    Ok(super::show::page("Design language", &kinds, "/gallery", &content))
}

fn section((id, title): (&str, &str), content: &Markup) -> Markup {
    html! { section.chapter #(id) aria-labelledby=(format!("{id}-title")) { h2 #(format!("{id}-title")) { (title) } (content) } }
}

/// A piece of a widget in a shadow root of its own, under the widgets' own style sheet.
fn specimen(content: &Markup) -> Markup {
    html! {
        div.specimen {
            template shadowrootmode="open" {
                link rel="stylesheet" href=(styles::PATH);
                div.root { (content) }
            }
        }
    }
}

fn marks() -> Markup {
    html! {
        p { "A standing has a sign and a word; colour comes third. In a list there is room for the sign alone: its word is then its name for assistive technology and its hint." }
        div.table-scroll tabindex="0" role="region" aria-label="Standings" { table.plain {
            thead { tr { th scope="col" { "Badge" } th scope="col" { "Sign" } th scope="col" { "Words" } th scope="col" { "Meaning" } } }
            tbody {
                @for (class, sign, word, german, meaning) in STANDINGS {
                    tr {
                        td { (specimen(&html! { span class=(format!("badge is-{class}")) { span aria-hidden="true" { (sign) } (word) } })) }
                        td { (specimen(&html! { span class=(format!("dot is-{class}")) role="img" aria-label=(word) { (sign) } })) }
                        td { (word) ", " span lang="de" { (german) } }
                        td { (meaning) }
                    }
                }
                tr {
                    td { (specimen(&html! { span.source { "L7" } })) }
                    td {}
                    td { "line of the inventory" }
                    td { "Where a fact is stated. Stated is not proven." }
                }
                tr {
                    td { (specimen(&html! { span class="tag gap-tag" { "no owner" } })) }
                    td {}
                    td { "gap" }
                    td { "What is not known, in the place where the answer would stand." }
                }
                tr {
                    td { (specimen(&html! { span class="dot is-said" role="img" aria-label="announcement" { "⚑" } " " span class="dot is-said" role="img" aria-label="note" { "✎" } })) }
                    td { "⚑ ✎" }
                    td { "announcement, note" }
                    td { "Events that prove nothing: neither good nor bad." }
                }
            }
        } }
    }
}

fn colours(all: &[Token]) -> Markup {
    html! {
        p { "Each colour has a value for light and one for dark, chosen by the reader's system or by the attribute " code { "theme" } ". Text on its ground has a contrast of 4.5 to 1 or more in both." }
        ul.swatches {
            @for token in all {
                @if let Some((light, dark)) = token.colours {
                    li.swatch {
                        (swatch(light, dark))
                        code { (token.name) }
                        span.quiet { (token.purpose) }
                        span.values { span { (light) } span { (dark) } }
                    }
                }
            }
        }
    }
}

/// Both values of a colour side by side. As attributes of a picture: a strict page refuses inline style.
fn swatch(light: &str, dark: &str) -> Markup {
    html! {
        svg viewBox="0 0 120 48" aria-hidden="true" preserveAspectRatio="none" {
            rect width="60" height="48" fill=(light) {}
            rect x="60" width="60" height="48" fill=(dark) {}
        }
    }
}

fn type_scale(all: &[Token]) -> Markup {
    html! {
        p { "Three sizes carry everything; weight and colour make ranks. Figures stand in columns. Values of machines are set in fixed width." }
        ul.rows {
            @for (name, used, example) in TYPE {
                li {
                    code { (name) }
                    span.quiet { (value(all, name)) " · " (used) }
                    (specimen(&html! {
                        @if name == "--text-l" { p class="card-names" { strong class="title-specimen" { (example) } } }
                        @else if name == "--text-s" { p class="quiet" { (example) } }
                        @else { p { (example) } }
                    }))
                }
            }
            li { code { "--mono" } span.quiet { "Addresses and types" } (specimen(&html! { code { "ops-endpoint-verified" } })) }
        }
    }
}

fn space(all: &[Token]) -> Markup {
    html! {
        p { "Five steps. " code { "density=\"compact\"" } " tightens four of them for walls of widgets." }
        ul.rows {
            @for token in all.iter().filter(|token| token.name.starts_with("--space")) {
                li {
                    code { (token.name) }
                    span.quiet { (token.value) " · " (token.purpose) }
                    svg.step width="96" height="16" aria-hidden="true" { rect width=(pixels(token.value)) height="16" rx="3" {} }
                }
            }
        }
    }
}

fn embed(all: &[Token]) -> Markup {
    html! {
        p { "A page sets these custom properties on the element or above it, and styles these parts by " code { "::part()" } ". Nothing else of a widget can be reached from outside, and nothing of a widget reaches out." }
        div.two {
            div.table-scroll tabindex="0" role="region" aria-label="Custom properties" { table.plain {
                thead { tr { th scope="col" { "Property" } th scope="col" { "For" } } }
                tbody { @for token in all { @if let Some(property) = token.property { tr { td { code { (property) } } td { (token.purpose) } } } } }
            } }
            div.table-scroll tabindex="0" role="region" aria-label="Parts" { table.plain {
                thead { tr { th scope="col" { "Part" } th scope="col" { "Is" } } }
                tbody { @for (part, words) in PARTS { tr { td { code { (part) } } td { (words) } } } }
            } }
        }
        pre.example tabindex="0" { (PreEscaped("ops-widget {\n  --ops-accent: #00629b;\n  --ops-radius: 0;\n}\nops-widget::part(footer) { display: none; }")) }
    }
}

fn value(all: &[Token], name: &str) -> &'static str {
    all.iter().find(|token| token.name == name).map(|token| token.value).unwrap_or_default()
}

/// A length in rem as pixels of a picture, at 16 px a rem.
fn pixels(value: &str) -> String {
    let rem: f32 = value.strip_suffix("rem").and_then(|number| number.parse().ok()).unwrap_or_default();
    format!("{:.0}", rem * 16.0)
}
