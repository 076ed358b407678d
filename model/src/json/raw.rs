//! A document taken apart into the texts of its values, which are not looked into.

/// A place in a text that is JSON, or is not.
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

/// The fields of an object by name, each as text; of two of one name both.
///
/// # Errors
/// What is wrong and where, in bytes from the text's start.
pub fn fields(text: &str) -> Result<Vec<(String, &str)>, String> {
    let mut cursor = Cursor::new(text);
    if cursor.peek() != Some(b'{') {
        return Err(cursor.wrong("expected an object"));
    }
    let (mut fields, mut is_first) = (Vec::new(), true);
    while cursor.next_item(b'}', &mut is_first)? {
        let name = cursor.text()?;
        cursor.take(b':')?;
        fields.push((name, cursor.skip()?));
    }
    cursor.end()?;
    Ok(fields)
}

/// The items of a list, each as text.
///
/// # Errors
/// What is wrong and where, in bytes from the text's start.
pub fn items(text: &str) -> Result<Vec<&str>, String> {
    let mut cursor = Cursor::new(text);
    if cursor.peek() != Some(b'[') {
        return Err(cursor.wrong("expected a list"));
    }
    let (mut items, mut is_first) = (Vec::new(), true);
    while cursor.next_item(b']', &mut is_first)? {
        items.push(cursor.skip()?);
    }
    cursor.end()?;
    Ok(items)
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) fn wrong(&self, what: &str) -> String {
        [what, " at byte ", &self.at.to_string()].concat()
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space; the cursor is before it.
    pub(super) fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.byte() {
            self.at += 1;
        }
        self.byte()
    }

    pub(super) fn take(&mut self, wanted: u8) -> Result<(), String> {
        if self.peek() == Some(wanted) {
            self.at += 1;
            return Ok(());
        }
        Err(self.wrong(["expected '", char::from(wanted).encode_utf8(&mut [0; 4]), "'"].concat().as_str()))
    }

    pub(super) fn end(&mut self) -> Result<(), String> {
        if self.peek().is_none() { Ok(()) } else { Err(self.wrong("more than one value")) }
    }

    /// Steps over the bracket that opens, or over a comma; whether another item follows. Steps over the
    /// bracket that closes, if not.
    pub(super) fn next_item(&mut self, closing: u8, is_first: &mut bool) -> Result<bool, String> {
        let first = std::mem::take(is_first);
        if first {
            self.at += 1;
        }
        if self.peek() == Some(closing) {
            self.at += 1;
            return Ok(false);
        }
        if !first {
            self.take(b',')?;
        }
        Ok(true)
    }

    /// A name or number up to what ends it.
    pub(super) fn word(&mut self) -> &'a str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let ends = |byte: u8| matches!(byte, b',' | b':' | b']' | b'}' | b'[' | b'{' | b'"') || byte <= b' ';
        let length = rest.bytes().position(ends).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// A text in quotes.
    pub(super) fn text(&mut self) -> Result<String, String> {
        self.take(b'"')?;
        let mut text = String::new();
        loop {
            let start = self.at;
            while self.byte().is_some_and(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
                self.at += 1;
            }
            text.push_str(self.text.get(start..self.at).unwrap_or_default());
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => {
                    self.at += 1;
                    text.push(self.escape()?);
                }
                Some(_) => return Err(self.wrong("control character in a text")),
                None => return Err(self.wrong("the text does not end")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, String> {
        let escaped = self.byte();
        self.at += 1;
        Ok(match escaped {
            Some(same @ (b'"' | b'\\' | b'/')) => char::from(same),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let mut code = self.four_digits()?;
                // A character beyond the first 65,536 comes as two halves.
                if matches!(code, 0xd800..0xdc00) && self.text.as_bytes().get(self.at..self.at + 2) == Some(b"\\u") {
                    self.at += 2;
                    let low = self.four_digits()?.checked_sub(0xdc00).filter(|low| *low < 0x400);
                    let low = low.ok_or_else(|| self.wrong("half of a character"))?;
                    code = 0x1_0000 + ((code - 0xd800) << 10) + low;
                }
                char::from_u32(code).ok_or_else(|| self.wrong("half of a character"))?
            }
            _ => return Err(self.wrong("unknown escape")),
        })
    }

    fn four_digits(&mut self) -> Result<u32, String> {
        let digits = self.text.get(self.at..self.at + 4).filter(|digits| !digits.starts_with('+'));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        self.at += 4;
        code.ok_or_else(|| self.wrong("expected four digits"))
    }

    /// Steps over a value, however deep; gives its text. Brackets are counted, not matched: whoever
    /// reads the text finds what is wrong in it.
    pub(super) fn skip(&mut self) -> Result<&'a str, String> {
        self.peek();
        let (start, mut depth) = (self.at, 0_usize);
        loop {
            match self.peek() {
                Some(b'"') => self.over_text()?,
                Some(b'{' | b'[') => {
                    depth += 1;
                    self.at += 1;
                }
                Some(b'}' | b']') if depth > 0 => {
                    depth -= 1;
                    self.at += 1;
                }
                Some(b',' | b':') if depth > 0 => self.at += 1,
                Some(b'}' | b']' | b',' | b':') => return Err(self.wrong("expected a value")),
                Some(_) if self.word().is_empty() => return Err(self.wrong("expected a value")),
                Some(_) => {}
                None => return Err(self.wrong("the value does not end")),
            }
            if depth == 0 {
                return Ok(self.text.get(start..self.at).unwrap_or_default());
            }
        }
    }

    fn over_text(&mut self) -> Result<(), String> {
        loop {
            self.at += 1;
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => self.at += 1,
                Some(_) => {}
                None => return Err(self.wrong("the text does not end")),
            }
        }
    }
}
