//! Cells that say nothing: "None", "–", "n/a", "Keine bekannt".

/// Words that begin a statement that there is nothing.
const NONE: &[&str] =
    &["no", "none", "nothing", "nil", "null", "keine", "kein", "keiner", "keines", "keinerlei", "nichts"];
/// Words that such a statement may go on with; with any other word it says that something is missing.
const FILLING: &[&str] = &[
    "known",
    "open",
    "current",
    "currently",
    "recorded",
    "found",
    "identified",
    "reported",
    "outstanding",
    "remaining",
    "further",
    "other",
    "more",
    "so",
    "far",
    "yet",
    "now",
    "today",
    "present",
    "at",
    "this",
    "time",
    "the",
    "moment",
    "are",
    "is",
    "there",
    "of",
    "gap",
    "gaps",
    "issue",
    "issues",
    "item",
    "items",
    "points",
    "problem",
    "problems",
    "missing",
    "any",
    "as",
    "bekannt",
    "bekannte",
    "bekannten",
    "offen",
    "offene",
    "offenen",
    "aktuell",
    "aktuelle",
    "aktuellen",
    "derzeit",
    "zurzeit",
    "zur",
    "zeit",
    "momentan",
    "heute",
    "bisher",
    "erfasst",
    "vorhanden",
    "weitere",
    "weiteren",
    "lücke",
    "lücken",
    "luecken",
    "mängel",
    "punkte",
    "probleme",
    "sind",
    "ist",
    "es",
    "fehlt",
];
/// What says nothing as a whole.
const WHOLE: &[&str] = &[
    "n a",
    "na",
    "n v",
    "not applicable",
    "does not apply",
    "empty",
    "entfällt",
    "entfaellt",
    "nicht zutreffend",
    "trifft nicht zu",
    "k a",
    "ohne",
];

/// Whether a cell, or a sentence of one, says that there is nothing.
///
/// A cell of punctuation alone is such a one, unless it asks ("?"): what is not known may be missing.
pub(crate) fn says_nothing(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let Some((first, rest)) = words.split_first() else {
        return !text.contains(['?', '!', '+', '✓', '✔', '✗', '✘', '❌', '⚠', '🚧'])
            && text.chars().all(|char| {
                !char.is_alphanumeric() && (char.is_ascii() || DASHES.contains(&char) || char.is_whitespace())
            });
    };
    WHOLE.contains(&words.join(" ").as_str())
        || (NONE.contains(first) && rest.iter().all(|word| NONE.contains(word) || FILLING.contains(word)))
}

/// The dashes that people put into an empty cell, beside the one on the keyboard.
const DASHES: &[char] = &['‐', '‑', '‒', '–', '—', '―', '−', '…', '·', '∅', '／', '\u{200b}', '\u{feff}'];

#[cfg(test)]
mod tests {
    use super::says_nothing;

    #[test]
    fn what_says_nothing_is_told_from_what_is_missing() {
        for nothing in [
            "",
            " ",
            "-",
            "–",
            "—",
            "--",
            "−",
            "/",
            ".",
            "…",
            "n/a",
            "N/A",
            "n.a.",
            "NA",
            "None",
            "none.",
            "(none)",
            "No known gaps.",
            "None known",
            "no gaps",
            "No open issues",
            "Nothing",
            "not applicable",
            "None at this time.",
            "Keine",
            "keine bekannt",
            "Keine bekannten Lücken.",
            "Keine Lücken bekannt",
            "Entfällt",
            "k. A.",
            "k.A.",
            "nichts",
            "Keine offenen Punkte",
            "nil",
            "None so far",
        ] {
            assert!(says_nothing(nothing), "{nothing}");
        }
        for missing in [
            "No backups",
            "No owner",
            "?",
            "TBD",
            "Keine Backups",
            "None of the backups is tested",
            "nothing is tested",
            "Needs backups",
            "unknown",
            "no known owner",
            "✗",
            "Ohne Backup",
            "kein Restore-Test bekannt",
            "0",
        ] {
            assert!(!says_nothing(missing), "{missing}");
        }
    }
}
