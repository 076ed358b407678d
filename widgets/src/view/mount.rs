//! A view on a page.

use std::{cell::RefCell, rc::Rc};

use leptos::mount::mount_to;
use web_sys::HtmlElement;

use super::{View, tree::Tree};

/// A drawn view; dropping it ends its effects and takes it off the page.
#[must_use = "dropping it takes the view off the page"]
pub struct Mounted {
    tree: Rc<RefCell<Option<Tree>>>,
    _root: Box<dyn std::any::Any>,
}

impl std::fmt::Debug for Mounted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mounted")
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let tree = self.tree.borrow_mut().take();
        tree.into_iter().for_each(Tree::remove);
    }
}

/// Draws a view in `parent`, as a root of Leptos with an owner of its own.
pub fn mount(parent: HtmlElement, view: impl FnOnce() -> View + 'static) -> Mounted {
    let tree = Rc::new(RefCell::new(None));
    let (built, inside) = (tree.clone(), parent.clone());
    let root = mount_to(parent, move || {
        *built.borrow_mut() = Some(Tree::build(view(), &inside, None));
    });
    Mounted { tree, _root: Box::new(root) }
}
