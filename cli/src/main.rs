//! `ops-hub`: import an inventory, register the extension in a hub, serve the local hub.
#![forbid(unsafe_code)]

mod command;
mod import;
mod register;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Operations widgets for a hub: import the inventory, register the extension, serve a local hub.
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
    /// Serve the local stand-in for Inter-Hub
    Serve(command::serve::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // The only provider in this program; a second installation cannot happen.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let result = match arguments.command {
        Command::Import(arguments) => command::import::run(&arguments),
        Command::Register(arguments) => wait(command::register::run(arguments)),
        Command::Serve(arguments) => wait(command::serve::run(arguments)),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(report) => {
            eprintln!("{report:?}");
            ExitCode::FAILURE
        }
    }
}

/// Runs an asynchronous command.
fn wait(command: impl Future<Output = miette::Result<()>>) -> miette::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|error| miette::miette!("cannot start the runtime: {error}"))?.block_on(command)
}
