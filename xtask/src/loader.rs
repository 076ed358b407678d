//! The loader's modules as one script: a page has one entry to name, and one request to wait for.

use std::fs;

use anyhow::{Context, ensure};

use crate::{lean::lean, run::root};

/// The modules in the order of what they need.
const MODULES: [&str; 4] = ["bundle.js", "widget.js", "entity.js", "define.js"];

/// All modules, without their imports of each other and without comments.
pub(crate) fn joined() -> anyhow::Result<String> {
    let folder = root().join("src/loader");
    let mut script = String::new();
    for name in MODULES {
        let path = folder.join(name);
        let module = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        script.push_str(&lines(&module).with_context(|| path.display().to_string())?);
    }
    Ok(script)
}

/// What the browser needs of a module, whose imports stand on one line each.
fn lines(module: &str) -> anyhow::Result<String> {
    let mut kept = String::new();
    for line in lean(module)?.lines() {
        if line.starts_with("import ") {
            ensure!(line.starts_with("import {") && line.ends_with(".js\";"), "not an import on one line: {line}");
            continue;
        }
        kept.push_str(line.strip_prefix("export ").unwrap_or(line));
        kept.push('\n');
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_browser_does_not_need_is_left_out() -> anyhow::Result<()> {
        let module =
            "// Why.\nimport { a } from \"./b.js\";\n\n/** What\n * it does. */\nexport const c = a;\n  d();\n";
        assert_eq!(lines(module)?, "const c = a;\nd();\n");
        assert!(lines("import a from 'b'\n").is_err());
        Ok(())
    }

    #[test]
    fn every_module_is_joined() -> anyhow::Result<()> {
        let mut found: Vec<String> = fs::read_dir(root().join("src/loader"))?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<std::io::Result<_>>()?;
        let mut named: Vec<&str> = MODULES.to_vec();
        named.sort_unstable();
        found.sort();
        assert_eq!(found, named);
        joined().map(|_| ())
    }
}
