//! Asking before a plan is applied.

use std::{
    collections::BTreeSet,
    io::{BufRead, IsTerminal, Write},
};

use super::{plan::Change, show};
use crate::output::{note, say};

/// What was agreed to.
#[derive(Debug)]
pub(crate) enum Consent {
    /// Whatever leads to the goal: `--yes`.
    Given,
    /// These changes, on a terminal; others are asked for again.
    Asked(BTreeSet<String>),
}

impl Consent {
    /// Consent that is given beforehand, or not at all yet.
    pub(crate) fn new(yes: bool) -> Self {
        if yes { Self::Given } else { Self::Asked(BTreeSet::new()) }
    }

    /// Whether a plan may be applied; asks for what is new in it.
    pub(crate) fn to(&mut self, plan: &[Change]) -> bool {
        let Self::Asked(agreed) = self else { return true };
        let steps: Vec<String> = plan.iter().filter(|change| change.step.is_some()).map(ToString::to_string).collect();
        if steps.iter().all(|step| agreed.contains(step)) {
            return true;
        }
        if !std::io::stdin().is_terminal() {
            note!("nothing was changed: this is no terminal to ask on; --yes applies the plan without asking");
            return false;
        }
        if !agreed.is_empty() {
            say!("the hub has changed meanwhile; what is to be done now:");
            show::table(plan);
        }
        let mut answer = String::new();
        let mut stdout = std::io::stdout().lock();
        let asked = write!(stdout, "Apply this: {}? Only 'yes' is taken: ", show::sum(plan));
        let read = asked.and_then(|()| stdout.flush()).and_then(|()| std::io::stdin().lock().read_line(&mut answer));
        drop(stdout);
        if read.is_ok() && answer.trim() == "yes" {
            agreed.extend(steps);
            return true;
        }
        say!("nothing was changed");
        false
    }
}
