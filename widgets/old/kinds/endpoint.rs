//! `endpoint`: what was expected, what was observed, and the last checks.

use crate::view::{
    html::{a, code, div, dl, p, table, tbody, td, th, thead, tr},
    prelude::*,
};
use ops_model::{EntityRef, Observation, Outcome, RelationKind, Standing, entity::keys, event::plain, health::own};

use crate::{
    frame::Body,
    parts::{
        copyable, entity_link, fact_list, glyph, other_facts, own_checks, recent_events, row, strip, subsection,
        timeline,
    },
    scope::Scene,
    texts::fill,
};

/// Renders an endpoint.
pub(super) fn body(scene: &Scene) -> Body {
    let Some(id) = &scene.instance.subject else { return Body::empty() };
    let texts = scene.texts;
    let index = scene.index();
    let health = own(scene.context(), id);
    let checks = own_checks(scene, id);
    let address = index.value(id, keys::ADDRESS).map(|address| row(texts.address, address_view(scene, address)));
    let service = index
        .origins(id, RelationKind::ExposedBy)
        .next()
        .map(|relation| row(texts.entity_kind(ops_model::EntityKind::Service), entity_link(scene, &relation.from)));
    let place = index.environment_of(id).map(|place| row(texts.environment, entity_link(scene, &place)));

    Body {
        standing: Some(health.standing),
        word: None,
        latest: health.by.as_ref().map(|observation| observation.event.time),
        view: div()
            .child((
                dl().class("facts").child((address, service, place)),
                verdict(scene, id, health.standing, health.by.as_deref()),
                comparison(scene, id, health.by.as_deref()),
                subsection(
                    texts.checks,
                    (strip(scene, &checks), (!checks.is_empty()).then(|| timeline(scene, &checks, 6))).draw(),
                ),
                fact_list(scene, id, &[(keys::STATE, texts.recorded), (keys::EVIDENCE, texts.notes)]),
                recent_events(scene, std::slice::from_ref(id)),
                other_facts(scene, id, &[keys::STATE, keys::EVIDENCE]),
            ))
            .draw(),
    }
}

/// A link for web addresses only; any other scheme is text.
fn address_view(scene: &Scene, address: &str) -> View {
    let web = address.starts_with("https://") || address.starts_with("http://");
    let link = web.then(|| {
        a().class("outward")
            .href(address.to_owned())
            .rel("noreferrer")
            .target("_blank")
            .attr("aria-label", address.to_owned())
            .child("↗")
    });
    (copyable(address, scene.texts), " ", link).draw()
}

/// One sentence that says how to read the result, where that is not obvious.
fn verdict(scene: &Scene, id: &EntityRef, standing: Standing, by: Option<&Observation>) -> Option<View> {
    let texts = scene.texts;
    let words = match by.map(|observation| &observation.outcome) {
        Some(Outcome::NotMet { field, expected, observed }) => fill(texts.field_differs, &[field, expected, observed]),
        Some(Outcome::Met) if standing == Standing::Proven => {
            let status = scene.index().value(id, keys::EXPECTED_STATUS)?;
            fill(texts.expected_is_success, &[status])
        }
        _ => return None,
    };
    Some(p().class(["verdict is-", standing.as_str()].concat()).child((glyph(standing), " ", words)).draw())
}

/// Expected against observed, a row a property.
fn comparison(scene: &Scene, id: &EntityRef, by: Option<&Observation>) -> View {
    let texts = scene.texts;
    let said = |key: &str| by.and_then(|observation| observation.event.metadata.get(key)).map(plain);
    let recorded = |key: &str| scene.index().value(id, key).map(str::to_owned);
    let status = said("expectedStatus").or_else(|| recorded(keys::EXPECTED_STATUS));
    let header = said("expectedHeader").or_else(|| recorded(keys::EXPECTED_HEADER));
    let line = |name: &'static str, expected: Option<String>, observed: Option<String>| {
        let cell = |value: Option<String>| match value {
            Some(value) => code().child(value).draw(),
            None => texts.not_recorded.draw(),
        };
        tr().child((th().scope("row").child(name), td().child(cell(expected)), td().child(cell(observed)))).draw()
    };
    if status.is_none() && header.is_none() && by.is_none() {
        return ().draw();
    }
    table()
        .class("comparison")
        .child((
            thead().child(tr().child((
                td().child(""),
                th().scope("col").child(texts.expected),
                th().scope("col").child(texts.observed),
            ))),
            tbody().child((
                line(texts.status, status, said("observedStatus")),
                line(texts.header, header, said("observedHeader")),
            )),
        ))
        .draw()
}
