//! Embed: an author puts a widget into a page of another kind, and the page does what it likes.

mod access;
mod changes;
mod containment;
mod elements;
mod faults;
mod frame;
mod guide;
mod hostile;
mod hosts;
mod leaks;
mod manifest;
mod one;
mod package;
mod parts;
mod snippets;
mod start;
mod stream;
mod strict;

use ops_e2e::{Browser, Front, LocalHub, setting, until};

/// The entry script, as an author writes it.
const SCRIPT: &str = r#"<script type="module" src="/extensions/ops-hub/ops-hub.js"></script>"#;

/// A hub, a front of it, and a browser that is signed in there.
struct Stage {
    hub: LocalHub,
    front: Front,
    browser: Browser,
}

impl Stage {
    async fn open() -> anyhow::Result<Self> {
        let hub = LocalHub::start().await?;
        hub.register().await?;
        let front = Front::start(&hub.url, setting("OPS_WEB")?.into()).await?;
        let browser = Browser::open(1280, 900).await?;
        // The sign-in is the hub's own page behind the front.
        browser.sign_in_at(&hub, &front.url, "/Hubs").await?;
        Ok(Self { hub, front, browser })
    }

    /// Serves a page with this body and opens it.
    async fn visit(&self, body: &str) -> anyhow::Result<()> {
        self.front.page("/page", &format!("<!doctype html><html lang=en><title>Host</title><link rel=icon href='data:,'><body>{body}</body></html>"));
        self.browser.driver().goto(format!("{}/page", self.front.url)).await?;
        Ok(())
    }

    /// Waits until the hub has been asked for what ends so.
    async fn asked(&self, path_ends: &str) -> anyhow::Result<()> {
        until(path_ends, || async { Ok((self.front.requests(path_ends) > 0).then_some(())) }).await
    }

    /// What a script gives.
    async fn run(&self, script: &str) -> anyhow::Result<serde_json::Value> {
        self.browser.run(script, vec![]).await
    }

    /// Waits until a script gives something that counts as true, and gives that.
    async fn until(&self, what: &str, script: &str) -> anyhow::Result<serde_json::Value> {
        until(what, || async {
            let value = self.run(script).await?;
            let is_true = !matches!(&value, serde_json::Value::Null | serde_json::Value::Bool(false));
            Ok(is_true.then_some(value))
        })
        .await
    }
}
