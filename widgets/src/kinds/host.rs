//! `host`: its address, what runs on it, whether it is reached, and what stops with it.

use leptos::prelude::*;
use ops_model::{
    CatalogIndex, Context, EntityRef, RelationKind,
    entity::keys,
    health::{health, own},
    impact::{Affected, impact},
};

use super::Headline;
use crate::{
    hub::use_hub,
    texts::{Texts, fill, use_texts},
    ui::{
        Copyable, EntityLink, Fact, FactList, FoldedFeed, GapList, Keyed, MOST, MemberDetail, MemberSelection, Members,
        More, OtherFacts, Strip, Subsection,
    },
};

/// The facts that the widget shows at its top.
const SHOWN: [&str; 2] = [keys::ADDRESS, keys::ROLE];

/// What a host says as a whole.
pub(super) fn headline(context: Context<'_>, id: &EntityRef, _: &'static Texts) -> Headline {
    Headline::of_part(&own(context, id))
}

/// What runs on a host.
fn runs(catalog: &CatalogIndex, id: &EntityRef) -> Vec<EntityRef> {
    catalog.origins(id, RelationKind::RunsOn).map(|relation| relation.from.clone()).collect()
}

/// A host.
#[component]
pub(super) fn Host(subject: EntityRef) -> impl IntoView {
    let (hub, texts) = (use_hub(), use_texts());
    let id = StoredValue::new(subject);
    let address = hub.catalog_memo(move |catalog| catalog.value(&id.read_value(), keys::ADDRESS).map(str::to_owned));
    let environment = hub.catalog_memo(move |catalog| catalog.environment_of(&id.read_value()).cloned());
    let runs = hub.catalog_memo(move |catalog| runs(catalog, &id.read_value()));
    let members = hub.memo(move |context| MemberSelection::of(&runs.read(), |one| health(context, one).standing));
    let affected = hub.catalog_memo(move |catalog| impact(catalog, &id.read_value()));
    let about = Memo::new(move |_| {
        let affected = affected.read();
        let affected = affected.iter().map(|one| one.entity.clone());
        std::iter::once(id.get_value()).chain(affected).collect::<Vec<_>>()
    });
    let own = Signal::stored(vec![id.get_value()]);
    view! {
        <div>
            <dl class="facts">
                {move || {
                    address.get().map(|value| view! { <Fact name=texts.address><Copyable value /></Fact> })
                }}
                {move || {
                    environment.get().map(|entity| view! { <Fact name=texts.environment><EntityLink entity /></Fact> })
                }}
            </dl>
            <FactList entity=id.get_value() names=vec![(keys::ROLE, texts.role)] />
            <Subsection title=texts.reachability>
                <Strip entity=id.get_value() />
            </Subsection>
            <Members title=texts.runs_here members detail=MemberDetail::None />
            <GapList about=own />
            <Subsection title=texts.impact>
                <Impact affected />
            </Subsection>
            <FoldedFeed about />
            <OtherFacts entity=id.get_value() shown=&SHOWN />
        </div>
    }
}

/// What stops with the host, nearest first.
#[component]
fn Impact(affected: Memo<Vec<Affected>>) -> impl IntoView {
    let texts = use_texts();
    let nearest = Memo::new(move |_| affected.read().iter().take(MOST).cloned().collect::<Vec<_>>());
    let hidden = Signal::derive(move || affected.read().len().saturating_sub(MOST));
    let steps = move |steps: u32| match steps {
        1 => texts.one_step.to_owned(),
        steps => fill(texts.steps, &[&steps.to_string()]),
    };
    view! {
        <Show
            when=move || !nearest.read().is_empty()
            fallback=move || view! { <p class="quiet">{texts.impact_none}</p> }
        >
            <ul class="impact">
                <Keyed items=nearest key=|one| one.entity.clone() let(one)>
                    <li class=move || format!("step-{}", one.read().steps.min(4))>
                        <EntityLink entity=one.get_untracked().entity />
                        " "
                        <span class="quiet">{move || steps(one.read().steps)}</span>
                    </li>
                </Keyed>
            </ul>
            <More hidden />
        </Show>
    }
}
