//! A headless Chromium, driven over WebDriver.

use std::{net::TcpListener, path::Path, process::Stdio};

use anyhow::Context;
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{ChromiumLikeCapabilities, LoggingPrefsLogLevel, prelude::*};
use tokio::process::{Child, Command};

use crate::{LocalHub, choose_tls, setting, until};

/// One browser window with an empty profile.
#[derive(Debug)]
pub struct Browser {
    driver: WebDriver,
    _process: Child,
    _profile: TempDir,
}

impl Browser {
    /// Starts a driver and a browser of `width` x `height` CSS pixels.
    ///
    /// # Errors
    /// Where either does not start.
    pub async fn open(width: u32, height: u32) -> anyhow::Result<Self> {
        Self::open_with(width, height, &[]).await
    }

    /// The same with further arguments of the browser.
    ///
    /// # Errors
    /// Where either does not start.
    pub async fn open_with(width: u32, height: u32, arguments: &[&str]) -> anyhow::Result<Self> {
        choose_tls();
        let profile = tempfile::tempdir()?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let process = Command::new(setting("CHROMEDRIVER")?)
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("chromedriver did not start")?;
        let mut capabilities = DesiredCapabilities::chrome();
        capabilities.set_binary(&setting("CHROMIUM")?)?;
        capabilities.set_browser_log_level(LoggingPrefsLogLevel::All)?;
        for argument in [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--lang=en-GB",
            // Glyphs as their outlines say: hinting differs from machine to machine.
            "--font-render-hinting=none",
            "--disable-lcd-text",
        ] {
            capabilities.add_arg(argument)?;
        }
        for argument in arguments {
            capabilities.add_arg(argument)?;
        }
        capabilities.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
        capabilities.add_arg(&format!("--window-size={width},{height}"))?;
        let address = format!("http://127.0.0.1:{port}");
        let driver =
            until("the browser to start", || async { Ok(WebDriver::new(&address, capabilities.clone()).await.ok()) })
                .await?;
        Ok(Self { driver, _process: process, _profile: profile })
    }

    /// The driver itself.
    #[must_use]
    pub const fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Goes to the hub page, and signs in on the way as an operator does.
    ///
    /// # Errors
    /// Where a page is not as expected.
    pub async fn sign_in(&self, hub: &LocalHub, path: &str) -> anyhow::Result<()> {
        self.sign_in_at(hub, &hub.url, path).await
    }

    /// The same where the hub is reached at another address.
    ///
    /// # Errors
    /// Where a page is not as expected.
    pub async fn sign_in_at(&self, hub: &LocalHub, url: &str, path: &str) -> anyhow::Result<()> {
        self.driver.goto(format!("{url}{path}")).await?;
        let at = self.driver.current_url().await?;
        anyhow::ensure!(at.path() == "/NewSession", "a signed-out reader was not led to /NewSession but to {at}");
        let fields = self.driver.find_all(By::Css("form input:not([type=hidden])")).await?;
        let [user, password] = fields.as_slice() else { anyhow::bail!("the sign-in form has {} fields", fields.len()) };
        user.clear().await?;
        user.send_keys(&hub.user).await?;
        password.send_keys(&hub.password).await?;
        self.driver.find(By::Css("form button[type=submit]")).await?.click().await?;
        until("the way back after sign-in", || async {
            Ok((self.driver.current_url().await?.path() == path).then_some(()))
        })
        .await
    }

