//! Where a page of a catalog begins: a position in the catalog with a certain hash, opaque to readers.

use axum::http::StatusCode;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::problem::Problem;

/// How much of the hash a cursor has.
const LONG: usize = 32;

/// A cursor that was sent.
#[derive(Debug)]
pub(crate) struct Cursor {
    hash: String,
    position: i64,
}

/// What of an ETag a cursor is bound to.
fn hash(etag: &str) -> &str {
    let bare = etag.trim_matches('"');
    bare.get(..LONG).unwrap_or(bare)
}

impl Cursor {
    /// The cursor of a position, as it is sent.
    pub(crate) fn text(etag: &str, position: i64) -> String {
        URL_SAFE_NO_PAD.encode(format!("catalog {} {position}", hash(etag)))
    }

    /// Reads what a page gave as `next`.
    ///
    /// # Errors
    /// 422 where it is none.
    pub(crate) fn parse(text: &str) -> Result<Self, Problem> {
        let read = || {
            let said = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
            let (hash, position) = said.strip_prefix("catalog ")?.split_once(' ')?;
            let position = position.parse().ok().filter(|position| *position > 0)?;
            Some(Self { hash: hash.to_owned(), position })
        };
        read()
            .ok_or_else(|| Problem::unprocessable(format!("after: '{text}' is not the `next` of a page of a catalog.")))
    }

    /// The position in the catalog with this ETag.
    ///
    /// # Errors
    /// 410 where the cursor is of another catalog.
    pub(crate) fn position(&self, etag: &str) -> Result<i64, Problem> {
        if self.hash == hash(etag) {
            return Ok(self.position);
        }
        let detail = "The catalog was replaced since the page before was read; read it anew, from its first page.";
        Err(Problem::new(StatusCode::GONE, "catalog-changed", detail).with("etag", etag))
    }
}
