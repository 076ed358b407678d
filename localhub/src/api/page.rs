//! Listings, part by part: `limit`, an opaque `cursor`, and what leads on to the next part.

use std::str::FromStr;

use axum::{
    Json,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::{
    condition::Condition,
    problem::Problem,
    store::{Page, Part},
};

/// How many items a page has where nothing is said.
const LIMIT: i64 = 500;

/// What is wanted of a listing.
#[derive(Debug, Default, Deserialize)]
pub(super) struct PageOf {
    /// At most so many items; 500 where absent.
    limit: Option<i64>,
    /// The `next` of another page, as it was.
    cursor: Option<String>,
}

/// A page of a listing.
#[derive(Debug, Serialize)]
pub(crate) struct List<T> {
    /// Its items.
    pub(crate) items: Vec<T>,
    /// The `cursor` of the page that follows; null on the last one.
    pub(crate) next: Option<String>,
}

impl PageOf {
    /// The same with this cursor, unless it has one.
    pub(super) fn or(mut self, cursor: Option<String>) -> Self {
        self.cursor = self.cursor.or(cursor);
        self
    }

    /// The page that is wanted of the listing with this name.
    ///
    /// # Errors
    /// 422 where the cursor is not one of this listing's.
    pub(super) fn of<K: FromStr>(&self, listing: &str) -> Result<Page<K>, Problem> {
        let after = self.cursor.as_deref().map(|cursor| key(listing, cursor)).transpose()?;
        Ok(Page { limit: self.limit.unwrap_or(LIMIT), after })
    }
}

fn key<K: FromStr>(listing: &str, cursor: &str) -> Result<K, Problem> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    let key = text.and_then(|text| text.strip_prefix(listing)?.strip_prefix(' ')?.parse().ok());
    key.ok_or_else(|| {
        Problem::unprocessable(format!("cursor: '{cursor}' is not the `next` of a page of this listing."))
    })
}

impl<T: Serialize> List<T> {
    /// A part of the listing with this name.
    pub(super) fn new<K: ToString>(listing: &str, part: Part<K, T>) -> Self {
        let next = part.next.map(|key| URL_SAFE_NO_PAD.encode(format!("{listing} {}", key.to_string())));
        Self { items: part.items, next }
    }

    /// The answer to a reader of this address.
    pub(super) fn answer(self, uri: &Uri, etag: String) -> Response {
        (links(uri, self.next.as_deref()), tagged(etag), Json(self)).into_response()
    }
}

/// The header that leads to the next page, if there is one.
pub(super) fn links(uri: &Uri, next: Option<&str>) -> HeaderMap {
    let link = next.and_then(|next| {
        let query = uri.query().unwrap_or_default().split('&');
        let kept = query.filter(|one| !one.is_empty() && !one.starts_with("cursor=") && !one.starts_with("before="));
        let cursor = format!("cursor={next}");
        let query = kept.chain([cursor.as_str()]).collect::<Vec<_>>().join("&");
        HeaderValue::try_from(format!("<{}?{query}>; rel=\"next\"", uri.path())).ok()
    });
    link.map(|link| (header::LINK, link)).into_iter().collect()
}

/// The headers of a state that a reader asks again for.
pub(super) fn tagged(etag: String) -> [(HeaderName, String); 2] {
    [(header::ETAG, etag), (header::CACHE_CONTROL, "private, no-cache".to_owned())]
}

/// 304 where the reader has this state already.
pub(super) fn unchanged(condition: &Condition, etag: &str) -> Option<Response> {
    condition.has(etag).then(|| (StatusCode::NOT_MODIFIED, tagged(etag.to_owned())).into_response())
}
