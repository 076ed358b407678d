//! Finds out who sent a request: by bearer token or session cookie.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
};
use axum_extra::extract::CookieJar;

use crate::{problem::Problem, ready::Secret, sender::Sender, state::State, store::Actor};

/// The session cookie's name.
pub(crate) const SESSION: &str = "session";

impl Sender {
    /// The sender of a request.
    ///
    /// # Errors
    /// 401 where there is none; 403 where a cookie came with a write from another site.
    pub(crate) async fn find(parts: &Parts, state: &State) -> Result<Self, Problem> {
        let actor = actor(&parts.headers, state).await?.ok_or_else(|| {
            Problem::new(StatusCode::UNAUTHORIZED, "signed-out", "Sign in, or send a bearer token.")
                .with("signIn", "/NewSession")
                .header((header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"inter-hub\"")))
        })?;
        let reads = parts.method == Method::GET || parts.method == Method::HEAD;
        if actor.by_cookie && !reads && !is_same_origin(&parts.headers) {
            let detail =
                "A session cookie counts for writes from the hub's own pages only; send a bearer token instead.";
            return Err(Problem::new(StatusCode::FORBIDDEN, "cross-site", detail));
        }
        Ok(Self(actor))
    }
}

impl FromRequestParts<Arc<State>> for Sender {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<State>) -> Result<Self, Problem> {
        // An operation's gate has found the sender already.
        match parts.extensions.get::<Self>() {
            Some(sender) => Ok(sender.clone()),
            None => Self::find(parts, state).await,
        }
    }
}

/// Who sent a request with these headers.
pub(crate) async fn actor(headers: &HeaderMap, state: &State) -> Result<Option<Actor>, Problem> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.split_once(' '));
    let bearer = bearer.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, token)| token.trim());
    let now = jiff::Timestamp::now().as_millisecond();
    if let Some(token) = bearer {
        return Ok(state.senders.of(Secret::Token(token), now, state.store.token_actor(token)).await?);
    }
    match CookieJar::from_headers(headers).get(SESSION) {
        Some(cookie) => {
            let session = cookie.value();
            Ok(state.senders.of(Secret::Session(session), now, state.store.session_actor(session)).await?)
        }
        None => Ok(None),
    }
}

/// Whether a browser sent this from one of the hub's own pages.
pub(crate) fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin";
    }
    let host = text(header::HOST).unwrap_or_default();
    let origin = text(header::ORIGIN).and_then(|origin| origin.split_once("://"));
    origin.is_some_and(|(_, from)| !host.is_empty() && from == host)
}
