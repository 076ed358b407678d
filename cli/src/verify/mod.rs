//! Verification: what is expected of an endpoint, what came back, and the evidence of it.

pub(crate) mod expect;
pub(crate) mod probe;
