//! What a cell says that an endpoint has to answer: a status, a header, a redirect.

use super::text::Text;

/// What a cell expects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Expectation {
    /// Each status that is in order.
    pub(crate) statuses: Vec<Found>,
    /// A header, as `Name: value`.
    pub(crate) header: Option<Found>,
    /// Where it redirects to.
    pub(crate) redirect: Option<Found>,
    /// Code that stands for a status and is none, such as `4001`.
    pub(crate) wrong: Option<Found>,
    /// Whether it says more about answers than is read.
    pub(crate) unread: bool,
}

/// A value with the place where it starts in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The value.
    pub(crate) text: String,
    /// Where it starts.
    pub(crate) source: usize,
}

/// Words after which a status is one that is expected.
const EXPECTED: &[&str] = &[
    "expected",
    "expects",
    "expect",
    "expecting",
    "expectation",
    "erwartet",
    "erwarte",
    "erwartete",
    "erwarteter",
    "should",
    "must",
    "soll",
    "sollte",
    "muss",
    "status",
    "statuscode",
    "http",
    "https",
    "returns",
    "return",
    "answers",
    "answer",
    "responds",
    "gives",
    "sends",
    "antwortet",
    "antwort",
    "liefert",
    "gibt",
    "sendet",
];
/// Those of them that may stand behind the status.
const EXPECTED_BEHIND: &[&str] = &["expected", "erwartet"];
/// Words after which a status is not expected.
const NOT: &[&str] = &[
    "not",
    "no",
    "never",
    "without",
    "instead",
    "than",
    "except",
    "nicht",
    "kein",
    "keine",
    "keinen",
    "nie",
    "statt",
    "anstatt",
    "außer",
    "ohne",
    "formerly",
    "but",
    "besides",
    "any",
    "anything",
    "was",
    "war",
    "früher",
    "isn't",
    "doesn't",
    "unexpected",
    "unerwartet",
];
/// Words that join statuses to a set.
const JOINTS: &[&str] = &["or", "oder", "and", "und", "/", "|"];
/// Words that may follow a status that is not written as code; any other says that the number counts something.
const FOLLOWING: &[&str] = &[
    "ok",
    "created",
    "accepted",
    "no",
    "moved",
    "found",
    "see",
    "not",
    "temporary",
    "permanent",
    "bad",
    "unauthorized",
    "unauthorised",
    "forbidden",
    "with",
    "and",
    "or",
    "as",
    "when",
    "before",
    "after",
    "from",
    "for",
    "to",
    "if",
    "status",
    "is",
    "on",
    "by",
    "at",
    "code",
    "mit",
    "und",
    "oder",
    "als",
    "wenn",
    "vor",
    "nach",
    "von",
    "für",
    "auf",
    "zu",
    "falls",
    "ist",
    "wird",
    "expected",
    "erwartet",
    "without",
    "ohne",
    "in",
    "liefern",
    "sein",
    "antworten",
    "redirect",
    "because",
    "weil",
];

/// A word or a code span.
#[derive(Debug)]
struct Token {
    text: String,
    source: usize,
    code: bool,
    /// The punctuation after it.
    stop: Option<char>,
}

impl Token {
    fn word(&self) -> String {
        if self.code { String::new() } else { self.text.to_lowercase() }
    }

    fn is_redirect(&self) -> bool {
        let word = self.word();
        ["redirect", "umleit", "umgeleitet", "weiterleit", "weitergeleitet", "leitet"]
            .iter()
            .any(|stem| word.starts_with(stem))
    }

    /// The statuses that it is: `401`, `200/401`, `401 Unauthorized`.
    fn statuses(&self) -> Option<Vec<&str>> {
        let number = if self.code { status_of(&self.text) } else { self.text.as_str() };
        let parts: Vec<&str> = number.split(['/', '|', ',']).collect();
        parts.iter().all(|part| is_status(part)).then_some(parts)
    }
}

