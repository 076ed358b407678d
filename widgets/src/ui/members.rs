//! Parts of a whole as a list with standings, under a heading.

use leptos::prelude::*;
use ops_model::{EntityRef, Standing, health::health};

use super::{Copyable, EntityLink, More, StandingDot, Subsection, gap_list::urgency, more::MOST};
use crate::hub::use_hub;

/// The members that a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemberSelection {
    /// Those that are shown.
    pub shown: Vec<EntityRef>,
    /// How many are left out.
    pub hidden: usize,
}

impl MemberSelection {
    /// All members in the inventory's order; of more than [`MOST`] those that call for action first, so that
    /// no failure is left out in favour of what works.
    ///
    /// `standing_of` is called only where a choice has to be made.
    pub fn of(members: &[EntityRef], standing_of: impl Fn(&EntityRef) -> Standing) -> Self {
        let mut shown = members.to_vec();
        if shown.len() > MOST {
            shown.sort_by_cached_key(|one| urgency(standing_of(one)));
            shown.truncate(MOST);
        }
        Self { hidden: members.len() - shown.len(), shown }
    }
}

/// What stands behind a member's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberDetail {
    /// Nothing.
    None,
    /// The value of its fact with this key.
    Fact(&'static str),
    /// The same with a button that copies it.
    Copyable(&'static str),
}

/// Entities with their standing; nothing where there are none.
#[component]
pub fn Members(
    title: &'static str,
    #[prop(into)] members: Signal<MemberSelection>,
    detail: MemberDetail,
) -> impl IntoView {
    let shown = Memo::new(move |_| members.read().shown.clone());
    view! {
        <Show when=move || !shown.read().is_empty()>
            <Subsection title>
                <ul class="members">
                    <For each=move || shown.get() key=EntityRef::clone let(entity)>
                        <Member entity detail />
                    </For>
                </ul>
                <More hidden=Signal::derive(move || members.read().hidden) />
            </Subsection>
        </Show>
    }
}

#[component]
fn Member(entity: EntityRef, detail: MemberDetail) -> impl IntoView {
    let hub = use_hub();
    let standing = {
        let entity = entity.clone();
        hub.memo(move |context| health(context, &entity).standing)
    };
    let detail = {
        let (entity, catalog) = (entity.clone(), hub.clone());
        let value = move |key: &'static str| {
            let entity = entity.clone();
            catalog.catalog_memo(move |catalog| catalog.value(&entity, key).map(str::to_owned))
        };
        match detail {
            MemberDetail::None => ().into_any(),
            MemberDetail::Fact(key) => value(key).into_any(),
            MemberDetail::Copyable(key) => {
                let value = value(key);
                (move || value.get().map(|value| view! { <Copyable value /> })).into_any()
            }
        }
    };
    view! {
        <li class="member">
            <StandingDot standing />
            <span class="member-name"><EntityLink entity /></span>
            <span class="member-detail">{detail}</span>
        </li>
    }
}
