//! How many claims have which standing, as a bar with a legend.

use leptos::prelude::*;
use ops_model::Standing;

use super::sign;
use crate::texts::use_texts;

/// From left to right: what is known to be good, what is known to be bad, what is not known.
const ORDER: [Standing; 4] = [Standing::Proven, Standing::Failing, Standing::Stale, Standing::Unproven];

/// How many claims have which standing. A standing that no claim has is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage(Vec<(Standing, usize)>);

impl Coverage {
    /// Counts standings.
    pub fn of(standings: impl IntoIterator<Item = Standing>) -> Self {
        let mut counts = ORDER.map(|standing| (standing, 0));
        for standing in standings {
            counts.iter_mut().filter(|(of, _)| *of == standing).for_each(|(_, count)| *count += 1);
        }
        Self(counts.into_iter().filter(|(_, count)| *count > 0).collect())
    }

    /// Whether nothing was counted.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each standing with where its segment begins and how wide it is, in thousandths of the bar.
    fn segments(&self) -> Vec<(Standing, usize, usize)> {
        let all: usize = self.0.iter().map(|(_, count)| count).sum();
        let share = |part: usize| part.saturating_mul(1000) / all.max(1);
        let mut before = 0;
        let segment = |(standing, count): &(Standing, usize)| {
            let from = share(before);
            before += count;
            (*standing, from, share(*count))
        };
        self.0.iter().map(segment).collect()
    }
}

/// The bar with its legend. The shares are attributes of a drawing: a strict page refuses inline styles.
#[component]
pub fn CoverageBar(#[prop(into)] coverage: Signal<Coverage>) -> impl IntoView {
    let texts = use_texts();
    let segment = |(standing, from, width)| {
        view! { <rect class=format!("segment is-{standing}") x=from width=width height="10" /> }
    };
    let legend = move |(standing, count): (Standing, usize)| {
        view! {
            <span class=format!("legend is-{standing}")>
                <span class="glyph" aria-hidden="true">{sign(standing)}</span>
                <abbr class="count">{count}</abbr>
                " "
                {texts.standing(standing)}
            </span>
        }
    };
    view! {
        <div class="coverage">
            <svg class="coverage-bar" aria-hidden="true" viewBox="0 0 1000 10" preserveAspectRatio="none">
                {move || coverage.read().segments().into_iter().map(segment).collect_view()}
            </svg>
            <div class="coverage-legend">{move || coverage.get().0.into_iter().map(legend).collect_view()}</div>
        </div>
    }
}
