//! What is drawn: the DOM's nodes beside the values that they were made from.
use std::{cell::RefCell, rc::Rc, vec::IntoIter};

use reactive_graph::effect::RenderEffect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Node};

use super::{
    element::Drawn,
    node::{Text, View},
};

/// A drawn view.
pub(super) enum Tree {
    /// Nothing: an empty text keeps the place.
    Empty(web_sys::Text),
    /// Text, and the node that shows it.
    Text(Text, web_sys::Text),
    /// An element.
    Element(Box<Drawn>),
    /// Several, and an empty text behind the last.
    Many(Vec<Tree>, web_sys::Text),
    /// What a call gave, and the effect that draws it again.
    Live(Rc<RefCell<Option<Tree>>>, RenderEffect<()>),
}

/// The page's document. There is none where there is no page, and then nothing is drawn.
pub(super) fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn text_node(text: &str) -> web_sys::Text {
    // The constructor takes any text, so that the error is none that could be met.
    web_sys::Text::new_with_data(text).unwrap_or_else(JsCast::unchecked_into)
}

fn insert(parent: &Node, node: &Node, before: Option<&Node>) {
    // Refused only where `before` has left `parent`, which nothing but this module moves.
    let _ = parent.insert_before(node, before);
}

impl Tree {
    /// Draws a view in `parent`, ahead of `before` or as the last.
    pub(super) fn build(view: View, parent: &Node, before: Option<&Node>) -> Self {
        match view {
            View::Empty => {
                let place = text_node("");
                insert(parent, &place, before);
                Self::Empty(place)
            }
            View::Text(text) => {
                let node = text_node(&text);
                insert(parent, &node, before);
                Self::Text(text, node)
            }
            View::Element(element) => {
                let drawn = Drawn::build(element);
                insert(parent, drawn.node(), before);
                Self::Element(Box::new(drawn))
            }
            View::Many(views) => {
                let mut trees = Vec::with_capacity(views.len());
                build_all(&mut trees, views.into_iter(), parent, before);
                let end = text_node("");
                insert(parent, &end, before);
                Self::Many(trees, end)
            }
            keyed @ View::Keyed(_) => Self::build(made(keyed), parent, before),
            View::Live(call) => {
                let tree = Rc::new(RefCell::new(None));
                let effect = follow(call, tree.clone(), Some((parent.clone(), before.cloned())));
                Self::Live(tree, effect)
            }
        }
    }

    /// Makes the page show another view in this one's place, and changes only what differs.
    pub(super) fn patch(&mut self, view: View) {
        match (&mut *self, view) {
            (Self::Empty(_), View::Empty) => {}
            (Self::Text(before, node), View::Text(text)) => {
                if *before != text {
                    node.set_data(&text);
                    *before = text;
                }
            }
            (Self::Element(drawn), View::Element(element)) if drawn.is_like(&element) => drawn.patch(element),
            (Self::Many(trees, end), View::Many(views)) => {
                if let Some(parent) = end.parent_node() {
                    patch_all(trees, views, &parent, Some(end));
                }
            }
            (Self::Element(drawn), View::Keyed(keyed)) if drawn.key() == keyed.key => {}
            (tree, keyed @ View::Keyed(_)) => tree.patch(made(keyed)),
            (Self::Live(tree, effect), View::Live(call)) => *effect = follow(call, tree.clone(), None),
            (_, view) => {
                let Some(first) = self.first() else { return };
                let Some(parent) = first.parent_node() else { return };
                let new = Self::build(view, &parent, Some(&first));
                std::mem::replace(self, new).remove();
            }
        }
    }

    /// Whether it is of the view's kind, so that it could be made to show it.
    pub(super) fn is_of_kind(&self, view: &View) -> bool {
        match (self, view) {
            (Self::Element(drawn), View::Element(element)) => drawn.is_like(element),
            (Self::Empty(_), View::Empty) | (Self::Text(..), View::Text(_)) | (Self::Many(..), View::Many(_)) => true,
            _ => false,
        }
    }

    /// Whether copies of its nodes are all there is to it.
    pub(super) fn is_plain(&self) -> bool {
        match self {
            Self::Empty(_) | Self::Text(..) => true,
            Self::Element(drawn) => drawn.is_plain(),
            Self::Many(trees, _) => trees.iter().all(Self::is_plain),
            Self::Live(..) => false,
        }
    }

    /// The same around copies of its nodes, of which `next` is the first; leaves there what comes behind.
    pub(super) fn twin(&self, next: &mut Option<Node>) -> Self {
        match self {
            Self::Element(drawn) => Self::Element(Box::new(drawn.twin(take(next)))),
            Self::Text(text, _) => Self::Text(text.clone(), take(next).unchecked_into()),
            Self::Many(trees, _) => {
                let trees = trees.iter().map(|tree| tree.twin(next)).collect::<Vec<_>>();
                Self::Many(trees, take(next).unchecked_into())
            }
            // What lives is never copied.
            Self::Empty(_) | Self::Live(..) => Self::Empty(take(next).unchecked_into()),
        }
    }

