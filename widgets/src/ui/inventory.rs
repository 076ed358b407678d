//! The document that the catalog was made from, in its own words.

use leptos::prelude::*;
use ops_model::{Source, Statement};

use super::{Facts, Folded, Keyed, SourceLine, Statements, Subsection};
use crate::{hub::use_hub, session::persisted, texts::use_texts};

/// Something that the inventory asks for, and where it does.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    text: String,
    source: Source,
}

/// The document that the catalog was made from, section by section, folded away.
///
/// Its content is in the page at once, so that a search of the page and a print find it.
#[component]
pub fn Inventory() -> impl IntoView {
    let texts = use_texts();
    let is_open = persisted::<bool>("inventory");
    view! {
        <Folded class="notes inventory" summary=move || texts.inventory.whole is_open is_eager=true>
            <Document />
        </Folded>
    }
}

#[component]
fn Document() -> impl IntoView {
    let (hub, texts) = (use_hub(), &use_texts().inventory);
    let name = hub.catalog_memo(|catalog| {
        let source = &catalog.inventory().source;
        format!("{}, {} ", source.title, source.date)
    });
    let file = hub.catalog_memo(|catalog| catalog.inventory().source.file.clone());
    let placement = hub.catalog_memo(|catalog| catalog.inventory().placement.clone());
    let asked = hub.catalog_memo(|catalog| {
        let line = |one: &ops_model::AskedQuestion| Line { text: one.text.clone(), source: one.source };
        catalog.inventory().questions.iter().map(line).collect::<Vec<_>>()
    });
    let widgets = hub.catalog_memo(|catalog| {
        let line = |one: &ops_model::WidgetRequest| Line { text: one.name.clone(), source: one.source };
        catalog.inventory().widgets.iter().map(line).collect::<Vec<_>>()
    });
    let events = hub.catalog_memo(|catalog| {
        let line = |one: &ops_model::FirstEvent| Line {
            text: serde_json::to_string_pretty(&one.body).unwrap_or_default(),
            source: one.source,
        };
        catalog.inventory().first_events.iter().map(line).collect::<Vec<_>>()
    });
    view! {
        <div class="inventory-body">
            <p>{name}<span class="quiet">{file}</span></p>
            <Subsection title=texts.placement>
                <Facts facts=placement />
            </Subsection>
            <Subsection title=texts.said>
                <Sections />
            </Subsection>
            <Subsection title=texts.questions>
                <Lines lines=asked as_view=|text| text.into_any() />
            </Subsection>
            <Subsection title=texts.widgets>
                <Lines lines=widgets as_view=|name| view! { <code>{name}</code> }.into_any() />
            </Subsection>
            <Subsection title=texts.first_events>
                <Lines
                    lines=events
                    as_view=|body| view! { <pre class="json" tabindex="0">{body}</pre> }.into_any()
                />
            </Subsection>
        </div>
    }
}

/// The prose of the document, below the headings that it stands under.
#[component]
fn Sections() -> impl IntoView {
    let prose = use_hub().catalog_memo(|catalog| catalog.inventory().context.clone());
    let sections = Memo::new(move |_| {
        let mut sections: Vec<String> = prose.read().iter().map(|one| one.section.clone()).collect();
        sections.dedup();
        sections
    });
    let of_section = move |section: &str| -> Vec<Statement> {
        prose.read().iter().filter(|one| one.section == section).cloned().collect()
    };
    view! {
        <div class="statements">
            <Keyed items=sections key=String::clone let(section)>
                <div class="said">
                    <p class="quiet">{section}</p>
                    <Statements statements=Memo::new(move |_| of_section(&section.read())) />
                </div>
            </Keyed>
        </div>
    }
}

#[component]
fn Lines(lines: Memo<Vec<Line>>, as_view: fn(String) -> AnyView) -> impl IntoView {
    view! {
        <ul class="statements">
            <Keyed items=lines key=|line| line.text.clone() let(line)>
                <li>
                    {as_view(line.get_untracked().text)} " "
                    {move || view! { <SourceLine source=line.read().source /> }}
                </li>
            </Keyed>
        </ul>
    }
}
