//! Who reads a page; whoever is not signed in is led to the sign-in, and back afterwards.

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::{FromRequestParts, OriginalUri},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{access::actor, state::State};

/// The reader's name.
#[derive(Debug)]
pub(super) struct Reader(pub(super) String);

impl FromRequestParts<Arc<State>> for Reader {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<State>) -> Result<Self, Response> {
        if let Some(actor) = actor(&parts.headers, state).await.map_err(IntoResponse::into_response)? {
            return Ok(Self(actor.name));
        }
        let uri: Result<OriginalUri, Infallible> = OriginalUri::from_request_parts(parts, state).await;
        let Ok(OriginalUri(uri)) = uri;
        // With its parameters: a link to a view of a widget leads there after the sign-in.
        let way = uri.path_and_query().map_or("/Hubs", |way| way.as_str());
        let way = utf8_percent_encode(way, NON_ALPHANUMERIC);
        Err(Redirect::to(&format!("/NewSession?return={way}")).into_response())
    }
}
