//! The loader's modules as one script: a page has one entry to name, and one request to wait for. What is
//! needed once the components are there comes behind their glue, which is kept for ever.

use std::fs;

use anyhow::{Context, ensure};

use crate::run::root;

/// The loader's modules in the order of what they need.
const MODULES: [&str; 5] = ["ahead.js", "bundle.js", "widget.js", "entity.js", "define.js"];
/// What comes behind the glue.
const BEHIND: [&str; 5] = ["chunks.js", "clicks.js", "drawer.js", "restart.js", "token.js"];

/// All modules of the loader, without their imports of each other.
pub(crate) fn joined() -> anyhow::Result<String> {
    Ok(all("src/loader", &MODULES)?.replace("\nexport ", "\n"))
}

/// The modules that come behind the glue, which exports what they export.
pub(crate) fn behind() -> anyhow::Result<String> {
    all("src/glue", &BEHIND)
}

fn all(folder: &str, modules: &[&str]) -> anyhow::Result<String> {
    let mut script = String::from("\n");
    for name in modules {
        let path = root().join(folder).join(name);
        let module = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        script.push_str(&lines(&module).with_context(|| path.display().to_string())?);
    }
    Ok(script)
}

/// A module without its imports, which stand on one line each.
fn lines(module: &str) -> anyhow::Result<String> {
    let mut kept = String::new();
    for line in module.lines() {
        if line.starts_with("import ") {
            ensure!(line.starts_with("import {") && line.ends_with(".js\";"), "not an import on one line: {line}");
            continue;
        }
        kept.push_str(line);
        kept.push('\n');
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_left_out() -> anyhow::Result<()> {
        assert_eq!(
            lines("// Why.\nimport { a } from \"./b.js\";\nexport const c = a;\n")?,
            "// Why.\nexport const c = a;\n"
        );
        assert!(!joined()?.contains("export "), "the entry is a script that gives nothing");
        assert!(lines("import a from 'b'\n").is_err());
        Ok(())
    }

    #[test]
    fn every_module_is_joined() -> anyhow::Result<()> {
        for (folder, modules) in [("src/loader", MODULES.as_slice()), ("src/glue", BEHIND.as_slice())] {
            let mut found: Vec<String> = fs::read_dir(root().join(folder))?
                .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
                .collect::<std::io::Result<_>>()?;
            let mut named = modules.to_vec();
            named.sort_unstable();
            found.sort();
            assert_eq!(found, named);
        }
        assert!(behind()?.contains("export async function token("));
        Ok(())
    }
}
