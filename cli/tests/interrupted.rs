//! Registrations that are cut off, answered with 503, killed, or run at once: the next run completes
//! them, and all end in one state.
#![allow(clippy::expect_used)]

mod support;

use std::{
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use support::{
    hub::Hub,
    own_inventory,
    proxy::{Fault, Proxy},
    state, stderr, stdout,
};

/// The writes of a whole registration: hub, draft, activation, 15 widgets, catalog.
const WRITES: usize = 19;

/// A manifest for a hub of its own beside the others of the same process.
fn manifest(hub: &Hub, slug: &str, version: &str) -> PathBuf {
    state::manifest(hub.folder.path(), &format!("{slug}-{version}.json"), |manifest| {
        manifest["hub"]["slug"] = slug.into();
        manifest["extension"]["version"] = version.into();
        manifest["widgets"][0]["title"] = format!("Local {version}").into();
    })
}

fn through(hub: &Hub, url: &str, manifest: &Path, more: &[&str]) -> Command {
    let mut command = hub.registration(manifest, &own_inventory(), more);
    command.env("OPS_HUB_URL", url);
    command
}

fn run(command: &mut Command) -> Output {
    command.output().expect("the program runs")
}

/// The state of a hub, without its name.
async fn nameless(hub: &Hub, slug: &str) -> Value {
    let text = state::of(hub, slug).await.to_string().replace(slug, "HUB");
    serde_json::from_str(&text).expect("JSON")
}

/// Names the parts that differ; the whole would be too long to read.
fn assert_same(found: &Value, wanted: &Value, slug: &str) {
    let parts = ["hub", "manifests", "active", "widgets", "catalog"];
    let differing: Vec<&str> = parts.into_iter().filter(|part| found[part] != wanted[part]).collect();
    assert_eq!(differing, Vec::<&str>::new(), "{slug}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_cut_at_any_write_is_completed_by_the_next_run() {
    let hub = Hub::start();
    let whole = manifest(&hub, "undisturbed", "0.1.0");
    stdout(&run(&mut through(&hub, hub.url(), &whole, &[])));
    let wanted = nameless(&hub, "undisturbed").await;
    for write in 1..=WRITES {
        for (name, fault) in [("before", Fault::CutBefore { write }), ("after", Fault::CutAfter { write })] {
            let slug = format!("cut-{name}-{write}");
            let own = manifest(&hub, &slug, "0.1.0");
            let proxy = Proxy::start(hub.url(), fault);
            let cut = run(&mut through(&hub, proxy.url(), &own, &["--retries", "0"]));
            assert_eq!(cut.status.code(), Some(4), "{slug}: {}", stderr(&cut));
            assert_eq!(proxy.writes().len(), write, "{slug}");
            // What is done already is not done again.
            let after = Proxy::start(hub.url(), Fault::None);
            let next = run(&mut through(&hub, after.url(), &own, &[]));
            assert!(next.status.success(), "{slug}: {}", stderr(&next));
            let done = if name == "before" { write - 1 } else { write };
            assert_eq!(after.writes().len(), WRITES - done, "{slug}: {:#?}", after.writes());
            assert_same(&nameless(&hub, &slug).await, &wanted, &slug);
            assert!(stdout(&run(&mut through(&hub, hub.url(), &own, &[]))).contains("nothing to do"), "{slug}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_is_killed_is_completed_by_the_next_run() {
    let hub = Hub::start();
    let whole = manifest(&hub, "undisturbed", "0.1.0");
    stdout(&run(&mut through(&hub, hub.url(), &whole, &[])));
    let wanted = nameless(&hub, "undisturbed").await;
    for write in [1, 2, 3, 4, 11, WRITES] {
        let slug = format!("killed-{write}");
        let own = manifest(&hub, &slug, "0.1.0");
        let proxy = Proxy::start(hub.url(), Fault::HangAfter { write });
        let mut process = through(&hub, proxy.url(), &own, &[]).stderr(Stdio::null()).stdout(Stdio::null()).spawn();
        let process = process.as_mut().expect("the program runs");
        let start = Instant::now();
        while proxy.writes().len() < write || !proxy.is_hanging() {
            assert!(start.elapsed() < Duration::from_secs(20), "{slug}: {:?}", proxy.writes());
            thread::sleep(Duration::from_millis(5));
        }
        // SIGKILL: the program cannot finish anything.
        process.kill().expect("the program is killed");
        process.wait().expect("it is gone");
        let next = run(&mut through(&hub, hub.url(), &own, &[]));
        assert!(next.status.success(), "{slug}: {}", stderr(&next));
        assert_same(&nameless(&hub, &slug).await, &wanted, &slug);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_is_busy_midway_is_waited_for_as_long_as_it_asks() {
    let hub = Hub::start();
    let own = manifest(&hub, "busy", "0.1.0");
    let proxy = Proxy::start(hub.url(), Fault::Busy { write: 7, times: 2, retry_after: "1" });
    let start = Instant::now();
    let output = run(&mut through(&hub, proxy.url(), &own, &[]));
    assert!(stdout(&output).contains("19 writes"), "{}", stderr(&output));
    assert!(stderr(&output).contains("503 Service Unavailable"), "{}", stderr(&output));
    assert!(start.elapsed() >= Duration::from_secs(2), "the hub asked for 1 s, twice");
    assert_eq!(proxy.writes().len(), WRITES + 2);

    // Longer than a run waits: it stops at once, and says when to come again.
    let long = Proxy::start(hub.url(), Fault::Busy { write: 1, times: 9, retry_after: "3600" });
    let next = manifest(&hub, "busy", "0.2.0");
    let start = Instant::now();
    let output = run(&mut through(&hub, long.url(), &next, &[]));
    assert_eq!((output.status.code(), long.writes().len()), (Some(4), 1), "{}", stderr(&output));
    assert!(start.elapsed() < Duration::from_secs(10));
    // A permanent refusal is not tried again.
    let wrong = Proxy::start(hub.url(), Fault::None);
    let mut command = through(&hub, wrong.url(), &next, &[]);
    assert_eq!(run(command.env("OPS_HUB_TOKEN", "wrong")).status.code(), Some(1));
    assert!(wrong.requests() <= 5, "{} requests", wrong.requests());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_runs_at_once_end_in_one_state() {
    let hub = Hub::start();
    let whole = manifest(&hub, "undisturbed", "0.1.0");
    stdout(&run(&mut through(&hub, hub.url(), &whole, &[])));
    let wanted = nameless(&hub, "undisturbed").await;
    let mut overtaken = 0;
    for round in 0..8 {
        let slug = format!("twice-{round}");
        let own = manifest(&hub, &slug, "0.1.0");
        let start = || through(&hub, hub.url(), &own, &[]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let both = [start(), start()].map(|process| process.expect("the program runs"));
        for process in both {
            let output = process.wait_with_output().expect("it ends");
            assert!(output.status.success(), "{slug}: {}", stderr(&output));
            overtaken += usize::from(stderr(&output).contains("planning again"));
        }
        assert_same(&nameless(&hub, &slug).await, &wanted, &slug);
        // Who registered what: nothing was written twice.
        let audit = hub.get(&format!("/api/v2/hubs/{slug}/audit")).await;
        let mut entries: Vec<String> =
            state::items(&audit).map(|entry| format!("{} {}", entry["action"], entry["target"])).collect();
        entries.sort();
        let all = entries.len();
        entries.dedup();
        assert_eq!((entries.len(), all), (WRITES, WRITES), "{slug}: {entries:#?}");
    }
    assert!(overtaken > 0, "no run met the other; the test shows nothing");
}

/// A newer version takes a widget out, which the older one has.
fn newer(hub: &Hub, slug: &str) -> PathBuf {
    state::manifest(hub.folder.path(), &format!("{slug}-newer.json"), |manifest| {
        manifest["hub"]["slug"] = slug.into();
        manifest["extension"]["version"] = "0.2.0".into();
        manifest["widgets"].as_array_mut().expect("widgets").retain(|widget| widget["name"] != "ops-evidence-feed");
    })
}

/// What a hub shows: the active widgets with their titles.
async fn shown(hub: &Hub, slug: &str) -> (Value, Vec<(Value, Value)>) {
    let now = state::of(hub, slug).await;
    let widgets = now["widgets"].as_array().expect("widgets").iter().filter(|widget| widget["state"] == "active");
    let mut shown: Vec<_> = widgets.map(|widget| (widget["name"].clone(), widget["title"].clone())).collect();
    shown.sort_by_key(|(name, _)| name.to_string());
    (now["active"]["extension"]["version"].clone(), shown)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_and_a_newer_run_at_once_end_in_the_newer() {
    let hub = Hub::start();
    let alone = newer(&hub, "alone");
    stdout(&run(&mut through(&hub, hub.url(), &alone, &[])));
    let wanted = shown(&hub, "alone").await;
    for round in 0..6 {
        let slug = format!("race-{round}");
        let (older, newer) = (manifest(&hub, &slug, "0.1.0"), newer(&hub, &slug));
        let start = |manifest: &Path| {
            let mut command = through(&hub, hub.url(), manifest, &[]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs")
        };
        let (old, new) = (start(&older), start(&newer));
        let (old, new) = (old.wait_with_output().expect("it ends"), new.wait_with_output().expect("it ends"));
        assert!(new.status.success(), "{slug}: {}", stderr(&new));
        // The older one was first, or is refused as a downgrade.
        assert!([Some(0), Some(1)].contains(&old.status.code()), "{slug}: {}", stderr(&old));
        assert_eq!(without(shown(&hub, &slug).await, &slug), without(wanted.clone(), "alone"), "{}", stderr(&old));
        assert!(stdout(&run(&mut through(&hub, hub.url(), &newer, &[]))).contains("nothing to do"), "{slug}");
    }
}

fn without(shown: (Value, Vec<(Value, Value)>), slug: &str) -> String {
    format!("{shown:?}").replace(slug, "HUB")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_a_newer_version_overtakes_takes_back_what_it_wrote() {
    let hub = Hub::start();
    let alone = newer(&hub, "alone");
    stdout(&run(&mut through(&hub, hub.url(), &alone, &[])));
    let wanted = shown(&hub, "alone").await;
    // The older run stands still after its 3rd, its 4th, … write, and goes on when the newer one is through.
    for write in [3, 4, 12, 17, 18] {
        let slug = format!("overtaken-{write}");
        let (older, newer) = (manifest(&hub, &slug, "0.1.0"), newer(&hub, &slug));
        let proxy = Proxy::start(hub.url(), Fault::PauseAfter { write });
        let old = through(&hub, proxy.url(), &older, &[]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let start = Instant::now();
        while !proxy.is_hanging() {
            assert!(start.elapsed() < Duration::from_secs(20), "{slug}: {:?}", proxy.writes());
            thread::sleep(Duration::from_millis(5));
        }
        stdout(&run(&mut through(&hub, hub.url(), &newer, &[])));
        proxy.go_on();
        let old = old.expect("the program runs").wait_with_output().expect("it ends");
        assert_eq!(old.status.code(), Some(1), "{slug}: {}", stderr(&old));
        assert!(stderr(&old).contains("0.1.0 is older"), "{slug}: {}", stderr(&old));
        assert_eq!(without(shown(&hub, &slug).await, &slug), without(wanted.clone(), "alone"), "{slug}");
        assert!(stdout(&run(&mut through(&hub, hub.url(), &newer, &[]))).contains("nothing to do"), "{slug}");
    }
}
