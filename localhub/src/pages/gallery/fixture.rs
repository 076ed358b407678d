//! The invented data that the gallery shows, at a fixed time of the hub.

use std::collections::BTreeSet;

use ops_manifest::Manifest;
use ops_model::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::states::{About, Day, GalleryState};
use crate::problem::Problem;

const CATALOG: &str = include_str!("../../../../static/gallery/catalog.json");
const EMPTY: &str = include_str!("../../../../static/gallery/empty.json");
const EVENTS: &str = include_str!("../../../../static/gallery/events.json");

/// The hub's time in the gallery, so that every visit shows the same: 2026-06-06T08:00:00Z, in ms.
const NOW_MS: i64 = 1_780_732_800_000;
const DAY_MS: i64 = 86_400_000;

/// The catalog of a day, as JSON.
pub(super) const fn catalog(day: Day) -> &'static str {
    if day.catalog { CATALOG } else { EMPTY }
}

/// The hub's time on a day.
pub(super) fn now(day: Day) -> Timestamp {
    Timestamp::from_ms(NOW_MS).plus_ms(day.days_later.saturating_mul(DAY_MS))
}

/// An event with its age in place of its time.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Recorded {
    age_seconds: i64,
    widget: String,
    event_type: String,
    metadata: Map<String, Value>,
    actor: String,
    /// When announced work begins, in seconds from now.
    from_seconds: Option<i64>,
    /// When it ends.
    until_seconds: Option<i64>,
}

/// The events of a day, newest first.
pub(super) fn events(day: Day) -> Result<Vec<Value>, Problem> {
    let groups: Map<String, Value> = read("events.json", EVENTS)?;
    let start = Timestamp::from_ms(NOW_MS);
    let at = |seconds: i64| start.plus_ms(seconds.saturating_mul(1000));
    let mut found = Vec::new();
    for group in day.events {
        let items = groups.get(*group).cloned().unwrap_or_default();
        let items: Vec<Recorded> = serde_json::from_value(items).map_err(|error| broken("events.json", &error))?;
        for (number, mut item) in items.into_iter().enumerate() {
            for (key, seconds) in [("from", item.from_seconds), ("until", item.until_seconds)] {
                if let Some(seconds) = seconds {
                    item.metadata.insert(key.into(), at(seconds).to_string().into());
                }
            }
            let time = at(item.age_seconds.saturating_neg());
            found.push((
                time,
                json!({
                    "id": format!("evt_{group}_{number}"), "widgetId": format!("wgt_{}", item.widget),
                    "widget": item.widget, "eventType": item.event_type, "viewContext": "gallery",
                    "metadata": item.metadata, "time": time, "actor": item.actor,
                }),
            ));
        }
    }
    found.sort_by_key(|(time, _)| std::cmp::Reverse(*time));
    Ok(found.into_iter().map(|(_, event)| event).collect())
}

/// A kind of widget that the gallery shows.
#[derive(Clone, Debug)]
pub(super) struct GalleryKind {
    /// Its name.
    pub(super) name: String,
    /// Its heading.
    pub(super) title: String,
    /// The kind of entity that it is about, if any.
    pub(super) subject: Option<String>,
}

/// The manifest's kinds, and the one that shows any entity.
pub(super) fn kinds(manifest: &Manifest) -> Vec<GalleryKind> {
    let of_manifest = manifest.kinds.iter().map(|kind| GalleryKind {
        name: kind.name.clone(),
        title: kind.title.clone(),
        subject: kind.subjects.first().map(ToString::to_string),
    });
    let any = GalleryKind { name: "entity".into(), title: "Any entity".into(), subject: Some("data-store".into()) };
    of_manifest.chain([any]).collect()
}

/// The gallery's own widgets, one a kind, as the manifest of a state names them.
pub(super) fn widgets(manifest: &Manifest, state: &GalleryState) -> Result<Vec<Value>, Problem> {
    let catalog: Value = read("catalog.json", CATALOG)?;
    let entities = catalog["entities"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut titles = BTreeSet::new();
    let widgets = kinds(manifest).into_iter().map(|kind| {
        let subject = kind.subject.as_ref().map(|of| subject(entities, of, state.about));
        let title = subject.as_ref().and_then(|(_, title)| title.clone()).unwrap_or_else(|| kind.title.clone());
        // Two widgets of a page have two headings: a heading is a widget's name.
        let title = if titles.insert(title.clone()) { title } else { format!("{title}: {}", kind.title) };
        json!({
            "name": widget_name(&kind.name), "kind": kind.name, "subject": subject.map(|(id, _)| id),
            "title": title, "viewContext": "gallery",
        })
    });
    Ok(widgets.collect())
}

/// The name of the gallery's widget of a kind.
pub(super) fn widget_name(kind: &str) -> String {
    format!("gallery-{kind}")
}

/// What a widget is about, and how that is called.
fn subject(entities: &[Value], kind: &str, about: About) -> (String, Option<String>) {
    let nowhere = (format!("{kind}:nowhere"), None);
    if about == About::UnknownEntity {
        return nowhere;
    }
    let prefix = format!("{kind}:");
    let id = |entity: &&Value| entity["ref"].as_str().unwrap_or_default().to_owned();
    let mut of_kind = entities.iter().filter(|entity| id(entity).starts_with(&prefix));
    let planned = of_kind.clone().find(|entity| id(entity).starts_with(&format!("{prefix}meadow")));
    let own = of_kind.next();
    let found = if about == About::Planned { planned.or(own) } else { own };
    found.map_or(nowhere, |entity| (id(&entity), entity["title"].as_str().map(str::to_owned)))
}

fn read<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, Problem> {
    serde_json::from_str(text).map_err(|error| broken(file, &error))
}

fn broken(file: &str, error: &serde_json::Error) -> Problem {
    Problem::conflict(format!("The gallery's {file} cannot be read: {error}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fixed_time_is_the_one_that_is_written_beside_it() {
        assert_eq!(Timestamp::from_ms(NOW_MS).to_string(), "2026-06-06T08:00:00Z");
    }
}
