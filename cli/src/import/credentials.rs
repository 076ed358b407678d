//! Users and passwords in addresses: an inventory is for everyone who reads the hub.

use core::ops::Range;

use super::text::ends_with_word;

/// Where user and password of an address stand in a text, each in bytes.
///
/// A password is found in an address of any scheme, a user alone in those of the web: `ssh://git@host` is how git
/// asks for everyone, `https://TOKEN@host` is a secret.
pub(crate) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, mark) in text.match_indices("://") {
        let start = at + mark.len();
        let before = text.get(..at).unwrap_or_default();
        let is_web = ["http", "https", "ws", "wss"].iter().any(|web| ends_with_word(before, web));
        let rest = text.get(start..).unwrap_or_default();
        let ends = |char: char| char.is_whitespace() || "/?#`\"'<>|\\".contains(char);
        let authority = rest.split(ends).next().unwrap_or_default();
        if let Some((user, _)) = authority.rsplit_once('@')
            && !user.is_empty()
            && (is_web || user.split_once(':').is_some_and(|(_, password)| !password.is_empty()))
        {
            found.push(start..start + user.len());
        }
    }
    found
}

/// The text with each byte of its users and passwords as `*`, so that places stay.
pub(crate) fn hidden(text: &str) -> String {
    let mut shown = text.to_owned();
    for range in find(text) {
        let stars = "*".repeat(range.len());
        shown.replace_range(range, &stars);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_and_passwords_are_found() {
        for (text, secret) in [
            ("`http://probe:pa55@host/ok`", Some("probe:pa55")),
            ("https://ghp_token@github.example/x", Some("ghp_token")),
            ("postgres://app:secret@db:5432/app", Some("app:secret")),
            ("https://user:p@ss@host", Some("user:p@ss")),
            ("ssh://git@git.example/x.git", None),
            ("https://host/path@here", None),
            ("https://host/?mail=a@b", None),
            ("mail a@b, see https://host", None),
            ("https://<user>:<password>@host", None),
        ] {
            let found = find(text);
            assert_eq!(found.first().map(|range| &text[range.clone()]), secret, "{text}");
            assert!(secret.is_none_or(|secret| !hidden(text).contains(secret)), "{text}");
            assert_eq!(hidden(text).len(), text.len());
        }
    }
}
