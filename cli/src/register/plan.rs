//! The difference between what a hub has and what it should have.

use std::fmt;

use miette::{Result, miette};
use ops_manifest::{Manifest, WidgetInstance};
use serde::Serialize;
use serde_json::json;

use super::{
    catalog::CatalogText,
    differences,
    goal::{Extension, Goal},
    state::{State, WidgetRow},
};
use crate::client::Call;

/// What is done about one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Action {
    /// It is not there.
    Create,
    /// It is there, and other.
    Change,
    /// It is as it should be.
    Leave,
    /// It is there, and should not; its events stay.
    Retire,
    /// It was retired, and comes back with its events.
    Restore,
    /// It is there, and becomes the active one.
    Activate,
}

impl Action {
    /// Its word.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Change => "change",
            Self::Leave => "leave",
            Self::Retire => "retire",
            Self::Restore => "restore",
            Self::Activate => "activate",
        }
    }
}

/// One line of a plan.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Change {
    /// What is done.
    pub(crate) action: Action,
    /// `hub`, `manifest`, `file`, `widget`, `catalog`.
    pub(crate) kind: &'static str,
    /// Its name.
    pub(crate) name: String,
    /// What changes, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) details: Vec<String>,
    /// How; none for what stays, and for files, which the manifest carries.
    #[serde(skip)]
    pub(crate) step: Option<Step>,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.action.as_str(), self.kind, self.name)
    }
}

/// A request, and when it may be done.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// The request.
    pub(crate) call: Call,
    /// When.
    pub(crate) condition: Condition,
}

/// The condition on which a step is done: that the hub is still as it was read.
#[derive(Clone, Debug)]
pub(crate) enum Condition {
    /// The hub names no versions.
    None,
    /// The thing is not there.
    Absent,
    /// The thing has still this version.
    Unchanged(String),
    /// Nobody else has changed the list of manifests.
    Manifests,
}

impl Condition {
    fn unchanged(etag: Option<&String>) -> Self {
        etag.map_or(Self::None, |etag| Self::Unchanged(etag.clone()))
    }
}

/// Everything that is to be done and left, in the order in which it is done.
pub(crate) fn plan(state: &State, goal: &Goal) -> Result<Vec<Change>> {
    match goal {
        Goal::Extension(extension) => {
            extension.may_replace(state)?;
            Ok(registration(state, extension))
        }
        Goal::Without(names) => retirement(state, names),
    }
}

/// Whether there is nothing to do.
pub(crate) fn is_settled(plan: &[Change]) -> bool {
    plan.iter().all(|change| change.step.is_none())
}

fn registration(state: &State, extension: &Extension) -> Vec<Change> {
    let manifest = &extension.manifest;
    let mut changes = vec![hub(state, manifest)];
    changes.extend(manifests(state, extension));
    changes.extend(files(state, manifest));
    changes.extend(manifest.widgets.iter().map(|instance| widget(state, instance)));
    changes.extend(no_longer_named(state, manifest));
    if let Some(new) = &extension.catalog {
        changes.push(catalog(state, manifest, new));
    }
    changes
}

fn hub(state: &State, manifest: &Manifest) -> Change {
    let new = json!(manifest.hub);
    let call = || Call::to("write-hub").sending(new.clone());
    let (action, details, step) = match &state.hub {
        None => (Action::Create, Vec::new(), Some(Step { call: call(), condition: Condition::Absent })),
        Some(old) => {
            let details = differences::fields(&old.body, &new, &["title", "family", "function", "system"]);
            let condition = Condition::unchanged(old.etag.as_ref());
            let step = (!details.is_empty()).then(|| Step { call: call(), condition });
            (if step.is_some() { Action::Change } else { Action::Leave }, details, step)
        }
    };
    Change { action, kind: "hub", name: manifest.hub.slug.clone(), details, step }
}

/// A draft and its activation, unless the active manifest is this one.
fn manifests(state: &State, extension: &Extension) -> Vec<Change> {
    let version = &extension.manifest.extension.version;
    let name = format!("{} {version}", extension.manifest.extension.name);
    let line = |action, details, call: Option<Call>| Change {
        action,
        kind: "manifest",
        name: name.clone(),
        details,
        step: call.map(|call| Step { call, condition: Condition::Manifests }),
    };
    let latest = state.latest(version).filter(|row| row.document == extension.document);
    if latest.is_some_and(|row| row.state == "active") {
        return vec![line(Action::Leave, Vec::new(), None)];
    }
    let mut changes = Vec::new();
    let active = state.active().and_then(|row| row.manifest.as_ref());
    let details = differences::manifest(active, &extension.manifest);
    if latest.is_none() {
        let call = Call::to("create-manifest").sending(extension.document.clone());
        changes.push(line(Action::Create, Vec::new(), Some(call)));
    }
    let call = Call::to("activate-manifest").with("version", version.clone());
    changes.push(line(Action::Activate, details, Some(call)));
    changes
}

/// The bundle's files, by the hashes that the active manifest and the new one register.
fn files(state: &State, manifest: &Manifest) -> Vec<Change> {
    let active = state.active().and_then(|row| row.manifest.as_ref());
    let old = active.map(|active| active.bundle.as_slice()).unwrap_or_default();
    let line =
        |action, name: &str, details| Change { action, kind: "file", name: name.to_owned(), details, step: None };
    let mut changes: Vec<Change> = manifest
        .bundle
        .iter()
        .map(|file| match old.iter().find(|old| old.path == file.path) {
            None => line(Action::Create, &file.path, vec![file.integrity.clone()]),
            Some(old) if old.integrity == file.integrity => line(Action::Leave, &file.path, Vec::new()),
            Some(old) => line(Action::Change, &file.path, vec![format!("{} → {}", old.integrity, file.integrity)]),
        })
        .collect();
    let gone = old.iter().filter(|old| !manifest.bundle.iter().any(|file| file.path == old.path));
    changes.extend(gone.map(|old| line(Action::Retire, &old.path, Vec::new())));
    changes
}

