//! What the guide offers to write is written into pages, and runs: on the hub's own origin, and on another.

use anyhow::{Context, ensure};
use ops_e2e::{Browser, Front, LocalHub, setting, until};
use serde_json::json;
use tokio::process::Command;

/// A hub behind a front, a page's server on another site, and a reader who has signed in at the front.
struct Author {
    hub: LocalHub,
    front: Front,
    elsewhere: Front,
    browser: Browser,
}

impl Author {
    async fn open() -> anyhow::Result<Self> {
        let web = || anyhow::Ok(setting("OPS_WEB")?.into());
        let elsewhere = Front::start("http://127.0.0.1:9", web()?).await?;
        let hub = LocalHub::start_allowing(&[&other(&elsewhere), "null"]).await?;
        hub.register().await?;
        let front = Front::start(&hub.url, web()?).await?;
        let browser = Browser::open(1280, 900).await?;
        browser.sign_in_at(&hub, &front.url, "/embed").await?;
        Ok(Self { hub, front, elsewhere, browser })
    }

    /// What the guide says to write in each place, for a page of its own origin or of another.
    async fn written(&self, is_elsewhere: bool) -> anyhow::Result<Vec<(String, String)>> {
        self.browser.driver().goto(format!("{}/embed", self.front.url)).await?;
        let script = "const { elements } = document.getElementById('options'); elements.name.value = 'ops-env-coulombcore';\
            elements.theme.value = 'dark'; elements.density.value = 'compact'; elements.refresh.value = '60';\
            elements['view-context'].value = 'a \"b\" & c'; elements.elsewhere.checked = arguments[0];\
            return [...document.querySelectorAll('[data-place]')].map((tab) =>\
              (tab.click(), [tab.dataset.place, document.getElementById('snippet').textContent]))";
        Ok(serde_json::from_value(self.browser.run(script, vec![json!(is_elsewhere)]).await?)?)
    }

    /// Serves a page with this body, and opens it.
    async fn visit(&self, body: &str, is_elsewhere: bool) -> anyhow::Result<()> {
        let token = format!("<script>function tokenOfYourServer() {{ return '{}' }}</script>", self.hub.token());
        let html = format!("<!doctype html><html lang=en><link rel=icon href='data:,'>{token}{body}");
        let (front, url) = match is_elsewhere {
            true => (&self.elsewhere, other(&self.elsewhere)),
            false => (&self.front, self.front.url.clone()),
        };
        front.page("/page", &html);
        Ok(self.browser.driver().goto(format!("{url}/page")).await?)
    }

    /// The widget is there, as it was chosen.
    async fn is_shown(&self) -> anyhow::Result<()> {
        self.browser.shows("ops-widget[name]", &["92.205.130.254"]).await?;
        let look = "const it = document.querySelector('ops-widget');\
            return [getComputedStyle(it.shadowRoot.querySelector('.card')).colorScheme, it.density]";
        assert_eq!(self.browser.run(look, vec![]).await?, json!(["dark", "compact"]));
        Ok(())
    }

    /// A reader's choice comes to the page's own `open`.
    async fn is_heard(&self) -> anyhow::Result<()> {
        let press = "addEventListener('click', (event) => event.preventDefault());\
            document.querySelector('ops-widget').shadowRoot.querySelector('a[data-ref]').click()";
        self.browser.run(press, vec![]).await?;
        until("the event in the page", || async {
            let heard = self.browser.run("return typeof window.opened", vec![]).await?;
            Ok((heard == "string").then_some(()))
        })
        .await
    }
}

/// The same server by a name of another site.
fn other(front: &Front) -> String {
    front.url.replace("127.0.0.1", "localhost")
}

/// The two parts of a snippet: what goes into the document's head, and what goes into the application;
/// without their remarks.
fn parts(snippet: &str) -> anyhow::Result<(String, String)> {
    let is_remark =
        |line: &&str| ["// ", "-- ", "<!-- ", "       isCustomElement"].iter().any(|mark| line.starts_with(mark));
    let (head, body) = snippet.split_once("\n\n").with_context(|| format!("no second part in {snippet}"))?;
    let kept = |part: &str| part.lines().filter(|line| !is_remark(line)).collect::<Vec<_>>().join("\n");
    Ok((kept(head), kept(body)))
}

