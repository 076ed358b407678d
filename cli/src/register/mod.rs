//! Registration: what the hub has, what is to be done about it, and doing that.

pub(crate) mod client;
pub(crate) mod plan;
