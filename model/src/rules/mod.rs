//! The rules: what a catalog and its evidence say at a point in time.

pub mod closing;
pub mod context;
pub mod coverage;
pub mod health;
pub mod impact;
pub mod maintenance;
pub mod migration;
mod once;
pub mod questions;
pub mod readiness;
pub mod standing;
pub mod standings;

pub(crate) use once::once;
