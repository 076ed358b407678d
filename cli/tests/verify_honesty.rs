//! `ops-hub verify`: every failure is on record, and what this machine cannot know is not said of a service.
#![allow(clippy::expect_used)]

mod support;

use std::{
    fs,
    process::{Output, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use support::{
    answers::Answers,
    hub::{Hub, committed},
    stderr, stdout,
};

/// An inventory with these endpoints, each with what shows it in order; `first` is the event of a header.
fn inventory(endpoints: &[(&str, &str, &str)], first: &str) -> String {
    let rows = endpoints
        .iter()
        .map(|(address, name, expected)| format!("| `{address}` | Wiki {name} | `prod` | ? | {expected} |\n"));
    format!(
        "# Case\n\nDate: 2026-09-01\n\n## VSM Placement\n\n| Field | Value |\n|---|---|\n| Hub | `ops-hub` |\n\n\
         ## Environments\n\n| Environment | Role | Current state | Notes |\n|---|---|---|---|\n| `prod` | Live | Active | Main room |\n\n\
         ## Hosts\n\n| Host | Environment | Address | Role | Known gaps |\n|---|---|---|---|---|\n| `heron` | `prod` | `10.20.0.5` | Runs all. | |\n\n\
         ## Clusters\n\n| Cluster | Environment | Role | Current notes |\n|---|---|---|---|\n| Nest | `prod` | Runtime | |\n\n\
         ## Services\n\n| Service | Current environment | Owner repo | Current evidence | Gaps |\n|---|---|---|---|---|\n| Wiki | `prod` | `docs/wiki` | On the intranet. | |\n\n\
         ## Endpoints\n\n| Endpoint | Service | Environment | Current status | Evidence |\n|---|---|---|---|---|\n{}\n{first}",
        rows.collect::<String>()
    )
}

fn header(address: &str, header: &str) -> String {
    let event = json!({
        "widgetId": "<id>", "eventType": "ops-endpoint-verified", "viewContext": "t",
        "metadata": { "endpoint": address, "observedHeader": header },
    });
    format!("## First Evidence Events\n\n```json\n{event}\n```\n")
}

fn verify(hub: &Hub, more: &[&str]) -> Output {
    hub.command(&["verify"]).args(more).output().expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_that_does_not_fit_the_schema_is_recorded_all_the_same() {
    let hub = Hub::start();
    let is_broken = Arc::new(AtomicBool::new(false));
    let broken = is_broken.clone();
    let server = Answers::start(move |path| match path {
        "/flip" if broken.load(SeqCst) => b"999 Request denied".to_vec(),
        "/policy" if broken.load(SeqCst) => format!("200 OK\r\nX-Policy: {}", "none; ".repeat(120)).into_bytes(),
        _ => b"200 OK\r\nX-Policy: self".to_vec(),
    });
    let (flip, policy) = (format!("{}/flip", server.url()), format!("{}/policy", server.url()));
    let endpoints = [(flip.as_str(), "flip", "Expected `200`."), (policy.as_str(), "policy", "Expected `200`.")];
    stdout(&hub.register_with(&committed(), &inventory(&endpoints, &header(&policy, "X-Policy: self")), &[]));
    stdout(&verify(&hub, &[]));
    is_broken.store(true, SeqCst);
    let output = verify(&hub, &[]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    let events = hub.events().await;
    let of = |subject: &str, result: &str| {
        let mut all = events.iter().map(|event| &event["metadata"]);
        all.find(|event| event["subject"] == subject && event["result"] == result).cloned().unwrap_or_default()
    };
    assert_eq!(events.len(), 4);
    let flip = of("endpoint:wiki-flip", "fail");
    assert_eq!(
        (&flip["observedStatus"], &flip["reason"]),
        (&Value::Null, &json!("status: expected 200, observed 999"))
    );
    let policy = of("endpoint:wiki-policy", "fail");
    assert_eq!(policy["observedHeader"].as_str().map(|header| header.chars().count()), Some(500));
    // Each says on which machine it was seen.
    let machine = gethostname::gethostname().to_string_lossy().into_owned();
    for event in &events {
        let source = event["metadata"]["source"].as_str().unwrap_or_default();
        assert!(source.ends_with(&format!(" on {machine}")), "{source}");
    }
}

#[test]
fn headers_are_read_whatever_their_number_their_lines_and_their_letters() {
    let hub = Hub::start();
    let server = Answers::start(|path| match path {
        "/many" => {
            let headers: String = (0..150).map(|number| format!("\r\nX-{number}: {number}")).collect();
            format!("200 OK{headers}").into_bytes()
        }
        "/latin" => b"200 OK\r\nX-Site: B\xfcro 3".to_vec(),
        "/utf" => "200 OK\r\nX-Site: Büro 4".as_bytes().to_vec(),
        "/moved" => b"302 Found\r\nLocation: /b\xfcro".to_vec(),
        _ => b"200 OK\r\nx-site: one\r\nX-Site: B\xfcro 3".to_vec(),
    });
    let at = |path: &str| format!("{}{path}", server.url());
    let first = |path: &str| header(&at(path), "X-Site: Büro 3").replace("## First Evidence Events\n\n", "");
    let all = ["/latin", "/utf", "/lines"].map(first).concat();
    let addresses = ["/many", "/latin", "/utf", "/lines", "/moved"].map(at);
    let endpoints = [
        (addresses[0].as_str(), "many", "Expected `200`."),
        (addresses[1].as_str(), "latin", "Expected `200`."),
        (addresses[2].as_str(), "utf", "Expected `200`."),
        (addresses[3].as_str(), "lines", "Expected `200`."),
        (addresses[4].as_str(), "moved", "Redirects to `/büro`."),
    ];
    let text = inventory(&endpoints, &format!("## First Evidence Events\n\n{all}"));
    stdout(&hub.register_with(&committed(), &text, &[]));
    let output = verify(&hub, &["--dry-run"]);
    let said = said(&output);
    for name in ["many", "latin", "lines", "moved"] {
        assert!(said.contains(&format!("pass endpoint:wiki-{name} ")), "{name}: {said}");
    }
    assert!(said.contains("expected 'X-Site: Büro 3', observed 'Büro 4'"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_this_machine_cannot_know_is_inconclusive_and_not_recorded() {
    let hub = Hub::start();
    // The hub is on this machine too: no other name shows that its DNS works.
    let endpoints = [("https://wiki.invalid/", "web", "Expected `200`.")];
    stdout(&hub.register_with(&committed(), &inventory(&endpoints, ""), &[]));
    let output = verify(&hub, &[]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(said(&output).starts_with("inconclusive endpoint:wiki-web: DNS: "), "{}", said(&output));
    let line = verify(&hub, &["--format", "json"]);
    assert_eq!(serde_json::from_slice::<Value>(&line.stdout).expect("a line")["verdict"], "inconclusive");
    assert_eq!(hub.events().await, Vec::<Value>::new());
}

#[test]
fn what_is_not_checked_is_named_with_the_reason() {
    let hub = Hub::start();
    let server = Answers::start(|_| b"200 OK".to_vec());
    let web = server.url();
    let endpoints = [
        ("ssh://127.0.0.1:22", "SSH", "A banner."),
        ("postgres://db.example/wiki", "store", "Answers."),
        (web.as_str(), "web", "Expected `200`."),
    ];
    stdout(&hub.register_with(&committed(), &inventory(&endpoints, ""), &[]));
    let output = verify(&hub, &["--dry-run"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    let said = said(&output);
    for words in [
        "unchecked endpoint:wiki-ssh: ssh is not requested",
        "unchecked endpoint:wiki-store: postgres is not requested",
        "pass endpoint:wiki-web ",
    ] {
        assert!(said.contains(words), "'{words}' is not in {said}");
    }
    let json = verify(&hub, &["--dry-run", "--format", "json"]);
    let lines = String::from_utf8_lossy(&json.stdout).into_owned();
    let unchecked = lines.lines().filter(|line| line.contains("\"unchecked\"")).count();
    assert!(unchecked >= 2, "{lines}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watch_reads_the_token_anew() {
    let mut hub = Hub::start();
    let endpoints = [("http://127.0.0.1:1/", "web", "Expected `200`.")];
    stdout(&hub.register_with(&committed(), &inventory(&endpoints, ""), &[]));
    let token = hub.folder.path().join("token");
    fs::write(&token, hub.token()).expect("written");
    let mut command = hub.command(&["verify", "--watch", "1s", "--retries", "0", "--token-file"]);
    command.arg(&token).env_remove("OPS_HUB_TOKEN").stdout(Stdio::null()).stderr(Stdio::null());
    let mut watch = command.spawn().expect("the program runs");
    recorded(&hub, 1).await;
    // A hub on another database knows another token.
    let address = hub.url().trim_start_matches("http://").to_owned();
    hub.process.kill().expect("the hub is killed");
    hub.process.wait().expect("it is gone");
    fs::remove_file(hub.folder.path().join("hub.sqlite")).expect("the database is gone");
    for rest in ["hub.sqlite-wal", "hub.sqlite-shm"] {
        // Not every end leaves them.
        let _ = fs::remove_file(hub.folder.path().join(rest));
    }
    let hub = Hub::start_at(hub.folder.clone(), &address);
    stdout(&hub.register_with(&committed(), &inventory(&endpoints, ""), &[]));
    // Half a file is no end either.
    fs::write(&token, "").expect("written");
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    assert!(watch.try_wait().expect("a state").is_none(), "the watch has ended");
    fs::write(&token, hub.token()).expect("written");
    recorded(&hub, 1).await;
    watch.kill().expect("it is ended");
    watch.wait().expect("it is gone");
}

/// Waits for so many events.
async fn recorded(hub: &Hub, wanted: usize) {
    let start = Instant::now();
    while hub.events().await.len() < wanted {
        assert!(start.elapsed() < Duration::from_secs(20), "nothing is recorded");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
