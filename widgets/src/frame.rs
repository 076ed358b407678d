//! The frame around every widget: heading, standing, age, and the states in which there is no body.

use crate::view::{
    html::{a, button, div, footer, h2, header, p, section, span},
    prelude::*,
};
use ops_manifest::WidgetInstance;
use ops_model::{Standing, Timestamp};

use crate::{
    kinds,
    parts::{announcements, badge, is_under_maintenance, time},
    record::{Recording, panel},
    scope::{HubState, Memory, Scene, Scope, Target, Trouble},
    texts::{Texts, fill},
};

/// What a kind of widget gives: its standing as a whole where it has one, and its body.
#[derive(Debug)]
pub struct Body {
    /// The badge beside the heading; `None` for a widget that states nothing as a whole.
    pub standing: Option<Standing>,
    /// A word that replaces the standing's: `planned`.
    pub word: Option<&'static str>,
    /// When the youngest evidence in it was recorded.
    pub latest: Option<Timestamp>,
    /// The view.
    pub view: View,
}

impl Body {
    /// A body without anything to show.
    #[must_use]
    pub fn empty() -> Self {
        Self { standing: None, word: None, latest: None, view: ().draw() }
    }
}

/// A widget: renders again when the hub's state or its time moves.
#[must_use]
pub fn widget(scope: Scope) -> View {
    let Scope { state, now, target, texts, recorder, link_base } = scope;
    let recording = recorder.map(|recorder| Recording { recorder, sending: ArcRwSignal::default() });
    let memory = Memory::of(reactive_graph::owner::use_context());
    let kept = memory.clone();
    let keeping = RenderEffect::new(move |_| kept.keep());
    (move || {
        // For as long as the widget is there.
        let _ = &keeping;
        let now = now.get();
        state.with(|state| render(state, now, &target, texts, &link_base, recording.as_ref(), &memory))
    })
    .draw()
}

fn render(
    state: &HubState,
    now: Timestamp,
    target: &Target,
    texts: &'static Texts,
    link_base: &str,
    recording: Option<&Recording>,
    memory: &Memory,
) -> View {
    let Some(data) = state.data.clone() else {
        return match &state.trouble {
            None => skeleton(texts),
            Some(trouble) => without_body(trouble_view(trouble, texts)),
        };
    };
    let Some(instance) = instance(&data.manifest.widgets, &data.index, target) else {
        let words = match target {
            Target::Instance(name) => fill(texts.unknown_widget, &[name]),
            Target::Entity { subject, .. } => fill(texts.unknown_subject, &[&subject.to_string()]),
        };
        return without_body(message("missing", words, None));
    };
    let scene = Scene {
        data,
        instance,
        now,
        texts,
        link_base: link_base.to_owned(),
        recording: recording.cloned(),
        memory: memory.clone(),
        roving: false,
    };
    let Some(kind) = kinds::find(&scene.instance.kind) else {
        return without_body(message("missing", fill(texts.unknown_widget, &[&scene.instance.name]), None));
    };
    let missing = scene.instance.subject.as_ref().filter(|subject| !scene.index().has(subject));
    let body = match missing {
        None => (kind.body)(&scene),
        Some(subject) => Body {
            standing: None,
            word: None,
            latest: None,
            view: message("missing", fill(texts.unknown_subject, &[&subject.to_string()]), None),
        },
    };
    framed(&scene, kind.label(texts), state, body)
}

