//! Whether everyone can use the widgets: checked by axe-core in every state, and as high contrast,
//! paper and reduced motion show them.

use anyhow::ensure;
use ops_e2e::{Gallery, LocalHub, package_file};
use serde::Deserialize;
use serde_json::Value;

/// Runs every rule of WCAG 2.2 A and AA and the best practices; gives the findings one by one.
const CHECK: &str = "return axe.run(document, {\
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],\
        rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'], iframes: false,\
    }).then(({ violations }) => violations.flatMap((rule) => rule.nodes.map((node) => {\
        const [host] = [node.target[0]].flat();\
        const cell = document.querySelector(host)?.closest('.cell');\
        return { rule: rule.id, kind: cell?.closest('.kind').dataset.kind ?? '',\
                 theme: cell?.dataset.theme ?? '', html: node.html.slice(0, 200),\
                 why: node.failureSummary.replace(/\\s+/g, ' ').slice(0, 300) } })))";

#[derive(Debug, Deserialize)]
struct Finding {
    rule: String,
    kind: String,
    theme: String,
    html: String,
    why: String,
}

async fn check(gallery: &Gallery, place: &str) -> anyhow::Result<Vec<String>> {
    let found: Vec<Finding> = serde_json::from_value(gallery.browser().run(CHECK, vec![]).await?)?;
    let line =
        |one: &Finding| format!("{place} {} {}: {}\n    {}\n    {}", one.kind, one.theme, one.rule, one.html, one.why);
    Ok(found.iter().map(line).collect())
}

