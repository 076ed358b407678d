//! How the program ends: what each exit code says, in one place.

use std::process::ExitCode;

/// What stands below the help of a command: examples, and the table of exit codes.
macro_rules! help_after {
    ($($example:literal)*) => {
        concat!(
            "Examples:\n", $("  ", $example, "\n",)*
            "\nExit codes:
  0   done, or nothing to do; everything is in order
  1   not done: correct what is named, then run it again
  2   done, and something is not in order: a finding, a difference, an endpoint
  3   not done: the plan was not confirmed
  4   not done or not wholly: the hub was not reached or not able; run it again later
  64  the arguments were not understood"
        )
    };
}

pub(crate) use help_after;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ending {
    /// All is in order.
    Done,
    /// Done, and something is not in order.
    NotInOrder,
    /// Something has to be corrected first.
    Failed,
    /// The plan was not confirmed.
    Declined,
    /// The hub could not be reached, or was not able.
    TryLater,
}

impl Ending {
    /// Its exit code.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::NotInOrder => 2,
            Self::Declined => 3,
            Self::TryLater => 4,
        }
    }
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        Self::from(ending.code())
    }
}

/// The code for arguments that were not understood; it is that of sysexits(3).
pub(crate) const USAGE: u8 = 64;
