//! The clock of the local hub, for tests. Not a part of the hub's contract.

use std::sync::Arc;

use axum::{Json, extract::State as Shared};
use ops_model::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{live::Live, problem::Problem, scope::Scope, sender::Sender, state::State};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Setting {
    now: Option<Timestamp>,
    advance_seconds: Option<i64>,
}

/// The hub's time.
pub(super) async fn get_clock(Shared(state): Shared<Arc<State>>, sender: Sender) -> Result<Json<Value>, Problem> {
    allowed(&state, &sender)?;
    Ok(Json(json!({ "now": state.clock.now() })))
}

/// Moves the clock to `now`, or by `advanceSeconds`.
pub(super) async fn put_clock(
    Shared(state): Shared<Arc<State>>,
    sender: Sender,
    Json(setting): Json<Setting>,
) -> Result<Json<Value>, Problem> {
    allowed(&state, &sender)?;
    let advanced = setting.advance_seconds.map(|seconds| state.clock.now().plus_ms(seconds.saturating_mul(1000)));
    let now = setting.now.or(advanced).ok_or_else(|| Problem::bad("Send `now` (RFC 3339) or `advanceSeconds`."))?;
    state.clock.set(now);
    Ok(told(&state))
}

/// Goes back to real time.
pub(super) async fn delete_clock(Shared(state): Shared<Arc<State>>, sender: Sender) -> Result<Json<Value>, Problem> {
    allowed(&state, &sender)?;
    state.clock.reset();
    Ok(told(&state))
}

fn allowed(state: &State, sender: &Sender) -> Result<(), Problem> {
    if !state.settable_clock {
        return Err(Problem::missing("This hub's clock cannot be set; start it with --settable-clock."));
    }
    sender.must(Scope::Register)
}

fn told(state: &State) -> Json<Value> {
    let now = state.clock.now();
    state.tell(Live::Clock(now));
    Json(json!({ "now": now }))
}
