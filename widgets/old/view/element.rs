//! A drawn element: its settings and listeners, and what is inside.
use std::{any::Any, cell::RefCell, mem, rc::Rc};

use js_sys::Reflect;
use reactive_graph::effect::RenderEffect;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Event, Node};

use super::{
    node::{Element, Key, Kind, Listener, Parts, Setting, Value},
    tree::{Tree, build_all, document, patch_all},
};

const SVG: &str = "http://www.w3.org/2000/svg";

/// An element on the page.
pub(super) struct Drawn {
    // First, so that no listener outlives the other parts.
    listeners: Vec<DrawnListener>,
    settings: Vec<DrawnSetting>,
    element: web_sys::Element,
    tag: &'static str,
    is_svg: bool,
    /// Dropped with the element.
    kept: Option<Box<dyn Any>>,
    children: Vec<Tree>,
    key: Key,
}

impl Drawn {
    /// Makes the element and what is inside; it is not on the page yet.
    pub(super) fn build(element: Element) -> Self {
        let Parts { tag, is_svg, settings, listeners, made, children, key } = *element.0;
        let node = make(tag, is_svg);
        let settings = set_all(&node, settings, Vec::new());
        let listeners = listen_all(&node, listeners);
        let mut inside = Vec::with_capacity(children.len());
        build_all(&mut inside, children.into_iter(), &node, None);
        let kept = made.map(|made| made(&node));
        Self { listeners, settings, element: node, tag, is_svg, kept, children: inside, key }
    }

    /// Makes an element beside one that was just made: a copy of that, where it is of the same make, in
    /// which what differs is changed. So one call makes what takes a call for each element and attribute
    /// otherwise.
    pub(super) fn build_beside(element: Element, before: Option<&Tree>) -> Self {
        if let Some(Tree::Element(before)) = before
            && before.is_model(&element)
            && before.is_plain()
            && let Ok(copy) = before.element.clone_node_with_deep(true)
        {
            let mut twin = before.twin(copy);
            twin.patch(element);
            return twin;
        }
        Self::build(element)
    }

    /// Whether a copy of it would have little to change to show this one.
    fn is_model(&self, element: &Element) -> bool {
        let parts = &element.0;
        self.is_like(element)
            && self.has_names(&parts.settings)
            && self.children.len() == parts.children.len()
            && self.children.iter().zip(&parts.children).all(|(child, view)| child.is_of_kind(view))
    }

    /// Whether the node's copy is all there is to it: nothing was given to someone, lives or is a property.
    pub(super) fn is_plain(&self) -> bool {
        self.kept.is_none()
            && self.settings.iter().all(|one| one.live.is_none() && one.kind == Kind::Attribute)
            && self.children.iter().all(Tree::is_plain)
    }

    /// The same around a copy of its node, but for the listeners, which a copy has not.
    pub(super) fn twin(&self, copy: Node) -> Self {
        let mut next = copy.first_child();
        let children = self.children.iter().map(|child| child.twin(&mut next)).collect::<Vec<_>>();
        let settings = self.settings.iter().map(DrawnSetting::twin).collect::<Vec<_>>();
        let Self { tag, is_svg, key, .. } = *self;
        Self { listeners: Vec::new(), settings, element: copy.unchecked_into(), tag, is_svg, kept: None, children, key }
    }

