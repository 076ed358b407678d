//! The gaps that the inventory names, worst first: what keeps each open, and the evidence that closes it.

use leptos::prelude::*;
use ops_model::{ClaimState, Context, EntityRef, Gap, GapKind, Standing, Timestamp, closing::closing};

use super::{EntityLink, Folded, Keyed, More, RelativeTime, SourceLine, StandingDot, Subsection, more::MOST};
use crate::{
    hub::use_hub,
    session::persisted,
    texts::{around, fill, use_texts},
    widget::use_instance,
};

/// How many gaps are shown at once; the others are one click away.
const SHOWN: usize = 5;

/// A gap, and how far evidence closes it.
#[derive(Clone, Debug, PartialEq)]
struct GapState {
    gap: Gap,
    standing: Standing,
    /// When the evidence that decides was recorded.
    at: Option<Timestamp>,
}

/// Gaps as they are listed: open ones first, of these some at once.
#[derive(Clone, Debug, PartialEq)]
struct Gaps {
    first: Vec<GapState>,
    more: Part,
    closed: Part,
}

/// Gaps that are folded away: the first [`MOST`] of them, and how many there are.
#[derive(Clone, Debug, PartialEq)]
struct Part {
    gaps: Vec<GapState>,
    count: usize,
}

impl Part {
    fn of(gaps: &[(&Gap, ClaimState)]) -> Self {
        Self { gaps: gaps.iter().take(MOST).map(GapState::of).collect(), count: gaps.len() }
    }
}

impl GapState {
    fn of((gap, state): &(&Gap, ClaimState)) -> Self {
        let at = state.by.as_ref().map(|by| by.event.time);
        Self { gap: (*gap).clone(), standing: state.standing, at }
    }
}

impl Gaps {
    fn of(context: Context<'_>, gaps: &[Gap]) -> Self {
        let mut all: Vec<(&Gap, ClaimState)> = gaps.iter().map(|gap| (gap, closing(context, gap))).collect();
        all.sort_by_key(|(_, state)| urgency(state.standing));
        let (open, closed) = all.split_at(all.partition_point(|(_, state)| state.standing != Standing::Proven));
        // A single one would take as much room as the line that hides it.
        let (first, more) = open.split_at(if open.len() > SHOWN + 1 { SHOWN } else { open.len() });
        Self { first: first.iter().map(GapState::of).collect(), more: Part::of(more), closed: Part::of(closed) }
    }

    const fn open(&self) -> usize {
        self.first.len() + self.more.count
    }

    const fn is_empty(&self) -> bool {
        self.open() + self.closed.count == 0
    }
}

/// What calls for action first: what fails, then what was never shown, then what has to be shown again.
pub(super) const fn urgency(standing: Standing) -> u8 {
    match standing {
        Standing::Failing => 0,
        Standing::Unproven => 1,
        Standing::Stale => 2,
        Standing::Proven => 3,
    }
}

/// The gaps of these entities. Each names its entity, unless the widget is about it.
#[component]
pub fn GapList(
    #[prop(into)] about: Signal<Vec<EntityRef>>,
    /// What tells the reader's choices in this list from those in another list of the same widget.
    #[prop(optional, into)]
    name: String,
) -> impl IntoView {
    let (hub, texts) = (use_hub(), use_texts());
    let recorded = {
        let catalog = hub.catalog.clone();
        Memo::new(move |_| {
            let catalog = catalog.read();
            about.read().iter().flat_map(|id| catalog.gaps_of(id)).cloned().collect::<Vec<_>>()
        })
    };
    let gaps = hub.memo(move |context| Gaps::of(context, &recorded.read()));
    let first = Memo::new(move |_| gaps.read().first.clone());
    let label = move || format!("{} ({})", texts.known_gaps, gaps.read().open());
    let (more_open, closed_open) = (persisted(format!("gaps {name}")), persisted(format!("closed gaps {name}")));
    view! {
        <Subsection title=texts.known_gaps>
            <Show
                when=move || !gaps.read().is_empty()
                fallback=move || view! { <p class="quiet">{texts.no_gaps}</p> }
            >
                <Show when=move || !first.read().is_empty()>
                    <ul class="gaps" aria-label=label>
                        <GapRows gaps=first />
                    </ul>
                </Show>
                <FoldedGaps words=texts.more part=Memo::new(move |_| gaps.read().more.clone()) is_open=more_open />
                <FoldedGaps
                    words=texts.gaps_closed
                    part=Memo::new(move |_| gaps.read().closed.clone())
                    is_open=closed_open
                />
            </Show>
        </Subsection>
    }
}

/// Gaps below a line that says how many they are; nothing where there are none.
#[component]
fn FoldedGaps(words: &'static str, part: Memo<Part>, is_open: RwSignal<bool>) -> impl IntoView {
    let gaps = Memo::new(move |_| part.read().gaps.clone());
    let summary = Memo::new(move |_| fill(words, &[&part.read().count.to_string()]));
    let hidden = Signal::derive(move || part.with(|part| part.count - part.gaps.len()));
    view! {
        <Show when=move || !gaps.read().is_empty()>
            <Folded class="more" summary=move || summary is_open is_eager=true>
                <ul class="gaps">
                    <GapRows gaps />
                </ul>
                <More hidden />
            </Folded>
        </Show>
    }
}

#[component]
fn GapRows(gaps: Memo<Vec<GapState>>) -> impl IntoView {
    view! {
        <Keyed items=gaps key=|one| (one.gap.subject.clone(), one.gap.text.clone()) let(state)>
            <GapRow state />
        </Keyed>
    }
}

#[component]
fn GapRow(state: Memo<GapState>) -> impl IntoView {
    let texts = use_texts();
    let Gap { subject, text, .. } = state.get_untracked().gap;
    let owner = (use_instance().subject.as_ref() != Some(&subject))
        .then(|| view! { <span class="gap-owner"><EntityLink entity=subject />": "</span> });
    let standing = Memo::new(move |_| state.read().standing);
    // What was never shown needs no mark: that it stands here says so.
    let is_marked = Memo::new(move |_| standing.get() != Standing::Unproven);
    let at = Memo::new(move |_| state.read().at);
    let source = Memo::new(move |_| state.read().gap.source);
    let kinds = move || {
        let kinds = state.with(|state| state.gap.kinds.iter().map(|kind| texts.gap_kind(*kind)).collect::<Vec<_>>());
        kinds.join(" · ")
    };
    let closed_by = move || state.read().gap.kinds.first().copied().unwrap_or(GapKind::Other).closed_by();
    let (before, after) = around(texts.closed_by);
    view! {
        <li class=move || format!("gap is-{}", standing.get()) data-gap-standing=move || standing.get().as_str()>
            <div class="gap-text">
                {move || is_marked.get().then(|| view! { <StandingDot standing /> " " })} {owner} {text} " "
                {move || view! { <SourceLine source=source.get() /> }}
            </div>
            <div class="gap-cure">
                <span class="tag">{kinds}</span>
                " "
                {before}
                <code>{closed_by}</code>
                {after}
                {move || at.get().map(|at| view! { " · " <RelativeTime at /> })}
            </div>
        </li>
    }
}
