//! The value that is drawn, and everything that turns into it.
use std::{any::Any, borrow::Cow, sync::Arc};

use web_sys::Event;

/// Text of a view: static or owned.
pub type Text = Cow<'static, str>;

/// What happens at an event.
pub(super) type Listener = Box<dyn Fn(Event) + Send + Sync>;

/// What is done with an element when it is made; what it gives is dropped with the element.
pub(super) type Made = Box<dyn FnOnce(&web_sys::Element) -> Box<dyn Any> + Send>;

/// Something to draw.
#[derive(Default)]
pub enum View {
    /// Nothing.
    #[default]
    Empty,
    /// Text.
    Text(Text),
    /// An element.
    Element(Element),
    /// Several after one another.
    Many(Vec<View>),
    /// An element, made only where it is not there already. A box: views are handed on everywhere, and are small.
    Keyed(Box<Keyed>),
    /// What the call gives, drawn again whenever a signal that it reads changes.
    Live(Box<dyn Fn() -> View + Send + Sync>),
}

impl std::fmt::Debug for View {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Empty => "View::Empty",
            Self::Text(_) => "View::Text",
            Self::Element(_) => "View::Element",
            Self::Many(_) => "View::Many",
            Self::Keyed(_) => "View::Keyed",
            Self::Live(_) => "View::Live",
        })
    }
}

/// The value of an attribute or property.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// An attribute that is not there; a property that is left as it is.
    #[default]
    None,
    /// Text.
    Text(Text),
    /// A property that is true or false.
    Flag(bool),
    /// A property that is a number.
    Number(i32),
}

/// A value, or what gives it whenever a signal that it reads changes.
pub(super) enum Setting {
    Fixed(Value),
    Live(Box<dyn Fn() -> Value + Send + Sync>),
}

/// What a setting sets.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What stands in the markup.
    Attribute,
    /// What the DOM's object has.
    Property,
}

/// An element to draw. A box, so that whoever builds it hands on one pointer at each step.
pub struct Element(pub(super) Box<Parts>);

/// What an element consists of.
pub(super) struct Parts {
    pub(super) tag: &'static str,
    pub(super) is_svg: bool,
    pub(super) settings: Vec<(Kind, &'static str, Setting)>,
    pub(super) listeners: Vec<(&'static str, Listener)>,
    pub(super) made: Option<Made>,
    pub(super) children: Vec<View>,
    /// 0s where it is known by its place alone.
    pub(super) key: Key,
}

/// Which one of its siblings an element is, and what it was made of, each as a number.
pub(super) type Key = (usize, usize);

/// What makes the elements of several that are alike, each from its two numbers.
pub type Make = Arc<dyn Fn(usize, usize) -> Element + Send + Sync>;

/// An element that is one of several alike.
pub struct Keyed {
    pub(super) key: Key,
    make: Make,
}

impl std::fmt::Debug for Keyed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keyed")
    }
}

impl Keyed {
    /// The element.
    pub(super) fn made(self) -> Element {
        let mut element = (self.make)(self.key.0, self.key.1);
        element.0.key = self.key;
        element
    }
}

/// An element that is this one of its siblings, `key`, by a number above 0. Where they move on together, as the rows
/// of a window do, those that stay are moved with them. One that is there already, made of the same, `of`, is left as
/// it is, and not made at all: whatever it shows and does has to follow from the two numbers. All siblings are
/// keyed, or none.
#[must_use]
pub fn keyed(key: usize, of: usize, make: &Make) -> View {
    View::Keyed(Box::new(Keyed { key: (key, of), make: make.clone() }))
}

impl std::fmt::Debug for Element {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.tag)
    }
}

impl Element {
    pub(super) fn new(tag: &'static str, is_svg: bool) -> Self {
        let (settings, listeners, children) = (Vec::new(), Vec::new(), Vec::new());
        Self(Box::new(Parts { tag, is_svg, settings, listeners, made: None, children, key: (0, 0) }))
    }

    /// One place for what every attribute of every element does.
    #[inline(never)]
    pub(super) fn set(mut self, kind: Kind, name: &'static str, setting: Setting) -> Self {
        self.0.settings.push((kind, name, setting));
        self
    }

    /// As [`Self::set`], for the most frequent of settings.
    #[inline(never)]
    fn set_word(self, kind: Kind, name: &'static str, word: &'static str) -> Self {
        self.set(kind, name, Setting::Fixed(Value::Text(Cow::Borrowed(word))))
    }

    /// Adds what is inside, after what is there already.
    #[must_use]
    pub fn child(mut self, child: impl Draw) -> Self {
        child.fill(&mut self.0.children);
        self
    }
}

