//! Senders that were looked up a moment ago: a page that asks ten times asks the database once.

use std::{
    collections::HashMap,
    future::Future,
    sync::{Mutex, PoisonError},
};

use crate::{
    error::HubError,
    store::{Actor, digest},
};

/// How long a look-up counts, in ms. What this process changes counts at once; a token that another
/// process replaced in the same file is refused after this at the latest.
const LASTS_MS: i64 = 2_000;
/// How many senders are known at most.
const MOST: usize = 10_000;

/// What a sender shows, of which the hash alone is kept.
#[derive(Clone, Copy)]
pub(crate) enum Secret<'a> {
    /// A bearer token.
    Token(&'a str),
    /// The value of a session cookie.
    Session(&'a str),
}

/// A sender, until when its look-up counts, in ms of real time.
#[derive(Clone, Debug)]
struct Known {
    actor: Actor,
    until_ms: i64,
}

/// The senders that are known, by the hash of their secret.
#[derive(Debug, Default)]
struct All {
    senders: HashMap<(bool, String), Known>,
    /// How often all were forgotten.
    forgotten: u64,
}

/// The senders that are known.
#[derive(Debug, Default)]
pub(crate) struct KnownSenders(Mutex<All>);

impl KnownSenders {
    /// The sender with a secret; `find` looks it up, with the end of its session in ms.
    pub(crate) async fn of(
        &self,
        secret: Secret<'_>,
        now_ms: i64,
        find: impl Future<Output = Result<Option<(Actor, i64)>, HubError>>,
    ) -> Result<Option<Actor>, HubError> {
        let key = match secret {
            Secret::Token(token) => (false, digest(token)),
            Secret::Session(session) => (true, digest(session)),
        };
        let before = {
            let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(known) = known.senders.get(&key).filter(|known| known.until_ms > now_ms) {
                return Ok(Some(known.actor.clone()));
            }
            known.forgotten
        };
        let Some((actor, ends_ms)) = find.await?.filter(|(_, ends_ms)| *ends_ms > now_ms) else { return Ok(None) };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.senders.len() >= MOST {
            known.senders.clear();
        }
        // What was changed while it was looked up is not kept.
        if known.forgotten == before {
            let until_ms = ends_ms.min(now_ms.saturating_add(LASTS_MS));
            known.senders.insert(key, Known { actor: actor.clone(), until_ms });
        }
        Ok(Some(actor))
    }

    /// Forgets everybody: a token, a user or a session was changed.
    pub(crate) fn forget(&self) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.senders.clear();
        known.forgotten = known.forgotten.wrapping_add(1);
    }
}
