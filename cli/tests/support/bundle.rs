//! A bundle of a few files with compressed twins, as `cargo xtask dist` packs one.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use sha2::{Digest, Sha384};

use super::hub::committed;

/// Writes the bundle; gives its manifest's path.
pub fn write(folder: &Path) -> PathBuf {
    fs::create_dir_all(folder).expect("the folder");
    let files = [
        ("entry", "ops-hub.js", "// entry\n".repeat(400)),
        ("glue", "ops_hub-0123456789abcdef.js", "export default 1;\n".repeat(400)),
        ("wasm", "ops_hub-0123456789abcdef.wasm", "\0asm\u{1}\0\0\0".repeat(400)),
        ("style", "ops_hub-0123456789abcdef.css", ":host { display: block }\n".repeat(400)),
    ];
    let entries: Vec<Value> = files
        .iter()
        .map(|(role, name, text)| {
            fs::write(folder.join(name), text).expect("written");
            twins(&folder.join(name), text.as_bytes());
            let integrity = format!("sha384-{}", STANDARD.encode(Sha384::digest(text)));
            json!({ "path": name, "role": role, "bytes": text.len(), "integrity": integrity })
        })
        .collect();
    let mut manifest: Value = serde_json::from_slice(&fs::read(committed()).expect("the manifest")).expect("JSON");
    manifest["bundle"] = entries.into();
    let path = folder.join("manifest.json");
    fs::write(&path, manifest.to_string()).expect("written");
    path
}

fn twins(path: &Path, bytes: &[u8]) {
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &brotli::enc::BrotliEncoderParams::default()).expect("brotli");
    let twin = |end: &str| path.with_file_name(format!("{}.{end}", path.file_name().expect("a name").display()));
    fs::write(twin("br"), packed).expect("written");
    let mut zipped = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    zipped.write_all(bytes).expect("gzip");
    fs::write(twin("gz"), zipped.finish().expect("gzip")).expect("written");
}
