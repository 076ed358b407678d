//! One plain way to collect, and one to join.

/// Collects by a loop.
pub trait Gather: Iterator + Sized {
    /// All items, in their order.
    ///
    /// As `collect` into a `Vec`, without the ways in which that is fast for some kinds of iterator: each
    /// kind has its own in the browser's bundle, a tenth of it in all.
    ///
    /// ```
    /// use ops_model::gather::Gather;
    /// assert_eq!((1..4).map(|number| number * 2).gathered(), [2, 4, 6]);
    /// ```
    fn gathered(self) -> Vec<Self::Item> {
        let mut all = Vec::new();
        for one in self {
            all.push(one);
        }
        all
    }
}

impl<I: Iterator> Gather for I {}

/// Texts as one, with `between` between them.
///
/// As `join`, which has code for texts of each type, and for each short length of what is between.
///
/// ```
/// use ops_model::gather::joined;
/// assert_eq!(joined(&["a".to_owned(), "b".to_owned()], ", "), "a, b");
/// assert_eq!(joined(&[], ", "), "");
/// ```
#[must_use]
pub fn joined(texts: &[String], between: &str) -> String {
    let mut all = String::new();
    for (nth, text) in texts.iter().enumerate() {
        if nth > 0 {
            all.push_str(between);
        }
        all.push_str(text);
    }
    all
}
