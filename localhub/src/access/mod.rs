//! Who may do what: scopes, and the extractors that demand them.

mod known;

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
};
use axum_extra::extract::CookieJar;

pub(crate) use known::KnownSenders;
use known::Secret;

use crate::{problem::Problem, server::State, store::Actor};

/// The session cookie's name.
pub(crate) const SESSION: &str = "session";

/// A permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Read hubs, catalogs, events.
    Read,
    /// Record events.
    Record,
    /// Register hubs, manifests, widgets, catalogs.
    Register,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 3] = [Self::Read, Self::Record, Self::Register];

    /// Its spelling.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Record => "record",
            Self::Register => "register",
        }
    }

    /// The scope with this spelling.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == text)
    }
}

/// The sender of a request, by bearer token or session cookie.
#[derive(Clone, Debug)]
pub(crate) struct Sender(Actor);

impl Sender {
    /// The sender's name.
    pub(crate) fn name(&self) -> &str {
        &self.0.name
    }

    /// What its allowance is kept under: a token and a user of one name have one each.
    pub(crate) fn key(&self) -> String {
        format!("{} {}", if self.0.by_cookie { "user" } else { "token" }, self.0.name)
    }

    /// 403 unless the sender has the scope.
    pub(crate) fn must(&self, scope: Scope) -> Result<(), Problem> {
        if self.0.scopes.contains(&scope) {
            return Ok(());
        }
        let detail = format!("'{}' lacks the scope '{}' for this.", self.0.name, scope.as_str());
        Err(Problem::new(StatusCode::FORBIDDEN, "forbidden", detail).with("scope", scope.as_str()))
    }
}

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
