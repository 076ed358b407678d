//! A hub's lists, in whatever pages they come: by cursor, by number, or all at once as a bare list.

use reqwest::StatusCode;
use serde_json::Value;

use super::{Call, Client, Failure};
use ops_manifest::mapping::incoming;

/// More pages than this are a hub that gives the same page for ever.
const PAGES: usize = 10_000;

impl Client {
    /// The items of a listing operation; none where the hub has no such thing.
    pub(crate) async fn list(&self, operation: &'static str) -> Result<Vec<Value>, Failure> {
        Ok(self.pages(operation).await?.0)
    }

    /// The items of a listing operation, page by page, and the version of the list.
    ///
    /// # Errors
    /// Where what comes is no list, or where more is announced than can be asked for: half a list would
    /// pass for the whole.
    pub(crate) async fn pages(&self, operation: &'static str) -> Result<(Vec<Value>, Option<String>), Failure> {
        if self.does_without(operation) {
            return Ok((Vec::new(), None));
        }
        let need = self.mapping().operation(operation).map_err(|error| self.unusable(error))?;
        let (field, fields) = (need.items.clone().unwrap_or_default(), &need.response);
        let (mut all, mut etag, mut at) = (Vec::new(), None, Place::Start);
        for page in 0..PAGES {
            let call = match at.cursor() {
                Some(cursor) => Call::to(operation).with("cursor", cursor),
                None => Call::to(operation),
            };
            let mut answer = match self.call(&call).await {
                Ok(answer) => answer,
                Err(failure) if failure.status() == Some(StatusCode::NOT_FOUND) => break,
                Err(failure) => return Err(failure),
            };
            if page == 0 {
                etag = answer.etag;
            }
            let listed = match &mut answer.body {
                // A list that is nothing but a list is the whole of it.
                body @ Value::Array(_) => Some(body.take()),
                body => body.get_mut(&field).map(Value::take),
            };
            let Some(Value::Array(items)) = listed else { return Err(self.no_list(operation, &field)) };
            let is_empty = items.is_empty();
            all.extend(items.into_iter().map(|item| incoming(fields, item)));
            let total = answer.body.get("total").and_then(Value::as_u64);
            let is_whole = total.map_or(is_empty, |total| u64::try_from(all.len()).is_ok_and(|found| found >= total));
            let next = need.next.as_ref().and_then(|next| answer.body.get(next));
            match at.next(next, is_whole) {
                Some(next) if self.offers(operation, "cursor") => at = next,
                // A page without the next one's place is the last, unless the hub counts more.
                None if total.is_none() || is_whole => break,
                _ => return Err(self.half(operation, all.len(), total)),
            }
        }
        Ok((all, etag))
    }

    fn no_list(&self, operation: &str, field: &str) -> Failure {
        let wanted = if field.is_empty() { String::new() } else { format!(", nor one in '{field}'") };
        Failure::Unreadable {
            url: self.hub().to_string(),
            why: format!("{operation}: the answer is no list{wanted}; `items` in the mapping names where it is"),
        }
    }

    fn half(&self, operation: &str, found: usize, total: Option<u64>) -> Failure {
        let of = total.map(|total| format!(" of {total}")).unwrap_or_default();
        Failure::Unreadable {
            url: self.hub().to_string(),
            why: format!(
                "{operation}: the hub gave {found}{of} and has more; `next` and the parameter 'cursor' in the mapping \
                 say how the next page is asked for"
            ),
        }
    }
}

/// Where in a list the next page begins.
#[derive(Debug, PartialEq)]
enum Place {
    Start,
    /// What the hub calls it.
    Cursor(String),
    /// The page of this number.
    Number(u64),
}

impl Place {
    fn cursor(&self) -> Option<String> {
        match self {
            Self::Start => None,
            Self::Cursor(cursor) => Some(cursor.clone()),
            Self::Number(number) => Some(number.to_string()),
        }
    }

    /// The place of the next page, by the field that the mapping names for it: a cursor, the number of the
    /// next page, or that of this one.
    fn next(&self, field: Option<&Value>, is_whole: bool) -> Option<Self> {
        match field? {
            Value::String(cursor) if !cursor.is_empty() => Some(Self::Cursor(cursor.clone())),
            Value::Number(number) if !is_whole => {
                let asked = if let Self::Number(asked) = self { *asked } else { 1 };
                let number = number.as_u64().filter(|number| *number >= asked)?;
                Some(Self::Number(if number == asked { number + 1 } else { number }))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Place;

    #[test]
    fn the_next_page_is_found_by_cursor_and_by_number() {
        let next = |at: Place, field, is_whole| at.next(Some(&field), is_whole);
        assert_eq!(next(Place::Start, json!("abc"), false), Some(Place::Cursor("abc".to_owned())));
        assert_eq!(next(Place::Start, json!(1), false), Some(Place::Number(2)), "the number of this page");
        assert_eq!(next(Place::Start, json!(2), false), Some(Place::Number(2)), "the number of the next");
        assert_eq!(next(Place::Number(2), json!(2), false), Some(Place::Number(3)));
        assert_eq!(next(Place::Number(3), json!(2), false), None, "the hub gives another page than was asked for");
        for end in [json!(null), json!("")] {
            assert_eq!(next(Place::Start, end, false), None);
        }
        assert_eq!(next(Place::Number(2), json!(2), true), None);
    }
}
