// Chunks: code of the components that a page loads when a reader first opens what needs it.

let fetchFile;

/** Sets how a file of the bundle is fetched: from `{ path, integrity }` to a promise of its checked `Response`. */
export function fetchChunksBy(fetch) {
  fetchFile = fetch;
}

/**
 * The imports by which one instance of the components loads its chunks: one function for each part that is loaded on
 * demand. They are made anew for each instance, because a chunk is linked with one instance's memory and functions.
 * `shared` names the exports that chunks link with; `loads` has the files of each import.
 *
 * wasm-bindgen's glue, which this module is joined to, has `initSync` (gives the exports of the present instance) and
 * `__wbg_reinit_scheduled` (says whether that instance has stopped after a panic).
 */
export function chunkImports({ shared, loads }) {
  const loading = new Map();
  function load(file, imports) {
    if (!loading.has(file.path)) {
      const linked = fetchFile(file)
        .then((answer) => answer.arrayBuffer())
        .then((bytes) => WebAssembly.instantiate(bytes, imports));
      // A failure is forgotten, so that the reader can try again.
      linked.catch(() => loading.delete(file.path));
      loading.set(file.path, linked);
    }
    return loading.get(file.path);
  }
  const importFor = (files) => async (callback, data) => {
    const exports = initSync();
    const imports = { __wasm_split: Object.fromEntries(shared.map((name) => [name, exports[name]])) };
    let isLoaded = true;
    try {
      await Promise.all(files.map((file) => load(file, imports)));
    } catch (error) {
      console.error(error);
      isLoaded = false;
    }
    // An instance that has stopped meanwhile must not run again.
    if (initSync() === exports && !__wbg_reinit_scheduled) exports.__indirect_function_table.get(callback)(data, isLoaded);
  };
  return Object.fromEntries(Object.entries(loads).map(([name, files]) => [name, importFor(files)]));
}
