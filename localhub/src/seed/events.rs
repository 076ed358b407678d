//! Events in any number, spread over the widgets that accept them.

use ops_manifest::Manifest;
use ops_model::Timestamp;
use serde_json::{Value, json, value::to_raw_value};

use super::AUTHOR;
use crate::{
    error::HubError,
    secret::secret,
    store::{EventRow, Store, WidgetRow},
};

/// How many events one commit has.
const TOGETHER: u64 = 20_000;
/// How far the events are apart, in ms.
const APART_MS: i64 = 1_000;

/// What an event of a type says; `None` for a type that is not invented.
fn metadata(event_type: &str, number: u64) -> Option<Value> {
    let fails = number.is_multiple_of(17);
    let mut said = match event_type {
        "ops-endpoint-verified" => json!({
            "endpoint": format!("https://service-{}.example/health", number % 1_000),
            "expectedStatus": 200, "observedStatus": if fails { 503 } else { 200 }, "latencyMs": number % 400
        }),
        "ops-host-reachability-observed" => json!({ "reachable": !fails, "latencyMs": number % 90 }),
        "ops-drift-detected" => json!({ "drifted": fails }),
        "ops-note-added" => json!({ "text": format!("Looked at, the {number}th time.") }),
        _ => return None,
    };
    said["vsmFunction"] = "OPS".into();
    said["vsmSystem"] = "S1".into();
    Some(said)
}

/// Each widget with a type that it accepts, and that is invented.
fn pairs<'a>(manifest: &'a Manifest, widgets: &'a [WidgetRow]) -> Vec<(&'a WidgetRow, &'a str)> {
    let accepts = |widget: &WidgetRow| {
        let kind = manifest.kinds.iter().find(|kind| kind.name == widget.kind);
        kind.into_iter().flat_map(|kind| &kind.accepts).map(String::as_str)
    };
    let all = widgets.iter().flat_map(|widget| accepts(widget).map(move |kind| (widget, kind)));
    all.filter(|(_, kind)| metadata(kind, 0).is_some()).collect()
}

/// Appends `count` events, the last of them at `now`.
pub(super) async fn append(
    store: &Store,
    now: Timestamp,
    (hub, manifest, widgets): (&str, &Manifest, &[WidgetRow]),
    count: u64,
) -> Result<(), HubError> {
    let pairs = pairs(manifest, widgets);
    let event = |number: u64| {
        let at = usize::try_from(number).unwrap_or_default().checked_rem(pairs.len())?;
        let (widget, kind) = pairs.get(at)?;
        let age = i64::try_from(count.saturating_sub(number).saturating_sub(1)).unwrap_or_default();
        Some(EventRow {
            id: format!("evt_{}", secret(15)),
            widget_id: widget.id.clone(),
            widget: widget.name.clone(),
            event_type: (*kind).to_owned(),
            view_context: Some("load test".to_owned()),
            metadata: to_raw_value(&metadata(kind, number)?).ok()?,
            time: now.plus_ms(age.saturating_mul(APART_MS).saturating_neg()).to_string(),
            actor: AUTHOR.to_owned(),
        })
    };
    let mut done = 0;
    while done < count {
        let end = count.min(done.saturating_add(TOGETHER));
        store.append_events(hub, (done..end).filter_map(event).collect()).await?;
        done = end;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::metadata;

    #[test]
    #[expect(clippy::expect_used, reason = "for tests")]
    fn what_is_invented_is_what_the_schemas_say() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../manifest/ops-hub.manifest.json");
        let text = fs::read_to_string(path).expect("the manifest");
        let manifest: ops_manifest::Manifest = serde_json::from_str(&text).expect("JSON");
        let mut seen = 0;
        for kind in &manifest.event_types {
            let schema = jsonschema::validator_for(&kind.metadata_schema).expect("a schema");
            for said in (0..40).filter_map(|number| metadata(&kind.name, number)) {
                assert!(schema.is_valid(&said), "{}: {said}", kind.name);
                seen += 1;
            }
        }
        assert_eq!(seen, 160, "four types");
    }
}
