//! What every request sees.

use tokio::sync::broadcast;

use crate::{
    allowances::Allowances,
    clock::Clock,
    live::Live,
    ready::{KnownPages, KnownRules, KnownSenders},
    sender::Sender,
    store::{Author, Store},
};

/// What every request sees.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) live: broadcast::Sender<Live>,
    pub(crate) settable_clock: bool,
    pub(crate) allowances: Allowances,
    pub(crate) allow_origins: Vec<String>,
    pub(crate) senders: KnownSenders,
    pub(crate) rules: KnownRules,
    pub(crate) pages: KnownPages,
}

impl State {
    /// Who writes, and when.
    pub(crate) fn author(&self, sender: &Sender) -> Author {
        Author { name: sender.name().to_owned(), time: self.clock.now().to_string() }
    }

    /// Tells every open stream. That nobody listens is no error.
    pub(crate) fn tell(&self, news: Live) {
        let _ = self.live.send(news);
    }
}
