//! A reader of JSON that takes what it needs and goes past the rest, over text that may still arrive.
//!
//! Records are read straight into what keeps them: no tree of values is built, and no code is
//! generated for each kind of record, which in the browser's bundle would cost 60 kB.

use std::borrow::Cow;

use crate::whole::whole;

/// The longest text that is kept, in characters.
pub(crate) const LONGEST: usize = 20_000;

/// Why reading stopped.
#[derive(Debug)]
pub(crate) enum Stop {
    /// What has arrived ends within a value: read it again once more is there.
    More,
    /// The text is no JSON: nothing after this place can be read.
    Broken(&'static str),
    /// It is JSON, and not what belongs here; the reason in words. Reading can go on after the value.
    Unfit(String),
}

pub(crate) type Read<T> = Result<T, Stop>;

/// What is done with a field of an object, by its name.
pub(crate) type Field<'f, 'a> = &'f mut dyn FnMut(&mut Json<'a>, &str) -> Read<()>;

/// A place in a text of JSON.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Json<'a> {
    bytes: &'a [u8],
    at: usize,
    is_whole: bool,
}

impl<'a> Json<'a> {
    /// Reads from the start of `bytes`; more may follow unless they are the whole of the text.
    pub(crate) const fn new(bytes: &'a [u8], is_whole: bool) -> Self {
        Self { bytes, at: 0, is_whole }
    }

    /// How many bytes were read.
    pub(crate) const fn at(&self) -> usize {
        self.at
    }

    /// What was read since another place.
    pub(crate) fn since(&self, start: usize) -> &'a [u8] {
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    /// The next byte that is no space, which is not taken.
    pub(crate) fn peek(&mut self) -> Read<u8> {
        loop {
            match self.bytes.get(self.at) {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                Some(byte) => return Ok(*byte),
                None => return Err(self.ended()),
            }
        }
    }

    /// Whether nothing but spaces is left of what has arrived.
    pub(crate) fn is_at_end(&mut self) -> bool {
        self.peek().is_err()
    }

    /// Takes this byte, which has to be the next.
    pub(crate) fn take(&mut self, wanted: u8) -> Read<()> {
        if self.peek()? != wanted {
            return Err(Stop::Broken("unexpected character"));
        }
        self.at += 1;
        Ok(())
    }

    /// Whether a list or an object has one more item, at its start or after an item.
    pub(crate) fn has_next(&mut self, is_first: bool, end: u8) -> Read<bool> {
        let next = self.peek()?;
        if next == end {
            self.at += 1;
            return Ok(false);
        }
        if !is_first {
            self.take(b',')?;
            if self.peek()? == end {
                return Err(Stop::Broken("trailing comma"));
            }
        }
        Ok(true)
    }

