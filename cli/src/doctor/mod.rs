//! Doctor: what a live hub offers, lacks and serves, compared with what the extension needs.
//!
//! One module an area: `contract` compares the API document with the mapping, `access` looks at the
//! token, `registered` at manifest, widgets and catalog, `bundle` at the files as they are served,
//! `policy` at the hub page's content security policy. Nothing is written.

pub(crate) mod access;
pub(crate) mod bundle;
pub(crate) mod contract;
pub(crate) mod http;
pub(crate) mod policy;
pub(crate) mod registered;

use serde::Serialize;

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Verdict {
    /// As it is needed.
    Found,
    /// It works, and something about it is worth knowing.
    Note,
    /// It is there, and is not as it is needed.
    Different,
    /// It is not there.
    Missing,
}

impl Verdict {
    /// Its word.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Note => "note",
            Self::Different => "different",
            Self::Missing => "missing",
        }
    }

    /// Whether the extension works with it.
    pub(crate) const fn is_in_order(self) -> bool {
        matches!(self, Self::Found | Self::Note)
    }
}

/// One line of the report.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Check {
    /// `contract`, `access`, `registered`, `bundle`, `policy`.
    pub(crate) area: &'static str,
    /// What was looked at.
    pub(crate) name: String,
    /// What was found.
    pub(crate) verdict: Verdict,
    /// In words; empty where there is nothing to say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) details: Vec<String>,
}

impl Check {
    /// A check that found what it looked for.
    pub(crate) fn found(area: &'static str, name: impl Into<String>) -> Self {
        Self { area, name: name.into(), verdict: Verdict::Found, details: Vec::new() }
    }

    /// A check with a verdict and words.
    pub(crate) fn new(
        area: &'static str,
        name: impl Into<String>,
        verdict: Verdict,
        detail: impl Into<String>,
    ) -> Self {
        Self { area, name: name.into(), verdict, details: vec![detail.into()] }
    }

    /// A check that is different where there are differences, and found where there are none.
    pub(crate) fn of(area: &'static str, name: impl Into<String>, differences: Vec<String>) -> Self {
        let verdict = if differences.is_empty() { Verdict::Found } else { Verdict::Different };
        Self { area, name: name.into(), verdict, details: differences }
    }
}
