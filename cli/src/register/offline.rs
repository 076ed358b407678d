//! What an operator enters by hand where a hub has no bootstrap API: files, a numbered guide, a check.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use miette::{IntoDiagnostic, Result, WrapErr};
use ops_manifest::Manifest;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::catalog::CatalogText;

/// The hub's addresses that the guide names.
#[derive(Clone, Debug)]
pub(crate) struct Addresses {
    /// The hub's own.
    pub(crate) hub: String,
    /// The sign-in page.
    pub(crate) sign_in: String,
    /// The hub's page; `{hub}` is its name in addresses.
    pub(crate) page: String,
    /// The folder of the extension's files; likewise.
    pub(crate) bundle: String,
}

/// Writes manifest, catalog, guide and check; gives their paths.
pub(crate) fn write(
    folder: &Path,
    addresses: &Addresses,
    manifest: &Manifest,
    document: &Value,
    catalog: Option<&CatalogText>,
) -> Result<Vec<PathBuf>> {
    let mut files = vec![("manifest.json", format!("{document:#}\n"))];
    if let Some(catalog) = catalog {
        let catalog: Value = serde_json::from_str(catalog.as_str()).into_diagnostic()?;
        files.push(("catalog.json", format!("{catalog:#}\n")));
    }
    let guide = guide(addresses, manifest, &files).into_diagnostic()?;
    files.push(("guide.md", guide));
    files.push(("check.sh", check(addresses, manifest)));
    fs::create_dir_all(folder).into_diagnostic().wrap_err_with(|| format!("cannot make {}", folder.display()))?;
    let put = |(name, text): (&str, String)| {
        let path = folder.join(name);
        fs::write(&path, text).into_diagnostic().wrap_err_with(|| format!("cannot write {}", path.display()))?;
        #[cfg(unix)]
        if Path::new(name).extension().is_some_and(|end| end == "sh") {
            let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
            fs::set_permissions(&path, mode).into_diagnostic()?;
        }
        Ok(path)
    };
    files.into_iter().map(put).collect()
}

fn check(addresses: &Addresses, manifest: &Manifest) -> String {
    format!(
        "#!/bin/sh\n# Run this after the last step of the guide. OPS_HUB_TOKEN is a token that may read.\n\
         exec ops-hub doctor --hub '{}' --slug '{}' --manifest \"$(dirname \"$0\")/manifest.json\" \"$@\"\n",
        addresses.hub, manifest.hub.slug
    )
}

fn guide(
    addresses: &Addresses,
    manifest: &Manifest,
    files: &[(&str, String)],
) -> std::result::Result<String, std::fmt::Error> {
    let Manifest { hub, extension, .. } = manifest;
    let at = |address: &str| address.replace("{hub}", &hub.slug);
    let mut text = String::new();
    writeln!(text, "# Register {} {} by hand\n", extension.name, extension.version)?;
    writeln!(text, "For the hub {}, whose API has to be {}.\n", addresses.hub, extension.hub_api)?;
    writeln!(
        text,
        "Enter the values exactly as they stand here. The order matters: a widget needs an active manifest.\n"
    )?;
    writeln!(text, "1. Sign in at {}.\n", addresses.sign_in)?;
    writeln!(text, "2. Make the hub, or change it to these values.\n")?;
    let identity = [
        ("slug", &hub.slug),
        ("title", &hub.title),
        ("family", &hub.family),
        ("function", &hub.function),
        ("system", &hub.system),
    ];
    table(&mut text, ["field", "value"], identity.map(|(name, value)| [name.to_owned(), value.clone()]))?;
    writeln!(
        text,
        "3. Put the bundle's files and `manifest.json` at {}, with their names as they are.\n",
        at(&addresses.bundle)
    )?;
    let listed = manifest.bundle.iter().map(|file| [file.path.clone(), file.bytes.to_string(), file.integrity.clone()]);
    if manifest.bundle.is_empty() {
        writeln!(text, "   The manifest lists none: it is not that of a packed bundle.\n")?;
    } else {
        table(&mut text, ["file", "bytes", "integrity"], listed)?;
    }
    writeln!(text, "4. Upload `manifest.json` as a draft of version {}.\n", extension.version)?;
    writeln!(text, "5. Activate version {}. The hub shows it as active.\n", extension.version)?;
    writeln!(text, "6. Make these {} widgets, or change them to these values.\n", manifest.widgets.len())?;
    let widgets = manifest.widgets.iter().map(|widget| {
        let subject = widget.subject.as_ref().map(ToString::to_string).unwrap_or_default();
        [widget.name.clone(), widget.kind.clone(), subject, widget.title.clone(), widget.view_context.clone()]
    });
    table(&mut text, ["name", "kind", "subject", "title", "view context"], widgets)?;
    let mut number = 7;
    if files.iter().any(|(name, _)| *name == "catalog.json") {
        writeln!(text, "{number}. Upload `catalog.json` as the catalog of the hub `{}`.\n", hub.slug)?;
        number += 1;
    }
    writeln!(text, "{number}. Open {}: every widget shows its title.\n", at(&addresses.page))?;
    writeln!(
        text,
        "{}. Run `./check.sh`. Exit code 0 says that all is in order; else it names what is not.\n",
        number + 1
    )?;
    writeln!(text, "The files, by SHA-256:\n")?;
    let hash = |text: &str| Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    table(&mut text, ["file", "sha-256"], files.iter().map(|(name, text)| [(*name).to_owned(), hash(text)]))?;
    Ok(text)
}

/// A table of Markdown; every value is code, so that nothing in it is taken for markup.
fn table<const N: usize>(
    text: &mut String,
    head: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> std::fmt::Result {
    writeln!(text, "   | {} |", head.join(" | "))?;
    writeln!(text, "   |{}", "---|".repeat(N))?;
    for row in rows {
        let cells =
            row.map(|cell| if cell.is_empty() { String::new() } else { format!("`{}`", cell.replace('|', "\\|")) });
        writeln!(text, "   | {} |", cells.join(" | "))?;
    }
    writeln!(text)
}
