//! SVG elements, each by the function of its name.

use super::Element;

macro_rules! elements {
    ($($name:ident)+) => {
        $(
            #[doc = concat!("An SVG `", stringify!($name), "` element.")]
            #[must_use]
            pub fn $name() -> Element {
                Element::new(stringify!($name), true)
            }
        )+
    };
}

elements! { a circle defs g line marker path polyline rect svg text title tspan }
