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
    /// The HTTP statuses, of which one does; 200 where the catalog says nothing.
    pub(crate) statuses: Vec<u16>,
    /// A header, as name and value.
    pub(crate) header: Option<(String, String)>,
    /// Where it redirects to: a path or URL.
    pub(crate) redirect: Option<String>,
}

impl Expected {
    /// What the catalog says of an endpoint.
    ///
    /// # Errors
    /// Where it has no web address that can be requested; in words, without a password.
    pub(crate) fn of(entity: &Entity) -> Result<Self, String> {
        let value = |key: &str| entity.fact(key).map(|fact| fact.value.as_str());
        let Some(address) = value(keys::ADDRESS) else {
            return Err(match value(keys::NODE_PORT) {
                Some(port) => format!("it has no address, only the node port {port}"),
                None => "it has no address".to_owned(),
            });
        };
        let url = Url::parse(address).map_err(|error| format!("its address is none with a scheme: {error}"))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err("its address has user or password, which no evidence may show; take them out".to_owned());
        }
        if !["http", "https"].contains(&url.scheme()) {
            return Err(format!("{} is not requested, only http and https are", url.scheme()));
        }
        let header = match value(keys::EXPECTED_HEADER).map(|header| (header, header.split_once(':'))) {
            None => None,
            Some((_, Some(pair))) => Some(pair),
            Some((header, None)) => return Err(format!("its expected header '{header}' is not read as 'Name: value'")),
        };
        let said = entity.facts.iter().filter(|fact| fact.key == keys::EXPECTED_STATUS);
        let statuses = said.map(|fact| statuses(&fact.value)).collect::<Result<Vec<_>, _>>()?.concat();
        Ok(Self {
            url,
            statuses,
            header: header.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())),
            redirect: value(keys::REDIRECTS_TO).map(str::to_owned),
        })
    }
}

/// The statuses of `401`, `200 or 401`, `200, 401`.
fn statuses(text: &str) -> Result<Vec<u16>, String> {
    let words = text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !["", "or"].contains(word));
    let read: Result<Vec<u16>, _> = words.map(str::parse).collect();
    match read {
        Ok(read) if !read.is_empty() => Ok(read),
        _ => Err(format!("its expected status '{text}' is not read as a number")),
    }
}

/// Whether the expectation was met, and the metadata of the event that says so.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    /// `pass`, or the first thing that is not in order: `dns`, `connect`, `tls`, `timeout`,
    /// `connection`, `status`, `header`, `redirect`; `inconclusive` where this machine could not look.
    pub(crate) word: &'static str,
    /// Why not; `None` where it was met.
    pub(crate) reason: Option<String>,
    /// The metadata of `ops-endpoint-verified`.
    pub(crate) metadata: Map<String, Value>,
}

impl Verdict {
    /// Whether it says something of the endpoint. What does not is no evidence and is not recorded.
    pub(crate) fn is_conclusive(&self) -> bool {
        self.word != INCONCLUSIVE
    }
}

/// The verdict of a machine that could not look.
const INCONCLUSIVE: &str = "inconclusive";

/// Compares what came back with what is expected; `machine` is the one that looked.
pub(crate) fn judge(
    subject: &Entity,
    expected: &Expected,
    observed: &Result<Observed, Failure>,
    machine: &str,
) -> Verdict {
    let mut metadata = Map::new();
    let mut put = |key: &str, value: Value| metadata.insert(key.to_owned(), value);
    put("vsmFunction", json!("OPS"));
    put("vsmSystem", json!("S1"));
    put("subject", json!(subject.id));
    put("endpoint", json!(expected.url.as_str()));
    put("source", json!(format!("ops-hub verify {} on {machine}", env!("CARGO_PKG_VERSION"))));
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
            let does = any_redirect || expected.statuses.contains(&observed.status);
            let status = if does { observed.status } else { expected.statuses.first().copied().unwrap_or(200) };
            put("expectedStatus", json!(status));
            put("observedStatus", json!(observed.status));
            put("latencyMs", json!(observed.latency_ms));
            if status != observed.status {
                let wanted: Vec<String> = expected.statuses.iter().map(u16::to_string).collect();
                let wanted = if wanted.is_empty() { "200".to_owned() } else { wanted.join(" or ") };
                reasons.push(("status", format!("status: expected {wanted}, observed {}", observed.status)));
            }
            if let Some((name, value)) = &expected.header {
                put("expectedHeader", json!(format!("{name}: {value}")));
                let lines = observed.header(name);
                let all = lines.join(", ");
                if lines.is_empty() {
                    reasons.push(("header", format!("header: there is no '{name}'")));
                } else if lines.contains(value) || all == *value {
                    put("observedHeader", json!(format!("{name}: {value}")));
                } else {
                    put("observedHeader", json!(format!("{name}: {all}")));
                    reasons.push(("header", format!("header: expected '{name}: {value}', observed '{all}'")));
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
        put("reason", json!(reason));
    }
    Verdict { word, reason, metadata }
}

/// Whether a `Location` leads to a path or URL, whatever its query.
fn leads_to(from: &Url, location: &str, wanted: &str) -> bool {
    let (Ok(to), Ok(wanted)) = (from.join(location), from.join(wanted)) else { return false };
    !location.is_empty() && to.origin() == wanted.origin() && to.path() == wanted.path()
}

#[cfg(test)]
mod tests {
    use ops_model::Entity;
    use serde_json::json;

    use super::Expected;

    fn expected(facts: &[(&str, &str)]) -> Result<Expected, String> {
        let at = json!({ "line": 1, "column": 1 });
        let fact = |(key, value): &(&str, &str)| json!({ "key": key, "value": value, "source": at });
        let facts: Vec<_> = facts.iter().map(fact).collect();
        let entity = json!({ "ref": "endpoint:a", "title": "A", "facts": facts, "source": at });
        Expected::of(&serde_json::from_value::<Entity>(entity).map_err(|error| error.to_string())?)
    }

    #[test]
    fn every_status_that_the_catalog_names_does() {
        let statuses = |facts: &[(&str, &str)]| {
            let all = [&[("address", "https://a.example/")], facts].concat();
            expected(&all).map(|expected| expected.statuses)
        };
        assert_eq!(statuses(&[]), Ok(vec![]));
        assert_eq!(statuses(&[("expected-status", "401")]), Ok(vec![401]));
        assert_eq!(statuses(&[("expected-status", "200 or 401")]), Ok(vec![200, 401]));
        assert_eq!(statuses(&[("expected-status", "200"), ("expected-status", "401")]), Ok(vec![200, 401]));
        for wrong in ["4xx", "", "not 401"] {
            assert!(statuses(&[("expected-status", wrong)]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_cannot_be_requested_says_why_and_shows_no_password() {
        for (facts, words) in [
            (vec![("node-port", "32166")], "no address, only the node port 32166"),
            (vec![], "no address"),
            (vec![("address", "ssh://git.example:22")], "ssh is not requested"),
            (vec![("address", "wiki.example/login")], "none with a scheme"),
            (vec![("address", "https://me:secret@wiki.example/")], "user or password"),
            (vec![("address", "http://me:secret@:80/")], "none with a scheme"),
            (vec![("address", "https://a.example/"), ("expected-header", "X-Site")], "not read as 'Name: value'"),
        ] {
            let why = expected(&facts).map(|_| String::new()).unwrap_or_else(|why| why);
            assert!(why.contains(words) && !why.contains("secret"), "{facts:?}: {why}");
        }
    }
}
