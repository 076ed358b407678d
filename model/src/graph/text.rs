//! How much room words take. A picture is laid out before any letter is drawn, so that the width of
//! a text is an estimate from the shapes of its letters, on the wide side.

/// The width of a letter in hundredths of the letter size, for a sans-serif face.
fn letter(c: char) -> i32 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 38,
        'f' | 't' | 'r' | ' ' | '(' | ')' | '[' | ']' | '/' | '-' => 46,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' => 104,
        'A'..='Z' => 78,
        c if c.is_ascii() => 66,
        // Letters of Latin, Greek and Cyrillic script; what lies beyond is as wide as it is high.
        c if (c as u32) < 0x1100 => 70,
        _ => 104,
    }
}

/// The width of a text in a letter size, in px.
fn width(text: &str, size: i32) -> i32 {
    text.chars().map(letter).fold(0_i32, i32::saturating_add).saturating_mul(size) / 100
}

/// A text on one line of `room` px in this letter size; what does not fit ends in `…`.
///
/// ```
/// use ops_model::graph::fitted;
/// assert_eq!(fitted("Gitea", 100, 13), "Gitea");
/// assert_eq!(fitted("An endpoint with a name that goes on", 100, 13), "An endpoint…");
/// ```
#[must_use]
pub fn fitted(text: &str, room: i32, size: i32) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut left = room.saturating_sub(width("…", size));
    let fits = |c: &char| {
        left -= letter(*c) * size / 100;
        left >= 0
    };
    let mut short: String = text.chars().take_while(fits).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

/// A text on one or two lines of `room` px in this letter size, broken between words and after `-`,
/// `/`, `.` and `_`; what does not fit ends in `…`.
///
/// ```
/// use ops_model::graph::wrapped;
/// assert_eq!(wrapped("Gitea shared storage", 100, 13), ["Gitea shared", "storage"]);
/// assert_eq!(wrapped("threephoenix-production", 100, 13), ["threephoenix-", "production"]);
/// ```
#[must_use]
pub fn wrapped(text: &str, room: i32, size: i32) -> Vec<String> {
    if width(text, size) <= room {
        return vec![text.to_owned()];
    }
    let breaks = text.char_indices().filter(|(_, c)| c.is_whitespace() || matches!(c, '-' | '/' | '.' | '_'));
    let ends = breaks.map(|(at, c)| at + c.len_utf8());
    let broken = ends
        .filter_map(|end| text.split_at_checked(end))
        .take_while(|(first, _)| width(first.trim_end(), size) <= room)
        .last();
    match broken {
        Some((first, rest)) => vec![first.trim_end().to_owned(), fitted(rest.trim_start(), room, size)],
        // One long word: as much of it as fits, and the rest below.
        None => {
            let mut left = room;
            let fits = |c: &char| {
                left -= letter(*c) * size / 100;
                left >= 0
            };
            let end: usize = text.chars().take_while(fits).map(char::len_utf8).sum();
            if end == 0 {
                return vec![fitted(text, room, size)];
            }
            let (first, rest) = text.split_at(end);
            vec![first.to_owned(), fitted(rest, room, size)]
        }
    }
}