    /// Whether it is the one among its siblings that the view is.
    fn is_same(&self, view: &View) -> bool {
        matches!((self, view), (Self::Element(drawn), View::Keyed(keyed)) if drawn.key().0 == keyed.key.0)
    }

    /// Whether the focus is in it.
    fn has_focus(&self) -> bool {
        matches!(self, Self::Element(drawn) if drawn.has_focus())
    }

    /// The first of its nodes.
    fn first(&self) -> Option<Node> {
        match self {
            Self::Empty(node) | Self::Text(_, node) => Some(node.clone().unchecked_into()),
            Self::Element(drawn) => Some(drawn.node().clone()),
            Self::Many(trees, end) => trees.first().map_or_else(|| Some(end.clone().unchecked_into()), Self::first),
            Self::Live(tree, _) => tree.borrow().as_ref().and_then(Self::first),
        }
    }

    /// Takes it off the page, and ends its effects and listeners.
    pub(super) fn remove(self) {
        match self {
            Self::Empty(node) | Self::Text(_, node) => node.remove(),
            Self::Element(drawn) => drawn.remove(),
            Self::Many(trees, end) => {
                trees.into_iter().for_each(Self::remove);
                end.remove();
            }
            Self::Live(tree, effect) => {
                drop(effect);
                let tree = tree.borrow_mut().take();
                tree.into_iter().for_each(Self::remove);
            }
        }
    }
}

/// The view, made where it is yet to be.
fn made(view: View) -> View {
    match view {
        View::Keyed(keyed) => View::Element(keyed.made()),
        view => view,
    }
}

/// The node, and in its place the one behind it.
fn take(next: &mut Option<Node>) -> Node {
    let node = next.take();
    *next = node.as_ref().and_then(Node::next_sibling);
    // A copy has as many nodes as what it was made of.
    node.unwrap_or_else(|| JsValue::NULL.unchecked_into())
}

/// Draws several views after those that are there, each after the one before it.
pub(super) fn build_all(trees: &mut Vec<Tree>, views: IntoIter<View>, parent: &Node, before: Option<&Node>) {
    let there = trees.len();
    for view in views {
        let tree = match made(view) {
            View::Element(element) => {
                // One that was there before may have been changed by others than this module.
                let drawn = Drawn::build_beside(element, trees.get(there..).and_then(<[Tree]>::last));
                insert(parent, drawn.node(), before);
                Tree::Element(Box::new(drawn))
            }
            view => Tree::build(view, parent, before),
        };
        trees.push(tree);
    }
}

/// Makes several trees show several views; those too many go, those too few come ahead of `end`.
pub(super) fn patch_all(trees: &mut Vec<Tree>, views: Vec<View>, parent: &Node, end: Option<&Node>) {
    move_on(trees, &views, parent, end);
    let surplus = trees.split_off(views.len().min(trees.len()));
    surplus.into_iter().for_each(Tree::remove);
    let mut views = views.into_iter();
    for (tree, view) in trees.iter_mut().zip(views.by_ref()) {
        tree.patch(view);
    }
    build_all(trees, views, parent, end);
}

/// Where elements with keys move on by some: those that stay become neighbours of where they were drawn, and
/// those that go take the places of those that come.
fn move_on(trees: &mut Vec<Tree>, views: &[View], parent: &Node, end: Option<&Node>) {
    let (Some(tree), Some(view)) = (trees.first(), views.first()) else { return };
    let down = trees.iter().position(|tree| tree.is_same(view)).unwrap_or(0);
    let up = views.iter().position(|view| tree.is_same(view)).unwrap_or(0);
    if up >= trees.len() || up == down {
        return;
    }
    let first = tree.first();
    let mut behind = trees.split_off(if down > 0 { down } else { trees.len() - up });
    let (gone, before) = if down > 0 { (&*trees, end) } else { (&behind, first.as_ref()) };
    // What is moved loses the focus.
    if gone.iter().any(Tree::has_focus) {
        return trees.append(&mut behind);
    }
    gone.iter().filter_map(Tree::first).for_each(|node| insert(parent, &node, before));
    behind.append(trees);
    *trees = behind;
}

/// Draws what a call gives, now and whenever a signal that it read changes.
fn follow(
    call: Box<dyn Fn() -> View + Send + Sync>,
    tree: Rc<RefCell<Option<Tree>>>,
    mut place: Option<(Node, Option<Node>)>,
) -> RenderEffect<()> {
    RenderEffect::new(move |_| {
        let view = call();
        let mut tree = tree.borrow_mut();
        match (&mut *tree, place.take()) {
            (Some(tree), _) => tree.patch(view),
            (none, Some((parent, before))) => *none = Some(Tree::build(view, &parent, before.as_ref())),
            (None, None) => {}
        }
    })
}
