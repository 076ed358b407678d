// Bundles the host applications of the embed journeys: `node build.mjs SOURCES OUT`, run where the packages are.

import { readFile, readdir } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { build } from "esbuild";
import { compile } from "svelte/compiler";

const [sources, out] = process.argv.slice(2);
const entries = (await readdir(sources)).filter((name) => [".js", ".jsx"].includes(extname(name)));

const svelte = {
  name: "svelte",
  setup: (steps) =>
    steps.onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
      const { js } = compile(await readFile(path, "utf8"), { filename: basename(path), generate: "client" });
      return { contents: js.code, loader: "js" };
    }),
};

await build({
  entryPoints: entries.map((name) => join(sources, name)),
  outdir: out,
  bundle: true,
  format: "esm",
  jsx: "automatic",
  conditions: ["browser", "svelte"],
  define: { "process.env.NODE_ENV": '"production"', __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" },
  alias: { vue: "vue/dist/vue.esm-bundler.js" },
  nodePaths: [join(process.cwd(), "node_modules")],
  plugins: [svelte],
  logLevel: "warning",
});
