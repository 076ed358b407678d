// Bundles the peers: `node build.mjs OUT`, run where the packages are. Prints their sizes as JSON.

import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(join(process.cwd(), "package.json"));
const { build } = require("esbuild");

/** Each peer's source and what its JSX is made with. */
const PEERS = { vanilla: ["vanilla.js"], react: ["react.jsx", "react"], preact: ["preact.jsx", "preact"], lit: ["lit.js"], aggrid: ["aggrid.js"] };

const out = process.argv[2];
const here = fileURLToPath(new URL("peers/", import.meta.url));
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const css = await readFile(join(here, "page.css"), "utf8");

for (const [name, [source, jsx]] of Object.entries(PEERS)) {
  const made = await build({
    entryPoints: [join(here, source)],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "esnext",
    legalComments: "none",
    jsx: "automatic",
    jsxImportSource: jsx ?? "react",
    conditions: ["production", "browser"],
    define: { "process.env.NODE_ENV": '"production"' },
    nodePaths: [join(process.cwd(), "node_modules")],
    logLevel: "warning",
  });
  const script = made.outputFiles[0].contents;
  const file = `${name}-${createHash("sha256").update(script).digest("hex").slice(0, 16)}.js`;
  await writeFile(join(out, file), script);
  await writeFile(
    join(out, `${name}.html`),
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${name}</title><link rel="icon" href="data:,"><style>${css}</style></head><body><main></main><script type="module" src="/peers/${file}"></script></body></html>`,
  );
}
