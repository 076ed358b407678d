//! Registration in the manner of Terraform: read the state, plan the difference, apply it, verify.
//!
//! `state` reads what the hub has, `goal` says what it should have, `plan` is the difference, whose
//! words `differences` finds; `catalog` compares what is too large to be decoded at once. `apply` does it
//! step by step, each on the condition that the hub is still as it was read, and plans again where it is
//! not. `show` prints, `confirm` asks, `offline` writes what an operator enters by hand.

pub(crate) mod apply;
pub(crate) mod catalog;
pub(crate) mod confirm;
mod differences;
pub(crate) mod goal;
pub(crate) mod offline;
pub(crate) mod plan;
pub(crate) mod show;
pub(crate) mod state;
