//! A local stand-in for the Inter-Hub application, for development, demonstrations and tests.
//!
//! [`Hub::open`] opens the database, [`Hub::grant_access`] makes a sign-in and a token,
//! [`Hub::bind`] takes the port, [`Bound::run`] serves until it is told to stop. `store` keeps
//! everything in one SQLite file, `api` is API v2, `pages` are what a person sees, `access` says
//! who may do what. What the API looks like is written once, in `manifest/inter-hub.openapi.json`:
//! `api` binds each of its operations to a handler, and `gate` holds requests to it.
#![forbid(unsafe_code)]

mod access;
mod allowances;
mod api;
mod clock;
mod condition;
mod error;
mod gate;
mod live;
mod pages;
mod problem;
mod ready;
mod scope;
mod secret;
mod seed;
mod sender;
mod server;
mod state;
mod store;

pub use allowances::Limits;
pub use error::HubError;
pub use scope::Scope;
pub use seed::Seed;
pub use server::{Access, Bound, Config, Hub};
