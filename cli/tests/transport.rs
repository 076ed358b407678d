//! Where a token goes and where not, and how a command ends where the way to the hub is not in order.
#![allow(clippy::expect_used)]

mod support;

use std::{fs, path::PathBuf, process::Output, time::Instant};

use serde_json::Value;
use support::{
    answers::Answers,
    hub::{Hub, committed},
    joined, ops_hub,
    proxy::{Fault, Proxy},
    stderr, stdout,
};

fn doctor(hub: &str, more: &[&str]) -> Output {
    let mut command = ops_hub();
    command.args(["doctor", "--hub", hub]).args(more).env("OPS_HUB_TOKEN", "secret-token");
    command.output().expect("the program runs")
}

#[test]
fn a_hub_on_this_machine_is_asked_without_a_proxy() {
    let hub = Hub::start();
    let proxy = Answers::start(|_| b"502 Bad Gateway".to_vec());
    for variables in [["http_proxy", "HTTP_PROXY"], ["ALL_PROXY", "all_proxy"]] {
        let mut command = hub.command(&["doctor", "--retries", "0"]);
        let output = command.envs(variables.map(|name| (name, proxy.url()))).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    }
    assert_eq!(proxy.heads(), Vec::<String>::new());
}

#[test]
fn clear_text_is_for_this_machine_alone_and_nobody_is_asked() {
    let start = Instant::now();
    for hub in [
        "http://127.evil.invalid:9",
        "http://127.0.0.1.nip.invalid:9/hub",
        "http://localhost.invalid",
        "http://a.localhost",
        "http://10.0.0.1",
        "http://[::ffff:127.0.0.1]:9",
    ] {
        let output = doctor(hub, &[]);
        assert_eq!(output.status.code(), Some(1), "{hub}");
        assert!(joined(&output).contains("clear text"), "{hub}: {}", stderr(&output));
    }
    let output = doctor("https://me:pa55word@hub.invalid", &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!stderr(&output).contains("pa55word"), "{}", stderr(&output));
    assert!(start.elapsed().as_secs() < 20, "nothing is tried again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_below_a_path_is_asked_below_it() {
    let hub = Hub::start();
    let proxy = Proxy::start(hub.url(), Fault::Below("/hub"));
    for end in ["/hub/", "/hub"] {
        let mut command = hub.command(&["register", "--yes", "--manifest"]);
        command.arg(committed()).env("OPS_HUB_URL", format!("{}{end}", proxy.url()));
        stdout(&command.output().expect("the program runs"));
    }
    let mut command = hub.command(&["doctor", "--format", "json"]);
    command.env("OPS_HUB_URL", format!("{}/hub/", proxy.url()));
    let report = String::from_utf8(command.output().expect("the program runs").stdout).expect("text");
    assert!(report.contains("the token may read"), "{report}");
    let beside: Vec<String> = proxy.paths().into_iter().filter(|path| !path.contains(" /hub/")).collect();
    assert_eq!(beside, Vec::<String>::new());
}

#[test]
fn a_redirect_is_named_and_the_token_does_not_follow_it() {
    let other = Answers::start(|_| b"200 OK".to_vec());
    let to = other.url();
    let hub = Answers::start(move |_| format!("307 Temporary Redirect\r\nLocation: {to}/api").into_bytes());
    let output = doctor(&hub.url(), &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(joined(&output).contains(&format!("leads to {}/api", other.url())), "{}", stderr(&output));
    assert_eq!(other.heads(), Vec::<String>::new());
    assert_eq!(hub.heads().len(), 1, "once is enough");
}

/// A file in the hub's folder.
fn file(hub: &Hub, name: &str, bytes: &[u8]) -> PathBuf {
    let path = hub.folder.path().join(name);
    fs::write(&path, bytes).expect("written");
    path
}

#[test]
fn a_token_file_is_read_as_what_it_is_and_its_faults_are_named() {
    let hub = Hub::start();
    let with = |bytes: &[u8]| {
        let mut command = hub.command(&["retire", "--all", "--dry-run", "--token-file"]);
        let command = command.arg(file(&hub, "token", bytes)).env_remove("OPS_HUB_TOKEN");
        command.output().expect("the program runs")
    };
    let token = hub.token();
    let wide: Vec<u8> = format!("\u{feff}{token}\r\n").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [format!("{token}\n").into_bytes(), format!("\u{feff}{token}\r\n").into_bytes(), wide] {
        stdout(&with(&bytes));
    }
    for (bytes, words) in [
        (format!("{token}\n# rotated in May\n"), "more than one line"),
        (format!("{token}\r{token}"), "more than one line"),
        (format!("Bearer {token}"), "spaces or characters"),
        ("tökén".to_owned(), "spaces or characters"),
        ("\u{feff}\r\n".to_owned(), "no token"),
    ] {
        let output = with(bytes.as_bytes());
        assert_eq!(output.status.code(), Some(1), "{bytes}");
        assert!(joined(&output).contains(words) && joined(&output).contains("token"), "{}", stderr(&output));
        assert!(!stderr(&output).contains(token) && !stderr(&output).contains("trying again"), "{}", stderr(&output));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_nobody_vouches_for_is_not_tried_again() {
    let url = support::tls::start().await;
    let output = tokio::task::spawn_blocking(move || doctor(&url, &[])).await.expect("it ran");
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(
        joined(&output).contains("certificate") && !stderr(&output).contains("trying again"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_file_of_authorities_that_is_not_there_is_this_machines_fault() {
    let hub = Hub::start();
    for command in ["doctor", "verify"] {
        let output = hub.command(&[command]).env("SSL_CERT_FILE", "/nonexistent").output().expect("the program runs");
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        assert!(joined(&output).contains("SSL_CERT_FILE names /nonexistent"), "{}", stderr(&output));
    }
}

#[test]
fn a_host_that_dns_does_not_know_is_not_tried_again() {
    let output = doctor("https://hub.invalid", &[]);
    // A machine without DNS cannot know, and comes again.
    let is_known_unknown = output.status.code() == Some(1) && !stderr(&output).contains("trying again");
    assert!(is_known_unknown || output.status.code() == Some(4), "{}", stderr(&output));
    assert!(joined(&output).contains("https://hub.invalid/"), "{}", stderr(&output));
}

#[test]
fn programs_get_a_document_where_a_command_fails_too() {
    let nobody = "http://127.0.0.1:1";
    let manifest = committed().display().to_string();
    let missing = "/nonexistent.json";
    for (arguments, code) in [
        (vec!["register", "--manifest", &manifest, "--yes"], 4),
        (vec!["register", "--manifest", missing, "--yes"], 1),
        (vec!["register", "--manifest", &manifest], 4),
        (vec!["rollback", "--yes"], 4),
        (vec!["retire", "--all", "--yes"], 4),
        (vec!["doctor"], 4),
        (vec!["verify", "--dry-run"], 4),
        (vec!["register", "--nonsense"], 64),
    ] {
        let mut command = ops_hub();
        command.args(&arguments).args(["--format", "json"]).env("OPS_HUB_TOKEN", "t");
        if code != 64 {
            command.args(["--hub", nobody, "--retries", "0"]);
        }
        let output = command.output().expect("the program runs");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", stderr(&output));
        let said: Value = serde_json::from_slice(&output.stdout).expect("one document");
        assert_eq!((&said["outcome"], &said["exitCode"]), (&"failed".into(), &code.into()), "{said}");
        assert!(said["error"].as_str().is_some_and(|words| !words.is_empty()), "{said}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut offline = ops_hub();
    offline.args(["register", "--hub", nobody, "--format", "json", "--manifest", &manifest, "--offline"]);
    let written: Value =
        serde_json::from_str(&stdout(&offline.arg(folder.path()).output().expect("runs"))).expect("JSON");
    assert_eq!(written["files"].as_array().map(Vec::len), Some(3), "{written}");
    let mut check = ops_hub();
    let output = check.args(["check", "--format=json", "--manifest", missing]).output().expect("the program runs");
    assert_eq!(serde_json::from_slice::<Value>(&output.stdout).expect("a document")["exitCode"], 1);
}

#[test]
fn a_manifest_and_a_catalog_with_a_byte_order_mark_are_read() {
    let hub = Hub::start();
    stdout(&hub.register(&committed(), &[]));
    let marked = |name: &str, path: PathBuf| {
        let bytes = [b"\xef\xbb\xbf", fs::read(path).expect("the file").as_slice()].concat();
        file(&hub, name, &bytes)
    };
    let (manifest, catalog) = (marked("m.json", committed()), marked("c.json", hub.folder.path().join("catalog.json")));
    let mut command = hub.command(&["register", "--dry-run", "--exit-code", "--manifest"]);
    command.arg(&manifest).arg("--catalog").arg(&catalog);
    stdout(&command.output().expect("the program runs"));
    let mut check = ops_hub();
    stdout(&check.arg("check").arg("--manifest").arg(&manifest).arg("--catalog").arg(&catalog).output().expect("runs"));
}
