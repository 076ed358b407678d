//! `ops-hub`: import an inventory, register the extension in a hub, verify endpoints, serve the local hub.
#![forbid(unsafe_code)]

mod client;
mod command;
mod import;
mod register;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Operations widgets for a hub: import the inventory, register the extension, verify endpoints, serve a local hub.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make the catalog from a Markdown inventory
    Import(command::import::Arguments),
    /// Register hub, manifest, widgets and catalog in a hub; again, it changes nothing
    Register(command::register::Arguments),
    /// Check the catalog's endpoints, and record what was observed as evidence
    Verify(command::verify::Arguments),
    /// Serve the local stand-in for Inter-Hub
    Serve(command::serve::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // The only provider in this program; a second installation cannot happen.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let done = |()| ExitCode::SUCCESS;
    let result = match arguments.command {
        Command::Import(arguments) => command::import::run(&arguments).map(done),
        Command::Register(arguments) => wait(command::register::run(arguments)).map(done),
        Command::Verify(arguments) => wait(command::verify::run(arguments)),
        Command::Serve(arguments) => wait(command::serve::run(arguments)).map(done),
    };
    match result {
        Ok(code) => code,
        Err(report) => {
            eprintln!("{report:?}");
            ExitCode::FAILURE
        }
    }
}

/// Runs an asynchronous command.
fn wait<T>(command: impl Future<Output = miette::Result<T>>) -> miette::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|error| miette::miette!("cannot start the runtime: {error}"))?.block_on(command)
}
