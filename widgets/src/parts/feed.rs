//! A feed of events, newest first and by day, narrowed to a type and to an entity.

use std::{collections::BTreeMap, sync::Arc};

use crate::view::{
    ev,
    html::{button, code, details, div, h3, li, ol, p, section, span, summary},
    prelude::*,
};
use ops_model::{EntityRef, Event, Observation, order};

use crate::{
    intl,
    parts::{choose, evidence::entry, time, unread::unread},
    record::Sending,
    scope::Scene,
    texts::fill,
};

/// How many events are shown at first, and how many more at each click.
const STEP: usize = 20;

/// One event of the feed: with what it says, or as it came where the catalog has no place for it.
enum Item<'a> {
    Placed(&'a Observation),
    Unplaced(&'a Arc<Event>),
}

impl Item<'_> {
    fn event(&self) -> &Event {
        match self {
            Self::Placed(observation) => &observation.event,
            Self::Unplaced(event) => event,
        }
    }

    fn is_about(&self, entity: &str) -> bool {
        match self {
            Self::Placed(observation) => observation.subject.to_string() == entity,
            Self::Unplaced(_) => false,
        }
    }
}

/// The events about these entities, folded away.
#[must_use]
pub fn recent_events(scene: &Scene, ids: &[EntityRef]) -> View {
    let count = ids.iter().map(|id| scene.data.log.of(id).len()).sum();
    folded(scene, count, Some(ids.to_vec()))
}

/// All events, folded away.
#[must_use]
pub fn all_events(scene: &Scene) -> View {
    folded(scene, scene.data.log.len(), None)
}

fn folded(scene: &Scene, count: usize, about: Option<Vec<EntityRef>>) -> View {
    let name = [scene.texts.feed.recent, " (", &count.to_string(), ")"].concat();
    details().class("more feed-folded").child((summary().child(name), feed(scene, about))).draw()
}

/// The events about these entities, or all of them.
#[must_use]
pub fn feed(scene: &Scene, about: Option<Vec<EntityRef>>) -> View {
    let texts = &scene.texts.feed;
    let kind = scene.memory.text("feed-type");
    let entity = scene.memory.text("feed-entity");
    let steps = scene.memory.text("feed-steps");
    let all = items(scene, about.as_deref());
    if all.is_empty() {
        let nothing = p().class("quiet").child(texts.nothing);
        let (scene, unread) = (scene.clone(), about.is_none().then(|| unread(scene)));
        return (move || on_its_way(&scene), nothing, unread).draw();
    }
    let mut kinds: BTreeMap<String, (String, usize)> = BTreeMap::new();
    let mut entities: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for item in &all {
        let kind = &item.event().event_type;
        kinds.entry(kind.clone()).or_insert((kind.clone(), 0)).1 += 1;
        if let Item::Placed(observation) = item {
            let name = scene.index().title(&observation.subject).to_owned();
            entities.entry(observation.subject.to_string()).or_insert((name, 0)).1 += 1;
        }
    }
    let options = |counted: BTreeMap<String, (String, usize)>| {
        counted.into_iter().map(|(id, (name, count))| (id, name, count)).collect()
    };
    let choices = div().class("feed-choices").child((
        choice(texts.by_type, texts.all_types, options(kinds), &kind),
        choice(texts.by_entity, texts.all_entities, options(entities), &entity),
    ));
    drop(all);
    let unread = about.is_none().then(|| unread(scene));
    let scene = scene.clone();
    let list = move || {
        let shown = STEP * (1 + steps.get().len());
        list_view(&scene, about.as_deref(), &kind.get(), &entity.get(), shown, &steps)
    };
    div().class("feed").child((choices, list, unread)).draw()
}

