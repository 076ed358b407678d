//! Writes `ops-hub.manifest.json` from its source.
#![forbid(unsafe_code)]

use std::{env, fs, path::PathBuf, process::ExitCode};

use ops_manifest::{check, source};

fn main() -> ExitCode {
    let folder = env::args_os().nth(1).map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    if folder.to_str().is_some_and(|argument| argument == "--help" || argument == "-h") {
        println!("ops-manifest-generate [FOLDER]\n\nWrites FOLDER/{} from FOLDER/ops-hub.toml.", source::MANIFEST);
        return ExitCode::SUCCESS;
    }
    match generate(&folder) {
        Ok(path) => {
            println!("wrote {}", path.display());
            ExitCode::SUCCESS
        }
        Err(messages) => {
            for message in messages {
                eprintln!("error: {message}");
            }
            ExitCode::FAILURE
        }
    }
}

fn generate(folder: &std::path::Path) -> Result<PathBuf, Vec<String>> {
    let one = |error: &dyn core::fmt::Display| vec![error.to_string()];
    let manifest = source::read(folder).map_err(|error| one(&error))?;
    let text = source::render(&manifest).map_err(|error| one(&error))?;
    let document = serde_json::from_str(&text).map_err(|error| one(&error))?;
    check::check(&document).map_err(|findings| findings.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    let path = folder.join(source::MANIFEST);
    fs::write(&path, text).map_err(|error| one(&error))?;
    Ok(path)
}
