// The guide: what is chosen is shown as an element, and written for the place that it goes to.

const form = document.getElementById("options");
const preview = document.getElementById("preview");
const panel = document.getElementById("snippet");
const copy = document.getElementById("copy");
const tabs = [...document.querySelectorAll("[data-place]")];
const ENTRY = "/extensions/ops-hub/ops-hub.js";
const ATTRIBUTES = ["name", "theme", "density", "lang", "refresh", "view-context"];
const words = panel?.dataset;
let place = "html";

const chosen = () => ATTRIBUTES.map((name) => [name, form.elements[name].value.trim()]).filter(([, value]) => value);
const quoted = (value) => `"${value.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")}"`;
const attributes = (pairs) => pairs.map(([name, value]) => `${name}=${quoted(value)}`).join(" ");
const elsewhere = () => form.elements.elsewhere.checked;
const entry = () => (elsewhere() ? location.origin : "") + ENTRY;
const script = () => `<script type="module" src="${entry()}"${elsewhere() ? " crossorigin" : ""}></script>`;
const tokens = () =>
  elsewhere() ? `<script>\n  globalThis.OpsHub = { tokens: { "${location.origin}": async () => tokenOfYourServer() } };\n</script>\n` : "";

const WRITE = {
  html: (pairs) => `${tokens()}${script()}\n<ops-widget ${attributes(pairs)}></ops-widget>`,
  react: (pairs) =>
    `// ${words.head}\n${tokens()}${script()}\n\n// React 19:\n<ops-widget\n  ${attributes(pairs)}\n  onops-select={(event) => open(event.detail.ref)}\n/>`,
  vue: (pairs) =>
    `<!-- ${words.head} -->\n${tokens()}${script()}\n\n<!-- vite.config.js: vue({ template: { compilerOptions: {\n       isCustomElement: (tag) => tag.startsWith("ops-") } } }) -->\n<ops-widget ${attributes(pairs)} @ops-select="(event) => open(event.detail.ref)" />`,
  hsx: (pairs) =>
    `-- ${words.layout}\n${tokens()}${script()}\n\n-- ${words.view}\n[hsx|\n  <ops-widget ${attributes(pairs)}></ops-widget>\n|]`,
  frame: (pairs) => {
    const [[, name], ...rest] = pairs;
    const query = new URLSearchParams(rest.filter(([key]) => ["lang", "theme", "density"].includes(key))).toString();
    const src = `${location.origin}/embed/${encodeURIComponent(name)}${query && `?${query}`}`;
    // The session of a reader does not come along to a frame on another site: there it asks for a token.
    const session = elsewhere() ? "" : "allow-same-origin ";
    return `${tokens()}<iframe class="ops-hub" title="${name}" loading="lazy" width="100%" height="320"\n  sandbox="allow-scripts ${session}allow-popups allow-popups-to-escape-sandbox"\n  src=${quoted(src)}></iframe>\n<script type="module" src="${location.origin}/assets/embed-size.js" crossorigin></script>`;
  },
};

function show() {
  const pairs = chosen();
  let element = preview.firstElementChild;
  if (!element) preview.append((element = document.createElement("ops-widget")));
  for (const name of ATTRIBUTES) {
    const value = Object.fromEntries(pairs)[name];
    if (value) element.setAttribute(name, value);
    else element.removeAttribute(name);
  }
  panel.firstElementChild.textContent = WRITE[place](pairs);
}

function choose(tab) {
  place = tab.dataset.place;
  for (const one of tabs) {
    one.setAttribute("aria-selected", one === tab);
    one.tabIndex = one === tab ? 0 : -1;
  }
  panel.setAttribute("aria-labelledby", tab.id);
  show();
}

form?.addEventListener("input", show);
form?.addEventListener("submit", (event) => event.preventDefault());
for (const [at, tab] of tabs.entries()) {
  tab.addEventListener("click", () => choose(tab));
  tab.addEventListener("keydown", ({ key }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    const next = step && tabs.at((at + step) % tabs.length);
    next?.focus();
    if (next) choose(next);
  });
}
const word = copy?.textContent;
copy?.addEventListener("click", async () => {
  await navigator.clipboard.writeText(panel.textContent);
  copy.textContent = copy.dataset.copied;
  setTimeout(() => (copy.textContent = word), 2000);
});
if (form) show();