    /// The name of the next field, with its colon.
    pub(crate) fn name(&mut self) -> Read<Cow<'a, str>> {
        if self.peek()? != b'"' {
            return Err(Stop::Broken("a name is expected"));
        }
        let name = self.text()?;
        self.take(b':')?;
        Ok(name)
    }

    /// Reads an object field by field; `field` has to take each value.
    pub(crate) fn object(&mut self, field: Field<'_, 'a>) -> Read<()> {
        self.begin(b'{', "an object is expected")?;
        let mut is_first = true;
        while self.has_next(is_first, b'}')? {
            is_first = false;
            let name = self.name()?;
            field(self, &name)?;
        }
        Ok(())
    }

    /// Reads a list; `item` has to take each value.
    pub(crate) fn list(&mut self, item: &mut dyn FnMut(&mut Self) -> Read<()>) -> Read<()> {
        self.begin(b'[', "a list is expected")?;
        let mut is_first = true;
        while self.has_next(is_first, b']')? {
            is_first = false;
            item(self)?;
        }
        Ok(())
    }

    fn begin(&mut self, with: u8, otherwise: &str) -> Read<()> {
        if self.peek()? != with {
            return Err(Stop::Unfit(otherwise.to_owned()));
        }
        self.at += 1;
        Ok(())
    }

    /// A text as it can be shown: see [`shown`].
    pub(crate) fn text(&mut self) -> Read<Cow<'a, str>> {
        self.begin(b'"', "a text is expected")?;
        let start = self.at;
        let (mut is_plain, mut is_escaped) = (true, false);
        loop {
            match self.bytes.get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    is_escaped = true;
                    // What follows is looked at when it is unescaped; a quote there is no end.
                    self.at += 1;
                }
                Some(0..=0x1f) => return Err(Stop::Broken("control character in a text")),
                Some(byte) => is_plain &= *byte < 0x7f,
                None => return Err(self.ended()),
            }
            self.at += 1;
        }
        let raw = self.bytes.get(start..self.at).unwrap_or_default();
        self.at += 1;
        let raw = str::from_utf8(raw).map_err(|_| Stop::Broken("invalid UTF-8"))?;
        if is_escaped {
            let text = unescaped(raw).ok_or(Stop::Broken("unknown escape"))?;
            return Ok(Cow::Owned(shown(&text, LONGEST)));
        }
        let is_tame = is_plain && raw.len() <= LONGEST;
        Ok(if is_tame { Cow::Borrowed(raw) } else { Cow::Owned(shown(raw, LONGEST)) })
    }

    /// A whole number from 0 to 4,294,967,295.
    pub(crate) fn number(&mut self) -> Read<u32> {
        let first = self.peek()?;
        if !first.is_ascii_digit() {
            return Err(Stop::Unfit("a number is expected".to_owned()));
        }
        let start = self.at;
        self.scalar()?;
        let text = str::from_utf8(self.since(start)).unwrap_or_default();
        whole(text).ok_or_else(|| Stop::Unfit("a whole number is expected".to_owned()))
    }

    /// Goes past a value of any kind, however deep it nests.
    pub(crate) fn skip(&mut self) -> Read<()> {
        let mut open: Vec<u8> = Vec::new();
        loop {
            match self.peek()? {
                b'{' => {
                    self.at += 1;
                    open.push(b'}');
                    if self.has_next(true, b'}')? {
                        self.name()?;
                        continue;
                    }
                    open.pop();
                }
                b'[' => {
                    self.at += 1;
                    open.push(b']');
                    if self.has_next(true, b']')? {
                        continue;
                    }
                    open.pop();
                }
                b'"' => drop(self.text()?),
                _ => drop(self.scalar()?),
            }
            // A value has ended, and with it perhaps what it was in.
            loop {
                let Some(end) = open.last().copied() else { return Ok(()) };
                if self.has_next(false, end)? {
                    if end == b'}' {
                        self.name()?;
                    }
                    break;
                }
                open.pop();
            }
        }
    }

    /// A number, or one of three words.
    pub(crate) fn scalar(&mut self) -> Read<&'a str> {
        let start = self.at;
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        while self.bytes.get(self.at).is_some_and(is_part) {
            self.at += 1;
        }
        if self.at == self.bytes.len() && !self.is_whole {
            return Err(Stop::More);
        }
        let word = self.since(start);
        if matches!(word, b"true" | b"false" | b"null") || is_number(word) {
            // All of them are ASCII.
            return Ok(str::from_utf8(word).unwrap_or_default());
        }
        Err(if self.at == self.bytes.len() { self.ended() } else { Stop::Broken("unexpected character") })
    }

    const fn ended(&self) -> Stop {
        if self.is_whole { Stop::Broken("the text ends early") } else { Stop::More }
    }
}

fn is_number(word: &[u8]) -> bool {
    let digits = |word: &mut &[u8]| {
        let count = word.iter().take_while(|byte| byte.is_ascii_digit()).count();
        *word = word.get(count..).unwrap_or_default();
        count
    };
    let mut rest = word.strip_prefix(b"-").unwrap_or(word);
    let leads = rest.first() == Some(&b'0');
    let whole = digits(&mut rest);
    if whole == 0 || leads && whole > 1 {
        return false;
    }
    if let Some(part) = rest.strip_prefix(b".") {
        rest = part;
        if digits(&mut rest) == 0 {
            return false;
        }
    }
    if let [b'e' | b'E', part @ ..] = rest {
        rest = part.strip_prefix(b"+").or_else(|| part.strip_prefix(b"-")).unwrap_or(part);
        if digits(&mut rest) == 0 {
            return false;
        }
    }
    rest.is_empty()
}

