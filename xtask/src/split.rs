//! Code that is loaded on demand: the splitter moves what only a function marked for it needs out of the wasm, into
//! chunks of their own. `src/glue/chunks.js` loads them.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use crate::{pack::File, run::run};

/// The linker's flag without which the splitter cannot tell what a function needs.
pub(crate) const LINKER_FLAG: &str = "-Clink-arg=--emit-relocs";

/// The script that the splitter writes to load its chunks. Ours takes its place: it checks each chunk, and it makes
/// new imports for each instance, which a restart after a panic needs.
const LINK_SCRIPT: &str = "__wasm_split.js";

/// The wasm, split.
#[derive(Debug)]
pub(crate) struct Split {
    /// The folder with the chunks.
    folder: PathBuf,
    /// The wasm that is loaded first; wasm-bindgen reads it.
    pub(crate) main: PathBuf,
    links: Links,
}

impl Split {
    /// Splits `wasm` into `folder`. Without a function that is marked, there are no chunks.
    ///
    /// # Errors
    /// Where the splitter fails, or writes a script of another shape than that of its pinned version.
    pub(crate) fn new(splitter: &Path, wasm: &Path, folder: &Path) -> anyhow::Result<Self> {
        run(Command::new(splitter).arg(wasm).arg(folder).args(["--out-name", "ops_hub"]))?;
        let script = folder.join(LINK_SCRIPT);
        let script = fs::read_to_string(&script).with_context(|| format!("cannot read {}", script.display()))?;
        let links = Links::read(&script).with_context(|| format!("{LINK_SCRIPT} is not of the known shape"))?;
        Ok(Self { folder: folder.to_owned(), main: folder.join("ops_hub.wasm"), links })
    }

    /// Each chunk by its name in the splitter's script; `read` gives the bytes to pack of a file.
    ///
    /// # Errors
    /// Those of `read`.
    pub(crate) fn chunks(
        &self,
        read: impl Fn(&Path) -> anyhow::Result<Vec<u8>>,
    ) -> anyhow::Result<BTreeMap<String, File>> {
        let mut names: Vec<&String> = self.links.loads.values().flatten().collect();
        names.sort();
        names.dedup();
        let chunk = |name: &String| {
            let stem = format!("ops_hub_{}", name.strip_prefix("split_").unwrap_or(name));
            let bytes = read(&self.folder.join(format!("{name}.wasm")))?;
            Ok((name.clone(), File::hashed("wasm", &stem, "wasm", bytes)))
        };
        names.into_iter().map(chunk).collect()
    }

    /// The glue that wasm-bindgen made, with our imports in place of the splitter's script.
    ///
    /// # Errors
    /// Where the glue does not import that script as it is known to.
    pub(crate) fn linked(&self, glue: &str, chunks: &BTreeMap<String, File>) -> anyhow::Result<String> {
        let imports = format!("chunkImports({})", self.links.table(chunks));
        let mut linked = String::new();
        let mut is_linked = false;
        for line in glue.lines() {
            if !line.contains(LINK_SCRIPT) {
                linked.push_str(line);
                linked.push('\n');
            } else if line.trim_start().starts_with('"') && !is_linked {
                // `"./__wasm_split.js": import1,` among the imports of an instance, once for each chunk.
                linked.push_str(&format!("\"./{LINK_SCRIPT}\": {imports},\n"));
                is_linked = true;
            }
        }
        ensure!(is_linked != self.links.loads.is_empty(), "the glue does not import {LINK_SCRIPT} as it is known to");
        Ok(linked)
    }
}

/// What the splitter's script says.
#[derive(Debug, PartialEq, Eq)]
struct Links {
    /// The exports that chunks link with.
    shared: Vec<String>,
    /// The chunks that each import of the wasm loads.
    loads: BTreeMap<String, Vec<String>>,
}

