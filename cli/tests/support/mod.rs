//! The program, and the inventories to run it on.
#![allow(dead_code, unreachable_pub, clippy::expect_used, clippy::missing_panics_doc)]

pub mod answers;
pub mod bundle;
pub mod hub;
pub mod proxy;
pub mod state;
pub mod tls;

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

/// The program under test.
pub fn ops_hub() -> Command {
    Command::new(env!("CARGO_BIN_EXE_ops-hub"))
}

/// The project's own inventory.
pub fn own_inventory() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../static/inventory/OpsHubInventory.md");
    fs::read_to_string(path).expect("the project's inventory")
}

/// The project's own inventory, and the one that it was made from where that lies beside the project.
pub fn inventories() -> Vec<String> {
    let original = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/inventory/OpsHubInventory.md");
    std::iter::once(own_inventory()).chain(fs::read_to_string(original)).collect()
}

/// What the program said on its standard error.
pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What a successful program said.
pub fn stdout(output: &Output) -> String {
    assert!(output.status.success(), "{}", stderr(output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What it said on its standard error, without the frame around it.
pub fn joined(output: &Output) -> String {
    stderr(output).split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ")
}
