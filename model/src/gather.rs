//! One plain way to collect.

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
