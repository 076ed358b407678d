//! What a page with widgets asks its own hub for first. A page may say so in its head, the loader asks while the
//! components load, and the store takes the answers.

/// The first page of the catalog at this path: more entities than are in sight, and few to read.
#[must_use]
pub fn first_page(catalog: &str) -> String {
    [catalog, "?limit=200"].concat()
}
