//! The states that a widget can be in, and what a hub does to bring it there.

use axum::http::StatusCode;

/// What the hub of a state does when it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hub {
    /// It answers with the data of a day.
    Answers(Day),
    /// It answers once, and is away from then on.
    GoesAway(Day),
    /// It never answers.
    Silent,
    /// It refuses with this status.
    Refuses(StatusCode),
    /// It answers what is no catalog.
    Garbles,
    /// It does not have the manifest of the bundle.
    Unpacked,
}

/// Which of the invented data there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    /// Whether the catalog says anything about its entities.
    pub(super) catalog: bool,
    /// The groups of events that were recorded.
    pub(super) events: &'static [&'static str],
    /// How many days later the hub is looked at.
    pub(super) days_later: i64,
}

/// What the widgets of a state are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// Each kind's own entity.
    Own,
    /// An entity that is planned, where the catalog has one.
    Planned,
    /// An entity that the catalog does not have.
    UnknownEntity,
    /// Nothing: the manifest has no such widget.
    UnknownWidget,
}

/// One state.
#[derive(Clone, Copy, Debug)]
pub(super) struct GalleryState {
    /// Its name in addresses.
    pub(super) name: &'static str,
    /// Its heading.
    pub(super) title: &'static str,
    /// What brings a widget there, and what has to be seen.
    pub(super) words: &'static str,
    /// What the hub does.
    pub(super) hub: Hub,
    /// What the widgets are about.
    pub(super) about: About,
    /// Whether every kind looks different in it.
    pub(super) by_kind: bool,
    /// A selector that matches within a widget once the state is reached.
    pub(super) reached: &'static str,
    /// Whether everything that folds is unfolded.
    pub(super) unfolded: bool,
}

const CARD: &str = ".card-foot";
const MESSAGE: &str = ".card.bare .message";

const fn day(events: &'static [&'static str]) -> Day {
    Day { catalog: true, events, days_later: 0 }
}

const fn data(name: &'static str, title: &'static str, words: &'static str, day: Day) -> GalleryState {
    let hub = Hub::Answers(day);
    GalleryState { name, title, words, hub, about: About::Own, by_kind: true, reached: CARD, unfolded: false }
}

const fn trouble(name: &'static str, title: &'static str, words: &'static str, hub: Hub) -> GalleryState {
    GalleryState { name, title, words, hub, about: About::Own, by_kind: false, reached: MESSAGE, unfolded: false }
}

const QUIET: Day = day(&[]);

/// Every state, in the order in which a reader meets them.
pub(super) const STATES: &[GalleryState] = &[
    GalleryState {
        reached: ".skeleton",
        ..trouble(
            "loading",
            "Loading",
            "The hub has not answered yet. The card has its shape already, so that the page does not jump.",
            Hub::Silent,
        )
    },
    GalleryState {
        reached: ".card:has(.pulse.on)",
        ..data(
            "proven",
            "Proven",
            "Fresh evidence for every claim, and every expectation met. The only state that is shown as healthy.",
            day(&["met"]),
        )
    },
    data(
        "failing",
        "Failing",
        "Fresh evidence that an expectation is not met. What differs is said in words: expected, observed, reason.",
        day(&["met", "failed"]),
    ),
    data(
        "stale",
        "Stale",
        "All evidence was met once and is older than its freshness period. It no longer proves anything.",
        Day { days_later: 100, ..day(&["met"]) },
    ),
    data(
        "unproven",
        "Unproven",
        "The catalog knows the entity; nobody has shown anything yet. A statement is not proof.",
        QUIET,
    ),
    GalleryState {
        about: About::Planned,
        ..data(
            "planned",
            "Planned",
            "Not there yet, or work on it is announced. It reads as planned, not as broken.",
            day(&["ahead"]),
        )
    },
    data(
        "maintenance",
        "Under maintenance",
        "It fails while announced work goes on, with notes. An expected outage reads as expected.",
        day(&["met", "failed", "open", "notes"]),
    ),
    data(
        "empty",
        "Empty",
        "The catalog has a name and nothing else. Every part says that nothing is recorded.",
        Day { catalog: false, ..QUIET },
    ),
    GalleryState {
        hub: Hub::GoesAway(day(&["mixed"])),
        reached: ".card:has(.notice):has(.pulse:not(.on))",
        ..data(
            "last-good",
            "Last good data",
            "The hub was there and went away. What was read stays, with its age and the reason.",
            QUIET,
        )
    },
    GalleryState {
        unfolded: true,
        ..data(
            "unfolded",
            "Unfolded",
            "An ordinary day with every standing at once, everything unfolded, the form to record evidence too.",
            day(&["mixed", "notes"]),
        )
    },
    trouble(
        "signed-out",
        "Signed out",
        "The session has ended. One click leads to sign-in and back.",
        Hub::Refuses(StatusCode::UNAUTHORIZED),
    ),
    trouble(
        "forbidden",
        "Forbidden",
        "Signed in, without permission to read this hub.",
        Hub::Refuses(StatusCode::FORBIDDEN),
    ),
    trouble(
        "no-catalog",
        "No catalog",
        "The hub is new: no inventory was imported yet.",
        Hub::Refuses(StatusCode::NOT_FOUND),
    ),
    trouble(
        "away",
        "Hub away",
        "The hub does not answer, or says that it cannot now.",
        Hub::Refuses(StatusCode::SERVICE_UNAVAILABLE),
    ),
    trouble(
        "malformed",
        "Malformed answer",
        "The answer is not what the contract says. The detail names the field.",
        Hub::Garbles,
    ),
    GalleryState {
        about: About::UnknownEntity,
        reached: ".message.missing",
        ..trouble(
            "unknown-entity",
            "Unknown entity",
            "The widget is about something that the catalog does not have.",
            Hub::Answers(QUIET),
        )
    },
    GalleryState {
        about: About::UnknownWidget,
        ..trouble(
            "unknown-widget",
            "Unknown widget",
            "The page names a widget that the manifest does not have.",
            Hub::Answers(QUIET),
        )
    },
    GalleryState {
        // The script's own card: the components are not there to make one.
        reached: ".card.bare.message",
        ..trouble("not-started", "Not started", "The script runs, but a file of the bundle is missing.", Hub::Unpacked)
    },
];

/// The state with this name.
pub(super) fn find(name: &str) -> Option<&'static GalleryState> {
    STATES.iter().find(|state| state.name == name)
}
