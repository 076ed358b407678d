//! What the loader says of the element that a widget is mounted for.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A plain object of the loader.
    #[derive(Debug, Clone)]
    pub type Options;

    /// The view's number on this page.
    #[wasm_bindgen(method, getter)]
    pub fn id(this: &Options) -> u32;
    /// The hub's origin.
    #[wasm_bindgen(method, getter)]
    pub fn hub(this: &Options) -> String;
    /// The bytes of the served manifest: taken over as they are, which a text is not.
    #[wasm_bindgen(method, getter)]
    pub fn manifest(this: &Options) -> Vec<u8>;
    /// The kind of widget of a shorthand; empty where `name` is an instance's name.
    #[wasm_bindgen(method, getter)]
    pub fn kind(this: &Options) -> String;
    /// An instance's name, its end (`coulombcore`), or an entity (`service:gitea`).
    #[wasm_bindgen(method, getter)]
    pub fn name(this: &Options) -> String;
    /// A BCP 47 tag.
    #[wasm_bindgen(method, getter)]
    pub fn lang(this: &Options) -> String;
    /// What entity links start with.
    #[wasm_bindgen(method, getter, js_name = linkBase)]
    pub fn link_base(this: &Options) -> String;
    /// The view context that events are recorded with; empty for the instance's own.
    #[wasm_bindgen(method, getter, js_name = viewContext)]
    pub fn view_context(this: &Options) -> String;
    /// How often the hub is read, in seconds; 0 where the element does not say.
    #[wasm_bindgen(method, getter)]
    pub fn refresh(this: &Options) -> f64;
    /// A plain object that outlives this instance of the module, and is the element's alone.
    #[wasm_bindgen(method, getter)]
    pub fn kept(this: &Options) -> js_sys::Object;

    /// Called once, when the widget shows what the hub has.
    #[wasm_bindgen(method)]
    pub fn ready(this: &Options);
    /// Called with kind and words of each new trouble.
    #[wasm_bindgen(method)]
    pub fn trouble(this: &Options, kind: &str, words: &str);
}