impl Links {
    fn read(script: &str) -> anyhow::Result<Self> {
        let between = |text: &str, start: &str, end: &str| {
            text.split_once(start).and_then(|(_, rest)| rest.split_once(end)).map(|(found, _)| found.to_owned())
        };
        let words = |list: String| {
            list.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>()
        };
        let shared = words(between(script, "const {", "} = initSync(").context("it shares no exports")?);
        // `const NAME = makeLoad(FETCH, [CHUNK, …]);`, where FETCH names a file, or none where the chunk is empty.
        let mut chunks = BTreeMap::new();
        let mut loads = BTreeMap::new();
        for statement in script.split("const __").skip(1) {
            let (name, load) = statement.split_once(" = ").context("a constant has no value")?;
            let load = load.split_once("]").map_or(load, |(load, _)| load);
            let (fetch, needs) = load.rsplit_once('[').context("a chunk does not say what it needs")?;
            let mut files = Vec::new();
            for need in words(needs.to_owned()) {
                files.extend(chunks.get(&need).cloned().context("a chunk needs one that is not known")?);
            }
            files.extend(between(fetch, "new URL(\"./", ".wasm\""));
            let name = format!("__{name}");
            if name.starts_with("__wasm_split_load_") {
                loads.insert(name, files);
            } else {
                chunks.insert(name, files);
            }
        }
        Ok(Self { shared, loads })
    }

    /// The same with the files of the bundle, as `chunkImports` takes it.
    fn table(&self, chunks: &BTreeMap<String, File>) -> Value {
        let loads = self.loads.iter().map(|(name, files)| {
            let files: Vec<Value> = files.iter().filter_map(|file| chunks.get(file)).map(File::reference).collect();
            (name.clone(), Value::from(files))
        });
        json!({ "shared": self.shared, "loads": loads.collect::<serde_json::Map<_, _>>() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = r#"import { initSync } from "./ops_hub.js";

let sharedImports = undefined;
        const { __indirect_function_table, memory,  } = initSync(undefined, undefined);
        const imports = getSharedImports();
/* graph, record */
const __chunk_3 = makeLoad(() => {
    const src = fetch(new URL("./chunk_3.wasm", import.meta.url));
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
, []);
export const __wasm_split_load_record = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_record.wasm", import.meta.url));
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
, [__chunk_3]));
export const __wasm_split_load_graph = wrapAsyncCb(makeLoad(() => async (_imp) => ({}), [__chunk_3]));
"#;

    fn split() -> anyhow::Result<Split> {
        Ok(Split { folder: PathBuf::new(), main: PathBuf::new(), links: Links::read(SCRIPT)? })
    }

    #[test]
    fn the_script_says_which_chunks_an_import_loads() -> anyhow::Result<()> {
        let Links { shared, loads } = Links::read(SCRIPT)?;
        assert_eq!(shared, ["__indirect_function_table", "memory"]);
        let loads: Vec<_> = loads.into_iter().collect();
        assert_eq!(
            loads,
            [
                ("__wasm_split_load_graph".to_owned(), vec!["chunk_3".to_owned()]),
                ("__wasm_split_load_record".to_owned(), vec!["chunk_3".to_owned(), "split_record".to_owned()]),
            ]
        );
        assert!(Links::read("export const a = 1;").is_err());
        Ok(())
    }

    #[test]
    fn the_glue_gets_our_imports() -> anyhow::Result<()> {
        let split = split()?;
        let chunks = split.chunks(|path| Ok(path.display().to_string().into_bytes()))?;
        let names: Vec<_> =
            chunks.values().map(|file| file.name.rsplit_once('-').map_or("", |(stem, _)| stem)).collect();
        assert_eq!(names, ["ops_hub_chunk_3", "ops_hub_record"]);
        let glue = "import * as import1 from \"./__wasm_split.js\"\nimport * as import2 from \"./__wasm_split.js\"\n\
                    return {\n    \"./__wasm_split.js\": import1,\n    \"./__wasm_split.js\": import2,\n};\n";
        let linked = split.linked(glue, &chunks)?;
        assert!(!linked.contains("import1") && !linked.contains("import2"), "{linked}");
        assert_eq!(linked.matches("chunkImports(").count(), 1, "{linked}");
        for file in chunks.values() {
            assert!(linked.contains(&file.name) && linked.contains(&file.integrity()), "{linked}");
        }
        assert!(split.linked("return {};\n", &chunks).is_err());
        Ok(())
    }
}
