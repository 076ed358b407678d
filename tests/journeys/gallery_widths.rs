//! Whether every kind fits into narrow and wide places.

use anyhow::ensure;
use ops_e2e::{Gallery, LocalHub};

/// What reaches beyond its widget, and into no part that scrolls by itself.
const BEYOND: &str = "return [...document.querySelectorAll('ops-widget')].flatMap((widget) => {\
    const box = widget.getBoundingClientRect(); const beyond = new Set();\
    const scrolls = (one) => one && one !== widget.shadowRoot &&\
        (/auto|scroll|hidden|clip/.test(getComputedStyle(one).overflowX) && !one.matches('.card') || scrolls(one.parentElement));\
    for (const one of widget.shadowRoot.querySelectorAll('*')) {\
        const { right, left, width } = one.getBoundingClientRect();\
        if (width && (right > box.right + 0.5 || left < box.left - 0.5) && !one.matches('.sr-only') && !scrolls(one.parentElement)) {\
            beyond.add(`${one.localName}.${one.className} by ${Math.round(Math.max(right - box.right, box.left - left))} px`);\
        }\
    }\
    return [...beyond].map((what) => `${widget.closest('.kind').dataset.kind} at ${widget.closest('.cell').dataset.width} px: ${what}`) })";

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_fits_from_280_to_2000_pixels() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    let gallery = Gallery::open(&hub).await?;
    gallery.window(4600, 1200).await?;
    let mut wrong = Vec::new();
    for state in gallery.states() {
        // In German, whose words are longer.
        gallery.show(state, "width=extremes&theme=light&lang=de").await?;
        let beyond: Vec<String> = serde_json::from_value(gallery.browser().run(BEYOND, vec![]).await?)?;
        wrong.extend(beyond.into_iter().map(|what| format!("{state}, {what}")));
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    gallery.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_gallery_itself_fits_a_narrow_window() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    let gallery = Gallery::open(&hub).await?;
    for width in [320, 720, 1440] {
        gallery.window(width, 900).await?;
        for path in ["/gallery", "/gallery/kinds/service", "/gallery/states/empty"] {
            gallery.go(path).await?;
            let over =
                gallery.browser().run("return document.documentElement.scrollWidth - innerWidth", vec![]).await?;
            assert!(over.as_i64() <= Some(0), "{path} is {over} px wider than {width} px");
        }
    }
    let complaints = gallery.browser().complaints().await?;
    let refused: Vec<_> = complaints.iter().filter(|words| words.contains("Content Security Policy")).collect();
    assert_eq!(refused, Vec::<&String>::new());
    gallery.close().await
}
