//! A German page reads German: what is the same in an English one comes from the data.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::ensure;
use ops_e2e::{Gallery, LocalHub};
use serde_json::Value;

/// Words that are the same in both languages.
const SAME: &[&str] = &[
    "live",
    "Hosts",
    "Release",
    "Namespace",
    "Version",
    "NodePort",
    "Status",
    "Header",
    "ms",
    "Gates",
    "Host",
    "Cluster",
    "Repository",
    "Gate",
    "VSM",
    "HTTP",
    "UTC",
    // The gallery's own name of what is not there.
    "nowhere",
];

/// Every text that a reader meets: shown, folded away, read aloud, shown on hover. Left out are the
/// words of machines: the details of an error, what will be sent.
const TEXTS: &str = "const texts = new Set();\
    for (const { shadowRoot } of document.querySelectorAll('ops-widget')) {\
        const walker = document.createTreeWalker(shadowRoot, NodeFilter.SHOW_TEXT);\
        while (walker.nextNode()) { if (!walker.currentNode.parentElement.closest('.detail, pre')) texts.add(walker.currentNode.data.trim()); }\
        for (const one of shadowRoot.querySelectorAll('*')) {\
            for (const name of ['aria-label', 'title', 'placeholder', 'alt']) texts.add((one.getAttribute(name) ?? '').trim());\
        }\
    }\
    return [...texts]";

#[tokio::test(flavor = "multi_thread")]
async fn no_english_word_of_the_widgets_is_left_in_a_german_page() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    let gallery = Gallery::open(&hub).await?;
    let data = data()?;
    let mut left = BTreeSet::new();
    let mut read = 0;
    for state in gallery.states() {
        let texts = async |lang: &str| {
            gallery.show(state, &format!("width=520&theme=light&lang={lang}")).await?;
            let texts = gallery.browser().run(TEXTS, vec![]).await?;
            Ok::<_, anyhow::Error>(serde_json::from_value::<BTreeSet<String>>(texts)?)
        };
        let (english, german) = (texts("en").await?, texts("de").await?);
        read += german.len();
        left.extend(german.intersection(&english).filter(|text| !is_known(text, &data)).cloned());
    }
    ensure!(left.is_empty(), "these are English in a German page, or belong into SAME: {left:#?}");
    ensure!(read > 1000, "only {read} texts were read");
    gallery.close().await
}

/// Whether a text is no language of its own: figures, data, or words that are the same in both.
fn is_known(text: &str, data: &str) -> bool {
    // A list says how many there are of each: `Library (12)`.
    let text = text.split(" (").next().unwrap_or_default();
    let has_words =
        |part: &&str| part.split(|one: char| !one.is_alphabetic()).any(|word| word.len() > 1 && !SAME.contains(&word));
    text.split([',', '·']).map(str::trim).filter(has_words).all(|part| data.contains(part))
}

/// Everything that the gallery's data and the manifest say, as one text.
fn data() -> anyhow::Result<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    // The gallery's own headings: of a kind that is in no manifest, and of a second widget about one entity.
    let mut all = "Any entity\nLibrary: Readiness\n".to_owned();
    for file in [
        "static/gallery/catalog.json",
        "static/gallery/empty.json",
        "static/gallery/events.json",
        "manifest/ops-hub.manifest.json",
    ] {
        gather(&serde_json::from_slice(&fs::read(root.join(file))?)?, &mut all);
    }
    Ok(all)
}

fn gather(value: &Value, all: &mut String) {
    match value {
        Value::String(text) => {
            all.push_str(text);
            all.push('\n');
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, all)),
        Value::Object(fields) => {
            for (name, value) in fields {
                all.push_str(name);
                all.push('\n');
                gather(value, all);
            }
        }
        _ => {}
    }
}
