//! Registration: what the hub has, what is to be done about it.

pub(crate) mod plan;
