//! Names: how a title becomes one, and which known name was meant.

/// A name from a title: lower case, what is neither letter nor digit becomes one hyphen.
pub(crate) fn slug(title: &str) -> String {
    let spaced: String =
        title.chars().map(|char| if char.is_ascii_alphanumeric() { char.to_ascii_lowercase() } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join("-")
}

/// The name of a repository: as a slug, but `/`, `.` and `_` stay.
pub(crate) fn repository(text: &str) -> String {
    text.trim().to_ascii_lowercase().replace(|char: char| !char.is_ascii_alphanumeric() && !"-._/".contains(char), "-")
}

/// How many names are compared with one that is not known: it is done for each of many rows.
const COMPARED: usize = 1000;
/// How many of them are said.
const SAID: usize = 20;

/// Words for a cure: the known name that was probably meant, and all of them where they are few.
pub(crate) fn suggestion<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.take(COMPARED).collect();
    let near = known
        .iter()
        .map(|name| (strsim::jaro_winkler(&given.to_lowercase(), &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|one, other| one.0.total_cmp(&other.0));
    let more = if known.len() > SAID { ", and more" } else { "" };
    let list = || known.iter().take(SAID).map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ") + more;
    match near {
        Some((_, name)) => format!("did you mean '{name}'? Known are: {}", list()),
        None if known.is_empty() => "none is known".to_owned(),
        None => format!("known are: {}", list()),
    }
}

/// The longest of the names that a text starts with, at a word's end.
pub(crate) fn longest_prefix<'a>(text: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let starts = |name: &&str| {
        let rest = text.get(name.len()..);
        let head = text.get(..name.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(name))
            && rest.is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric()))
    };
    names.filter(|name| !name.is_empty()).filter(starts).max_by_key(|name| name.len())
}
