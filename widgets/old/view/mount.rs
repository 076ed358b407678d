//! A view on a page.

use any_spawner::Executor;
use reactive_graph::owner::Owner;
use web_sys::HtmlElement;

use super::{View, tree::Tree};

/// A drawn view; dropping it ends its effects and takes it off the page.
#[must_use = "dropping it takes the view off the page"]
pub struct Mounted {
    tree: Option<Tree>,
    // Last: what the effects of the view belong to ends after them.
    _owner: Owner,
}

impl std::fmt::Debug for Mounted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mounted")
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.tree.take().into_iter().for_each(Tree::remove);
    }
}

/// Draws a view in `parent`, with an owner of its own for what is reactive in it.
pub fn mount(parent: &HtmlElement, view: impl FnOnce() -> View) -> Mounted {
    // Refused where effects have what runs them already, which is just as well.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    let tree = owner.with(|| Tree::build(view(), parent, None));
    Mounted { tree: Some(tree), _owner: owner }
}
