//! Why a request to a hub came to nothing, in words with a cure.

use std::time::Duration;

use miette::Diagnostic;
use ops_manifest::mapping::MappingError;
use reqwest::StatusCode;
use serde_json::Value;

use crate::exit::Ending;

/// Why a request came to nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// There is no answer.
    #[error("cannot reach {url}: {why}")]
    Unreached {
        /// What was requested.
        url: String,
        /// The causes.
        why: String,
    },
    /// DNS says that there is no such host.
    #[error("cannot reach {url}: {why}")]
    NoHost {
        /// What was requested.
        url: String,
        /// What DNS says.
        why: String,
    },
    /// TLS says that this is not the hub, or that it cannot be known to be it.
    #[error("{url}: TLS: {why}")]
    Untrusted {
        /// What was requested.
        url: String,
        /// What TLS says.
        why: String,
    },
    /// The hub refuses.
    #[error("{hub}: {what}: {status}: {detail}")]
    Refused {
        /// The hub's address.
        hub: String,
        /// What was asked, in the extension's words.
        what: String,
        /// The HTTP status.
        status: StatusCode,
        /// What the hub says.
        detail: String,
        /// The whole body.
        body: Box<Value>,
        /// When to come again, where the hub says so.
        retry_after: Option<Duration>,
    },
    /// The hub's API is not what the extension needs.
    #[error("{hub}: {error}")]
    Mapping {
        /// The hub's address.
        hub: String,
        /// What is lacking.
        error: MappingError,
    },
    /// The hub's own document says that it would refuse what is to be written.
    #[error("{hub} would not take this, by its own API document\n{}", reasons.join("\n"))]
    Unfit {
        /// The hub's address.
        hub: String,
        /// Why, operation by operation.
        reasons: Vec<String>,
    },
    /// What came back cannot be read.
    #[error("{url}: {why}")]
    Unreadable {
        /// What was requested.
        url: String,
        /// What is wrong with it.
        why: String,
    },
    /// Something on this machine is not in order.
    #[error("{0}")]
    Own(String),
    /// The address would give the token away, or is none.
    #[error("{0}")]
    Address(String),
}

impl Failure {
    /// Whether the same request can succeed a moment later.
    pub(crate) fn is_transient(&self) -> bool {
        match self {
            Self::Unreached { .. } => true,
            Self::Refused { status, .. } => {
                matches!(status.as_u16(), 408 | 425 | 429 | 500 | 502 | 503 | 504)
            }
            Self::NoHost { .. }
            | Self::Mapping { .. }
            | Self::Unfit { .. }
            | Self::Unreadable { .. }
            | Self::Untrusted { .. }
            | Self::Own(_)
            | Self::Address(_) => false,
        }
    }

    /// Whether the hub was not reached, so that what it said last is gone on with.
    pub(crate) fn is_away(&self) -> bool {
        self.is_transient() || matches!(self, Self::NoHost { .. })
    }

    /// The status of a refusal.
    pub(crate) const fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Refused { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// How the program ends.
    pub(crate) fn ending(&self) -> Ending {
        if self.is_transient() { Ending::TryLater } else { Ending::Failed }
    }

    fn cure(&self) -> &'static str {
        match self {
            Self::NoHost { .. } => "is --hub its address? DNS knows no such name",
            Self::Unreached { .. } => "is the hub running, and is --hub its address?",
            Self::Mapping { .. } => "is this the right hub? `ops-hub doctor` lists what it offers and lacks",
            Self::Unfit { .. } => {
                "nothing was written; give a mapping that fits with --mapping; `ops-hub doctor` lists it all"
            }
            Self::Unreadable { .. } => "is this the right hub?",
            Self::Untrusted { .. } => {
                "use a certificate that this machine trusts; SSL_CERT_FILE names a file with an authority of one's own"
            }
            Self::Own(_) => "correct it on this machine; nothing was asked",
            Self::Address(_) => "give --hub an https address; nothing was asked",
            Self::Refused { status, .. } => match status.as_u16() {
                300..=399 => "where that is the hub, give its address with --hub",
                401 => "the hub does not know this token; make a new one",
                403 => "the token lacks a scope, which the hub names; use one that has it",
                429 => "the hub asks for fewer requests; run this again later, what is done is not done twice",
                _ if self.is_transient() => "run this again later: what is done already is not done twice",
                _ => "correct what the hub names, then run this again: what is done already is not done twice",
            },
        }
    }
}

impl Diagnostic for Failure {
    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        Some(Box::new(self.cure()))
    }
}

/// An error with all its causes, of which the last says most.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

/// How a report ends the program: by the failure at its root, where there is one.
pub(crate) fn ending(report: &miette::Report) -> Ending {
    report.downcast_ref::<Failure>().map_or(Ending::Failed, Failure::ending)
}
