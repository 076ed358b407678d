//! Serve: what `cargo xtask serve` starts ends with it, whoever ends it, and what was recorded is there.
#![cfg(unix)]

use std::{
    net::{Ipv4Addr, TcpListener},
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use anyhow::{Context, ensure};
use ops_e2e::{choose_tls, setting, until};
use reqwest::StatusCode;
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

use crate::first_event;

/// The widgets are built in their debug form where nothing is built yet.
const BUILT: Duration = Duration::from_secs(900);

fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// Starts the command in a process group of its own, as a shell does, and waits until it says how to sign in.
async fn serve(port: u16, db: &Path) -> anyhow::Result<Child> {
    let mut serve = Command::new(setting("OPS_XTASK")?)
        .args(["serve", "--port", &port.to_string(), "--db"])
        .arg(db)
        .stdout(Stdio::piped())
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
        .context("cargo xtask did not start")?;
    let mut lines = BufReader::new(serve.stdout.take().context("no output")?).lines();
    let said = async {
        while let Some(line) = lines.next_line().await? {
            if line.contains("Ctrl-C ends it") {
                return anyhow::Ok(true);
            }
        }
        anyhow::Ok(false)
    };
    ensure!(timeout(BUILT, said).await.context("it never said that it serves")??, "it ended before it served");
    Ok(serve)
}

/// Sends a signal; `whole` to the group too, as a terminal does for Ctrl-C.
async fn signal(name: &str, serve: &Child, whole: bool) -> anyhow::Result<()> {
    let id = serve.id().context("it has ended")?;
    let target = if whole { format!("-{id}") } else { id.to_string() };
    let sent = Command::new("kill").args(["-s", name, "--", &target]).status().await?;
    ensure!(sent.success(), "kill -s {name}: {sent}");
    Ok(())
}

/// Records an event at the hub that the command has started.
async fn record(url: &str) -> anyhow::Result<()> {
    choose_tls();
    let access = PathBuf::from(setting("OPS_HUB_CATALOG")?).with_file_name("access.json");
    let access: Value = serde_json::from_slice(&std::fs::read(access)?)?;
    let token = access["token"].as_str().context("no token")?;
    let client = reqwest::Client::new();
    let widgets: Value =
        client.get(format!("{url}/api/v2/hubs/ops-hub/widgets")).bearer_auth(token).send().await?.json().await?;
    let widget =
        widgets["items"].as_array().into_iter().flatten().find(|one| one["name"] == "ops-endpoint-gitea-registry");
    let id = widget.and_then(|widget| widget["id"].as_str()).context("no widget")?;
    let recorded = client.post(format!("{url}/api/v2/events")).bearer_auth(token).json(&first_event(id)).send().await?;
    ensure!(recorded.status() == StatusCode::CREATED, "{}", recorded.text().await?);
    Ok(())
}

/// How many events the database has, which is whole.
fn events(db: &Path) -> anyhow::Result<u32> {
    let file = Connection::open_with_flags(db, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let found: String = file.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    ensure!(found == "ok", "{found}");
    Ok(file.query_row("SELECT count(*) FROM event", [], |row| row.get(0))?)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signal_ends_the_hub_frees_the_port_and_leaves_the_database_whole() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let db = folder.path().join("hub.sqlite");
    let port = free_port()?;
    let url = format!("http://127.0.0.1:{port}");
    // What a service manager sends reaches the command alone; Ctrl-C reaches all that it has started.
    // Against KILL it can do nothing.
    for (at, (name, number, whole)) in
        [("TERM", 15, false), ("INT", 2, true), ("KILL", 9, false)].into_iter().enumerate()
    {
        let mut serve = serve(port, &db).await?;
        record(&url).await?;
        signal(name, &serve, whole).await?;
        let status = timeout(Duration::from_secs(10), serve.wait()).await.context("it goes on")??;
        assert!(status.signal() == Some(number) || !whole || status.success(), "{name}: {status}");
        until(&format!("the port to be free after {name}"), || async {
            Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok().map(drop))
        })
        .await?;
        assert!(reqwest::get(format!("{url}/healthz")).await.is_err(), "{name}: the hub goes on");
        assert_eq!(events(&db)?, u32::try_from(at)? + 1, "after {name}");
    }
    Ok(())
}
