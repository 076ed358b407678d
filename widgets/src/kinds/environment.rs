//! `environment`: what is in it, how far that is proven, what is missing.

use leptos::prelude::*;
use ops_model::{
    CatalogIndex, Context, EntityKind, EntityRef, Standing,
    entity::keys,
    health::{health, own},
    standings::Standings,
};

use super::Headline;
use crate::{
    hub::use_hub,
    texts::{Texts, use_texts},
    ui::{
        Coverage, CoverageBar, FactList, FoldedFeed, GapList, MemberDetail, MemberSelection, Members, OtherFacts,
        Subsection,
    },
};

/// The facts that the widget shows at its top.
const SHOWN: [&str; 3] = [keys::ROLE, keys::STATE, keys::NOTES];

/// What is in an environment, by kind, in the inventory's order.
#[derive(Clone, Debug, Default, PartialEq)]
struct Content {
    hosts: Vec<EntityRef>,
    clusters: Vec<EntityRef>,
    services: Vec<EntityRef>,
    stores: Vec<EntityRef>,
    endpoints: Vec<EntityRef>,
}

impl Content {
    fn of(catalog: &CatalogIndex, id: &EntityRef) -> Self {
        let inside = |kind| catalog.in_environment(id, kind).cloned().collect();
        Self {
            hosts: inside(EntityKind::Host),
            clusters: inside(EntityKind::Cluster),
            services: inside(EntityKind::Service),
            stores: inside(EntityKind::DataStore),
            endpoints: inside(EntityKind::Endpoint),
        }
    }

    /// The environment and everything in it.
    fn with(&self, id: &EntityRef) -> Vec<EntityRef> {
        let inside = [&self.hosts, &self.clusters, &self.services, &self.stores, &self.endpoints];
        std::iter::once(id).chain(inside.into_iter().flatten()).cloned().collect()
    }

    /// What gaps are listed of.
    fn with_gaps(&self) -> Vec<EntityRef> {
        [&self.hosts, &self.services, &self.stores].into_iter().flatten().cloned().collect()
    }
}

/// What the widget shows.
#[derive(Clone, Debug, PartialEq)]
struct EnvironmentSummary {
    coverage: Coverage,
    hosts: MemberSelection,
    clusters: MemberSelection,
    services: MemberSelection,
    stores: MemberSelection,
    endpoints: MemberSelection,
}

impl EnvironmentSummary {
    fn of(context: Context<'_>, content: &Content) -> Self {
        // Most entities of a large environment have no evidence: each of those costs one lookup.
        let standings = Standings::new(context);
        let judge = |one: &EntityRef| standings.of(one);
        let claims = [&content.hosts, &content.services, &content.stores, &content.endpoints];
        Self {
            coverage: Coverage::of(claims.into_iter().flatten().map(judge)),
            hosts: MemberSelection::of(&content.hosts, judge),
            clusters: MemberSelection::of(&content.clusters, judge),
            services: MemberSelection::of(&content.services, judge),
            stores: MemberSelection::of(&content.stores, judge),
            endpoints: MemberSelection::of(&content.endpoints, judge),
        }
    }
}

/// Planned and without evidence: it is not there yet, which is not a fault.
fn is_planned(context: Context<'_>, id: &EntityRef) -> bool {
    let state = context.index.value(id, keys::STATE).unwrap_or_default().to_lowercase();
    state.starts_with("planned") && own(context, id).standing == Standing::Unproven
}

/// What an environment says as a whole.
pub(super) fn headline(context: Context<'_>, id: &EntityRef, texts: &'static Texts) -> Headline {
    let word = is_planned(context, id).then_some(texts.planned);
    Headline { word, ..Headline::of(&health(context, id)) }
}

/// An environment.
#[component]
pub(super) fn Environment(subject: EntityRef) -> impl IntoView {
    let (hub, texts) = (use_hub(), use_texts());
    let content = {
        let subject = subject.clone();
        hub.catalog_memo(move |catalog| Content::of(catalog, &subject))
    };
    let summary = hub.memo(move |context| EnvironmentSummary::of(context, &content.read()));
    let coverage = Memo::new(move |_| summary.read().coverage.clone());
    let hosts = Memo::new(move |_| summary.read().hosts.clone());
    let clusters = Memo::new(move |_| summary.read().clusters.clone());
    let services = Memo::new(move |_| summary.read().services.clone());
    let stores = Memo::new(move |_| summary.read().stores.clone());
    let endpoints = Memo::new(move |_| summary.read().endpoints.clone());
    let about = {
        let subject = subject.clone();
        Memo::new(move |_| content.read().with(&subject))
    };
    let with_gaps = Memo::new(move |_| content.read().with_gaps());
    let names = vec![(keys::ROLE, texts.role), (keys::STATE, texts.state), (keys::NOTES, texts.notes)];
    view! {
        <div>
            <FactList entity=subject.clone() names />
            <Show when=move || !coverage.read().is_empty()>
                <Subsection title=texts.coverage>
                    <CoverageBar coverage />
                </Subsection>
            </Show>
            <Members title=texts.hosts members=hosts detail=MemberDetail::Copyable(keys::ADDRESS) />
            <Members title=texts.clusters members=clusters detail=MemberDetail::Fact(keys::ROLE) />
            <Members title=texts.services members=services detail=MemberDetail::Fact(keys::APP_VERSION) />
            <Members title=texts.data_stores members=stores detail=MemberDetail::None />
            <Members title=texts.endpoints members=endpoints detail=MemberDetail::Fact(keys::STATE) />
            <GapList about=with_gaps />
            <FoldedFeed about />
            <OtherFacts entity=subject shown=&SHOWN />
        </div>
    }
}