/// JSX as a build of the application makes a module of it.
async fn built(jsx: &str) -> anyhow::Result<String> {
    let folder = tempfile::tempdir()?;
    let source = folder.path().join("app.jsx");
    let app = format!(
        "import {{ createRoot }} from 'react-dom/client'; const open = (ref) => (window.opened = ref);\
         createRoot(document.getElementById('app')).render(<>{jsx}</>);"
    );
    std::fs::write(&source, app)?;
    let modules = std::path::PathBuf::from(setting("OPS_WEB")?).join("node_modules");
    let output = Command::new("node")
        .arg(modules.join("esbuild/bin/esbuild"))
        .arg(&source)
        .args(["--bundle", "--format=esm", "--jsx=automatic", "--define:process.env.NODE_ENV=\"production\""])
        .env("NODE_PATH", &modules)
        .output()
        .await?;
    ensure!(output.status.success(), "{jsx}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

async fn all_run(is_elsewhere: bool) -> anyhow::Result<()> {
    let author = Author::open().await?;
    let written = author.written(is_elsewhere).await?;
    let places: Vec<&str> = written.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(places, ["html", "react", "vue", "hsx", "frame"]);
    for (place, snippet) in &written {
        ensure!(snippet.contains("tokenOfYourServer") == is_elsewhere, "{place}: {snippet}");
        match place.as_str() {
            "html" => author.visit(snippet, is_elsewhere).await?,
            "react" => {
                let (head, jsx) = parts(snippet)?;
                let front = if is_elsewhere { &author.elsewhere } else { &author.front };
                front.file("/app.js", "text/javascript", &built(&jsx).await?, &[]);
                author
                    .visit(&format!("{head}<div id=app></div><script type=module src=/app.js></script>"), is_elsewhere)
                    .await?;
            }
            "vue" => {
                let (head, template) = parts(snippet)?;
                let app = format!(
                    "<script type=module>import {{ createApp }} from '/web/node_modules/vue/dist/vue.esm-browser.prod.js';\
                     const app = createApp({{ template: {template:?}, methods: {{ open: (ref) => (window.opened = ref) }} }});\
                     app.config.compilerOptions.isCustomElement = (tag) => tag.startsWith('ops-'); app.mount('#app')</script>"
                );
                author.visit(&format!("{head}<div id=app></div>{app}"), is_elsewhere).await?;
            }
            "hsx" => {
                let (head, view) = parts(snippet)?;
                let view = view
                    .trim()
                    .strip_prefix("[hsx|")
                    .and_then(|view| view.strip_suffix("|]"))
                    .context("no quasi-quote")?;
                // HSX takes what is well-formed alone, as XML does.
                let parsed = "return new DOMParser().parseFromString(arguments[0], 'application/xhtml+xml').querySelector('parsererror')?.textContent ?? ''";
                author.visit(&format!("{head}{view}"), is_elsewhere).await?;
                assert_eq!(author.browser.run(parsed, vec![json!(view)]).await?, "");
            }
            _ => {
                author.visit(snippet, is_elsewhere).await?;
                until("the frame to have its widget's height", || async {
                    let height =
                        author.browser.run("return Number(document.querySelector('iframe').height)", vec![]).await?;
                    Ok((height.as_u64() > Some(400)).then_some(()))
                })
                .await?;
                author.browser.driver().enter_frame(0).await?;
            }
        }
        author.is_shown().await.with_context(|| snippet.clone())?;
        if ["react", "vue"].contains(&place.as_str()) {
            author.is_heard().await.with_context(|| snippet.clone())?;
        }
        author.browser.driver().enter_default_frame().await?;
    }
    assert_eq!(author.browser.complaints().await?, Vec::<String>::new());
    author.browser.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_the_guide_writes_runs_on_the_hubs_own_origin() -> anyhow::Result<()> {
    all_run(false).await
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_the_guide_writes_runs_on_another_site() -> anyhow::Result<()> {
    all_run(true).await
}
