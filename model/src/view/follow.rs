//! Rows that follow the evidence: what happened to a few entities costs their rows alone.

use std::sync::Arc;

use super::{
    Age, Rows,
    row::{Maker, concerned_by, in_order},
};
use crate::{entity::EntityRef, health::Context, timestamp::Timestamp};

impl Rows {
    /// The same rows after evidence about these entities came, went stale or opened a window; equal to
    /// rows made anew from the same catalog. What was prepared without regard to evidence is kept, and all
    /// where no row says anything else: time passes more often than something happens.
    #[must_use]
    pub fn follow(self: &Arc<Self>, context: Context<'_>, moved: &[EntityRef]) -> Arc<Self> {
        let index = &self.index;
        let mut concerned = vec![false; if moved.is_empty() { 0 } else { index.numbers() }];
        for subject in moved.iter().filter_map(|id| index.number(id)) {
            concerned_by(index, subject, &mut |number| mark(&mut concerned, number));
        }
        let concerned = in_order(index, &concerned);
        let age = |latest: Timestamp| Age::of(Some(latest), context.now);
        let is_older =
            |(at, latest): &(u32, Timestamp)| self.rows.get(*at as usize).is_some_and(|row| row.age != age(*latest));
        if concerned.is_empty() && !self.latest.iter().any(is_older) {
            return self.clone();
        }
        let mut touched = vec![false; index.numbers()];
        for numbers in [&self.touched, &concerned] {
            numbers.iter().for_each(|number| mark(&mut touched, *number));
        }
        let mut followed = self.twin(in_order(index, &touched));
        if !concerned.is_empty() {
            followed.renew(&Maker::about(context, concerned.clone()), &concerned);
        }
        for (at, latest) in &followed.latest {
            if let Some(row) = followed.rows.get_mut(*at as usize) {
                row.age = age(*latest);
            }
        }
        Arc::new(followed)
    }
}

/// Marks a number.
pub(super) fn mark(marks: &mut [bool], number: u32) {
    if let Some(mark) = marks.get_mut(number as usize) {
        *mark = true;
    }
}
