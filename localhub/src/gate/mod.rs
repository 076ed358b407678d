//! What every request to an operation passes before its handler runs: who sends it, whether the
//! sender has requests left and the scope, whether parameters and body are what the contract says.

mod body;
mod lists;
mod schema;
mod shape;

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    extract::{Request, State as Shared},
    http::{HeaderMap, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};

pub(crate) use body::Limit;
pub(crate) use shape::Shape;

use crate::{error::HubError, problem::Problem, scope::Scope, sender::Sender, state::State};

/// From how many bytes on a body is checked off the threads that answer requests.
const LARGE: usize = 64 * 1024;

/// The gate of one operation.
#[derive(Debug)]
pub(crate) struct Gate {
    /// What every request sees.
    pub(crate) state: Arc<State>,
    /// The scope that the sender needs; `None` where the operation is open to everybody.
    pub(crate) scope: Option<Scope>,
    /// Whether a request is counted against the sender's allowance.
    pub(crate) is_counted: bool,
    /// How large the body may be.
    pub(crate) largest: Limit,
    /// What the contract says of parameters and body.
    pub(crate) shape: Shape,
}

/// Lets a request through to its handler, or refuses it.
pub(crate) async fn pass(Shared(gate): Shared<Arc<Gate>>, request: Request, next: Next) -> Response {
    let mut told = HeaderMap::new();
    let answer = gate.answer(request, next, &mut told).await;
    let mut answer = answer.unwrap_or_else(IntoResponse::into_response);
    answer.headers_mut().extend(told);
    answer
}

impl Gate {
    /// What the handler answers; `told` takes what the sender has left of its allowance.
    async fn answer(self: &Arc<Self>, request: Request, next: Next, told: &mut HeaderMap) -> Result<Response, Problem> {
        let (mut parts, body) = request.into_parts();
        if let Some(scope) = self.scope {
            let sender = Sender::find(&parts, &self.state).await?;
            if self.is_counted {
                let left = self.state.allowances.take(&sender)?;
                told.extend(left);
            }
            sender.must(scope)?;
            parts.extensions.insert(sender);
        }
        self.shape.check_parameters(&mut parts).await?;
        let body = match self.shape.takes_body() {
            true => Body::from(self.body(&parts, body).await?),
            false => Body::empty(),
        };
        Ok(next.run(Request::from_parts(parts, body)).await)
    }

    /// The body, which is JSON and has the shape that the contract says.
    async fn body(self: &Arc<Self>, parts: &Parts, body: Body) -> Result<Bytes, Problem> {
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let essence = kind.split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("application/json") {
            let detail = format!("The body has to be application/json, not '{kind}'.");
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", detail));
        }
        let bytes = body::read(&parts.headers, body, self.largest).await?;
        if bytes.len() < LARGE {
            self.shape.check_body(&bytes)?;
            return Ok(bytes);
        }
        // A large body takes its time, which is not that of the other requests.
        let gate = self.clone();
        let checked = tokio::task::spawn_blocking(move || gate.shape.check_body(&bytes).map(|()| bytes));
        checked.await.map_err(|_| HubError::Thread)?
    }
}
