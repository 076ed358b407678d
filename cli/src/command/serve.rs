//! `ops-hub serve`.

use std::{net::SocketAddr, num::NonZeroU32, path::PathBuf};

use crate::output::say;
use etcetera::{BaseStrategy, choose_base_strategy};
use miette::{Result, miette};
use ops_localhub::{Config, Hub, HubError, Limits};
use tracing_subscriber::EnvFilter;

/// Serve the local stand-in for Inter-Hub: sign-in, hubs, API v2, one SQLite file.
///
/// Each start makes a fresh password and a fresh token. Ctrl-C ends it.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8420")]
    listen: SocketAddr,
    /// The database; in the user's data directory where absent
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,
    /// The folder of the widget bundle
    #[arg(long, value_name = "FOLDER", default_value = "target/dist")]
    bundle: PathBuf,
    /// Write user, password, token and URL to this file as JSON, for programs; only its owner may read it
    #[arg(long, value_name = "FILE")]
    access_file: Option<PathBuf>,
    /// Let /local/clock move the hub's clock, for demonstrations and tests
    #[arg(long)]
    settable_clock: bool,
    /// Let pages of this origin ask the API with a token, and frame a widget; `null` lets frames without an
    /// origin ask; may be given more than once
    #[arg(long, value_name = "ORIGIN")]
    allow_origin: Vec<String>,
    /// How many requests a second each sender may send, and ten times as many at once; for load tests
    #[arg(long, value_name = "REQUESTS", default_value_t = Limits::default().per_second)]
    allowance: NonZeroU32,
    /// End where standard input ends, too: for a program that starts the hub and may be killed
    #[arg(long)]
    until_input_ends: bool,
}

pub(crate) async fn run(arguments: Arguments) -> Result<()> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let db = match arguments.db {
        Some(db) => db,
        None => {
            let folders = choose_base_strategy()
                .map_err(|error| miette!(help = "name a file with --db", "there is no user data directory: {error}"))?;
            folders.data_dir().join("ops-hub").join("hub.sqlite")
        }
    };
    let config = Config {
        db: db.clone(),
        listen: arguments.listen,
        bundle: arguments.bundle,
        settable_clock: arguments.settable_clock,
        limits: Limits::of(arguments.allowance),
        allow_origins: arguments.allow_origin,
    };
    let hub = Hub::open(config).await.map_err(report)?;
    let bound = hub.bind().await.map_err(report)?;
    let access = hub.grant_access().await.map_err(report)?;
    let url = bound.url();
    if let Some(path) = &arguments.access_file {
        let (user, password, token) = (&access.user, &access.password, &access.token);
        let access = serde_json::json!({ "url": url, "user": user, "password": password, "token": token });
        super::write(
            path,
            &format!(
                "{access}
"
            ),
        )?;
    }
    say!("database  {}", db.display());
    say!("hub       {url}/Hubs/ops-hub");
    say!("sign in   {} / {}", access.user, access.password);
    let stop = async move {
        if arguments.until_input_ends {
            tokio::select! { () = super::stopped() => {}, () = input_ended() => {} }
        } else {
            super::stopped().await;
        }
    };
    bound.run(stop).await.map_err(report)
}

/// Waits until nobody can write to standard input any more. However a program ends, the pipe that it
/// held ends with it.
async fn input_ended() {
    let (ended, heard) = tokio::sync::oneshot::channel();
    // A thread of its own: a read that waits would keep the program from ending.
    let reading = std::thread::Builder::new().spawn(move || {
        // What it says does not matter; an error is an end as well.
        let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
        let _ = ended.send(());
    });
    if let Err(error) = reading {
        tracing::warn!(%error, "standard input cannot be waited for");
        std::future::pending::<()>().await;
    }
    // An error means that the thread is gone, and the input with it.
    let _ = heard.await;
}

fn report(error: HubError) -> miette::Report {
    match &error {
        HubError::PortTaken(address) => miette!(
            help = "choose another with --listen (with cargo xtask serve: --port), or end the program that has it",
            "port {} is taken",
            address.port()
        ),
        _ => miette!("{error}"),
    }
}
