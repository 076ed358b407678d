//! The subcommands: their arguments, what they print, how they end.

pub(crate) mod import;
pub(crate) mod register;
pub(crate) mod serve;
pub(crate) mod verify;

use std::{fs, io::Write, path::Path};

use miette::{IntoDiagnostic, Result, WrapErr, miette};

/// A file's text; a message names the file and the cure.
fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| {
        let cure = match error.kind() {
            std::io::ErrorKind::NotFound => "check the path; it is relative to the folder in which you are",
            std::io::ErrorKind::InvalidData => "save it as UTF-8",
            _ => "check that you may read it",
        };
        miette!(help = cure, "cannot read {}: {error}", path.display())
    })
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

/// The hub's token: of the file, or of the environment variable `OPS_HUB_TOKEN`.
fn token(file: Option<&Path>) -> Result<String> {
    let text = match file {
        Some(path) => read(path)?,
        None => std::env::var("OPS_HUB_TOKEN").unwrap_or_default(),
    };
    let token = text.trim();
    if token.is_empty() {
        let cure = "set the environment variable OPS_HUB_TOKEN, or name a file with --token-file";
        return Err(miette!(help = cure, "there is no token for the hub"));
    }
    Ok(token.to_owned())
}
