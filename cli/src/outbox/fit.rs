//! What was observed, cut to what the hub's schema of the event takes. The verdict stays: a failure that
//! is refused for a long header would leave its endpoint proven.

use jsonschema::{ValidationError, error::ValidationErrorKind};
use serde_json::{Map, Value};

/// An event has fewer faults than this; each round of cutting mends one field at least.
const ROUNDS: usize = 64;

/// Metadata that fits a schema as far as it can be cut to it: texts are shortened, numbers brought to the
/// nearest that is allowed where they are required, and what cannot be mended is left out.
pub(super) fn fit(metadata: Map<String, Value>, schema: &Value) -> Map<String, Value> {
    let Ok(validator) = jsonschema::validator_for(schema) else { return metadata };
    let mut value = Value::Object(metadata);
    for _ in 0..ROUNDS {
        let mends: Vec<Mend> = validator.iter_errors(&value).filter_map(|error| mend(&error, schema)).collect();
        let Some(fields) = value.as_object_mut().filter(|_| !mends.is_empty()) else { break };
        for mend in mends {
            match mend {
                Mend::Set(name, with) => drop(fields.insert(name, with)),
                Mend::LeaveOut(name) => drop(fields.remove(&name)),
            }
        }
    }
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

enum Mend {
    Set(String, Value),
    LeaveOut(String),
}

/// What is done about an error; `None` where it is not about one field that could give way.
fn mend(error: &ValidationError<'_>, schema: &Value) -> Option<Mend> {
    if let ValidationErrorKind::AdditionalProperties { unexpected } = error.kind() {
        return unexpected.first().cloned().map(Mend::LeaveOut);
    }
    let path = error.instance_path().to_string();
    let name = path.strip_prefix('/')?.split('/').next()?.to_owned();
    let required = schema["required"].as_array().is_some_and(|names| names.iter().any(|one| *one == name));
    match error.kind() {
        ValidationErrorKind::MaxLength { limit } => {
            let text = error.instance().as_str()?;
            let kept = usize::try_from(*limit).unwrap_or(usize::MAX).saturating_sub(1);
            Some(Mend::Set(name, text.chars().take(kept).chain(['…']).collect::<String>().into()))
        }
        ValidationErrorKind::Maximum { limit } | ValidationErrorKind::Minimum { limit } if required => {
            Some(Mend::Set(name, limit.clone()))
        }
        // The verdict is what the event is for: without it, it would say something else.
        _ if required || name == "result" => None,
        _ => Some(Mend::LeaveOut(name)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::fit;

    /// The schema of the project, as the hub has it.
    fn schema() -> Value {
        serde_json::from_str(include_str!("../../../manifest/events/ops-endpoint-verified.schema.json"))
            .unwrap_or_default()
    }

    fn observed(more: &Value) -> Value {
        let mut all = json!({
            "vsmFunction": "OPS", "vsmSystem": "S1", "subject": "endpoint:a", "endpoint": "https://a.example/",
            "expectedStatus": 200, "result": "fail", "reason": "status",
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            all[name] = value.clone();
        }
        all
    }

    #[test]
    fn whatever_was_observed_fits_with_its_verdict() {
        let long = |number: usize| "ä".repeat(number);
        for more in [
            json!({ "observedStatus": 999 }),
            json!({ "observedStatus": 999, "expectedStatus": 999, "result": "pass" }),
            json!({ "observedStatus": 0, "expectedStatus": 7 }),
            json!({ "observedHeader": format!("X: {}", long(700)) }),
            json!({ "observedHeader": long(700), "expectedHeader": long(600), "reason": long(5_000) }),
            json!({ "endpoint": format!("https://a.example/{}", long(3_000)) }),
            json!({ "subject": "endpoint:Ä" }),
            json!({ "latencyMs": -1, "source": "", "unknown": 1, "unknown2": 2 }),
        ] {
            let before = observed(&more);
            let after = fit(before.as_object().cloned().unwrap_or_default(), &schema());
            let after = Value::Object(after);
            let errors: Vec<String> = jsonschema::validator_for(&schema())
                .map(|schema| schema.iter_errors(&after).map(|error| error.to_string()).collect())
                .unwrap_or_default();
            assert_eq!(errors, Vec::<String>::new(), "{after}");
            assert_eq!(after["result"], before["result"], "{after}");
        }
    }

    #[test]
    fn what_fits_stays_as_it_is_and_what_is_cut_says_so() {
        let whole = observed(&json!({ "observedStatus": 500, "latencyMs": 3 }));
        assert_eq!(Value::Object(fit(whole.as_object().cloned().unwrap_or_default(), &schema())), whole);
        let cut = observed(&json!({ "observedHeader": "x".repeat(700) }));
        let cut = fit(cut.as_object().cloned().unwrap_or_default(), &schema());
        let header = cut["observedHeader"].as_str().unwrap_or_default();
        assert_eq!((header.chars().count(), header.ends_with('…')), (500, true));
    }
}
