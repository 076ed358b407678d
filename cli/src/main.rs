//! `ops-hub`: import an inventory, check it, register the extension in a hub, verify endpoints, serve the local hub.
#![forbid(unsafe_code)]

mod check;
mod client;
mod command;
mod doctor;
mod exit;
mod import;
mod outbox;
mod output;
mod register;
mod text;
mod verify;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use exit::Ending;
use output::note;

/// The operations hub's extension: import the inventory, register it in a hub, keep its evidence fresh.
///
/// The way from an inventory to a hub: `import` makes the catalog from Markdown, `manifest` the widgets
/// that show it, `check` says what is wrong with both, `doctor` what the hub offers and lacks, `register` brings both
/// into the hub, `verify` checks the endpoints and records evidence. `rollback` and `retire` take things
/// back, `outbox` holds evidence that a hub has not taken yet, `serve` is a hub to try all of it on.
#[derive(Debug, Parser)]
#[command(
    version, arg_required_else_help = true,
    after_help = exit::help_after!(
        "ops-hub import INVENTORY.md -o catalog.json"
        "ops-hub doctor --hub https://hub.example"
        "ops-hub register --hub https://hub.example --manifest manifest.json --catalog catalog.json"
        "ops-hub verify --hub https://hub.example --watch 5m"
    )
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Import(command::import::Arguments),
    Manifest(command::manifest::Arguments),
    Check(command::check::Arguments),
    Register(command::register::Arguments),
    Rollback(command::rollback::Arguments),
    Retire(command::retire::Arguments),
    Doctor(command::doctor::Arguments),
    Verify(command::verify::Arguments),
    Outbox(command::outbox::Arguments),
    Serve(command::serve::Arguments),
    Completions(command::completions::CompletionArguments),
    Man(command::completions::ManArguments),
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version come this way too, and are no error.
            let _ = error.print();
            if !error.use_stderr() {
                return ExitCode::SUCCESS;
            }
            if asks_for_json() {
                output::json(&output::failure(&miette::miette!("{}", first_line(&error)), exit::USAGE));
            }
            return ExitCode::from(exit::USAGE);
        }
    };
    // The only provider in this program; a second installation cannot happen.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let done = |()| Ending::Done;
    let form = arguments.command.failures();
    let result = match arguments.command {
        Command::Import(arguments) => command::import::run(&arguments).map(done),
        Command::Manifest(arguments) => command::manifest::run(&arguments).map(done),
        Command::Check(arguments) => command::check::run(&arguments),
        Command::Register(arguments) => wait(command::register::run(arguments)),
        Command::Rollback(arguments) => wait(command::rollback::run(arguments)),
        Command::Retire(arguments) => wait(command::retire::run(arguments)),
        Command::Doctor(arguments) => wait(command::doctor::run(arguments)),
        Command::Verify(arguments) => wait(command::verify::run(arguments)),
        Command::Outbox(arguments) => wait(command::outbox::run(arguments)),
        Command::Serve(arguments) => wait(command::serve::run(arguments)).map(done),
        Command::Completions(arguments) => command::completions::completions(&arguments, Arguments::command()),
        Command::Man(arguments) => command::completions::man(&arguments, Arguments::command()),
    };
    let ending = result.unwrap_or_else(|report| {
        note!("{report:?}");
        let ending = client::ending(&report);
        match form {
            Failures::Words => {}
            Failures::Document => output::json(&output::failure(&report, ending.code())),
            Failures::Line => output::say!("{}", output::failure(&report, ending.code())),
        }
        ending
    });
    ending.into()
}

/// How a failure is told besides the words on standard error.
#[derive(Clone, Copy, Debug)]
enum Failures {
    /// Not at all.
    Words,
    /// As a JSON document on standard output.
    Document,
    /// The same in one line.
    Line,
}

impl Command {
    fn failures(&self) -> Failures {
        let document = |is_json| if is_json { Failures::Document } else { Failures::Words };
        match self {
            Self::Check(arguments) => document(arguments.is_json()),
            Self::Register(arguments) => document(arguments.plan.is_json()),
            Self::Rollback(arguments) => document(arguments.plan.is_json()),
            Self::Retire(arguments) => document(arguments.plan.is_json()),
            Self::Doctor(arguments) => document(arguments.is_json()),
            Self::Outbox(arguments) => document(arguments.is_json()),
            Self::Verify(arguments) if arguments.is_json() => Failures::Line,
            // The others print nothing for programs.
            _ => Failures::Words,
        }
    }
}

/// Whether arguments that were not understood ask for JSON all the same.
fn asks_for_json() -> bool {
    let given: Vec<_> = std::env::args_os().collect();
    given.iter().any(|one| one == "--format=json")
        || given.windows(2).any(|two| two[0] == "--format" && two[1] == "json")
}

/// What is wrong with the arguments, without the usage below it.
fn first_line(error: &clap::Error) -> String {
    let text = error.to_string();
    text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned()
}

/// Runs an asynchronous command.
fn wait<T>(command: impl Future<Output = miette::Result<T>>) -> miette::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|error| miette::miette!("cannot start the runtime: {error}"))?.block_on(command)
}
