//! Reading an answer's body: no more than fits, and only what is JSON.

use gloo_net::http::Response;
use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::ReadableStreamDefaultReader;

/// The largest body that is read, in bytes: a catalog of 100,000 entities has about 40 MB.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// Why a body could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It ended before its end.
    Cut(String),
    /// It is larger than this page takes.
    TooLarge,
}

/// The whole body; reading stops where it is too large.
pub(crate) async fn body(answer: &Response) -> Result<Vec<u8>, Unread> {
    let cut = |error: JsValue| Unread::Cut(words(&error));
    let mut bytes = Vec::new();
    let Some(stream) = answer.body() else { return Ok(bytes) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    loop {
        let chunk: Object = JsFuture::from(reader.read()).await.map_err(cut)?.unchecked_into();
        if Reflect::get(&chunk, &"done".into()).map_err(cut)?.is_truthy() {
            return Ok(bytes);
        }
        let value: Uint8Array = Reflect::get(&chunk, &"value".into()).map_err(cut)?.unchecked_into();
        if bytes.len().saturating_add(value.length() as usize) > MOST_BYTES {
            // The rest is not waited for.
            drop(reader.cancel());
            return Err(Unread::TooLarge);
        }
        bytes.extend(value.to_vec());
    }
}

/// What an error of JavaScript says.
pub(crate) fn words(error: &JsValue) -> String {
    error.dyn_ref::<js_sys::Error>().map_or_else(String::new, |error| String::from(error.message()))
}
