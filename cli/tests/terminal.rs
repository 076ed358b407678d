//! What is asked on a terminal: the token, without showing it, and whether to apply the plan.
#![cfg(unix)]
#![allow(clippy::expect_used)]

mod support;

use std::process::Command;

use rexpect::session::spawn_command;
use support::{
    hub::{Hub, committed},
    stdout,
};

fn register(hub: &Hub) -> Command {
    let mut command = hub.command(&["register", "--manifest"]);
    command.arg(committed()).env_remove("OPS_HUB_TOKEN").env("TERM", "xterm");
    command
}

#[test]
fn the_token_is_asked_for_and_not_shown_and_only_yes_applies() {
    let hub = Hub::start();
    let mut terminal = spawn_command(register(&hub), Some(20_000)).expect("a terminal");
    terminal.exp_string("Token for the hub: ").expect("the question");
    terminal.send_line(hub.token()).expect("typed");
    let before = terminal.exp_string("Only 'yes' is taken: ").expect("the second question");
    assert!(!before.contains(hub.token()), "the token is on the screen");
    assert!(before.contains("create") && before.contains("ops-env-local"), "{before}");
    terminal.send_line("y").expect("typed");
    let rest = terminal.exp_eof().expect("the end");
    assert!(rest.contains("nothing was changed"), "{rest}");
    let would = stdout(&hub.register(&committed(), &["--dry-run"]));
    assert!(would.contains("to create"), "{would}");

    let mut terminal = spawn_command(register(&hub), Some(20_000)).expect("a terminal");
    terminal.exp_string("Token for the hub: ").expect("the question");
    terminal.send_line(hub.token()).expect("typed");
    terminal.exp_string("Only 'yes' is taken: ").expect("the second question");
    terminal.send_line("yes").expect("typed");
    let rest = terminal.exp_eof().expect("the end");
    assert!(rest.contains("done and read back, 18 writes"), "{rest}");
}
