//! Whole numbers in texts.

/// The whole number that a text is; `None` where it is none, or beyond the type.
///
/// The standard library has code for each type; this reads all by way of one.
///
/// ```
/// use ops_model::whole::whole;
/// assert_eq!(whole::<i32>("-7"), Some(-7));
/// assert_eq!(whole::<u32>("4294967296"), None);
/// assert_eq!(whole::<usize>(" 1"), None);
/// ```
#[must_use]
pub fn whole<T: TryFrom<i64>>(text: &str) -> Option<T> {
    read(text).and_then(|number| T::try_from(number).ok())
}

#[inline(never)]
fn read(text: &str) -> Option<i64> {
    text.parse().ok()
}
