// Bundles the peers: `node build.mjs OUT`, run where the packages are.

import { createHash } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
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
}