/// A text without its escapes. Half of a surrogate pair becomes U+FFFD: the rest of the text is good.
fn unescaped(raw: &str) -> Option<String> {
    let mut text = String::with_capacity(raw.len());
    let mut parts = raw.split('\\');
    text.push_str(parts.next()?);
    let mut high: Option<u32> = None;
    while let Some(part) = parts.next() {
        let one = *part.as_bytes().first().unwrap_or(&b'\\');
        if one == b'u' {
            let code = u32::from_str_radix(part.get(1..5).filter(|hex| !hex.starts_with('+'))?, 16).ok()?;
            let is_low = (0xdc00..0xe000).contains(&code);
            match high.take() {
                Some(high) if is_low => {
                    let both = 0x1_0000 + ((high - 0xd800) << 10) + (code - 0xdc00);
                    text.push(char::from_u32(both).unwrap_or('\u{fffd}'));
                }
                before => {
                    text.extend(before.map(|_| '\u{fffd}'));
                    let is_high = (0xd800..0xdc00).contains(&code) && part.len() == 5;
                    if is_high {
                        high = Some(code);
                    } else {
                        text.push(char::from_u32(code).unwrap_or('\u{fffd}'));
                    }
                }
            }
            text.push_str(part.get(5..)?);
            continue;
        }
        text.extend(high.take().map(|_| '\u{fffd}'));
        text.push(match one {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'"' | b'/' => char::from(one),
            // An escaped backslash: the split gave an empty part, and the next one is plain text.
            b'\\' => {
                text.push('\\');
                text.push_str(parts.next()?);
                continue;
            }
            _ => return None,
        });
        text.push_str(part.get(1..)?);
    }
    text.extend(high.map(|_| '\u{fffd}'));
    Some(text)
}

/// A text as it can be shown: without characters that reach beyond themselves, and no longer than `most`
/// characters.
pub(crate) fn shown(text: &str, most: usize) -> String {
    let mut shown: String =
        text.chars().take(most).map(|one| if is_unshowable(one) { '\u{fffd}' } else { one }).collect();
    if text.chars().nth(most).is_some() {
        shown.push('…');
    }
    shown
}

/// Controls but for line breaks and tabs; marks, embeddings, overrides and isolates of direction; the
/// byte order mark.
pub(crate) const fn is_unshowable(one: char) -> bool {
    matches!(one,
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 30, 5, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                proptest::collection::btree_map(any::<String>(), inner, 0..5)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_value_is_gone_past_and_no_part_of_it(value in any_value(), cut in any::<prop::sample::Index>()) {
            let text = [&value.to_string(), " "].concat();
            let mut json = Json::new(text.as_bytes(), true);
            prop_assert!(json.skip().is_ok());
            prop_assert!(json.is_at_end());
            let part = &text.as_bytes()[..cut.index(text.len() - 1)];
            let mut json = Json::new(part, false);
            let waits = matches!(json.skip(), Err(Stop::More));
            prop_assert!(waits, "{part:?}");
        }

        #[test]
        fn what_is_gone_past_is_what_the_other_reader_takes(text in "[-+0-9eE.tfn\\[\\]{},: \"\\\\ua-f]{0,12}") {
            let mut json = Json::new(text.as_bytes(), true);
            let is_read = json.skip().is_ok() && json.is_at_end();
            // Half of a surrogate pair is read here: the rest of the text is good.
            let expected = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
            prop_assert!(is_read == expected || text.contains("\\u"), "{text}");
        }

        #[test]
        fn a_text_reads_as_it_was_written(text in any::<String>()) {
            let written = serde_json::to_string(&text).unwrap_or_default();
            let mut json = Json::new(written.as_bytes(), true);
            let read = json.text().map_err(|stop| TestCaseError::fail(format!("{stop:?}")))?;
            prop_assert_eq!(read, shown(&text, LONGEST));
        }
    }

    #[test]
    fn escapes_are_read_and_halves_of_pairs_replaced() {
        let read = |text: &str| Json::new(text.as_bytes(), true).text().ok().map(Cow::into_owned);
        assert_eq!(read(r#""\ud83d\ude00\u00e4\n\\n\"\/""#).as_deref(), Some("😀ä\n\\n\"/"));
        assert_eq!(read(r#""a\ud83db\ude00\ud83d""#).as_deref(), Some("a\u{fffd}b\u{fffd}\u{fffd}"));
        assert_eq!(read(r#""\x""#), None);
        assert_eq!(read(r#""\u12""#), None);
    }
}
