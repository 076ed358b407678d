//! Names: how a title becomes one, and which known name was meant.

use sha2::{Digest, Sha256};

/// A name from a title: lower case, what is neither letter nor digit becomes one hyphen.
///
/// Latin letters lose their marks: `Bäckerei` gives `backerei`. A title with letters of another script is written
/// in Latin letters as well as that goes, and ends with its own hash, since many titles sound alike:
/// `Почта` gives `pochta-` and six digits. Only what says nothing gives an empty name.
pub(crate) fn slug(title: &str) -> String {
    let latin = deunicode::deunicode(title);
    let spaced: String =
        latin.chars().map(|char| if char.is_ascii_alphanumeric() { char.to_ascii_lowercase() } else { ' ' }).collect();
    let name = spaced.split_whitespace().collect::<Vec<_>>().join("-");
    match (name.is_empty(), is_latin(title)) {
        (true, _) if super::nothing::says_nothing(title) => name,
        (true, _) => format!("x-{}", hash(title)),
        (false, true) => name,
        (false, false) => format!("{name}-{}", hash(title)),
    }
}

/// The name of a repository, release or resource: as a slug, but `/`, `.` and `_` stay. A text that has other
/// characters ends with its hash, so that no two texts share a name.
pub(crate) fn repository(text: &str) -> String {
    let fits = |char: char| char.is_ascii_alphanumeric() || "-._/".contains(char);
    let text = text.trim();
    if text.chars().all(fits) {
        return text.to_ascii_lowercase();
    }
    let latin = deunicode::deunicode(text).to_ascii_lowercase();
    let name = latin.replace(|char: char| !fits(char), "-");
    format!("{}-{}", name.trim_matches('-'), hash(text)).trim_start_matches('-').to_owned()
}

/// A title as it is compared: without case, one space between words.
pub(crate) fn fold(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether a name says all that its title says: nothing but case and spaces got lost.
pub(crate) fn is_exact(name: &str, title: &str) -> bool {
    fold(title).replace(' ', "-") == name
}

/// Six digits that tell titles apart which give the same name; the case does not matter.
pub(crate) fn hash(title: &str) -> String {
    Sha256::digest(fold(title)).iter().take(3).map(|byte| format!("{byte:02x}")).collect()
}

/// Whether all letters are Latin ones, with or without marks.
fn is_latin(title: &str) -> bool {
    title
        .chars()
        .filter(|char| char.is_alphanumeric())
        .all(|char| matches!(char, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}'))
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

/// Whether a name that ends before `rest` ends there: the next character belongs to no longer name.
///
/// `Vault` does not end in `Vault-2`, nor in `Vault (DR)`: brackets after a name tell it from others.
pub(crate) fn ends_before(rest: &str) -> bool {
    if rest.trim_start().starts_with(['(', '[']) {
        return false;
    }
    let mut next = rest.chars();
    match next.next() {
        Some(char) if char.is_alphanumeric() => false,
        Some('-' | '_' | '.' | '/' | '+' | '#' | '@') => !next.next().is_some_and(char::is_alphanumeric),
        _ => true,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_title_has_a_name() {
        for (title, name) in [
            ("Gitea shared storage", "gitea-shared-storage"),
            ("Bäckerei", "backerei"),
            ("Bückerei", "buckerei"),
            ("Smørrebrød & Søn", "smorrebrod-son"),
            ("Vault (DR)", "vault-dr"),
            ("—", ""),
        ] {
            assert_eq!(slug(title), name, "{title}");
        }
        let names: Vec<String> =
            ["监控", "Почта", "メール", "خادم", "事实", "实施", "🚀", "!!!", "C++"].map(slug).into();
        for (at, name) in names.iter().enumerate() {
            assert!(
                name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
                "{name}"
            );
            assert!(!name.is_empty() && !names[..at].contains(name), "{names:?}");
        }
        assert!(names[1].starts_with("pochta-"), "{names:?}");
    }

    #[test]
    fn names_of_repositories_are_told_apart() {
        assert_eq!(repository("the-custodian/State_Hub"), "the-custodian/state_hub");
        assert_ne!(repository("a b"), repository("a-b"));
        assert_ne!(repository("ä"), repository("a"));
    }
}