async fn with_axe(hub: &LocalHub) -> anyhow::Result<Gallery> {
    let gallery = Gallery::open(hub).await?;
    gallery.bring(&String::from_utf8(package_file("axe-core/axe.min.js")?)?).await?;
    gallery.media("", &[("prefers-reduced-motion", "reduce")]).await?;
    Ok(gallery)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_kind_in_any_state_and_theme_keeps_anyone_out() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    let gallery = with_axe(&hub).await?;
    gallery.window(2400, 1200).await?;
    let mut findings = Vec::new();
    for state in gallery.states() {
        // Wide in light and narrow in dark: both layouts and both themes of every kind.
        for query in ["width=1100&theme=light", "width=280&theme=dark"] {
            gallery.show(state, query).await?;
            findings.extend(check(&gallery, &format!("{state}, {query},")).await?);
        }
    }
    ensure!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
    gallery.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_of_the_gallery_keeps_anyone_out() -> anyhow::Result<()> {
    let hub = LocalHub::start().await?;
    let gallery = with_axe(&hub).await?;
    let mut findings = Vec::new();
    for scheme in ["light", "dark"] {
        gallery.media("", &[("prefers-color-scheme", scheme), ("prefers-reduced-motion", "reduce")]).await?;
        for path in ["/gallery", "/gallery/kinds/host", "/gallery/states/failing"] {
            gallery.go(path).await?;
            findings.extend(check(&gallery, &format!("{path}, {scheme},")).await?);
        }
    }
    ensure!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
    gallery.close().await
}

/// What is wrong in every widget on the page, as sentences. `look` is the body of a function of a
/// shadow root and its widget's box; the page's policy refuses to make one from text in the page.
async fn every(gallery: &Gallery, place: &str, look: &str) -> anyhow::Result<Vec<String>> {
    let script = format!(
        "const look = (root, box) => {{ {look} }};\
         return [...document.querySelectorAll('ops-widget')].flatMap((one) => {{\
             const kind = one.closest('.kind').dataset.kind;\
             const words = look(one.shadowRoot, one.getBoundingClientRect());\
             return [...new Set(words)].map((words) => `${{kind}}: ${{words}}`) }})"
    );
    let found: Vec<String> = serde_json::from_value(gallery.browser().run(&script, vec![]).await?)?;
    Ok(found.into_iter().map(|words| format!("{place}, {words}")).collect())
}

/// Elements that a reader sees.
const SEEN: &str =
    "const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length > 0;";

#[tokio::test(flavor = "multi_thread")]
async fn high_contrast_tells_each_standing_by_sign_and_word() -> anyhow::Result<()> {
    const LOOK: &str = "\
        const words = []; const name = (one) => one.className || one.localName;\
        for (const mark of root.querySelectorAll('.badge, .dot, .tag, .mark, .segment')) {\
            if (!seen(mark)) continue;\
            const { borderTopWidth, borderTopStyle, stroke, strokeWidth } = getComputedStyle(mark);\
            if (mark instanceof SVGElement) {\
                if (stroke === 'none' || parseFloat(strokeWidth) < 1) words.push(`${mark.classList} has no stroke`);\
                continue;\
            }\
            if (borderTopStyle === 'none' || parseFloat(borderTopWidth) < 1) words.push(`${name(mark)} has no border`);\
        }\
        for (const badge of root.querySelectorAll('[data-standing]')) {\
            if (!/^[✓✕◷○]\\s*\\p{L}/u.test(badge.textContent)) words.push(`a badge says only ${badge.textContent}`);\
        }\
        for (const dot of root.querySelectorAll('.dot')) {\
            if (!dot.textContent.trim()) words.push('a dot has no sign');\
            if (!dot.ariaLabel && !dot.ariaHidden && !dot.closest('[aria-hidden]')) words.push('a dot has no word');\
        }\
        return words;";
    let hub = LocalHub::start().await?;
    let gallery = Gallery::open(&hub).await?;
    gallery.media("", &[("forced-colors", "active")]).await?;
    let mut wrong = Vec::new();
    let mut marks = 0;
    for state in ["proven", "failing", "stale", "unproven", "maintenance", "unfolded"] {
        gallery.show(state, "width=520&theme=light").await?;
        let forced = gallery.browser().run("return matchMedia('(forced-colors: active)').matches", vec![]).await?;
        ensure!(forced == true, "the browser does not play forced colours");
        wrong.extend(every(&gallery, state, &format!("{SEEN}{LOOK}")).await?);
        let count = "return [...document.querySelectorAll('ops-widget')].map((one) =>\
            one.shadowRoot.querySelectorAll('.badge, .dot').length).reduce((sum, one) => sum + one)";
        marks += gallery.browser().run(count, vec![]).await?.as_u64().unwrap_or_default();
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    ensure!(marks > 100, "only {marks} marks were looked at");
    gallery.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn paper_shows_everything_and_nothing_to_press() -> anyhow::Result<()> {
    const LOOK: &str = "\
        const words = []; const name = (one) => `${one.localName}.${one.className}`;\
        for (const one of root.querySelectorAll('button, input, select, textarea, form')) {\
            if (seen(one)) words.push(`${name(one)} can be pressed`);\
        }\
        for (const one of root.querySelectorAll('*')) {\
            if (!seen(one)) continue;\
            if (one.getBoundingClientRect().right > box.right + 1) words.push(`${name(one)} is cut off`);\
            const { overflowX, overflowY } = getComputedStyle(one);\
            const cuts = (way, inner, outer) => way !== 'visible' && inner > outer + 1 && !one.matches('.sr-only');\
            if (cuts(overflowX, one.scrollWidth, one.clientWidth)) words.push(`${name(one)} is cut off at its right`);\
            if (cuts(overflowY, one.scrollHeight, one.clientHeight)) words.push(`${name(one)} is cut off at its end`);\
        }\
        return words;";
    let hub = LocalHub::start().await?;
    let gallery = Gallery::open(&hub).await?;
    let mut wrong = Vec::new();
    for state in gallery.states() {
        // A4 upright between its margins, and a narrow column.
        for width in [720, 320] {
            gallery.media("", &[]).await?;
            gallery.window(width, 1000).await?;
            gallery.show(state, "width=page&theme=light").await?;
            gallery.media("print", &[]).await?;
            wrong.extend(every(&gallery, &format!("{state}, {width} px"), &format!("{SEEN}{LOOK}")).await?);
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    gallery.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_moves_for_whoever_asked_for_rest() -> anyhow::Result<()> {
    let moving =
        "return [...document.querySelectorAll('ops-widget')].flatMap((one) => one.shadowRoot.getAnimations()).length";
    let hub = LocalHub::start().await?;
    let gallery = Gallery::open(&hub).await?;
    gallery.show("loading", "width=520&theme=light").await?;
    let moves: Value = gallery.browser().run(moving, vec![]).await?;
    ensure!(moves.as_u64() > Some(0), "nothing moves for others either: this test would not see it");
    gallery.media("", &[("prefers-reduced-motion", "reduce")]).await?;
    for state in ["loading", "proven", "unfolded"] {
        gallery.show(state, "width=520&theme=light").await?;
        assert_eq!(gallery.browser().run(moving, vec![]).await?, 0, "{state}");
    }
    gallery.close().await
}
