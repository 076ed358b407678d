// What runs in each page before its own scripts: it looks and notes, and acts as a reader would. It is
// handed over as text, and uses nothing from outside.

/** `host` selects the element whose shadow root has the rows, `row` a row, `mark` the attribute that names it, `order` the one that orders rows where the document does not. */
export function probe({ host, row, mark, order }) {
  const seen = (globalThis.bench = { first: null, ready: [], shift: 0, shifts: 0, tasks: [], inputs: [], heard: 0, memories: [] });

  // The components' memory: not part of the JavaScript heap, so that it has to be met where it is made.
  const known = ({ instance, ...rest }) => {
    for (const value of Object.values((instance ?? rest).exports ?? {})) if (value instanceof WebAssembly.Memory) seen.memories.push(value);
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const native = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await native.apply(WebAssembly, given);
      known(made instanceof WebAssembly.Instance ? { instance: made } : made);
      return made;
    };
  }
  seen.wasmBytes = () => seen.memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0);

  const watch = (type, options, note) => {
    if (PerformanceObserver.supportedEntryTypes.includes(type)) new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true, ...options });
  };
  watch("layout-shift", {}, (entry) => entry.hadRecentInput || ((seen.shift += entry.value), seen.shifts++));
  watch("longtask", {}, (entry) => seen.tasks.push(entry.duration));
  watch("event", { durationThreshold: 16 }, ({ name, duration, interactionId }) => interactionId && seen.inputs.push({ name, duration, interactionId }));

  // What reaches the page by its stream, whatever becomes of it there.
  const Source = globalThis.EventSource;
  globalThis.EventSource = class extends Source {
    constructor(...given) {
      super(...given);
      this.addEventListener("evidence", () => seen.heard++);
    }
  };

  const root = () => (host ? document.querySelector(host)?.shadowRoot : document);
  const rows = () => {
    const all = [...(root()?.querySelectorAll(row) ?? [])];
    return order ? all.sort((a, b) => a.getAttribute(order) - b.getAttribute(order)) : all;
  };
  const refs = (most) => rows().slice(0, most).map((one) => one.getAttribute(mark));
  const shows = (wanted) => {
    const now = refs(wanted.length);
    return now.length === wanted.length && now.every((ref, at) => ref === wanted[at]) && rows()[0]?.textContent.trim() !== "";
  };
  // The first task after a frame was handed over for painting.
  const painted = () =>
    new Promise((done) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(performance.now());
        port2.postMessage(0);
      }),
    );

  addEventListener("ops-ready", () => {
    if (seen.ready.push(performance.now()) === 1) painted().then((time) => (seen.readyPainted = time));
  });

  // Everything that changes, in the document and in shadow roots as they are made.
  const changes = { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: [mark, order ?? mark] };
  const attach = Element.prototype.attachShadow;
  const listeners = new Set();
  const observer = new MutationObserver(() => listeners.forEach((listener) => listener()));
  observer.observe(document, changes);
  Element.prototype.attachShadow = function (options) {
    const made = attach.call(this, options);
    observer.observe(made, changes);
    return made;
  };
  const until = (is, ms = 60_000) =>
    new Promise((done, fail) => {
      const late = setTimeout(() => (stop(), fail(new Error(`not within ${ms} ms; shown: ${refs(3)}`))), ms);
      const beat = setInterval(() => look(), 50);
      const stop = () => (listeners.delete(look), clearTimeout(late), clearInterval(beat));
      const look = () => is() && (stop(), done(performance.now()));
      listeners.add(look);
      look();
    });

  if (row) {
    until(() => rows().length > 0 && rows()[0].textContent.trim(), 120_000).then(
      async (dom) => (seen.first = { dom, painted: await painted() }),
      () => {},
    );
  }

  const find = (selector) => root()?.querySelector(selector);
  const acts = {
    type(selector, text) {
      const field = find(selector);
      // Past the setter that React puts before the element's own.
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, text);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    },
    press: (selector) => find(selector).dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, composed: true })),
    choose(selector, value) {
      const field = find(selector).closest("select");
      field.value = value;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    },
  };

  Object.assign(seen, {
    until,
    /** How many rows the grid says that it has, drawn or not. */
    gridRows: () => Number(find("[aria-rowcount]")?.getAttribute("aria-rowcount")),
    /** The first rows with their words. */
    lead: (most) => rows().slice(0, most).map((one) => ({ ref: one.getAttribute(mark), text: one.textContent })),
    /** Acts, and waits until these rows are first; ms to the change of the document, and to the next painting. */
    async step([act, ...given], wanted) {
      const start = performance.now();
      acts[act](...given);
      const dom = (await until(() => shows(wanted))) - start;
      return { dom, painted: (await painted()) - start };
    },
    /** Drags the rows from top to end in so many frames; how long each frame took, in ms. */
    async drag(frames, last) {
      let box = rows()[0];
      while (box && !(box.scrollHeight > box.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(box).overflowY))) box = box.parentElement ?? box.getRootNode().host;
      if (!box) return null;
      const way = box.scrollHeight - box.clientHeight;
      const times = [];
      const frame = () => new Promise(requestAnimationFrame);
      let before = await frame();
      for (let at = 1; at <= frames; at++) {
        box.scrollTop = (way * at) / frames;
        const now = await frame();
        times.push(now - before);
        before = now;
      }
      box.scrollTop = box.scrollHeight;
      await until(() => rows().some((one) => one.getAttribute(mark) === last), 5000);
      box.scrollTop = 0;
      await frame();
      return times;
    },
  });
}
