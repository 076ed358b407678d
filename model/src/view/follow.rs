//! Rows that follow the evidence: what happened to a few entities costs their rows alone.

use super::{
    Age, Rows,
    row::{Maker, concerned_by, in_order},
};
use crate::{entity::EntityRef, health::Context};

impl Rows {
    /// The same rows after evidence about these entities came, went stale or opened a window; equal to
    /// rows made anew from the same catalog. What was prepared without regard to evidence is kept.
    #[must_use]
    pub fn follow(&self, context: Context<'_>, moved: &[EntityRef]) -> Self {
        let index = &self.index;
        let (mut concerned, mut touched) = (vec![false; index.numbers()], vec![false; index.numbers()]);
        for number in &self.touched {
            mark(&mut touched, *number);
        }
        for subject in moved.iter().filter_map(|id| index.number(id)) {
            concerned_by(index, subject, &mut |number| {
                mark(&mut concerned, number);
                mark(&mut touched, number);
            });
        }
        let concerned = in_order(index, &concerned);
        let mut followed = self.twin(in_order(index, &touched));
        if !concerned.is_empty() {
            followed.renew(&Maker::about(context, concerned.clone()), &concerned);
        }
        for (at, latest) in &followed.latest {
            if let Some(row) = followed.rows.get_mut(*at as usize) {
                row.age = Age::of(Some(*latest), context.now);
            }
        }
        followed
    }
}

fn mark(marks: &mut [bool], number: u32) {
    if let Some(mark) = marks.get_mut(number as usize) {
        *mark = true;
    }
}
