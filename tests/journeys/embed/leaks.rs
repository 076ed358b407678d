//! No leak: what a thousand elements leave behind is nothing.

use ops_e2e::until;
use serde_json::{Value, json};

use super::{SCRIPT, Stage};

/// Counts what the page waits for: timers that are set, listeners of window and document; and notes, without
/// keeping them, elements, streams and the memories of WebAssembly. (Chromium 156 crashes where its debugger
/// is asked for all objects of a kind in a page with WebAssembly.)
const COUNT: &str = "<script>window.pending = new Set(); window.kept = 0;\
    window.made = { elements: [], streams: [], memories: [] };\
    window.note = (kind, one) => made[kind].push(new WeakRef(one));\
    window.alive = (kind) => made[kind].map((ref) => ref.deref()).filter(Boolean);\
    window.EventSource = class extends EventSource { constructor(...all) { super(...all); note('streams', this); } };\
    for (const name of ['instantiate', 'instantiateStreaming']) {\
      const begin = WebAssembly[name];\
      WebAssembly[name] = (...all) => begin.apply(WebAssembly, all).then((made) => {\
        note('memories', (made.instance ?? made).exports.memory); return made; });\
    }\
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

async fn left(stage: &Stage) -> anyhow::Result<Left> {
    let cdp = stage.browser.driver().cdp();
    for _ in 0..3 {
        cdp.send_raw("HeapProfiler.collectGarbage", json!({})).await?;
    }
    let dom = cdp.send_raw("Memory.getDOMCounters", json!({})).await?;
    let page = stage
        .run(
            "return [kept, pending.size,\
             alive('elements').length + document.querySelectorAll('#stays').length,\
             alive('streams').filter((one) => one.readyState !== 2).length,\
             alive('memories').reduce((sum, one) => sum + one.buffer.byteLength, 0)]",
        )
        .await?;
    let number = |value: &Value| value.as_u64().unwrap_or(u64::MAX);
    Ok(Left {
        elements: number(&page[2]),
        shadow_nodes: number(&dom["nodes"]),
        listeners: number(&dom["jsEventListeners"]),
        page_listeners: number(&page[0]),
        timers: number(&page[1]),
        streams: number(&page[3]),
        wasm_bytes: number(&page[4]),
    })
}

/// Connects and disconnects so many elements, each shown before it goes.
async fn cycle(stage: &Stage, count: u32) -> anyhow::Result<()> {
    let script = "const names = ['ops-env', 'ops-service', 'ops-readiness', 'ops-catalog', 'ops-feed'];\
        const subjects = { 'ops-env': 'local', 'ops-service': 'gitea', 'ops-readiness': 'gitea-registry' };\
        const work = async () => { for (let turn = 0; turn < arguments[0]; turn++) {\
          const tag = names[turn % names.length]; const one = document.createElement(tag); note('elements', one);\
          if (subjects[tag]) one.name = subjects[tag];\
          const ready = new Promise((done) => one.addEventListener('ops-ready', done));\
          document.body.append(one); await ready;\
          if (turn % 3 === 0) { one.remove(); document.body.append(one); }\
          one.remove(); await 0; } };\
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