fn items<'a>(scene: &'a Scene, about: Option<&[EntityRef]>) -> Vec<Item<'a>> {
    let log = &scene.data.log;
    let mut all: Vec<Item<'a>> = match about {
        Some(ids) => ids.iter().flat_map(|id| log.of(id)).map(Item::Placed).collect(),
        None => log.all().map(Item::Placed).chain(log.unplaced().iter().map(Item::Unplaced)).collect(),
    };
    // Events of one moment have an order too, so that no drawing shuffles them.
    order::sort_by(&mut all, |a, b| (b.event().time, &b.event().id).cmp(&(a.event().time, &a.event().id)));
    all
}

/// All, or one of the options with its count.
fn choice(
    name: &'static str,
    all: &'static str,
    options: Vec<(String, String, usize)>,
    chosen: &ArcRwSignal<String>,
) -> View {
    let counted = options
        .into_iter()
        .map(|(value, name, count)| (value, [name.as_str(), " (", &count.to_string(), ")"].concat()));
    let options = std::iter::once((String::new(), all.to_owned())).chain(counted).collect();
    let now = chosen.get_untracked();
    let chosen = chosen.clone();
    choose("feed-choice", name, options, &now, Box::new(move |value| chosen.set(value)))
}

fn list_view(
    scene: &Scene,
    about: Option<&[EntityRef]>,
    kind: &str,
    entity: &str,
    shown: usize,
    steps: &ArcRwSignal<String>,
) -> View {
    let texts = &scene.texts.feed;
    let all = items(scene, about);
    let total = all.len().to_string();
    let fits = |item: &&Item<'_>| {
        (kind.is_empty() || item.event().event_type == kind) && (entity.is_empty() || item.is_about(entity))
    };
    let fitting: Vec<&Item<'_>> = all.iter().filter(fits).collect();
    let count = fill(texts.shown, &[&fitting.len().to_string(), &total]);
    let mut days: Vec<(String, Vec<View>)> = Vec::new();
    for item in fitting.iter().take(shown) {
        let day = intl::day(item.event().time, scene.texts.tag);
        let view = item_view(scene, item);
        match days.last_mut() {
            Some((last, items)) if *last == day => items.push(view),
            _ => days.push((day, vec![view])),
        }
    }
    let days: Vec<View> = days
        .into_iter()
        .map(|(day, items)| {
            section().class("feed-day").child((h3().child(day), ol().class("timeline").child(items))).draw()
        })
        .collect();
    let none = fitting.is_empty().then(|| p().class("quiet").child(texts.none_fits));
    let steps = steps.clone();
    let more = (fitting.len() > shown).then(|| {
        button()
            .r#type("button")
            .class("button")
            .on(ev::click, move |_| steps.update(|steps| steps.push('+')))
            .child(texts.earlier)
    });
    (on_its_way(scene), days, none, more, p().class("quiet feed-count").attr("role", "status").child(count)).draw()
}

/// The event that the reader has just sent: shown at once, and gone again where the hub refuses it.
fn on_its_way(scene: &Scene) -> Option<View> {
    let Sending::Sent(event) = scene.recording.as_ref()?.sending.get() else { return None };
    let entry = li().class("entry on-its-way").child((
        span().class("dot is-unproven").attr("aria-hidden", "true").child("…"),
        div().class("entry-text").child((
            code().child(event.event_type.clone()),
            " ",
            span().class("quiet").child(scene.texts.feed.on_its_way),
        )),
    ));
    Some(ol().class("timeline").child(entry).draw())
}

fn item_view(scene: &Scene, item: &Item<'_>) -> View {
    match item {
        Item::Placed(observation) => entry(scene, observation, true),
        Item::Unplaced(event) => li()
            .class("entry")
            .child((
                span().class("dot is-unproven").attr("aria-hidden", "true").child("?"),
                div().class("entry-text").child((
                    code().child(event.event_type.clone()),
                    " ",
                    span().class("quiet").child((
                        time(event.time, scene.now, scene.texts),
                        " · ",
                        scene.texts.feed.unplaced,
                    )),
                )),
            ))
            .draw(),
    }
}