/// The number in a code span such as `HTTP/1.1 401 Unauthorized`; the span itself where it is no status line.
fn status_of(code: &str) -> &str {
    let after = code.split_once(' ').filter(|(first, _)| first.to_ascii_uppercase().starts_with("HTTP"));
    let code = after.map_or(code, |(_, rest)| rest.trim());
    let (number, reason) = code.split_once(' ').unwrap_or((code, ""));
    let is_reason = reason.chars().all(|char| char.is_alphabetic() || " -'".contains(char));
    if is_reason { number } else { code }
}

fn is_status(text: &str) -> bool {
    text.len() == 3 && text.parse::<u16>().is_ok_and(|status| (100..600).contains(&status))
}

/// A number that stands for many statuses: `2xx`, `200-299`.
fn is_class(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let is_range = lower.split_once(['-', '–']).is_some_and(|(from, to)| is_status(from) && is_status(to));
    is_range
        || (lower.len() == 3 && lower.ends_with("xx") && lower.starts_with(|first: char| ('1'..='5').contains(&first)))
}

/// Reads a cell.
pub(crate) fn read(text: &Text) -> Expectation {
    let tokens = tokens(text);
    let mut found = Expectation::default();
    let mut sentence = 0;
    while sentence < tokens.len() {
        let rest = tokens.get(sentence..).unwrap_or_default();
        let len =
            rest.iter().position(|token| matches!(token.stop, Some('.' | ';' | '!'))).map_or(rest.len(), |at| at + 1);
        read_sentence(rest.get(..len).unwrap_or_default(), tokens.len() == 1, &mut found);
        sentence += len;
    }
    found
}

fn read_sentence(tokens: &[Token], is_all: bool, found: &mut Expectation) {
    let redirect = tokens.iter().position(Token::is_redirect).or_else(|| implied_redirect(tokens));
    let negated = |tokens: &[Token]| tokens.iter().any(|token| NOT.contains(&token.word().as_str()));
    if let Some(at) = redirect {
        match target(tokens, at) {
            Some(target) if !negated(tokens) && found.redirect.is_none() => found.redirect = Some(target),
            _ => found.unread = true,
        }
    }
    // Where the clause of a status starts, whether one is expected there, and whether the set before it goes on.
    let (mut clause, mut is_expected, mut goes_on) = (0, false, false);
    for (at, token) in tokens.iter().enumerate() {
        let word = token.word();
        let before = tokens.get(clause..at).unwrap_or_default();
        if EXPECTED.contains(&word.as_str()) {
            is_expected = true;
        } else if let Some(statuses) = token.statuses() {
            let behind = tokens.get(at + 1..(at + 4).min(tokens.len())).unwrap_or_default();
            let is_behind = behind.iter().any(|token| EXPECTED_BEHIND.contains(&token.word().as_str()));
            let is_redirect = redirect.is_some() && token.text.starts_with('3');
            let is_meant = is_expected || is_behind || is_redirect || is_all;
            let is_denied = negated(before) || (is_behind && negated(behind));
            goes_on = match sense(token, behind.first(), is_meant, is_denied) {
                Sense::Number => false,
                // Beside one that is expected, it only says more of that.
                Sense::Denied => {
                    found.unread |= found.statuses.is_empty();
                    false
                }
                Sense::Strange => {
                    found.unread = true;
                    false
                }
                Sense::Expected => found.add(&statuses, token.source, goes_on),
            };
        } else if is_expected && is_class(&token.text) {
            found.unread = true;
        } else if token.code && is_expected && !negated(before) {
            read_code(token, before, found);
            goes_on = false;
        } else if !JOINTS.contains(&word.as_str()) {
            // "Expected `200` or status `401`" goes on as well.
            goes_on &= EXPECTED.contains(&word.as_str());
        }
        if token.stop == Some(',') {
            clause = at + 1;
        }
    }
}

/// What a number that could be a status is.
enum Sense {
    /// A status that is in order.
    Expected,
    /// A status that is not.
    Denied,
    /// A status, but it is not said what of it.
    Strange,
    /// A number of something else.
    Number,
}

fn sense(token: &Token, next: Option<&Token>, is_meant: bool, is_denied: bool) -> Sense {
    let next = next.filter(|_| token.stop.is_none());
    let counts = !token.code && next.is_some_and(|next| !next.code && !is_following(&next.word()));
    match (is_meant, is_denied) {
        _ if counts => Sense::Number,
        (true, true) => Sense::Denied,
        (true, false) => Sense::Expected,
        (false, _) if token.code => Sense::Strange,
        (false, _) => Sense::Number,
    }
}

