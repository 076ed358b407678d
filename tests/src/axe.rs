//! axe-core in any page: what keeps somebody out.

use anyhow::Context;
use serde::Deserialize;
use serde_json::json;

use crate::{Browser, package_file};

/// Runs every rule of WCAG 2.2 A and AA and the best practices; gives the findings one by one.
const CHECK: &str = "return axe.run(document, {\
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],\
        rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'], iframes: false,\
    }).then(({ violations }) => violations.flatMap((rule) => rule.nodes.map((node) => ({\
        rule: rule.id, html: node.html.slice(0, 200), why: node.failureSummary.replace(/\\s+/g, ' ').slice(0, 300) }))))";

#[derive(Debug, Deserialize)]
struct Finding {
    rule: String,
    html: String,
    why: String,
}

impl Browser {
    /// Brings axe-core into every document from the next one on, past any policy.
    ///
    /// # Errors
    /// Where its package is not there.
    pub async fn bring_axe(&self) -> anyhow::Result<()> {
        let source = String::from_utf8(package_file("axe-core/axe.min.js")?)?;
        self.command("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await.map(|_| ())
    }

    /// What axe-core finds in the document, each with where it was looked; empty where all is well.
    ///
    /// # Errors
    /// Where [`Browser::bring_axe`] was not called before the document was opened.
    pub async fn findings(&self, place: &str) -> anyhow::Result<Vec<String>> {
        let found: Vec<Finding> = serde_json::from_value(self.run(CHECK, vec![]).await?).context("no axe-core")?;
        let line = |one: Finding| format!("{place}: {}\n    {}\n    {}", one.rule, one.html, one.why);
        Ok(found.into_iter().map(line).collect())
    }

    /// Makes the page as large as this, in CSS pixels, on a system with these features:
    /// `prefers-color-scheme`, `forced-colors`, `prefers-reduced-motion`.
    ///
    /// # Errors
    /// Where the browser does not answer.
    pub async fn system(&self, width: u32, features: &[(&str, &str)]) -> anyhow::Result<()> {
        let size = json!({ "width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": false });
        self.command("Emulation.setDeviceMetricsOverride", size).await?;
        let features: Vec<_> = features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.command("Emulation.setEmulatedMedia", json!({ "features": features })).await.map(|_| ())
    }

    /// Reads pages in this language from the next one on.
    ///
    /// # Errors
    /// Where the browser does not answer.
    pub async fn language(&self, tag: &str) -> anyhow::Result<()> {
        self.command("Network.enable", json!({})).await?;
        let headers = json!({ "headers": { "accept-language": tag } });
        self.command("Network.setExtraHTTPHeaders", headers).await.map(|_| ())
    }

    async fn command(&self, name: &str, parameters: serde_json::Value) -> anyhow::Result<serde_json::Value> {
        Ok(self.driver().cdp().send_raw(name, parameters).await?)
    }
}
