//! `cargo xtask gallery`: the journeys over the gallery, and the pictures that they compare with.

use std::process::ExitCode;

use lexopt::{Arg, Parser};

use crate::test::journeys;

const HELP: &str = "\
cargo xtask gallery [--accept]

Runs the journeys over the gallery: pictures, accessibility, widths, print, high contrast, German.

--accept   take pictures of every kind in every state, and make them the references in tests/gallery;
           look at `git diff --stat`, and at the pictures, before they are committed";

pub(crate) fn command(parser: &mut Parser) -> anyhow::Result<ExitCode> {
    let mut accept = false;
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => {
                println!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Arg::Long("accept") => accept = true,
            other => return Err(other.unexpected().into()),
        }
    }
    let tally = journeys(Some(if accept { "gallery_pictures" } else { "gallery" }), accept)?;
    println!("{} passed, {} failed", tally.passed, tally.failed);
    Ok(if tally.failed == 0 && tally.passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
