//! Conditional requests (RFC 9110, section 13): what a sender has seen, and whether it still holds.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderName, StatusCode, header, request::Parts},
};
use serde_json::Value;

use crate::problem::Problem;

/// The `If-Match` and `If-None-Match` of a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Condition {
    matches: Option<String>,
    none_matches: Option<String>,
}

/// A write that was not done: the state has moved on, to this ETag, or to nothing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Moved(pub(crate) Option<String>);

impl Condition {
    /// Whether a write may go on where the state has this ETag; `None` where there is nothing yet.
    ///
    /// # Errors
    /// [`Moved`] where it may not.
    pub(crate) fn check(&self, current: Option<&str>) -> Result<(), Moved> {
        let names = |list: &str, is: fn(&str, &str) -> bool| current.is_some_and(|current| any(list, current, is));
        let matches = self.matches.as_deref().is_none_or(|list| names(list, |one, current| one == current));
        let differs = self.none_matches.as_deref().is_none_or(|list| !names(list, weakly));
        if matches && differs { Ok(()) } else { Err(Moved(current.map(str::to_owned))) }
    }

    /// Whether a reader has what this ETag stands for.
    pub(crate) fn has(&self, etag: &str) -> bool {
        self.none_matches.as_deref().is_some_and(|list| any(list, etag, weakly))
    }
}

fn any(list: &str, current: &str, is: fn(&str, &str) -> bool) -> bool {
    list.split(',').map(str::trim).any(|one| one == "*" || is(one, current))
}

/// Whether two ETags stand for the same state, by the weak comparison.
pub(crate) fn weakly(one: &str, other: &str) -> bool {
    let bare = |etag: &str| etag.trim_start_matches("W/").to_owned();
    bare(one) == bare(other)
}

fn listed(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let values: Vec<&str> = headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
    headers.contains_key(name).then(|| values.join(","))
}

impl<S: Send + Sync> FromRequestParts<S> for Condition {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let list = |name| listed(&parts.headers, &name);
        Ok(Self { matches: list(header::IF_MATCH), none_matches: list(header::IF_NONE_MATCH) })
    }
}

impl From<Moved> for Problem {
    fn from(Moved(current): Moved) -> Self {
        let detail = match &current {
            Some(_) => "The state has moved on since it was read, or is there already; read it again and decide anew.",
            None => {
                "There is nothing at this address that the condition could hold for; read it again and decide anew."
            }
        };
        Self::new(StatusCode::PRECONDITION_FAILED, "precondition-failed", detail)
            .with("etag", current.map_or(Value::Null, Value::String))
    }
}

#[cfg(test)]
mod tests {
    use super::{Condition, Moved};

    fn condition(matches: Option<&str>, none_matches: Option<&str>) -> Condition {
        Condition { matches: matches.map(str::to_owned), none_matches: none_matches.map(str::to_owned) }
    }

    #[test]
    fn without_a_header_every_write_goes_on() {
        assert_eq!(Condition::default().check(None), Ok(()));
        assert_eq!(Condition::default().check(Some("\"a\"")), Ok(()));
        assert!(!Condition::default().has("\"a\""));
    }

    #[test]
    fn if_match_names_the_state_that_was_read() {
        assert_eq!(condition(Some("\"b\", \"a\""), None).check(Some("\"a\"")), Ok(()));
        assert_eq!(condition(Some("\"b\""), None).check(Some("\"a\"")), Err(Moved(Some("\"a\"".into()))));
        assert_eq!(condition(Some("W/\"a\""), None).check(Some("\"a\"")), Err(Moved(Some("\"a\"".into()))), "weak");
        assert_eq!(condition(Some("*"), None).check(Some("\"a\"")), Ok(()));
        assert_eq!(condition(Some("*"), None).check(None), Err(Moved(None)));
    }

    #[test]
    fn if_none_match_keeps_from_writing_over_what_is_there() {
        assert_eq!(condition(None, Some("*")).check(None), Ok(()));
        assert_eq!(condition(None, Some("*")).check(Some("\"a\"")), Err(Moved(Some("\"a\"".into()))));
        assert_eq!(condition(None, Some("\"b\"")).check(Some("\"a\"")), Ok(()));
    }

    #[test]
    fn a_reader_has_what_it_names_weakly() {
        assert!(condition(None, Some("\"b\", W/\"a\"")).has("\"a\""));
        assert!(condition(None, Some("*")).has("\"a\""));
        assert!(!condition(None, Some("\"b\"")).has("\"a\""));
    }
}
