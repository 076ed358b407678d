//! The permissions of a token or a session.

/// A permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Read hubs, catalogs, events.
    Read,
    /// Record events.
    Record,
    /// Register hubs, manifests, widgets, catalogs.
    Register,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 3] = [Self::Read, Self::Record, Self::Register];

    /// Its spelling.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Record => "record",
            Self::Register => "register",
        }
    }

    /// The scope with this spelling.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == text)
    }
}