    /// The value that a script returns.
    ///
    /// # Errors
    /// Where the script throws.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> anyhow::Result<Value> {
        Ok(self.driver.execute(script, arguments).await?.json().clone())
    }

    /// What a widget shows as text, whitespace folded; empty while it is not there.
    ///
    /// # Errors
    /// Where the browser does not answer.
    pub async fn text(&self, widget: &str) -> anyhow::Result<String> {
        self.folded(SHOWN, widget).await
    }

    /// A text below a widget's shadow root, whitespace folded; empty while it is not there.
    async fn folded(&self, below: &str, widget: &str) -> anyhow::Result<String> {
        let script =
            format!("return (document.querySelector(arguments[0])?.shadowRoot{below} ?? '').replace(/\\s+/g, ' ')");
        let text = self.run(&script, vec![json!(selector(widget))]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until all that a widget has in it, what is folded away and a message of the loader too, has
    /// all of `parts`.
    ///
    /// # Errors
    /// After 40 s, with the text that was there instead.
    pub async fn shows_any(&self, widget: &str, parts: &[&str]) -> anyhow::Result<()> {
        self.comes("?.textContent", widget, parts).await.map(drop)
    }

    /// Waits until a text below a widget's shadow root has all of `parts`, and gives the text.
    async fn comes(&self, below: &str, widget: &str, parts: &[&str]) -> anyhow::Result<String> {
        let waited = until("text", || async {
            let text = self.folded(below, widget).await?;
            Ok(parts.iter().all(|part| has(&text, part)).then_some(text))
        })
        .await;
        match waited {
            Ok(text) => Ok(text),
            Err(error) => {
                let text = self.folded(below, widget).await?;
                let missing: Vec<_> = parts.iter().filter(|part| !has(&text, part)).collect();
                Err(error.context(format!("{widget} lacks {missing:?}; it shows: {text}")))
            }
        }
    }

    /// The standing in a widget's heading, as its `data-standing`; empty while there is none.
    ///
    /// # Errors
    /// Where the browser does not answer.
    pub async fn standing(&self, widget: &str) -> anyhow::Result<String> {
        let script = "return document.querySelector(arguments[0])?.shadowRoot\
                      ?.querySelector('.card-head [data-standing]')?.dataset.standing ?? ''";
        let standing = self.run(script, vec![json!(selector(widget))]).await?;
        Ok(standing.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until a widget's text has all of `parts`, and gives the text.
    ///
    /// # Errors
    /// After 40 s, with the text that was there instead.
    pub async fn shows(&self, widget: &str, parts: &[&str]) -> anyhow::Result<String> {
        self.comes(SHOWN, widget, parts).await
    }

    /// Opens the form of a widget, as a click does, and waits until it is drawn.
    ///
    /// # Errors
    /// Where the widget has none.
    pub async fn open_form(&self, widget: &str) -> anyhow::Result<()> {
        let script = "const root = document.querySelector(arguments[0])?.shadowRoot;\
                      root?.querySelector('details.record:not([open]) > summary')?.click();\
                      return !!root?.querySelector('details.record form')";
        until(&format!("the form of {widget}"), || async {
            Ok((self.run(script, vec![json!(selector(widget))]).await? == true).then_some(()))
        })
        .await
    }

    /// What the browser's console reports as severe since the last call: errors, refused policies.
    ///
    /// # Errors
    /// Where the driver has no log.
    pub async fn complaints(&self) -> anyhow::Result<Vec<String>> {
        let entries = self.driver.browser_log().await?;
        let severe = entries.into_iter().filter(|entry| format!("{:?}", entry.level).to_lowercase().contains("severe"));
        Ok(severe.map(|entry| entry.message).collect())
    }

    /// Saves a picture of the whole page under `target/screenshots/NAME.png`.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub async fn picture(&self, name: &str) -> anyhow::Result<()> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots");
        std::fs::create_dir_all(&folder)?;
        self.driver.screenshot(&folder.join(format!("{name}.png"))).await?;
        Ok(())
    }

    /// Ends the browser.
    ///
    /// # Errors
    /// Where it does not answer.
    pub async fn close(self) -> anyhow::Result<()> {
        self.driver.quit().await?;
        Ok(())
    }
}

/// Below a widget's shadow root: what a reader sees.
const SHOWN: &str = "?.querySelector('.root')?.innerText";

fn has(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}

fn selector(widget: &str) -> String {
    if widget.contains(['[', ' ', '#']) { widget.to_owned() } else { format!("ops-widget[name={widget}]") }
}
