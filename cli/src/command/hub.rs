//! The arguments by which every command finds its hub, and the token.

use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
};

use miette::{Result, miette};
use ops_manifest::mapping::{MAPPING, Mapping};
use reqwest::Url;

use super::read;
use crate::{
    client::{Access, must_be_safe},
    register::offline::Addresses,
};

/// How to reach a hub.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct HubArguments {
    /// The hub's address, such as https://hub.example
    #[arg(long, value_name = "URL", env = "OPS_HUB_URL")]
    pub(crate) hub: Url,
    /// A file with the hub's token; else the token is that of the environment variable
    /// OPS_HUB_TOKEN, or is asked for on a terminal
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// What the hub calls the operations that the extension needs; the extension's own where absent
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// How often a request is tried again where the hub is not reached or not able, with growing
    /// pauses or after the time that the hub asks for
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u8).range(0..=20))]
    retries: u8,
}

impl HubArguments {
    /// The hub's address, its token, its mapping.
    pub(crate) fn access(&self) -> Result<Access> {
        // Before a token is asked for that could not be sent.
        must_be_safe(&self.hub)?;
        // One hub, one address: the outbox keeps by it.
        let mut hub = self.hub.clone();
        if !hub.path().ends_with('/') {
            hub.set_path(&format!("{}/", self.hub.path()));
        }
        Ok(Access {
            hub,
            token: token(self.token_file.as_deref())?,
            retries: self.retries.into(),
            mapping: mapping(self.mapping.as_deref())?,
        })
    }

    /// The token that the file has now; `None` where no file is named.
    pub(crate) fn token_of_file(&self) -> Option<Result<String>> {
        self.token_file.as_deref().map(|file| token(Some(file)))
    }

    /// The hub's addresses that a person opens.
    pub(crate) fn pages(&self) -> Result<Addresses> {
        let pages = mapping(self.mapping.as_deref())?.pages;
        let hub = self.hub.as_str().trim_end_matches('/').to_owned();
        let at = |path: &str| format!("{hub}{path}");
        Ok(Addresses { sign_in: at(&pages.sign_in), page: at(&pages.hub), bundle: at(&pages.bundle), hub })
    }
}

/// The mapping of a file, or the extension's own.
fn mapping(file: Option<&Path>) -> Result<Mapping> {
    let text = file.map_or_else(|| Ok(MAPPING.to_owned()), read)?;
    let name = file.map_or_else(|| "hub-mapping.toml".to_owned(), |file| file.display().to_string());
    Mapping::parse(&text).map_err(|error| miette!(help = format!("ops-hub check --mapping {name}"), "{name}: {error}"))
}

/// The hub's token: of the file, of the environment variable `OPS_HUB_TOKEN`, or from the terminal.
fn token(file: Option<&Path>) -> Result<String> {
    let (text, place) = match file {
        Some(path) => (read(path)?, format!("the token file {}", path.display())),
        None => match std::env::var("OPS_HUB_TOKEN") {
            Ok(token) => (token, "OPS_HUB_TOKEN".to_owned()),
            Err(std::env::VarError::NotUnicode(_)) => {
                return Err(no_token("OPS_HUB_TOKEN", "characters that no token has"));
            }
            Err(_) if std::io::stdin().is_terminal() => {
                let typed = rpassword::prompt_password("Token for the hub: ")
                    .map_err(|error| miette!("the token cannot be read from the terminal: {error}"))?;
                (typed, "what was typed".to_owned())
            }
            Err(_) => (String::new(), String::new()),
        },
    };
    let token = text.trim_start_matches('\u{feff}').trim();
    if token.is_empty() {
        let cure = "set the environment variable OPS_HUB_TOKEN, or name a file with --token-file";
        return Err(miette!(help = cure, "there is no token for the hub"));
    }
    if token.contains(['\n', '\r']) {
        return Err(no_token(&place, "more than one line"));
    }
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(no_token(&place, "spaces or characters that no token has"));
    }
    Ok(token.to_owned())
}

fn no_token(place: &str, has: &str) -> miette::Report {
    miette!(
        help = "a token is one line of letters, digits and signs, and nothing else",
        "{place} has {has}; there is no token in it that could be sent"
    )
}