fn framed(scene: &Scene, label: &'static str, state: &HubState, body: Body) -> View {
    let texts = scene.texts;
    let subject = scene.instance.subject.as_ref();
    let mark = body.standing.map(|standing| {
        let expected = standing == Standing::Failing && subject.is_some_and(|id| is_under_maintenance(scene, id));
        let word = if expected { Some(texts.feed.expected_failure) } else { body.word };
        badge(standing, word.unwrap_or_else(|| texts.standing(standing)))
    });
    let notice = state.trouble.as_ref().map(|trouble| {
        let is_whole = scene.index().awaited().is_none();
        let help =
            (is_whole && matches!(trouble, Trouble::Away(_))).then(|| p().class("notice-help").child(texts.last_good));
        div().class("notice").attr("role", "status").child((trouble_view(trouble, texts), help)).draw()
    });
    // While more comes, what is there already must not move: the words stand in a line that is there anyway.
    let part = scene.index().awaited().map(|totals| {
        let words = if state.trouble.is_some() { texts.part_missing } else { texts.part_of_catalog };
        let all = if totals.entities > 0 { totals.entities.to_string() } else { "?".to_owned() };
        span().class("part").attr("role", "status").child(fill(words, &[&scene.index().len().to_string(), &all]))
    });
    let age = match body.latest {
        Some(at) => span().class("age").child((texts.evidence, " ", time(at, scene.now, texts))).draw(),
        None => span().class("age").child(texts.no_evidence).draw(),
    };
    // What is not known yet has no words that would change a moment later.
    let flow = state.live.map(|is_live| {
        let (class, words) = if is_live { ("pulse on", texts.live) } else { ("pulse", texts.polling) };
        (span().class(class).attr("aria-hidden", "true").child(""), words, " · ").draw()
    });
    section()
        .class("card")
        .attr("part", "card")
        .attr("aria-labelledby", "title")
        .child((
            header().class("card-head").attr("part", "header").child((
                div().class("card-names").child((
                    p().class("eyebrow").child((label, part)),
                    h2().id("title").attr("part", "title").child(scene.instance.title.clone()),
                )),
                mark,
            )),
            notice,
            subject.and_then(|id| announcements(scene, id)),
            div().class("card-body").attr("part", "body").child(body.view),
            panel(scene),
            footer().class("card-foot").attr("part", "footer").child((
                age,
                span().class("checked").child((flow, texts.as_of, " ", time(state.checked, scene.now, texts))),
            )),
        ))
        .draw()
}

/// The instance to show: the manifest's own where there is one for the target.
fn instance(widgets: &[WidgetInstance], index: &ops_model::CatalogIndex, target: &Target) -> Option<WidgetInstance> {
    match target {
        Target::Instance(name) => widgets.iter().find(|widget| widget.name == *name).cloned(),
        Target::Entity { kind, subject } => {
            let same = |widget: &&WidgetInstance| widget.kind == *kind && widget.subject.as_ref() == Some(subject);
            widgets.iter().find(same).cloned().or_else(|| {
                index.entity(subject).map(|entity| WidgetInstance {
                    name: subject.to_string(),
                    kind: kind.clone(),
                    subject: Some(subject.clone()),
                    title: entity.title.clone(),
                    view_context: String::new(),
                })
            })
        }
    }
}

fn without_body(view: View) -> View {
    section().class("card bare").attr("part", "card").child(view).draw()
}

/// What stands in for a widget until its data is there. The same shape as the loader's own.
fn skeleton(texts: &'static Texts) -> View {
    let bar = |class: &'static str| div().class(class).child("");
    section()
        .class("card skeleton")
        .attr("part", "card")
        .attr("aria-busy", "true")
        .child((
            p().class("sr-only").attr("role", "status").child(texts.loading),
            div().class("bars").attr("aria-hidden", "true").child((
                bar("bar wide"),
                bar("bar"),
                bar("bar"),
                bar("bar short"),
            )),
        ))
        .draw()
}

fn trouble_view(trouble: &Trouble, texts: &'static Texts) -> View {
    let retry =
        || Some(button().r#type("button").class("button").attr("data-action", "refresh").child(texts.retry).draw());
    match trouble {
        Trouble::SignedOut(address) => {
            let link = a().class("button primary").href(address.clone()).child(texts.sign_in).draw();
            div()
                .class("message signed-out")
                .child((p().class("lead").child(texts.signed_out), p().child(texts.signed_out_help), link))
                .draw()
        }
        Trouble::Forbidden => message("forbidden", texts.forbidden.to_owned(), None),
        Trouble::NoCatalog => message("empty", texts.no_catalog.to_owned(), retry()),
        Trouble::Away(detail) => detailed("away", texts.away, detail, retry()),
        Trouble::Malformed(detail) => detailed("malformed", texts.malformed, detail, retry()),
    }
}

fn detailed(class: &'static str, words: &'static str, detail: &str, action: Option<View>) -> View {
    div()
        .class(["message ", class].concat())
        .child((p().class("lead").child(words), p().class("detail").child(detail.to_owned()), action))
        .draw()
}

fn message(class: &'static str, words: String, action: Option<View>) -> View {
    div().class(["message ", class].concat()).child((p().class("lead").child(words), action)).draw()
}
