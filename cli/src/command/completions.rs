//! `ops-hub completions` and `ops-hub man`: made from the same description of the arguments as the help.

use std::{fs, io::Write, path::PathBuf};

use clap::Command;
use clap_complete::Shell;
use miette::{IntoDiagnostic, Result, WrapErr};

use crate::exit::Ending;

/// Print the completions of a shell.
///
/// For bash: ops-hub completions bash > /etc/bash_completion.d/ops-hub; for zsh, fish, elvish and
/// PowerShell, put the output where the shell looks for completions.
#[derive(Debug, clap::Args)]
pub(crate) struct CompletionArguments {
    /// The shell
    shell: Shell,
}

pub(crate) fn completions(arguments: &CompletionArguments, mut command: Command) -> Result<Ending> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "ops-hub", &mut script);
    std::io::stdout().write_all(&script).into_diagnostic()?;
    Ok(Ending::Done)
}

/// Print the manual page, or write all pages to a folder.
///
/// To read it: ops-hub man | man -l -; to install the pages of all commands:
/// ops-hub man --output /usr/local/share/man/man1.
#[derive(Debug, clap::Args)]
pub(crate) struct ManArguments {
    /// Write ops-hub.1 and a page per command to this folder
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub(crate) fn man(arguments: &ManArguments, command: Command) -> Result<Ending> {
    match &arguments.output {
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(command).render(&mut page).into_diagnostic()?;
            std::io::stdout().write_all(&page).into_diagnostic()?;
        }
        Some(folder) => {
            let failed = || format!("cannot write to {}", folder.display());
            fs::create_dir_all(folder).into_diagnostic().wrap_err_with(failed)?;
            clap_mangen::generate_to(command, folder).into_diagnostic().wrap_err_with(failed)?;
        }
    }
    Ok(Ending::Done)
}
