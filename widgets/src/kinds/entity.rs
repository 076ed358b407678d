//! `entity`: anything of the catalog, with its facts, relations, gaps and evidence.

use leptos::prelude::*;
use ops_model::{CatalogIndex, Context, EntityRef, RelationKind, health::health};

use super::Headline;
use crate::{
    hub::use_hub,
    texts::{Texts, use_texts},
    ui::{EntityLink, Feed, GapList, Keyed, MOST, More, OtherFacts, Subsection},
};

/// A relation, seen from one of its ends.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Related {
    /// Whether the relation starts here.
    is_onward: bool,
    kind: RelationKind,
    /// The other end.
    entity: EntityRef,
}

impl Related {
    /// The relations that start at an entity, then those that end there.
    fn all(catalog: &CatalogIndex, id: &EntityRef) -> Vec<Self> {
        let onward =
            catalog.relations_from(id).map(|one| Self { is_onward: true, kind: one.kind, entity: one.to.clone() });
        let inward =
            catalog.relations_to(id).map(|one| Self { is_onward: false, kind: one.kind, entity: one.from.clone() });
        onward.chain(inward).collect()
    }
}

/// What any entity says as a whole.
pub(super) fn headline(context: Context<'_>, id: &EntityRef, _: &'static Texts) -> Headline {
    Headline::of(&health(context, id))
}

/// Any entity.
#[component]
pub(super) fn Entity(subject: EntityRef) -> impl IntoView {
    let texts = use_texts();
    let own = Signal::stored(vec![subject.clone()]);
    view! {
        <div>
            <span class="tag">{texts.entity_kind(subject.kind)}</span>
            <OtherFacts entity=subject.clone() shown=&[] />
            <Relations entity=subject />
            <GapList about=own />
            <Subsection title=texts.evidence>
                <Feed about=own />
            </Subsection>
        </div>
    }
}

/// What an entity is related to; nothing where it stands alone.
#[component]
fn Relations(entity: EntityRef) -> impl IntoView {
    let (hub, texts) = (use_hub(), use_texts());
    let all = hub.catalog_memo(move |catalog| Related::all(catalog, &entity));
    let first = Memo::new(move |_| all.read().iter().take(MOST).cloned().collect::<Vec<_>>());
    let hidden = Signal::derive(move || all.read().len().saturating_sub(MOST));
    let item = move |Related { is_onward, kind, entity }: Related| {
        let words = texts.relation(kind);
        match is_onward {
            true => view! { <li><span class="quiet">{words} " "</span><EntityLink entity /></li> }.into_any(),
            false => view! { <li><EntityLink entity /><span class="quiet">" " {words}</span></li> }.into_any(),
        }
    };
    view! {
        <Show when=move || !first.read().is_empty()>
            <Subsection title=texts.relations>
                <ul class="relations">
                    <Keyed items=first key=Related::clone let(related)>
                        {item(related.get_untracked())}
                    </Keyed>
                </ul>
                <More hidden />
            </Subsection>
        </Show>
    }
}
