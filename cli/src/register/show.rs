//! A plan for people and for programs, and how far it has come.

use std::{io::IsTerminal, time::Duration};

use indicatif::{ProgressBar, ProgressStyle};

use super::plan::{Action, Change};
use crate::output::{self, Tone, note};

/// From how many bytes on a step says its size, and that it has begun.
const LARGE: usize = 1_000_000;

/// Prints a plan as a table.
pub(crate) fn table(plan: &[Change]) {
    let row = |change: &Change| {
        let tone = match change.action {
            Action::Create | Action::Restore => Tone::Good,
            Action::Change | Action::Activate => Tone::Attention,
            Action::Retire => Tone::Bad,
            Action::Leave => Tone::Quiet,
        };
        let action = change.action.as_str().to_owned();
        (tone, vec![action, change.kind.to_owned(), change.name.clone(), change.details.join("\n")])
    };
    output::print(&["", "what", "name", "details"], &plan.iter().map(row).collect::<Vec<_>>());
}

/// How much of each action, in one line: `15 to create, 1 to retire, 3 to leave`.
pub(crate) fn sum(plan: &[Change]) -> String {
    let count = |action: Action| plan.iter().filter(|change| change.action == action).count();
    let all = [Action::Create, Action::Change, Action::Activate, Action::Restore, Action::Retire, Action::Leave];
    let parts = all.map(|action| (count(action), action.as_str())).into_iter().filter(|(count, _)| *count > 0);
    parts.map(|(count, word)| format!("{count} to {word}")).collect::<Vec<_>>().join(", ")
}

/// How far the steps have come: a bar on a terminal, a line a step elsewhere.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    done: usize,
    of: usize,
}

impl Progress {
    /// Starts with this many steps.
    pub(crate) fn start(of: usize) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(u64::try_from(of).unwrap_or(u64::MAX));
            if let Ok(style) = ProgressStyle::with_template("{spinner} {pos}/{len} {wide_bar} {msg}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        Self { bar, done: 0, of }
    }

    /// A step begins.
    pub(crate) fn begins(&self, change: &Change) {
        let bytes = change.step.as_ref().map_or(0, |step| step.call.text_bytes());
        let size = if bytes < LARGE { String::new() } else { format!(", {} MB", bytes / 1_000_000) };
        match &self.bar {
            Some(bar) => bar.set_message(format!("{change}{size}")),
            None if bytes >= LARGE => note!("{}/{} {change}{size} …", self.done + 1, self.of),
            None => {}
        }
    }

    /// The step is done.
    pub(crate) fn ends(&mut self, change: &Change) {
        self.done += 1;
        match &self.bar {
            Some(bar) => bar.inc(1),
            None => note!("{}/{} {change}", self.done, self.of),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
