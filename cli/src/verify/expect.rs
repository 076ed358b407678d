//! What the catalog expects of an endpoint, compared with what came back.

use ops_model::{Entity, entity::keys};
use reqwest::Url;
use serde_json::{Map, Value, json};

use super::probe::{Failure, Observed};

/// What shows an endpoint in order.
#[derive(Clone, Debug)]
pub(crate) struct Expected {
    /// Its address.
    pub(crate) url: Url,
    /// The HTTP statuses, any of which is in order; 200 where the catalog says none.
    pub(crate) statuses: Vec<u16>,
    /// A header, as name and value.
    pub(crate) header: Option<(String, String)>,
    /// Where it redirects to: a path or URL.
    pub(crate) redirect: Option<String>,
}

impl Expected {
    /// What the catalog says of an endpoint; `None` where it has no web address.
    pub(crate) fn of(entity: &Entity) -> Option<Self> {
        let value = |key: &str| entity.fact(key).map(|fact| fact.value.as_str());
        let url = Url::parse(value(keys::ADDRESS)?).ok().filter(|url| ["http", "https"].contains(&url.scheme()))?;
        let header = value(keys::EXPECTED_HEADER).and_then(|header| header.split_once(':'));
        Some(Self {
            url,
            statuses: entity
                .facts
                .iter()
                .filter(|fact| fact.key == keys::EXPECTED_STATUS)
                .filter_map(|fact| fact.value.parse().ok())
                .collect(),
            header: header.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())),
            redirect: value(keys::REDIRECTS_TO).map(str::to_owned),
        })
    }
}

/// Whether the expectation was met, and the metadata of the event that says so.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    /// `pass`, or the first thing that is not in order: `dns`, `connect`, `tls`, `timeout`,
    /// `connection`, `status`, `header`, `redirect`.
    pub(crate) word: &'static str,
    /// Why not; `None` where it was met.
    pub(crate) reason: Option<String>,
    /// The metadata of `ops-endpoint-verified`.
    pub(crate) metadata: Map<String, Value>,
}

/// Compares what came back with what is expected.
pub(crate) fn judge(subject: &Entity, expected: &Expected, observed: &Result<Observed, Failure>) -> Verdict {
    let mut metadata = Map::new();
    let mut put = |key: &str, value: Value| metadata.insert(key.to_owned(), value);
    put("vsmFunction", json!("OPS"));
    put("vsmSystem", json!("S1"));
    put("subject", json!(subject.id));
    put("endpoint", json!(without_credentials(&expected.url).as_str()));
    put("source", json!(concat!("ops-hub verify ", env!("CARGO_PKG_VERSION"))));
    let mut reasons: Vec<(&'static str, String)> = Vec::new();
    match observed {
        Err(failure) => {
            put("expectedStatus", json!(expected.statuses.first().unwrap_or(&200)));
            reasons.push((failure.word(), failure.to_string()));
        }
        Ok(observed) => {
            let is_redirect = (300..400).contains(&observed.status);
            // The catalog says where to, not with which of the redirect statuses.
            let any_redirect = expected.redirect.is_some() && expected.statuses.is_empty() && is_redirect;
            let is_expected = any_redirect || expected.statuses.contains(&observed.status);
            let status = if is_expected { observed.status } else { *expected.statuses.first().unwrap_or(&200) };
            put("expectedStatus", json!(status));
            put("observedStatus", json!(observed.status));
            put("latencyMs", json!(observed.latency_ms));
            if status != observed.status {
                let statuses: Vec<String> = expected.statuses.iter().map(u16::to_string).collect();
                let wanted = if statuses.is_empty() { status.to_string() } else { statuses.join(" or ") };
                reasons.push(("status", format!("status: expected {wanted}, observed {}", observed.status)));
            }
            if let Some((name, value)) = &expected.header {
                put("expectedHeader", json!(format!("{name}: {value}")));
                match observed.header(name) {
                    Some(found) => {
                        put("observedHeader", json!(format!("{name}: {found}")));
                        if found != value {
                            reasons.push(("header", format!("header: expected '{name}: {value}', observed '{found}'")));
                        }
                    }
                    None => reasons.push(("header", format!("header: there is no '{name}'"))),
                }
            }
            if let Some(wanted) = &expected.redirect {
                let to = &observed.location;
                if !leads_to(&expected.url, to, wanted) {
                    reasons.push(("redirect", format!("redirect: expected {wanted}, observed '{to}'")));
                }
            }
        }
    }
    put("result", json!(if reasons.is_empty() { "pass" } else { "fail" }));
    let word = reasons.first().map_or("pass", |(word, _)| word);
    let words: Vec<String> = reasons.into_iter().map(|(_, reason)| reason).collect();
    let reason = (!words.is_empty()).then(|| words.join("; "));
    if let Some(reason) = &reason {
        put("reason", json!(reason.chars().take(2000).collect::<String>()));
    }
    Verdict { word, reason, metadata }
}

/// An address as it may be recorded: every reader of the hub sees it.
fn without_credentials(url: &Url) -> Url {
    let mut url = url.clone();
    // Only an address without a host refuses the change, and it has neither.
    let _ = url.set_username("").and_then(|()| url.set_password(None));
    url
}

/// Whether a `Location` leads to a path or URL, whatever its query.
fn leads_to(from: &Url, location: &str, wanted: &str) -> bool {
    let (Ok(to), Ok(wanted)) = (from.join(location), from.join(wanted)) else { return false };
    !location.is_empty() && to.origin() == wanted.origin() && to.path() == wanted.path()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_and_password_are_not_recorded() -> Result<(), serde_json::Error> {
        let endpoint: Entity = serde_json::from_value(json!({
            "ref": "endpoint:wiki", "title": "Wiki", "source": { "line": 1 },
            "facts": [
                { "key": "address", "value": "https://probe:pa55@wiki.example/ok", "source": { "line": 1 } },
                { "key": "expected-status", "value": "200", "source": { "line": 1 } },
                { "key": "expected-status", "value": "401", "source": { "line": 1 } },
            ],
        }))?;
        let observed =
            |status| Observed { status, latency_ms: 1, location: String::new(), headers: Default::default() };
        let verdict =
            |status| Expected::of(&endpoint).map(|expected| judge(&endpoint, &expected, &Ok(observed(status))));
        let word = |status| verdict(status).map(|verdict| verdict.word);
        assert_eq!(
            [200, 401, 500].map(word),
            [Some("pass"), Some("pass"), Some("status")],
            "each status of a set passes"
        );
        let recorded = verdict(500).map(|verdict| json!(verdict.metadata).to_string()).unwrap_or_default();
        assert!(recorded.contains("https://wiki.example/ok") && !recorded.contains("pa55"), "{recorded}");
        Ok(())
    }
}