fn widget(state: &State, instance: &WidgetInstance) -> Change {
    let mut body = json!(instance);
    if let Some(body) = body.as_object_mut() {
        body.remove("name");
    }
    let row = state.widgets.iter().find(|row| row.name == instance.name);
    let fields = ["kind", "subject", "title", "viewContext"];
    let details = row.map(|row| differences::fields(&row.row, &body, &fields)).unwrap_or_default();
    let action = match row {
        None => Action::Create,
        Some(row) if row.is_retired => Action::Restore,
        Some(_) if details.is_empty() => Action::Leave,
        Some(_) => Action::Change,
    };
    let condition = row.map_or(Condition::Absent, |row| Condition::unchanged(row.etag.as_ref()));
    let call = || Call::to("write-widget").with("name", instance.name.clone()).sending(body.clone());
    let step = (action != Action::Leave).then(|| Step { call: call(), condition });
    Change { action, kind: "widget", name: instance.name.clone(), details, step }
}

/// Widgets that a manifest before has named and this one does not; what no manifest has named is
/// somebody else's.
fn no_longer_named<'a>(state: &'a State, manifest: &'a Manifest) -> impl Iterator<Item = Change> + 'a {
    let is_ours = |row: &&WidgetRow| state.was_named(&row.name);
    let is_named = |row: &&WidgetRow| manifest.widgets.iter().any(|widget| widget.name == row.name);
    let gone = state.widgets.iter().filter(is_ours).filter(move |row| !is_named(row) && !row.is_retired);
    gone.map(|row| if state.can_retire { retire(row) } else { left_over(row) })
}

/// Nothing is lost where a hub cannot retire a widget: it stays, and that is said.
fn left_over(row: &WidgetRow) -> Change {
    let details = vec!["no longer named; this hub cannot retire widgets".to_owned()];
    Change { action: Action::Leave, kind: "widget", name: row.name.clone(), details, step: None }
}

fn retire(row: &WidgetRow) -> Change {
    let call = Call::to("retire-widget").with("name", row.name.clone());
    Change {
        action: Action::Retire,
        kind: "widget",
        name: row.name.clone(),
        details: vec!["its events stay".to_owned()],
        step: Some(Step { call, condition: Condition::unchanged(row.etag.as_ref()) }),
    }
}

fn retirement(state: &State, names: &[String]) -> Result<Vec<Change>> {
    if !state.can_retire {
        return Err(miette!(help = "ops-hub doctor lists what the hub offers", "this hub cannot retire widgets"));
    }
    let one = |name: &String| {
        let row = state.widgets.iter().find(|row| row.name == *name).ok_or_else(|| {
            let known: Vec<&str> =
                state.widgets.iter().filter(|row| !row.is_retired).map(|row| row.name.as_str()).collect();
            miette!(help = format!("the hub has: {}", known.join(", ")), "the hub has no widget '{name}'")
        })?;
        let leave =
            || Change { action: Action::Leave, kind: "widget", name: name.clone(), details: Vec::new(), step: None };
        Ok(if row.is_retired { leave() } else { retire(row) })
    };
    names.iter().map(one).collect()
}

fn catalog(state: &State, manifest: &Manifest, new: &CatalogText) -> Change {
    let call = || Call::to("write-catalog").sending_text(new.shared());
    let old = state.catalog.as_ref();
    let (action, mut details, step) = match old {
        None => (Action::Create, Vec::new(), Some(Step { call: call(), condition: Condition::Absent })),
        Some((old, _)) if old == new => (Action::Leave, Vec::new(), None),
        Some((old, etag)) => {
            let step = Step { call: call(), condition: Condition::unchanged(etag.as_ref()) };
            (Action::Change, old.changes_to(new), Some(step))
        }
    };
    if step.is_some() {
        details.extend(without_subject(manifest, old.map(|(old, _)| old), new));
    }
    Change { action, kind: "catalog", name: manifest.hub.slug.clone(), details, step }
}

/// The widgets whose subject a new catalog does not have: they stay, and show that they are about nothing.
fn without_subject(manifest: &Manifest, old: Option<&CatalogText>, new: &CatalogText) -> Vec<String> {
    let with_subject =
        || manifest.widgets.iter().filter_map(|widget| Some((widget, widget.subject.as_ref()?.to_string())));
    if with_subject().next().is_none() {
        return Vec::new();
    }
    let (before, after) = (old.map(CatalogText::names).unwrap_or_default(), new.names());
    let (lose, lack): (Vec<_>, Vec<_>) = with_subject()
        .filter(|(_, subject)| !after.contains(subject))
        .partition(|(_, subject)| before.contains(subject));
    let named = |words: &str, widgets: Vec<(&WidgetInstance, String)>| {
        let one = |(widget, subject): &(&WidgetInstance, String)| format!("{} ({subject})", widget.name);
        let names: Vec<String> = widgets.iter().map(one).collect();
        (!names.is_empty()).then(|| format!("{words}: {}", names.join(", ")))
    };
    let taken = named("widgets whose subject it takes away", lose);
    taken.into_iter().chain(named("widgets whose subject it does not have", lack)).collect()
}
