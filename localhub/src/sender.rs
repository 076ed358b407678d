//! Who sent a request, and what the sender may do.

use axum::http::StatusCode;

use crate::{problem::Problem, scope::Scope, store::Actor};

/// The sender of a request, by bearer token or session cookie.
#[derive(Clone, Debug)]
pub(crate) struct Sender(pub(crate) Actor);

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
