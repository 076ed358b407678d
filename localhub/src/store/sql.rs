//! The statements that the store runs: each is named where it is used, and kept ready by the
//! connection. Tests hold every one of them to an index.

use rusqlite::{CachedStatement, Connection};

/// One statement.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sql(pub(super) &'static str);

impl Sql {
    /// The statement, ready to run; parsed once a connection.
    pub(super) fn on(self, connection: &Connection) -> rusqlite::Result<CachedStatement<'_>> {
        connection.prepare_cached(self.0)
    }
}

/// Declares a module's statements, and the list of them that the tests go through.
macro_rules! statements {
    ($($(#[$meta:meta])* $name:ident = $text:expr;)+) => {
        $($(#[$meta])* const $name: $crate::store::sql::Sql = $crate::store::sql::Sql($text);)+

        /// Every statement of this module, by name.
        #[cfg(test)]
        pub(in crate::store) const STATEMENTS: &[(&str, $crate::store::sql::Sql)] = &[$((stringify!($name), $name)),+];
    };
}
pub(super) use statements;