    /// Whether its settings have these names.
    fn has_names(&self, settings: &[(Kind, &'static str, Setting)]) -> bool {
        self.settings.len() == settings.len()
            && self.settings.iter().zip(settings).all(|(old, (kind, name, _))| old.is(*kind, name))
    }

    /// Whether the same element can show this one: one of its tag, and given to someone when it was
    /// made exactly if this one asks for that.
    pub(super) fn is_like(&self, element: &Element) -> bool {
        let element = &element.0;
        self.tag == element.tag && self.is_svg == element.is_svg && self.kept.is_some() == element.made.is_some()
    }

    /// Makes the element show another one of its tag.
    pub(super) fn patch(&mut self, element: Element) {
        let element = *element.0;
        self.key = element.key;
        if self.has_names(&element.settings) {
            for (old, (_, _, setting)) in self.settings.iter_mut().zip(element.settings) {
                old.patch(&self.element, setting);
            }
        } else {
            self.settings = set_all(&self.element, element.settings, mem::take(&mut self.settings));
        }
        if self.listeners.iter().map(|old| old.name).eq(element.listeners.iter().map(|(name, _)| *name)) {
            for (old, (_, listener)) in self.listeners.iter().zip(element.listeners) {
                *old.act.borrow_mut() = listener.into();
            }
        } else {
            self.listeners = listen_all(&self.element, element.listeners);
        }
        patch_all(&mut self.children, element.children, &self.element, None);
    }

    /// Which one of its siblings it is.
    pub(super) fn key(&self) -> Key {
        self.key
    }

    /// Whether something in it has the focus.
    pub(super) fn has_focus(&self) -> bool {
        !self.element.query_selector(":focus").is_ok_and(|focused| focused.is_none())
    }

    /// The node.
    pub(super) fn node(&self) -> &Node {
        &self.element
    }

    /// Takes it off the page.
    pub(super) fn remove(self) {
        self.element.remove();
    }
}

fn make(tag: &str, is_svg: bool) -> web_sys::Element {
    let made = document().and_then(|document| {
        if is_svg { document.create_element_ns(Some(SVG), tag).ok() } else { document.create_element(tag).ok() }
    });
    // Every tag here is a name that the DOM takes, and whoever draws has a document to draw in.
    made.unwrap_or_else(|| JsValue::NULL.unchecked_into())
}

/// Sets everything, from what was set before; what is not among it is taken away.
#[inline(never)]
fn set_all(
    element: &web_sys::Element,
    settings: Vec<(Kind, &'static str, Setting)>,
    mut before: Vec<DrawnSetting>,
) -> Vec<DrawnSetting> {
    let set = |(kind, name, setting)| {
        let mut one = match before.iter().position(|old| old.is(kind, name)) {
            Some(at) => before.swap_remove(at),
            None => DrawnSetting { kind, name, last: Value::None, live: None },
        };
        one.patch(element, setting);
        one
    };
    let all = settings.into_iter().map(set).collect::<Vec<_>>();
    before.iter().for_each(|old| old.clear(element));
    all
}

#[inline(never)]
fn listen_all(element: &web_sys::Element, listeners: Vec<(&'static str, Listener)>) -> Vec<DrawnListener> {
    listeners.into_iter().map(|(name, listener)| DrawnListener::build(element, name, listener)).collect::<Vec<_>>()
}

/// An attribute or property, and what it was set to.
struct DrawnSetting {
    kind: Kind,
    name: &'static str,
    /// Where it is fixed.
    last: Value,
    /// Where it is live, with the effect that sets it.
    live: Option<(Rc<RefCell<Value>>, RenderEffect<()>)>,
}

impl DrawnSetting {
    /// The same of a copy of the element, where it is fixed.
    fn twin(&self) -> Self {
        Self { kind: self.kind, name: self.name, last: self.last.clone(), live: None }
    }

    fn is(&self, kind: Kind, name: &str) -> bool {
        self.kind == kind && self.name == name
    }

    fn patch(&mut self, element: &web_sys::Element, setting: Setting) {
        // The call of before ends first: it would set its own value again.
        if let Some((last, _)) = self.live.take() {
            self.last = last.take();
        }
        match setting {
            Setting::Fixed(value) => apply(element, self.kind, self.name, &mut self.last, value),
            Setting::Live(call) => {
                let last = Rc::new(RefCell::new(mem::take(&mut self.last)));
                let (element, kind, name, own) = (element.clone(), self.kind, self.name, last.clone());
                let set = move |_| {
                    let value = call();
                    apply(&element, kind, name, &mut own.borrow_mut(), value);
                };
                self.live = Some((last, RenderEffect::new(set)));
            }
        }
    }

    fn clear(&self, element: &web_sys::Element) {
        if self.kind == Kind::Attribute {
            let _ = element.remove_attribute(self.name);
        }
    }
}

fn apply(element: &web_sys::Element, kind: Kind, name: &str, last: &mut Value, value: Value) {
    // A flag is set each time: the reader changes it too, with a box that is ticked. Nothing is there yet
    // of what was never set.
    let is_there = match &value {
        Value::Flag(is_set) => kind == Kind::Attribute && !is_set && *last == Value::None,
        value => *last == *value,
    };
    if is_there {
        return;
    }
    // The DOM refuses none of these names, and a property that is missing is simply added.
    let _ = match (kind, &value) {
        (Kind::Attribute, Value::None | Value::Flag(false)) => element.remove_attribute(name),
        (Kind::Attribute, Value::Text(text)) => element.set_attribute(name, text),
        (Kind::Attribute, Value::Flag(true)) => element.set_attribute(name, ""),
        (Kind::Attribute, Value::Number(number)) => element.set_attribute(name, &number.to_string()),
        (Kind::Property, Value::None) => Ok(()),
        (Kind::Property, Value::Text(text)) => property(element, name, &JsValue::from_str(text)),
        (Kind::Property, Value::Flag(flag)) => property(element, name, &JsValue::from_bool(*flag)),
        (Kind::Property, Value::Number(number)) => property(element, name, &JsValue::from(*number)),
    };
    *last = value;
}

fn property(element: &web_sys::Element, name: &str, value: &JsValue) -> Result<(), JsValue> {
    Reflect::set(element, &JsValue::from_str(name), value).map(|_| ())
}

/// A listener whose action can be another after each drawing.
struct DrawnListener {
    name: &'static str,
    act: Rc<RefCell<Rc<Listener>>>,
    element: web_sys::Element,
    call: Closure<dyn Fn(Event)>,
}

impl DrawnListener {
    fn build(element: &web_sys::Element, name: &'static str, listener: Listener) -> Self {
        let act = Rc::new(RefCell::new(Rc::new(listener)));
        let now = act.clone();
        let call = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            // Not borrowed while it acts: it may lead to a drawing that replaces it.
            let act = now.borrow().clone();
            act(event);
        });
        let _ = element.add_event_listener_with_callback(name, call.as_ref().unchecked_ref());
        Self { name, act, element: element.clone(), call }
    }
}

impl Drop for DrawnListener {
    fn drop(&mut self) {
        let _ = self.element.remove_event_listener_with_callback(self.name, self.call.as_ref().unchecked_ref());
    }
}
