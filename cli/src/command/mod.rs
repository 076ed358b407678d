//! The subcommands: their arguments, what they print, how they end.

pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod doctor;
pub(crate) mod hub;
pub(crate) mod import;
pub(crate) mod manifest;
pub(crate) mod outbox;
mod planned;
pub(crate) mod register;
pub(crate) mod retire;
pub(crate) mod rollback;
pub(crate) mod serve;
pub(crate) mod verify;

use std::{fs, io::Write, path::Path};

use miette::{IntoDiagnostic, Result, WrapErr, miette};
use ops_manifest::{Manifest, check::check as valid};
use serde_json::Value;

use crate::text::of_file;

/// A file's text, without its byte order mark; a message names the file and the cure.
fn read(path: &Path) -> Result<String> {
    of_file(read_bytes(path)?)
        .map_err(|why| unreadable(path, &std::io::Error::new(std::io::ErrorKind::InvalidData, why)))
}

/// A file's bytes, with the same messages.
fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &std::io::Error) -> miette::Report {
    let cure = match error.kind() {
        std::io::ErrorKind::NotFound => "check the path; it is relative to the folder in which you are",
        std::io::ErrorKind::InvalidData => "save it as UTF-8",
        _ => "check that you may read it",
    };
    miette!(help = cure, "cannot read {}: {error}", path.display())
}

/// Writes a file beside its place and moves it there, so that no reader meets half of it. Only its
/// owner may read it.
fn write(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| ".".as_ref());
    let written = tempfile::NamedTempFile::new_in(folder).and_then(|mut half| {
        half.write_all(text.as_bytes())?;
        half.persist(path).map_err(|error| error.error)
    });
    written.map(|_| ()).into_diagnostic().wrap_err_with(|| format!("cannot write {}", path.display()))
}

/// A file's manifest, decoded and as it is; a message names everything that is wrong with it.
fn manifest(file: &Path) -> Result<(Manifest, Value)> {
    let path = file.display();
    let document: Value = serde_json::from_str(&read(file)?).map_err(|error| miette!("{path} is not JSON: {error}"))?;
    let manifest = valid(&document).map_err(|findings| {
        let lines: Vec<String> = findings.iter().map(|finding| format!("{path}#{finding}")).collect();
        let cure = format!("nothing was sent to the hub; for lines and columns: ops-hub check --manifest {path}");
        miette!(help = cure, "the manifest is not valid\n{}", lines.join("\n"))
    })?;
    Ok((manifest, document))
}

/// `1 error`, `2 errors`, `3 entities`.
fn count(number: usize, noun: &str) -> String {
    match (number, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        _ => format!("{number} {noun}s"),
    }
}

/// Waits for Ctrl-C, or for the signal by which a service manager ends a program.
async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! { _ = tokio::signal::ctrl_c() => {}, _ = terminate.recv() => {} }
                return;
            }
            Err(error) => tracing::warn!(%error, "only Ctrl-C ends the program"),
        }
    }
    if let Err(error) = tokio::signal::ctrl_c().await {
        tracing::warn!(%error, "Ctrl-C cannot be waited for");
        std::future::pending::<()>().await;
    }
}
