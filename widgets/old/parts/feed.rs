//! A feed of events, newest first and by day, narrowed to a type and to an entity.
use std::sync::Arc;

use crate::view::{
    ev,
    html::{button, code, details, div, h3, li, ol, p, section, span},
    prelude::*,
};
use ops_model::{EntityRef, Event, Observation, Timestamp};

use crate::{
    intl,
    parts::{choose, evidence::entry, folds, time, unread::unread},
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

    /// By what it is ordered: events of one moment have an order too, so that no drawing shuffles them.
    fn place(&self) -> (Timestamp, &str) {
        (self.event().time, &self.event().id)
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

/// A feed that is drawn once somebody opens it.
fn folded(scene: &Scene, count: usize, about: Option<Vec<EntityRef>>) -> View {
    let name = [scene.texts.feed.recent, " (", &count.to_string(), ")"].concat();
    let (open, scene) = (scene.memory.text("feed-open"), scene.clone());
    let is_open = open.clone();
    let inside = move || match is_open.with(String::is_empty) {
        true => on_its_way(&scene).draw(),
        false => feed(&scene, about.clone()),
    };
    folds(details().class("more feed-folded"), name.draw(), inside.draw(), &open).draw()
}

/// The events about these entities, or all of them.
#[must_use]
pub fn feed(scene: &Scene, about: Option<Vec<EntityRef>>) -> View {
    let texts = &scene.texts.feed;
    let kind = scene.memory.text("feed-type");
    let entity = scene.memory.text("feed-entity");
    let steps = scene.memory.text("feed-steps");
    let mut kinds = Options::default();
    let mut entities = Options::default();
    for (id, observations) in groups(scene, about.as_deref()) {
        let kinds_of = observations.iter().map(|observation| observation.event.event_type.as_str());
        kinds_of.for_each(|kind| count(&mut kinds, kind, kind, 1));
        count(&mut entities, &id.to_string(), &scene.index().title(id), observations.len());
    }
    for event in unplaced(scene, about.as_deref()) {
        count(&mut kinds, &event.event_type, &event.event_type, 1);
    }
    if kinds.is_empty() {
        let nothing = p().class("quiet").child(texts.nothing);
        let (scene, unread) = (scene.clone(), about.is_none().then(|| unread(scene)));
        return (move || on_its_way(&scene), nothing, unread).draw();
    }
    let choices = div().class("feed-choices").child((
        choice(texts.by_type, texts.all_types, kinds, &kind),
        choice(texts.by_entity, texts.all_entities, entities, &entity),
    ));
    let unread = about.is_none().then(|| unread(scene));
    let scene = scene.clone();
    let list = move || {
        let shown = STEP * (1 + steps.get().len());
        list_view(&scene, about.as_deref(), &kind.get(), &entity.get(), shown, &steps)
    };
    div().class("feed").child((choices, list, unread)).draw()
}

/// Values to choose from: each with its name and how many events have it.
type Options = Vec<(String, String, usize)>;

fn count(options: &mut Options, value: &str, name: &str, more: usize) {
    match options.iter_mut().find(|(of, _, _)| of == value) {
        Some((_, _, count)) => *count += more,
        None if more > 0 => options.push((value.to_owned(), name.to_owned(), more)),
        None => {}
    }
}

/// The kept observations of these entities, or of all.
fn groups<'a>(scene: &'a Scene, about: Option<&'a [EntityRef]>) -> Vec<(&'a EntityRef, &'a [Arc<Observation>])> {
    match about {
        Some(ids) => ids.iter().map(|id| (id, scene.data.log.of(id))).collect::<Vec<_>>(),
        None => scene.data.log.by_entity().collect::<Vec<_>>(),
    }
}

fn unplaced<'a>(scene: &'a Scene, about: Option<&[EntityRef]>) -> &'a [Arc<Event>] {
    if about.is_none() { scene.data.log.unplaced() } else { &[] }
}

/// The newest events of a type and an entity (empty for any), as many as are shown, and how many
/// there are. One that is older than all that are shown costs a comparison.
fn newest<'a>(
    scene: &'a Scene,
    about: Option<&'a [EntityRef]>,
    kind: &str,
    entity: &str,
    most: usize,
) -> (Vec<Item<'a>>, usize) {
    let (mut shown, mut fitting): (Vec<Item<'a>>, usize) = (Vec::new(), 0);
    let mut offer = |item: Item<'a>| {
        if !kind.is_empty() && item.event().event_type != kind {
            return;
        }
        fitting += 1;
        if shown.len() == most && shown.last().is_some_and(|last| last.place() > item.place()) {
            return;
        }
        let at = shown.partition_point(|other| other.place() > item.place());
        shown.insert(at, item);
        shown.truncate(most);
    };
    for (id, observations) in groups(scene, about) {
        if entity.is_empty() || id.to_string() == entity {
            observations.iter().rev().for_each(|observation| offer(Item::Placed(observation)));
        }
    }
    if entity.is_empty() {
        unplaced(scene, about).iter().for_each(|event| offer(Item::Unplaced(event)));
    }
    (shown, fitting)
}

/// All, or one of the options with its count.
fn choice(name: &'static str, all: &'static str, mut options: Options, chosen: &ArcRwSignal<String>) -> View {
    options.sort_by(|(a, _, _), (b, _, _)| a.cmp(b));
    let counted = options
        .into_iter()
        .map(|(value, name, count)| (value, [name.as_str(), " (", &count.to_string(), ")"].concat()));
    let options = std::iter::once((String::new(), all.to_owned())).chain(counted).collect::<Vec<_>>();
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
    let (items, fitting) = newest(scene, about, kind, entity, shown);
    let placed: usize = groups(scene, about).iter().map(|(_, observations)| observations.len()).sum();
    let total = placed + unplaced(scene, about).len();
    let count = fill(texts.shown, &[&fitting.to_string(), &total.to_string()]);
    let left_out = match about {
        Some(ids) => ids.iter().map(|id| scene.data.log.left_out_of(id)).sum(),
        None => scene.data.log.left_out(),
    };
    let older =
        (left_out > 0).then(|| p().class("quiet feed-older").child(fill(texts.older, &[&left_out.to_string()])));
    let mut days: Vec<(String, Vec<View>)> = Vec::new();
    for item in &items {
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
        .collect::<Vec<_>>();
    let none = (fitting == 0).then(|| p().class("quiet").child(texts.none_fits));
    let steps = steps.clone();
    let more = (fitting > shown).then(|| {
        button()
            .r#type("button")
            .class("button")
            .on(ev::click, move |_| steps.update(|steps| steps.push('+')))
            .child(texts.earlier)
    });
    let count = p().class("quiet feed-count").attr("role", "status").child(count);
    (on_its_way(scene), days, none, more, count, older).draw()
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
