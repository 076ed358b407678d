//! No leak: what a thousand elements leave behind is nothing.

use ops_e2e::until;
use serde_json::{Value, json};

use super::{SCRIPT, Stage};

/// Counts what the page waits for: timers that are set, listeners of window and document.
const COUNT: &str = "<script>window.pending = new Set(); window.kept = 0;\
    const { setTimeout: set, clearTimeout: clear } = window;\
    window.setTimeout = (call, ms, ...rest) => { const id = set(() => { pending.delete(id); call(...rest); }, ms); pending.add(id); return id; };\
    window.clearTimeout = (id) => { pending.delete(id); clear(id); };\
    for (const target of [window, document]) {\
      const { addEventListener: add, removeEventListener: remove } = target;\
      target.addEventListener = function (...all) { kept++; return add.apply(target, all); };\
      target.removeEventListener = function (...all) { kept--; return remove.apply(target, all); };\
    }</script>";

/// What is there after a collection of garbage.
#[derive(Debug, PartialEq, Eq)]
struct Left {
    elements: u64,
    shadow_nodes: u64,
    listeners: u64,
    page_listeners: u64,
    timers: u64,
    streams: u64,
    wasm_bytes: u64,
}

async fn sum(stage: &Stage, prototype: &str, what: &str) -> anyhow::Result<u64> {
    let cdp = stage.browser.driver().cdp();
    let found = cdp.send_raw("Runtime.evaluate", json!({ "expression": prototype, "objectGroup": "leaks" })).await?;
    let objects = json!({ "prototypeObjectId": found["result"]["objectId"], "objectGroup": "leaks" });
    let objects = cdp.send_raw("Runtime.queryObjects", objects).await?;
    let call = json!({
        "objectId": objects["objects"]["objectId"], "returnByValue": true, "objectGroup": "leaks",
        "functionDeclaration": format!("function () {{ return this.reduce((sum, one) => sum + ({what}), 0) }}"),
    });
    let counted = cdp.send_raw("Runtime.callFunctionOn", call).await?;
    cdp.send_raw("Runtime.releaseObjectGroup", json!({ "objectGroup": "leaks" })).await?;
    counted["result"]["value"].as_u64().ok_or_else(|| anyhow::anyhow!("not counted: {counted}"))
}

async fn left(stage: &Stage) -> anyhow::Result<Left> {
    let cdp = stage.browser.driver().cdp();
    for _ in 0..3 {
        cdp.send_raw("HeapProfiler.collectGarbage", json!({})).await?;
    }
    let dom = cdp.send_raw("Memory.getDOMCounters", json!({})).await?;
    let page = stage.run("return [kept, pending.size]").await?;
    let number = |value: &Value| value.as_u64().unwrap_or(u64::MAX);
    Ok(Left {
        // The prototypes of the shorthands are objects of this kind too, and no elements.
        elements: sum(stage, "customElements.get('ops-widget').prototype", "Object.hasOwn(one, 'constructor') ? 0 : 1")
            .await?,
        shadow_nodes: number(&dom["nodes"]),
        listeners: number(&dom["jsEventListeners"]),
        page_listeners: number(&page[0]),
        timers: number(&page[1]),
        streams: sum(stage, "EventSource.prototype", "one.readyState === 2 ? 0 : 1").await?,
        wasm_bytes: sum(stage, "WebAssembly.Memory.prototype", "one.buffer.byteLength").await?,
    })
}

/// Connects and disconnects so many elements, each shown before it goes.
async fn cycle(stage: &Stage, count: u32) -> anyhow::Result<()> {
    let script = "const names = ['ops-env', 'ops-service', 'ops-readiness', 'ops-catalog', 'ops-feed'];\
        const subjects = { 'ops-env': 'local', 'ops-service': 'gitea', 'ops-readiness': 'gitea-registry' };\
        const work = async () => { for (let turn = 0; turn < arguments[0]; turn++) {\
          const tag = names[turn % names.length]; const made = document.createElement(tag);\
          if (subjects[tag]) made.name = subjects[tag];\
          const ready = new Promise((done) => made.addEventListener('ops-ready', done));\
          document.body.append(made); await ready;\
          if (turn % 3 === 0) { made.remove(); document.body.append(made); }\
          made.remove(); await 0; } };\
        return work()";
    for _ in 0..count / 50 {
        stage.browser.run(script, vec![json!(50)]).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_connects_and_disconnects_leave_nothing() -> anyhow::Result<()> {
    let stage = Stage::open().await?;
    stage.visit(&format!("{COUNT}<ops-env id=stays name=local></ops-env>{SCRIPT}")).await?;
    stage.browser.shows("ops-env#stays", &["State Hub", "live ·"]).await?;
    cycle(&stage, 250).await?;
    let (before, requests) = (left(&stage).await?, stage.front.requests("/catalog"));
    cycle(&stage, 1000).await?;
    let after = left(&stage).await?;
    assert_eq!(after, before);
    assert_eq!((before.elements, before.streams), (1, 1), "the element that stays, and the stream of its hub");
    assert_eq!(stage.front.requests("/catalog"), requests);
    assert_eq!(requests, 1, "one request for all of them");

    // With the last element goes all that was for it, a few seconds later.
    stage.run("document.getElementById('stays').remove()").await?;
    until("the store to close", || async {
        let left = left(&stage).await?;
        let is_closed = (left.elements, left.streams, left.timers, left.page_listeners) == (0, 0, 0, 0);
        Ok(is_closed.then_some(()))
    })
    .await?;
    assert_eq!(stage.browser.complaints().await?, Vec::<String>::new());
    stage.browser.close().await
}