/// One place for what every child does.
#[inline(never)]
fn push(views: &mut Vec<View>, view: View) {
    views.push(view);
}

#[inline(never)]
fn push_all(views: &mut Vec<View>, view: View) {
    match view {
        View::Many(several) => views.extend(several),
        view => views.push(view),
    }
}

/// What turns into a [`View`].
pub trait Draw: Sized {
    /// The view.
    fn draw(self) -> View;

    /// Adds the view, or each of several, after what is there.
    #[doc(hidden)]
    fn fill(self, views: &mut Vec<View>) {
        push_all(views, self.draw());
    }
}

impl Draw for View {
    fn draw(self) -> View {
        self
    }
}

impl Draw for Element {
    fn draw(self) -> View {
        View::Element(self)
    }
}

impl Draw for () {
    fn draw(self) -> View {
        View::Empty
    }
}

impl Draw for &'static str {
    fn draw(self) -> View {
        View::Text(Cow::Borrowed(self))
    }
}

impl Draw for String {
    fn draw(self) -> View {
        View::Text(Cow::Owned(self))
    }
}

impl<T: Draw> Draw for Option<T> {
    fn draw(self) -> View {
        self.map_or(View::Empty, Draw::draw)
    }
}

impl<T: Draw> Draw for Vec<T> {
    fn draw(self) -> View {
        View::Many(self.into_iter().map(Draw::draw).collect::<Vec<_>>())
    }
}

impl<F, T> Draw for F
where
    F: Fn() -> T + Send + Sync + 'static,
    T: Draw,
{
    fn draw(self) -> View {
        View::Live(Box::new(move || self().draw()))
    }
}

macro_rules! tuples {
    ($($name:ident)+) => {
        impl<$($name: Draw),+> Draw for ($($name,)+) {
            fn draw(self) -> View {
                #[expect(non_snake_case, reason = "named as the types are")]
                let ($($name,)+) = self;
                View::Many(vec![$($name.draw()),+])
            }

            fn fill(self, views: &mut Vec<View>) {
                #[expect(non_snake_case, reason = "named as the types are")]
                let ($($name,)+) = self;
                $(push(views, $name.draw());)+
            }
        }
    };
}
tuples!(A);
tuples!(A B);
tuples!(A B C);
tuples!(A B C D);
tuples!(A B C D E);
tuples!(A B C D E F);
tuples!(A B C D E F G);
tuples!(A B C D E F G H);
tuples!(A B C D E F G H I);
tuples!(A B C D E F G H I J);
tuples!(A B C D E F G H I J K);
tuples!(A B C D E F G H I J K L);

/// What turns into the value of an attribute or property.
pub trait IntoValue {
    /// The value.
    fn into_value(self) -> Value;
}

impl IntoValue for Value {
    fn into_value(self) -> Value {
        self
    }
}

impl IntoValue for String {
    fn into_value(self) -> Value {
        Value::Text(Cow::Owned(self))
    }
}

impl IntoValue for bool {
    fn into_value(self) -> Value {
        Value::Flag(self)
    }
}

impl IntoValue for i32 {
    fn into_value(self) -> Value {
        Value::Number(self)
    }
}

impl IntoValue for Option<&'static str> {
    fn into_value(self) -> Value {
        self.map_or(Value::None, |word| Value::Text(Cow::Borrowed(word)))
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::None, IntoValue::into_value)
    }
}

/// What turns into a setting: a value, or a call that gives one.
///
/// `M` only tells the two apart for the compiler.
pub trait IntoSetting<M> {
    #[doc(hidden)]
    fn set_on(self, element: Element, kind: Kind, name: &'static str) -> Element;
}

/// Marks a fixed value.
#[derive(Debug)]
pub struct Fixed;

/// Marks a call.
#[derive(Debug)]
pub struct Live;

/// Marks a word that stands in the code.
#[derive(Debug)]
pub struct Word;

impl IntoSetting<Word> for &'static str {
    fn set_on(self, element: Element, kind: Kind, name: &'static str) -> Element {
        element.set_word(kind, name, self)
    }
}

impl<T: IntoValue> IntoSetting<Fixed> for T {
    fn set_on(self, element: Element, kind: Kind, name: &'static str) -> Element {
        element.set(kind, name, Setting::Fixed(self.into_value()))
    }
}

impl<F, T> IntoSetting<Live> for F
where
    F: Fn() -> T + Send + Sync + 'static,
    T: IntoValue,
{
    fn set_on(self, element: Element, kind: Kind, name: &'static str) -> Element {
        element.set(kind, name, Setting::Live(Box::new(move || self().into_value())))
    }
}
