//! How `ops-hub serve` ends.
#![allow(clippy::expect_used)]

mod support;

use std::{
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use support::ops_hub;

#[test]
fn a_hub_ends_in_order_with_the_input_of_the_program_that_started_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let access = folder.path().join("access.json");
    let mut hub = ops_hub()
        .args(["serve", "--until-input-ends", "--listen", "127.0.0.1:0", "--db"])
        .arg(folder.path().join("hub.sqlite"))
        .arg("--access-file")
        .arg(&access)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the program runs");
    let start = Instant::now();
    while !access.exists() {
        assert!(start.elapsed() < Duration::from_secs(20), "the hub did not start");
        thread::sleep(Duration::from_millis(20));
    }
    thread::sleep(Duration::from_millis(300));
    assert_eq!(hub.try_wait().expect("its state"), None, "it runs as long as the pipe is open");
    // What the kernel does for a program that is killed.
    drop(hub.stdin.take());
    let start = Instant::now();
    let status = loop {
        if let Some(status) = hub.try_wait().expect("its state") {
            break status;
        }
        assert!(start.elapsed() < Duration::from_secs(10), "the hub goes on");
        thread::sleep(Duration::from_millis(20));
    };
    assert!(status.success(), "{status}");
}
