//! Fills a hub's database for load tests; `localhub/LOAD.md` says what to do with it.
#![forbid(unsafe_code)]

use std::{error::Error, fs, net::SocketAddr, path::PathBuf, time::Instant};

use ops_localhub::{Config, Hub, Limits, Seed};

const HELP: &str = "\
seed --db FILE [--events N] [--services N] [--manifest FILE]

Registers the manifest with its widgets, then adds N invented events, a second apart, the last of them
now, and replaces the catalog by one of N invented services. Nobody observed what they say: for load
tests alone. It writes straight to the tables; no hub has to run.

--db FILE         the database; made where it is missing
--events N        how many events are added; none where absent
--services N      how many services the catalog has; it is left as it is where absent
--manifest FILE   manifest/ops-hub.manifest.json where absent";

/// What was asked for.
struct Options {
    db: PathBuf,
    manifest: PathBuf,
    seed: Seed,
}

fn options() -> Result<Option<Options>, Box<dyn Error>> {
    let (mut db, mut manifest, mut seed) = (None, PathBuf::from("manifest/ops-hub.manifest.json"), Seed::default());
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{name} needs a value; --help says which"));
        match name.as_str() {
            "--help" | "-h" => return Ok(None),
            "--db" => db = Some(PathBuf::from(value()?)),
            "--events" => seed.events = value()?.parse()?,
            "--services" => seed.services = value()?.parse()?,
            "--manifest" => manifest = PathBuf::from(value()?),
            _ => return Err(format!("'{name}' is not known; --help says what is").into()),
        }
    }
    let db = db.ok_or("--db is missing; it names the database to fill")?;
    Ok(Some(Options { db, manifest, seed }))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let Some(Options { db, manifest, seed }) = options()? else {
        println!("{HELP}");
        return Ok(());
    };
    let manifest = serde_json::from_str(&fs::read_to_string(&manifest)?)?;
    let config = Config {
        db: db.clone(),
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        bundle: PathBuf::new(),
        settable_clock: false,
        limits: Limits::default(),
        allow_origins: Vec::new(),
    };
    let begun = Instant::now();
    Hub::open(config).await?.seed(manifest, seed).await?;
    let Seed { events, services } = seed;
    println!("{}: {events} events, {services} services, in {:.1} s", db.display(), begun.elapsed().as_secs_f64());
    Ok(())
}
