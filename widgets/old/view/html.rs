//! HTML elements, each by the function of its name.

use super::Element;

macro_rules! elements {
    ($($name:ident)+) => {
        $(
            #[doc = concat!("A `", stringify!($name), "` element.")]
            #[must_use]
            pub fn $name() -> Element {
                Element::new(stringify!($name), false)
            }
        )+
    };
}

elements! {
    a abbr button code dd details div dl dt footer form h2 h3 h4 header input label li nav ol option p pre progress
    section select span strong summary table tbody td textarea th thead time tr ul
}