impl Expectation {
    /// Adds statuses; gives whether the set may go on. A second set is not read: which of the two is in order depends
    /// on what the sentence says beside them.
    fn add(&mut self, statuses: &[&str], source: usize, goes_on: bool) -> bool {
        let is_new = |status: &&&str| !self.statuses.iter().any(|one| one.text == **status);
        let new: Vec<&&str> = statuses.iter().filter(is_new).collect();
        if !goes_on && !self.statuses.is_empty() && !new.is_empty() {
            self.unread = true;
            return false;
        }
        let new: Vec<Found> = new.into_iter().map(|status| Found { text: (*status).to_owned(), source }).collect();
        self.statuses.extend(new);
        true
    }
}

/// A status of redirection with where it leads to: `301 to /login`.
fn implied_redirect(tokens: &[Token]) -> Option<usize> {
    tokens.windows(3).position(|three| {
        let [status, to, address] = three else { return false };
        let is_redirection = status.statuses().is_some_and(|all| all.iter().all(|one| one.starts_with('3')));
        is_redirection && is_to(&to.word()) && is_address(address)
    })
}

fn is_to(word: &str) -> bool {
    ["to", "zu", "nach", "auf", "an", "→", "->"].contains(&word)
}

fn is_address(token: &Token) -> bool {
    (token.text.starts_with('/') || token.text.contains("://")) && token.text.len() > usize::from(!token.code)
}

fn is_following(word: &str) -> bool {
    FOLLOWING.contains(&word)
        || is_to(word)
        || JOINTS.contains(&word)
        || word.parse::<u16>().is_ok()
        || word.is_empty()
        || word.starts_with('(')
}

/// Code that is expected and no status: a header, or a number that is none.
fn read_code(token: &Token, before: &[Token], found: &mut Expectation) {
    let text = token.text.trim();
    let is_header = text.split_once(':').is_some_and(|(name, value)| {
        let is_name = name.chars().all(|char| char.is_ascii_alphanumeric() || "-_".contains(char));
        is_name && !name.is_empty() && !value.starts_with("//")
    });
    let is_next = before.last().is_some_and(|last| EXPECTED.contains(&last.word().as_str()));
    if is_header && found.header.is_none() {
        found.header = Some(Found { text: text.to_owned(), source: token.source });
    } else if is_next && !text.is_empty() && text.chars().all(|char| char.is_ascii_digit()) {
        found.wrong.get_or_insert_with(|| Found { text: text.to_owned(), source: token.source });
    } else if is_next {
        found.unread = true;
    }
}

/// Where a redirect leads to: the first path or URL behind the word, or code behind "to".
fn target(tokens: &[Token], at: usize) -> Option<Found> {
    let behind = tokens.get(at + 1..)?;
    let found = behind.iter().enumerate().find(|(place, token)| {
        let follows =
            place.checked_sub(1).and_then(|before| behind.get(before)).is_some_and(|before| is_to(&before.word()));
        is_address(token) || (token.code && follows && token.statuses().is_none())
    });
    found.map(|(_, token)| Found { text: token.text.clone(), source: token.source })
}

fn tokens(text: &Text) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut at = 0;
    for code in text.code_ranges() {
        plain_tokens(text, at..code.start.max(at), &mut found);
        if let Some(words) = text.plain.get(code.clone()).filter(|words| !words.is_empty()) {
            found.push(Token { text: words.to_owned(), source: text.source_at(code.start), code: true, stop: None });
        }
        at = code.end;
    }
    plain_tokens(text, at..text.plain.len(), &mut found);
    found
}

