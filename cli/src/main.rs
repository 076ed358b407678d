//! `ops-hub`: import an inventory, register the extension in a hub, verify endpoints, serve the local hub.
#![forbid(unsafe_code)]

mod client;
mod command;
mod doctor;
mod exit;
mod import;
mod outbox;
mod output;
mod register;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use exit::Ending;

/// Operations widgets for a hub: import the inventory, register the extension, verify endpoints, serve a local hub.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, after_help = exit::TABLE)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make the catalog from a Markdown inventory
    Import(command::import::Arguments),
    /// Register hub, manifest, bundle, widgets and catalog in a hub; again, it changes nothing
    Register(command::register::Arguments),
    /// Make a manifest that was active before the active one again
    Rollback(command::rollback::Arguments),
    /// Take widgets out of a hub without losing their events
    Retire(command::retire::Arguments),
    /// Say what a hub offers, lacks and serves, compared with what the extension needs
    Doctor(command::doctor::Arguments),
    /// Check the catalog's endpoints, and record what was observed as evidence
    Verify(command::verify::Arguments),
    /// List, send or drop evidence that a hub has not taken yet
    Outbox(command::outbox::Arguments),
    /// Serve the local stand-in for Inter-Hub
    Serve(command::serve::Arguments),
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version come this way too, and are no error.
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(exit::USAGE) } else { ExitCode::SUCCESS };
        }
    };
    // The only provider in this program; a second installation cannot happen.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let done = |()| Ending::Done;
    let result = match arguments.command {
        Command::Import(arguments) => command::import::run(&arguments).map(done),
        Command::Register(arguments) => wait(command::register::run(arguments)),
        Command::Rollback(arguments) => wait(command::rollback::run(arguments)),
        Command::Retire(arguments) => wait(command::retire::run(arguments)),
        Command::Doctor(arguments) => wait(command::doctor::run(arguments)),
        Command::Verify(arguments) => wait(command::verify::run(arguments)),
        Command::Outbox(arguments) => wait(command::outbox::run(arguments)),
        Command::Serve(arguments) => wait(command::serve::run(arguments)).map(done),
    };
    let ending = result.unwrap_or_else(|report| {
        eprintln!("{report:?}");
        client::ending(&report)
    });
    ending.into()
}

/// Runs an asynchronous command.
fn wait<T>(command: impl Future<Output = miette::Result<T>>) -> miette::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|error| miette::miette!("cannot start the runtime: {error}"))?.block_on(command)
}
