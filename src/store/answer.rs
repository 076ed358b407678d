//! Reading an answer's body: no more than fits, and only what is JSON.

use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, Response};

/// The largest body that is read, in bytes: a catalog of 100,000 entities has about 40 MB.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// How much of what has arrived is taken at once, in bytes. The browser hands over up to 2 MB: as much room
/// would stay taken in the components' memory, which never shrinks.
const MOST_AT_ONCE: u32 = 64 * 1024;

/// Why a body could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It ended before its end.
    Cut(String),
    /// It is larger than this page takes.
    TooLarge,
}

/// A body as it arrives.
#[derive(Debug)]
pub(crate) struct Body {
    reader: Option<ReadableStreamDefaultReader>,
    read: usize,
    /// What has arrived and is yet to be taken.
    rest: Uint8Array,
}

impl Body {
    /// The body of an answer that nobody has begun to read.
    pub(crate) fn of(answer: &Response) -> Self {
        let reader = answer.body().map(|stream| stream.get_reader().unchecked_into());
        Self { reader, read: 0, rest: Uint8Array::new_with_length(0) }
    }

    /// The next part of it; `None` at its end. Reading stops where it is too large.
    pub(crate) async fn next(&mut self) -> Result<Option<Vec<u8>>, Unread> {
        let cut = |error: JsValue| Unread::Cut(words(&error));
        let Some(reader) = &self.reader else { return Ok(None) };
        if self.rest.length() > 0 {
            return Ok(Some(self.part()));
        }
        let chunk: Object = JsFuture::from(reader.read()).await.map_err(cut)?.unchecked_into();
        if Reflect::get(&chunk, &"done".into()).map_err(cut)?.is_truthy() {
            return Ok(None);
        }
        let value: Uint8Array = Reflect::get(&chunk, &"value".into()).map_err(cut)?.unchecked_into();
        self.read = self.read.saturating_add(value.length() as usize);
        if self.read > MOST_BYTES {
            // The rest is not waited for.
            drop(reader.cancel());
            return Err(Unread::TooLarge);
        }
        self.rest = value;
        Ok(Some(self.part()))
    }

    fn part(&mut self) -> Vec<u8> {
        let part = self.rest.subarray(0, MOST_AT_ONCE).to_vec();
        self.rest = self.rest.subarray(MOST_AT_ONCE, u32::MAX);
        part
    }
}

/// The whole body.
pub(crate) async fn body(answer: &Response) -> Result<Vec<u8>, Unread> {
    let (mut body, mut bytes) = (Body::of(answer), Vec::new());
    while let Some(part) = body.next().await? {
        bytes.extend(part);
    }
    Ok(bytes)
}

/// What an error of JavaScript says.
pub(crate) fn words(error: &JsValue) -> String {
    error.dyn_ref::<js_sys::Error>().map_or_else(String::new, |error| String::from(error.message()))
}
