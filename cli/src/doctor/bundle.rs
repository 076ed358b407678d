//! The bundle's files as the hub serves them: content, type, compression, caching.

use base64::{Engine, engine::general_purpose::STANDARD};
use ops_manifest::{BundleFile, FileRole, Manifest};
use reqwest::{Url, header};
use serde_json::Value;
use sha2::{Digest, Sha384};

use super::{
    Check, Verdict,
    http::{Browser, Page},
};
use crate::client::Failure;

const AREA: &str = "bundle";

/// A smaller file gains nothing by compression.
const WORTH_COMPRESSING: u64 = 1_400;

/// What never changes may be kept this long, in s: 30 days.
const LONG: u64 = 2_592_000;

/// One check per file, and one for the manifest beside them.
pub(crate) async fn checks(
    browser: &Browser,
    base: &Url,
    manifest: &Manifest,
    document: &Value,
) -> Result<Vec<Check>, Failure> {
    if manifest.bundle.is_empty() {
        let detail = "the active manifest lists none; register the manifest.json of a packed bundle";
        return Ok(vec![Check::new(AREA, "files", Verdict::Missing, detail)]);
    }
    let mut checks = vec![served_manifest(browser, base, document).await?];
    for file in &manifest.bundle {
        checks.push(served(browser, base, file).await?);
    }
    Ok(checks)
}

async fn served_manifest(browser: &Browser, base: &Url, document: &Value) -> Result<Check, Failure> {
    let name = "manifest.json";
    let Ok(url) = base.join(name) else { return Ok(no_address(name)) };
    let page = browser.get(&url, None, "identity").await?;
    if !page.status.is_success() {
        return Ok(Check::new(AREA, name, Verdict::Missing, format!("{url}: {}", page.status)));
    }
    let same = page.decoded().ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let differs = (same.as_ref() != Some(document)).then(|| "it is not the active manifest".to_owned());
    Ok(Check::of(AREA, name, differs.into_iter().collect()))
}

async fn served(browser: &Browser, base: &Url, file: &BundleFile) -> Result<Check, Failure> {
    let Ok(url) = base.join(&file.path) else { return Ok(no_address(&file.path)) };
    let plain = browser.get(&url, None, "identity").await?;
    if !plain.status.is_success() {
        return Ok(Check::new(AREA, &file.path, Verdict::Missing, format!("{url}: {}", plain.status)));
    }
    let packed = browser.get(&url, None, "br, gzip").await?;
    let mut differences = Vec::new();
    differences.extend(content(&plain, file, "as it is"));
    differences.extend(mime(&plain, file.role));
    if packed.header(header::CONTENT_ENCODING).is_empty() {
        if file.bytes > WORTH_COMPRESSING {
            differences.push("compression: none, neither brotli nor gzip".to_owned());
        }
    } else {
        differences.extend(content(&packed, file, "compressed"));
    }
    differences.extend(cache(&plain, file.role));
    if plain.header(header::X_CONTENT_TYPE_OPTIONS) != "nosniff" {
        differences.push("x-content-type-options: nosniff is not sent".to_owned());
    }
    Ok(Check::of(AREA, &file.path, differences))
}

fn no_address(name: &str) -> Check {
    Check::new(AREA, name, Verdict::Missing, "this is no address")
}

fn content(page: &Page, file: &BundleFile, form: &str) -> Option<String> {
    let bytes = match page.decoded() {
        Ok(bytes) => bytes,
        Err(error) => return Some(format!("content, {form}: {error}")),
    };
    let found = format!("sha384-{}", STANDARD.encode(Sha384::digest(&bytes)));
    (found != file.integrity)
        .then(|| format!("content, {form}: {found} of {} bytes, registered is {}", bytes.len(), file.integrity))
}

fn mime(page: &Page, role: FileRole) -> Option<String> {
    let sent = page.header(header::CONTENT_TYPE);
    let kind = sent.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let wanted: &[&str] = match role {
        FileRole::Entry | FileRole::Glue => &["text/javascript", "application/javascript"],
        FileRole::Wasm => &["application/wasm"],
        FileRole::Style => &["text/css"],
    };
    (!wanted.contains(&kind.as_str())).then(|| format!("content-type: needed is {}, observed '{sent}'", wanted[0]))
}

/// The entry has to be asked for again, or a page meets files that are gone; all others never change.
fn cache(page: &Page, role: FileRole) -> Option<String> {
    let sent = page.header(header::CACHE_CONTROL).to_ascii_lowercase();
    let words: Vec<&str> = sent.split(',').map(str::trim).collect();
    let age = words.iter().find_map(|word| word.strip_prefix("max-age=")?.parse::<u64>().ok());
    let revalidates = words.iter().any(|word| ["no-cache", "no-store"].contains(word)) || age == Some(0);
    if role == FileRole::Entry {
        return (!revalidates).then(|| format!("cache-control: needed is no-cache, observed '{sent}'"));
    }
    let lasts = !revalidates && (words.contains(&"immutable") || age.is_some_and(|age| age >= LONG));
    (!lasts).then(|| format!("cache-control: needed is max-age=31536000, immutable, observed '{sent}'"))
}
