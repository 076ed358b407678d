//! Set up, build, serve, test and pack: `cargo xtask COMMAND`.
#![forbid(unsafe_code)]

mod bench;
mod bundle;
mod dist;
mod elements;
mod gallery;
mod guard;
mod hosts;
mod loader;
mod optimise;
mod pack;
mod python;
mod run;
mod serve;
mod size;
mod split;
mod test;
mod tools;
mod web;

use std::process::ExitCode;

use lexopt::{Arg, Parser};

const HELP: &str = "\
Set up, build, serve, test and pack the ops-hub widgets

cargo xtask serve   build the widgets, import the inventory, start the local hub, register, print URL and sign-in
cargo xtask test    all tests: format, lints, native, widgets in headless Chromium, packing, journeys
cargo xtask dist    the release bundle in target/dist
cargo xtask gallery the journeys over the gallery; --accept takes its reference pictures anew
cargo xtask bench   measure the widgets against other ways to build them, at 1,000, 10,000 and 100,000 services

Each installs what it needs and says so. `cargo xtask COMMAND --help` lists the options.";

fn main() -> ExitCode {
    match command() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command() -> anyhow::Result<ExitCode> {
    let mut parser = Parser::from_env();
    match parser.next()? {
        None => {
            println!("{HELP}");
            Ok(ExitCode::FAILURE)
        }
        Some(Arg::Short('h') | Arg::Long("help")) => {
            println!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        Some(Arg::Value(name)) => match name.to_str() {
            Some("serve") => serve::command(&mut parser),
            Some("test") => test::command(&mut parser),
            Some("dist") => dist::command(&mut parser),
            Some("bench") => bench::command(&mut parser),
            Some("gallery") => gallery::command(&mut parser),
            _ => anyhow::bail!("there is no command '{}'; see cargo xtask --help", name.display()),
        },
        Some(other) => Err(other.unexpected().into()),
    }
}
