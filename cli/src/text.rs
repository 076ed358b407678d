//! Bytes of others as text: files with a byte order mark, headers in whatever encoding.

use reqwest::header::HeaderValue;

/// The text of a file: UTF-8, or UTF-16 where a byte order mark says so. The mark is no part of it.
///
/// # Errors
/// Where the bytes are no text of that encoding.
pub(crate) fn of_file(bytes: Vec<u8>) -> Result<String, &'static str> {
    let wide = |units: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes[2..].as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().copied().map(units).collect();
        String::from_utf16(&units).ok().filter(|_| rest.is_empty()).ok_or("it is not the UTF-16 that it begins as")
    };
    match bytes.as_slice() {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).map_err(|_| "it is not UTF-8"),
        _ => String::from_utf8(bytes).map_err(|_| "it is not UTF-8"),
    }
}

/// A header's value: UTF-8, else ISO 8859-1, in which every byte is a character.
pub(crate) fn of_header(value: &HeaderValue) -> String {
    let bytes = value.as_bytes();
    str::from_utf8(bytes).map_or_else(|_| bytes.iter().copied().map(char::from).collect(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::{of_file, of_header};

    #[test]
    fn a_byte_order_mark_says_the_encoding_and_is_no_text() {
        let wide = |units: fn(u16) -> [u8; 2]| "\u{feff}{\"ü\"}".encode_utf16().flat_map(units).collect::<Vec<u8>>();
        for bytes in [
            "{\"ü\"}".as_bytes().to_vec(),
            "\u{feff}{\"ü\"}".as_bytes().to_vec(),
            wide(u16::to_le_bytes),
            wide(u16::to_be_bytes),
        ] {
            assert_eq!(of_file(bytes).as_deref(), Ok("{\"ü\"}"));
        }
        assert!(of_file(vec![0xff, 0xfe, 0]).is_err(), "half a character");
        assert!(of_file(b"B\xfcro".to_vec()).is_err(), "neither UTF-8 nor marked");
    }

    #[test]
    fn a_header_is_read_in_both_encodings() {
        for bytes in ["Büro".as_bytes(), b"B\xfcro"] {
            assert_eq!(HeaderValue::from_bytes(bytes).map(|value| of_header(&value)).unwrap_or_default(), "Büro");
        }
    }
}
