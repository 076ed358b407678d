//! Secrets that nobody can guess.

/// `bytes` random bytes of a generator that is seeded by the operating system, base64url.
pub(crate) fn secret(bytes: usize) -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let mut buffer = vec![0; bytes];
    rand::fill(&mut buffer[..]);
    URL_SAFE_NO_PAD.encode(buffer)
}
