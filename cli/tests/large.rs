//! A catalog of thousands of services on its way into a hub: what it takes of memory at both ends.
#![cfg(target_os = "linux")]
#![allow(clippy::expect_used)]

mod support;

use std::{fmt::Write, fs, process::Stdio, thread, time::Duration};

use support::{bundle, hub::Hub};

const SERVICES: usize = 5_000;

/// A catalog of services that each have an endpoint, as text.
fn catalog() -> String {
    let mut text = "{\"schema\":1,\"source\":{\"file\":\"a.md\",\"title\":\"A\",\"date\":\"\",\"sha256\":\"\",\"lines\":1},\"entities\":[".to_owned();
    let facts = (0..8)
        .map(|at| format!("{{\"key\":\"fact-{at}\",\"value\":\"{}\",\"source\":{{\"line\":1}}}}", "x".repeat(20)));
    let facts = facts.collect::<Vec<_>>().join(",");
    for at in 0..SERVICES {
        let comma = if at == 0 { "" } else { "," };
        for (kind, comma) in [("service", comma), ("endpoint", ",")] {
            let entity = format!("\"ref\":\"{kind}:s-{at}\",\"title\":\"{kind} {at}\",\"facts\":[{facts}]");
            write!(text, "{comma}{{{entity},\"source\":{{\"line\":1}}}}").expect("written");
        }
    }
    text + "]}"
}

/// The most memory that a process has held so far, in bytes; `None` where it has ended.
fn peak(process: u32) -> Option<usize> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<usize>().ok()? * 1024)
}

#[test]
fn a_large_catalog_is_registered_in_a_few_times_its_size_of_memory() {
    let hub = Hub::start();
    let manifest = bundle::write(&hub.folder.path().join("bundle"));
    let text = catalog();
    let file = hub.folder.path().join("large.json");
    fs::write(&file, &text).expect("written");
    let arguments = ["register", "--yes", "--manifest", &manifest.display().to_string()].map(str::to_owned);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    assert!(hub.run(&arguments).status.success(), "the extension alone");
    let before = peak(hub.process.id()).expect("the hub runs");

    let mut register = hub.command(&arguments);
    let mut register = register
        .arg("--catalog")
        .arg(&file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let mut client = 0;
    let status = loop {
        client = peak(register.id()).unwrap_or(client);
        if let Some(status) = register.try_wait().expect("its state") {
            break status;
        }
        thread::sleep(Duration::from_millis(5));
    };
    assert!(status.success(), "{status}");
    let grown = peak(hub.process.id()).expect("the hub runs") - before;
    // As decoded values it takes twenty times its size in the hub, and ninety in the client.
    let megabytes = |bytes: usize| bytes / 1_000_000;
    assert!(grown < text.len() * 8, "{} MB for a catalog of {} MB", megabytes(grown), megabytes(text.len()));
    let most = 40_000_000 + text.len() * 15;
    assert!(client < most, "the client: {} MB for a catalog of {} MB", megabytes(client), megabytes(text.len()));

    let again = hub.command(&arguments).arg("--catalog").arg(&file).output().expect("the program runs");
    assert!(String::from_utf8_lossy(&again.stdout).contains("nothing to do"), "{again:?}");
}
