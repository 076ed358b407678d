//! From the bytes of an inventory to its text, whichever editor wrote them.

/// The text of a file: UTF-8 or UTF-16, with or without a byte order mark, every line end as `\n`.
///
/// Line ends are made one kind here, before anything is read or hashed, so that a checkout with other
/// line ends is the same inventory.
///
/// # Errors
/// Why the bytes are no text.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, &'static str> {
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest)?,
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        // The first character of a Markdown document is ASCII, as a rule.
        [0, _, ..] => utf16(bytes, u16::from_be_bytes)?,
        [_, 0, ..] => utf16(bytes, u16::from_le_bytes)?,
        _ => utf8(bytes)?,
    };
    Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text })
}

fn utf8(bytes: &[u8]) -> Result<String, &'static str> {
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| "it is neither UTF-8 nor UTF-16")
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, &'static str> {
    let (pairs, []) = bytes.as_chunks::<2>() else { return Err("it is UTF-16 with half a character at its end") };
    let units = pairs.iter().map(|pair| unit(*pair));
    char::decode_utf16(units).collect::<Result<_, _>>().map_err(|_| "it is neither UTF-8 nor UTF-16")
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn every_usual_encoding_gives_the_same_text() {
        let text = "# Bäckerei\n\nDate: 2026-09-01\n";
        let utf16 = |mark: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            format!("{mark}{text}").encode_utf16().flat_map(bytes).collect()
        };
        for bytes in [
            text.as_bytes().to_vec(),
            text.replace('\n', "\r\n").into_bytes(),
            text.replace('\n', "\r").into_bytes(),
            format!("\u{feff}{text}").into_bytes(),
            utf16("\u{feff}", u16::to_le_bytes),
            utf16("\u{feff}", u16::to_be_bytes),
            utf16("", u16::to_le_bytes),
            utf16("", u16::to_be_bytes),
        ] {
            assert_eq!(decode(&bytes).as_deref(), Ok(text), "{bytes:?}");
        }
        assert!(decode(b"B\xe4ckerei").is_err());
        assert!(decode(&[0xFF, 0xFE, 0x41]).is_err());
        assert_eq!(decode(b"").as_deref(), Ok(""));
    }
}
