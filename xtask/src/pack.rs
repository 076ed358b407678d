//! Files named by their content, with integrity values and compressed twins.

use std::{fs, io::Write, path::Path};

use anyhow::Context;
use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha384};

/// One file of the bundle.
#[derive(Clone, Debug)]
pub(crate) struct File {
    /// `entry`, `glue`, `wasm`: the roles of the manifest.
    pub(crate) role: &'static str,
    /// Its name in the bundle.
    pub(crate) name: String,
    /// What is in it.
    pub(crate) bytes: Vec<u8>,
}

impl File {
    /// A file that is named by its content: `ops_hub-0123456789abcdef.wasm`.
    pub(crate) fn hashed(role: &'static str, stem: &str, extension: &str, bytes: Vec<u8>) -> Self {
        let digest = Sha256::digest(&bytes);
        let hash: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Self { role, name: format!("{stem}-{hash}.{extension}"), bytes }
    }

    /// Its Subresource Integrity value.
    pub(crate) fn integrity(&self) -> String {
        format!("sha384-{}", STANDARD.encode(Sha384::digest(&self.bytes)))
    }

    /// How the loader names it.
    pub(crate) fn reference(&self) -> Value {
        json!({ "path": self.name, "integrity": self.integrity() })
    }

    /// How the manifest names it.
    pub(crate) fn entry(&self) -> Value {
        json!({ "path": self.name, "role": self.role, "bytes": self.bytes.len(), "integrity": self.integrity() })
    }

    /// Writes it, and its brotli and gzip twins where they are wanted; gives the names that were written.
    pub(crate) fn write(&self, folder: &Path, twins: bool) -> anyhow::Result<Vec<String>> {
        let mut names = Vec::new();
        let mut put = |name: String, bytes: &[u8]| {
            let path = folder.join(&name);
            // Beside its place first: a page that is loaded meanwhile never meets half a file.
            let half = folder.join(format!(".{name}.half"));
            fs::write(&half, bytes)
                .and_then(|()| fs::rename(&half, &path))
                .with_context(|| format!("cannot write {}", path.display()))?;
            names.push(name);
            anyhow::Ok(())
        };
        if twins {
            put(format!("{}.br", self.name), &brotli(&self.bytes)?)?;
            put(format!("{}.gz", self.name), &gzip(&self.bytes)?)?;
        }
        put(self.name.clone(), &self.bytes)?;
        Ok(names)
    }
}

/// Brotli, quality 11.
fn brotli(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &parameters).context("brotli")?;
    Ok(packed)
}

/// Gzip, level 9, without a time stamp.
fn gzip(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).context("gzip")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_follows_the_content() {
        let one = File::hashed("wasm", "a", "wasm", b"abc".to_vec());
        assert_eq!(one.name, "a-ba7816bf8f01cfea.wasm");
        // The SHA-384 of "abc" (FIPS 180-4), base64.
        assert_eq!(one.integrity(), "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn");
        assert_ne!(File::hashed("wasm", "a", "wasm", b"abd".to_vec()).name, one.name);
    }

    #[test]
    fn twins_unpack_to_the_same_bytes() -> anyhow::Result<()> {
        let bytes = b"ops ".repeat(1000);
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut brotli(&bytes)?.as_slice(), &mut unpacked)?;
        assert_eq!(unpacked, bytes);
        let mut unzipped = Vec::new();
        std::io::copy(&mut flate2::read::GzDecoder::new(gzip(&bytes)?.as_slice()), &mut unzipped)?;
        assert_eq!(unzipped, bytes);
        assert_eq!(gzip(&bytes)?, gzip(&bytes)?);
        Ok(())
    }
}