fn plain_tokens(text: &Text, range: core::ops::Range<usize>, found: &mut Vec<Token>) {
    let plain = text.plain.get(range.clone()).unwrap_or_default();
    let mut at = range.start;
    for word in plain.split_inclusive(char::is_whitespace) {
        let start = at;
        at += word.len();
        let word = word.trim_end();
        let bare = word.trim_start_matches(['(', '[', '"', '“', '„', '\'']);
        let end = bare.trim_end_matches([')', ']', '"', '”', '“', '\'', '.', ',', ';', '!', '?', ':']);
        let stop = bare.get(end.len()..).and_then(|stops| stops.chars().find(|stop| ".,;!".contains(*stop)));
        if end.is_empty() {
            // Punctuation by itself belongs to the word or code before it.
            if let (Some(last), Some(stop)) = (found.last_mut(), stop) {
                last.stop.get_or_insert(stop);
            }
            continue;
        }
        let source = text.source_at(start + (word.len() - bare.len()));
        found.push(Token { text: end.to_owned(), source, code: false, stop });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text in which what stands between backticks is code.
    fn cell(markdown: &str) -> Text {
        let mut text = Text::new(0..markdown.len());
        for (at, part) in markdown.split('`').enumerate() {
            if !part.is_empty() {
                text.push(part, 0, at % 2 == 1);
            }
        }
        text
    }

    #[test]
    fn expectations_are_read_or_said_not_to_be() {
        for (markdown, statuses, redirect, unread) in [
            ("Expected `401` with OCI registry challenge.", "401", "", false),
            ("Expected 401.", "401", "", false),
            ("Expected status `401`.", "401", "", false),
            ("Expected HTTP status code 401 with a challenge", "401", "", false),
            ("Expects a `401 Unauthorized`.", "401", "", false),
            ("Expected: `HTTP/1.1 401 Unauthorized`", "401", "", false),
            ("Expected `200` or `401`.", "200 401", "", false),
            ("Expected 200, 301 or 401.", "200 301 401", "", false),
            ("Expected 200/401", "200 401", "", false),
            ("Returns 204.", "204", "", false),
            ("`401` is expected.", "401", "", false),
            ("`401`", "401", "", false),
            ("Erwartet `401`.", "401", "", false),
            ("Antwortet mit 401.", "401", "", false),
            ("Sollte 401 liefern", "401", "", false),
            ("Not expected `401`.", "", "", true),
            ("`401` is not expected.", "", "", true),
            ("Nicht erwartet: `401`", "", "", true),
            ("Expected `200`, not `401`.", "200", "", false),
            ("Expected `401` before login, `200` after.", "401", "", true),
            ("Expected 2xx.", "", "", true),
            ("Expected `200-299`.", "", "", true),
            ("Expected `ok`.", "", "", true),
            ("Answers within 300 ms.", "", "", false),
            ("Has 200 users.", "", "", false),
            ("Saw `401` once.", "", "", true),
            ("Redirects to `/NewSession`.", "", "/NewSession", false),
            ("Redirects to /login.", "", "/login", false),
            ("Redirects (302) to https://login.example/a.", "302", "https://login.example/a", false),
            ("Redirects with `302` to `/login`.", "302", "/login", false),
            ("Leitet auf /login weiter.", "", "/login", false),
            ("Does not redirect to /login.", "", "", true),
            ("Redirects to the login.", "", "", true),
            ("HTTP 301 to /login", "301", "/login", false),
            ("302 → /login", "302", "/login", false),
            ("Any status but 500.", "", "", true),
            ("Anything except `500`.", "", "", true),
            ("Expected `200` (was `401`).", "200", "", false),
            ("OpenAPI document fetched on 2026-05-16.", "", "", false),
            ("Expected `401`. Redirects to `/x`.", "401", "/x", false),
        ] {
            let found = read(&cell(markdown));
            let read: Vec<&str> = found.statuses.iter().map(|one| one.text.as_str()).collect();
            assert_eq!(read.join(" "), statuses, "{markdown}: {found:?}");
            assert_eq!(found.redirect.as_ref().map_or("", |one| one.text.as_str()), redirect, "{markdown}");
            assert_eq!(found.unread, unread, "{markdown}: {found:?}");
        }
        assert!(read(&cell("Expected `4001`.")).wrong.is_some());
        let header = read(&cell("Expected header `X-Wiki: yes`.")).header;
        assert_eq!(header.map(|one| one.text).as_deref(), Some("X-Wiki: yes"));
    }
}
