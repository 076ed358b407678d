//! The gallery of a hub: every kind of widget in every state, as its frames show them.

use std::path::PathBuf;

use anyhow::Context;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::{Browser, LocalHub, setting, until};

/// Makes the hub's time stand still and the fonts the same on every machine, in every document.
const STILL: &str = "Performance.prototype.now = () => 1000;\
    const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));\
    for (const [name, text, weight] of FONTS) {\
        const face = new FontFace(name, bytes(text), { weight }); document.fonts.add(face); face.load();\
    }\
    const sheet = new CSSStyleSheet();\
    sheet.replaceSync(`:root { --ops-font: 'Test Text', 'Test Signs'; --ops-mono: 'Test Mono', 'Test Signs' }`);\
    document.adoptedStyleSheets = [sheet];";

/// The fonts: name, file of the npm packages, weights. The last has the signs that the others lack.
const FONTS: [(&str, &str, &str); 3] = [
    ("Test Text", "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2", "100 900"),
    ("Test Mono", "@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2", "100 800"),
    ("Test Signs", "dejavu-fonts-ttf/ttf/DejaVuSans.ttf", "400"),
];

/// The hub's name in the browser. Its port differs from run to run, and some widgets show addresses.
const NAME: &str = "gallery.localhost";

/// The gallery of a hub, seen through a browser of its own.
#[derive(Debug)]
pub struct Gallery {
    browser: Browser,
    states: Vec<String>,
    kinds: Vec<String>,
}

impl Gallery {
    /// Opens the gallery, and reads which states and kinds it has.
    ///
    /// # Errors
    /// Where the page is not as expected.
    pub async fn open(hub: &LocalHub) -> anyhow::Result<Self> {
        Self::open_with(hub, &[]).await
    }

    /// The same with further arguments of the browser.
    ///
    /// # Errors
    /// Where the page is not as expected.
    pub async fn open_with(hub: &LocalHub, arguments: &[&str]) -> anyhow::Result<Self> {
        let address = hub.url.trim_start_matches("http://");
        let resolve = format!("--host-resolver-rules=MAP {NAME} {address}");
        let browser = Browser::open_with(1280, 900, &[&[resolve.as_str()], arguments].concat()).await?;
        browser.driver().goto(format!("http://{NAME}/gallery")).await?;
        let names = "return [...document.querySelectorAll(`.gallery-nav a[href^='/gallery/${arguments[0]}/']`)]\
                     .map((link) => link.pathname.split('/').pop())";
        let read = async |part: &str| {
            let names = browser.run(names, vec![json!(part)]).await?;
            serde_json::from_value::<Vec<String>>(names).with_context(|| format!("no {part}"))
        };
        let (states, kinds) = (read("states").await?, read("kinds").await?);
        anyhow::ensure!(states.len() > 10 && kinds.len() > 7, "the gallery has only {states:?} and {kinds:?}");
        Ok(Self { browser, states, kinds })
    }

    /// The browser that looks at it.
    #[must_use]
    pub const fn browser(&self) -> &Browser {
        &self.browser
    }

    /// Every state, by name.
    #[must_use]
    pub fn states(&self) -> &[String] {
        &self.states
    }

    /// Every kind, by name.
    #[must_use]
    pub fn kinds(&self) -> &[String] {
        &self.kinds
    }

    /// Shows a state, and waits until every widget has reached it. `query` chooses kind, width,
    /// theme and language, as in the address.
    ///
    /// # Errors
    /// Where a widget does not reach the state.
    pub async fn show(&self, state: &str, query: &str) -> anyhow::Result<()> {
        self.browser.driver().goto(format!("http://{NAME}/gallery/answers/{state}/frame?{query}")).await?;
        let settled = "return document.documentElement.dataset.settled !== undefined";
        until(&format!("every widget to be {state} ({query})"), || async {
            Ok((self.browser.run(settled, vec![]).await? == true).then_some(()))
        })
        .await?;
        self.browser.run("return document.fonts.ready.then(() => true)", vec![]).await?;
        Ok(())
    }

    /// Goes to a page of the gallery.
    ///
    /// # Errors
    /// Where the browser does not answer.
    pub async fn go(&self, path: &str) -> anyhow::Result<()> {
        Ok(self.browser.driver().goto(format!("http://{NAME}{path}")).await?)
    }

    /// From the next document on time stands still, and the fonts are those of the test tools.
    ///
    /// # Errors
    /// Where a font is missing or the browser does not answer.
    pub async fn hold_still(&self) -> anyhow::Result<()> {
        let mut fonts = Vec::new();
        for (name, file, weight) in FONTS {
            fonts.push(json!([name, STANDARD.encode(package_file(file)?), weight]));
        }
        self.bring(&format!("{{ const FONTS = {}; {STILL} }}", Value::from(fonts))).await?;
        self.command("Emulation.setTimezoneOverride", json!({ "timezoneId": "UTC" })).await?;
        // A picture is taken without them: what they take would be there when it is measured, and gone then.
        self.command("Emulation.setScrollbarsHidden", json!({ "hidden": true })).await?;
        self.media("", &[("prefers-reduced-motion", "reduce")]).await
    }

    /// Brings a script into every document from the next one on.
    ///
    /// # Errors
    /// Where the browser does not answer.
    pub async fn bring(&self, script: &str) -> anyhow::Result<()> {
        self.command("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await.map(|_| ())
    }

    /// Plays a medium (`print`, or empty for the screen) and features of the reader's system.
    ///
    /// # Errors
    /// Where the browser does not answer.
    pub async fn media(&self, medium: &str, features: &[(&str, &str)]) -> anyhow::Result<()> {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.command("Emulation.setEmulatedMedia", json!({ "media": medium, "features": features })).await.map(|_| ())
    }

    /// Makes the window as large as this, in CSS pixels.
    ///
    /// # Errors
    /// Where the browser does not answer.
    pub async fn window(&self, width: u32, height: u32) -> anyhow::Result<()> {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.command("Emulation.setDeviceMetricsOverride", size).await.map(|_| ())
    }

    /// Ends the browser.
    ///
    /// # Errors
    /// Where it does not answer.
    pub async fn close(self) -> anyhow::Result<()> {
        self.browser.close().await
    }

    /// Sends a command of the browser's own protocol.
    ///
    /// # Errors
    /// Where the browser refuses it.
    pub async fn command(&self, name: &str, parameters: Value) -> anyhow::Result<Value> {
        Ok(self.browser.driver().cdp().send_raw(name, parameters).await?)
    }
}

/// A file of the npm packages that `cargo xtask test` fetches.
///
/// # Errors
/// Where it cannot be read.
pub fn package_file(path: &str) -> anyhow::Result<Vec<u8>> {
    let path = PathBuf::from(setting("OPS_WEB_MODULES")?).join(path);
    std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
}
