//! Sentences that say what is missing, taken apart into single gaps.

use ops_model::GapKind;

/// One thing that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Missing {
    /// Its words.
    pub(crate) text: String,
    /// Where they start in the sentence, in bytes.
    pub(crate) at: usize,
    /// Its kinds; never empty.
    pub(crate) kinds: Vec<GapKind>,
}

/// The single gaps of a cell.
///
/// `Needs A, B, and C.` gives A, B and C; `X still needs A and B.` gives `X: A` and `X: B`; a list
/// `A, B, C.` gives its items; any other sentence is one gap.
pub(crate) fn split(cell: &str) -> Vec<Missing> {
    let mut found = Vec::new();
    let mut at = 0;
    for sentence in cell.split_inclusive(". ") {
        let text = sentence.trim().trim_end_matches('.');
        let start = at + (sentence.len() - sentence.trim_start().len());
        at += sentence.len();
        if text.is_empty() {
            continue;
        }
        let (about, list, is_need) = needs(text);
        let offset = start + (text.len() - list.len());
        for (item, place) in items(list, is_need) {
            let words = if about.is_empty() { item.to_owned() } else { format!("{about}: {item}") };
            let kinds = kinds(&words);
            found.push(Missing { text: words, at: offset + place, kinds });
        }
    }
    found
}

/// What the sentence is about, the list in it, and whether that is what is needed.
fn needs(sentence: &str) -> (&str, &str, bool) {
    for start in ["Needs ", "needs ", "Need "] {
        if let Some(list) = sentence.strip_prefix(start) {
            return ("", list, true);
        }
    }
    for verb in [" still needs ", " still need ", " needs "] {
        if let Some((about, list)) = sentence.split_once(verb) {
            return (about, list, true);
        }
    }
    ("", sentence, false)
}

/// The items of a list with where they start. `and` parts items only where the list is one of needs.
fn items(list: &str, is_need: bool) -> Vec<(&str, usize)> {
    if !is_need && !list.contains(", ") {
        return vec![(list, 0)];
    }
    let mut found = Vec::new();
    let mut at = 0;
    for part in list.split(", ") {
        let skipped = if part.starts_with("and ") { 4 } else { 0 };
        let item = part.get(skipped..).unwrap_or(part);
        match item.split_once(" and ") {
            Some((one, other)) if is_need => {
                found.push((one, at + skipped));
                found.push((other, at + skipped + one.len() + 5));
            }
            _ => found.push((item, at + skipped)),
        }
        at += part.len() + 2;
    }
    found.retain(|(item, _)| !item.trim().is_empty());
    found
}

/// Which kinds of gap the words name.
fn kinds(text: &str) -> Vec<GapKind> {
    const WORDS: &[(&str, GapKind)] = &[
        ("backup", GapKind::Backup),
        ("restore", GapKind::Restore),
        ("migration", GapKind::Migration),
        ("disposition", GapKind::Migration),
        ("ownership", GapKind::Ownership),
        ("owner", GapKind::Ownership),
        ("catalog", GapKind::Catalog),
        ("inventory", GapKind::Catalog),
        ("drift", GapKind::Drift),
        ("bootstrap", GapKind::Bootstrap),
        ("reachability", GapKind::Reachability),
        ("reachable", GapKind::Reachability),
        ("readiness", GapKind::Readiness),
        ("gate", GapKind::Readiness),
        ("helm", GapKind::Release),
        ("token", GapKind::Release),
        ("release", GapKind::Release),
        ("version", GapKind::Release),
    ];
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split(|char: char| !char.is_alphanumeric()).collect();
    let mut found: Vec<GapKind> = Vec::new();
    for (word, kind) in WORDS {
        let plural = |given: &&str| given.strip_suffix('s') == Some(*word);
        if words.iter().any(|given| given == word || plural(given)) && !found.contains(kind) {
            found.push(*kind);
        }
    }
    if found.is_empty() {
        found.push(GapKind::Other);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(cell: &str) -> Vec<String> {
        let found = split(cell);
        for missing in &found {
            let item = missing.text.rsplit(": ").next().unwrap_or_default();
            assert!(cell[missing.at..].starts_with(item), "'{item}' does not start at {} of '{cell}'", missing.at);
        }
        found.into_iter().map(|missing| missing.text).collect()
    }

    #[test]
    fn a_list_of_needs_is_parted() {
        let cell = "Needs service catalog, drift tracking, backup/restore evidence, and migration disposition.";
        assert_eq!(
            texts(cell),
            ["service catalog", "drift tracking", "backup/restore evidence", "migration disposition"]
        );
        assert_eq!(
            texts("Needs explicit service ownership and backup expectations."),
            ["explicit service ownership", "backup expectations"]
        );
        assert_eq!(
            texts("Future deployment/readiness still needs gates and evidence."),
            ["Future deployment/readiness: gates", "Future deployment/readiness: evidence"]
        );
    }

    #[test]
    fn one_sentence_is_one_gap_with_every_kind_that_it_names() {
        let found = split("Package blob backup and restore evidence not confirmed.");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].kinds, [GapKind::Backup, GapKind::Restore]);
        assert_eq!(split("Something else.")[0].kinds, [GapKind::Other]);
        assert_eq!(texts("No owner. Needs backups."), ["No owner", "backups"]);
    }
}
