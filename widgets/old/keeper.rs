//! What a reader typed and chose, kept outside of this instance of the components: where a fault ends it,
//! the next one shows the widget as the reader left it.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsCast;

/// A plain object of the page's that outlives the components; given to a widget as context.
///
/// It is kept nowhere else: with the element it is gone.
#[derive(Clone, Debug)]
pub struct Keeper {
    kept: Object,
    of: String,
}

impl Keeper {
    /// Keeps in this object what belongs to the widget `of`: an element may show another one later.
    #[must_use]
    pub const fn new(kept: Object, of: String) -> Self {
        Self { kept, of }
    }

    /// The text of this name, if one is kept.
    #[must_use]
    pub fn read(&self, name: &str) -> Option<String> {
        Reflect::get(&self.kept, &self.key(name).into()).ok()?.as_string()
    }

    /// Keeps a text. An object that takes nothing more is no reason to stop.
    pub fn write(&self, name: &str, text: &str) {
        let _ = Reflect::set(self.kept.unchecked_ref(), &self.key(name).into(), &text.into());
    }

    /// With a space, which no property of the object itself has.
    fn key(&self, name: &str) -> String {
        [&self.of, " ", name].concat()
    }
}
