//! Verification: what is expected of an endpoint, what came back, and the evidence of it.
//!
//! `round` goes over all, `probe` requests, `expect` compares, `own` takes back what is the fault of the
//! machine that looks, `places` says on which widget a result
//! is recorded, and `known` remembers what the hub said last, so that evidence is gathered while the
//! hub is away.

pub(crate) mod expect;
pub(crate) mod known;
pub(crate) mod own;
pub(crate) mod places;
pub(crate) mod probe;
pub(crate) mod round;
