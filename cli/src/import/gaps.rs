//! Sentences that say what is missing, taken apart into single gaps.

use core::ops::Range;

use ops_model::GapKind;

use super::{nothing::says_nothing, text::Text};

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

/// What a cell of gaps says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cell {
    /// The single gaps.
    pub(crate) missing: Vec<Missing>,
    /// What stands beside a statement that nothing is missing: `None (checked in May).`
    pub(crate) remark: bool,
}

/// The single gaps of a cell.
///
/// `Needs A, B, and C.` gives A, B and C; `X still needs A and B.` gives `X: A` and `X: B`; a list
/// `A, B, C.` gives its items; any other sentence is one gap. What says nothing, such as `None` or `–`,
/// is no gap, nor is what follows it. Nothing is parted within brackets or code.
pub(crate) fn read(cell: &Text) -> Cell {
    split(&cell.plain, &cell.code_ranges().collect::<Vec<_>>(), &cell.breaks)
}

fn split(cell: &str, codes: &[Range<usize>], breaks: &[usize]) -> Cell {
    let whole = Whole::new(cell, codes);
    let mut found = Cell::default();
    let mut is_none = false;
    for sentence in sentences(cell, &whole, breaks) {
        let text = cell.get(sentence.clone()).unwrap_or_default();
        let words = without_bullet(text);
        let start = sentence.start + (text.len() - words.len());
        let text = words.trim_end().trim_end_matches('.');
        if says_nothing(text) {
            is_none |= !text.is_empty();
            continue;
        }
        let bare = text.split('(').next().unwrap_or_default();
        if !bare.is_empty() && says_nothing(bare) {
            (is_none, found.remark) = (true, true);
            continue;
        }
        if is_none {
            found.remark = true;
            continue;
        }
        let (about, list, is_need) = needs(text, start, &whole);
        for item in items(cell, list, is_need, &whole) {
            let words = cell.get(item.clone()).unwrap_or_default().trim();
            let text = if about.is_empty() { words.to_owned() } else { format!("{about}: {words}") };
            let kinds = kinds(&text);
            found.missing.push(Missing { text, at: item.start, kinds });
        }
    }
    found
}

/// A line of a list without its bullet or number.
fn without_bullet(line: &str) -> &str {
    let words = line.trim_start_matches(|char: char| char.is_whitespace() || "-*•–".contains(char));
    let rest = words.trim_start_matches(|char: char| char.is_ascii_digit());
    let after = rest.strip_prefix(['.', ')']).filter(|_| rest.len() < words.len());
    after.and_then(|rest| rest.strip_prefix(' ')).map_or(words, str::trim_start)
}

/// The ranges that are not taken apart: code, and what brackets or quotes enclose.
struct Whole(Vec<Range<usize>>);

impl Whole {
    fn new(text: &str, codes: &[Range<usize>]) -> Self {
        let mut whole = codes.to_vec();
        let mut open: Vec<(char, usize)> = Vec::new();
        for (at, char) in text.char_indices().filter(|(at, _)| !codes.iter().any(|code| code.contains(at))) {
            let closed_by = match char {
                '(' => ')',
                '[' => ']',
                '{' => '}',
                '“' => '”',
                '„' => '“',
                '«' => '»',
                _ => ' ',
            };
            let begun = open.iter().rposition(|(end, _)| *end == char);
            if let Some(begun) = begun
                && let Some((_, start)) = open.drain(begun..).next()
            {
                whole.push(start..at + char.len_utf8());
            } else if closed_by != ' ' {
                open.push((closed_by, at));
            }
        }
        Self(whole)
    }

    fn has(&self, at: usize) -> bool {
        self.0.iter().any(|range| range.contains(&at))
    }

    /// Where a separator stands in a range of the text, outside of what is whole.
    fn find(&self, text: &str, range: &Range<usize>, separator: &str) -> Option<usize> {
        let part = text.get(range.clone())?;
        part.match_indices(separator).map(|(at, _)| range.start + at).find(|at| !self.has(*at))
    }
}

/// Words that end with a full stop and no sentence.
const ABBREVIATIONS: &[&str] = &[
    "e.g", "i.e", "approx", "incl", "inkl", "etc", "usw", "bzw", "vgl", "no", "nr", "vs", "ca", "cf", "evtl", "ggf",
    "z.b", "d.h", "u.a", "st", "max", "min",
];

fn sentences(cell: &str, whole: &Whole, breaks: &[usize]) -> Vec<Range<usize>> {
    let mut ends: Vec<usize> = breaks.to_vec();
    for (at, _) in cell.match_indices(". ").filter(|(at, _)| !whole.has(*at)) {
        let word = cell.get(..at).and_then(|before| before.split_whitespace().next_back()).unwrap_or_default();
        let word = word.trim_start_matches(['(', '[']).to_lowercase();
        // A single letter, or the number of an item.
        let is_short = word.chars().count() == 1 || word.chars().all(|char| char.is_ascii_digit());
        if !is_short && !ABBREVIATIONS.contains(&word.as_str()) {
            ends.push(at + 1);
        }
    }
    ends.push(cell.len());
    ends.sort_unstable();
    let mut start = 0;
    let mut found = Vec::new();
    for end in ends.into_iter().filter(|end| cell.is_char_boundary(*end)) {
        found.push(start..end.max(start));
        start = end;
    }
    found
}

/// What the sentence is about, where the list in it stands, and whether that is what is needed.
fn needs<'t>(sentence: &'t str, start: usize, whole: &Whole) -> (&'t str, Range<usize>, bool) {
    let end = start + sentence.len();
    for word in ["Needs ", "needs ", "Need ", "Needs: ", "Benötigt ", "Braucht ", "Es fehlen ", "Es fehlt "] {
        if let Some(list) = sentence.strip_prefix(word) {
            return ("", end - list.len()..end, true);
        }
    }
    for verb in
        [" still needs ", " still need ", " needs ", " braucht noch ", " benötigt noch ", " braucht ", " benötigt "]
    {
        if let Some((about, list)) = sentence.split_once(verb)
            && !whole.has(start + about.len())
        {
            return (about, end - list.len()..end, true);
        }
    }
    ("", start..end, false)
}

/// Words that begin a clause, which is no item of a list.
const CLAUSES: &[&str] = &[
    "but", "which", "who", "because", "since", "so", "if", "when", "while", "until", "although", "though", "as",
    "aber", "weil", "da", "dass", "obwohl", "sondern", "wenn", "bis", "falls", "der", "die", "das", "wobei", "then",
    "dann",
];

/// The items of a list. `and` parts items only where the list is one of needs.
fn items(cell: &str, list: Range<usize>, is_need: bool, whole: &Whole) -> Vec<Range<usize>> {
    let parts = parted(cell, list.clone(), &[", "], whole);
    let is_clause = |part: &Range<usize>| {
        let words = cell.get(part.clone()).unwrap_or_default();
        CLAUSES.contains(&words.split_whitespace().next().unwrap_or_default())
    };
    if parts.iter().skip(1).any(is_clause) {
        return vec![list];
    }
    let mut found = Vec::new();
    for part in parts {
        let text = cell.get(part.clone()).unwrap_or_default();
        let joint =
            ["and ", "und ", "sowie "].iter().find(|joint| text.starts_with(**joint)).map_or(0, |joint| joint.len());
        let part = part.start + joint..part.end;
        if is_need {
            found.extend(parted(cell, part, &[" and ", " und ", " sowie ", " & "], whole));
        } else {
            found.push(part);
        }
    }
    found.retain(|item| !says_nothing(cell.get(item.clone()).unwrap_or_default()));
    found
}

fn parted(cell: &str, range: Range<usize>, separators: &[&str], whole: &Whole) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut rest = range;
    loop {
        let next = separators.iter().filter_map(|one| Some((whole.find(cell, &rest, one)?, one.len()))).min();
        let Some((at, len)) = next else { break };
        found.push(rest.start..at);
        rest = at + len..rest.end;
    }
    found.push(rest);
    found
}

/// Which kinds of gap the words name. What it only depends on, and what it is said not to be, is not missing.
fn kinds(text: &str) -> Vec<GapKind> {
    const WORDS: &[(&str, GapKind)] = &[
        ("backup", GapKind::Backup),
        ("sicherung", GapKind::Backup),
        ("restore", GapKind::Restore),
        ("wiederherstellung", GapKind::Restore),
        ("migration", GapKind::Migration),
        ("disposition", GapKind::Migration),
        ("ownership", GapKind::Ownership),
        ("owner", GapKind::Ownership),
        ("zuständigkeit", GapKind::Ownership),
        ("eigentümer", GapKind::Ownership),
        ("catalog", GapKind::Catalog),
        ("katalog", GapKind::Catalog),
        ("inventory", GapKind::Catalog),
        ("inventar", GapKind::Catalog),
        ("drift", GapKind::Drift),
        ("bootstrap", GapKind::Bootstrap),
        ("reachability", GapKind::Reachability),
        ("reachable", GapKind::Reachability),
        ("erreichbarkeit", GapKind::Reachability),
        ("readiness", GapKind::Readiness),
        ("gate", GapKind::Readiness),
        ("helm", GapKind::Release),
        ("release", GapKind::Release),
        ("version", GapKind::Release),
    ];
    const CONDITIONS: &[&str] = &[
        " depends on ",
        " depending on ",
        " blocked by ",
        " waits for ",
        " until ",
        " hängt von ",
        " abhängig von ",
        " wartet auf ",
    ];
    const OTHER_THINGS: &[&str] =
        &["not a ", "not an ", "not the ", "is no ", "nicht der ", "nicht die ", "nicht das "];
    let lower = text.to_lowercase();
    let ends = CONDITIONS.iter().filter_map(|condition| lower.find(condition));
    let lower = lower.get(..ends.min().unwrap_or(lower.len())).unwrap_or(&lower);
    let clauses = lower.split("; ").filter(|clause| !OTHER_THINGS.iter().any(|start| clause.starts_with(start)));
    let words: Vec<&str> = clauses.flat_map(|clause| clause.split(|char: char| !char.is_alphanumeric())).collect();
    let mut found: Vec<GapKind> = Vec::new();
    for (word, kind) in WORDS {
        let is = |given: &&str| ["", "s", "en", "e"].iter().any(|end| given.strip_suffix(end) == Some(*word));
        if words.iter().any(is) && !found.contains(kind) {
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
        let found = split(cell, &[], &[]).missing;
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
        let kinds = |cell: &str| split(cell, &[], &[]).missing.swap_remove(0).kinds;
        let found = split("Package blob backup and restore evidence not confirmed.", &[], &[]).missing;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].kinds, [GapKind::Backup, GapKind::Restore]);
        for (cell, expected) in [
            ("Something else.", GapKind::Other),
            ("package token", GapKind::Other),
            ("Hub bootstrap still depends on authenticated UI or migration.", GapKind::Bootstrap),
            ("Not a service catalog; should emit reachability evidence.", GapKind::Reachability),
            ("Sicherungen fehlen", GapKind::Backup),
            ("No owner", GapKind::Ownership),
        ] {
            assert_eq!(kinds(cell), [expected], "{cell}");
        }
        assert_eq!(texts("No owner. Needs backups."), ["No owner", "backups"]);
    }

    #[test]
    fn brackets_and_code_and_clauses_are_not_parted() {
        assert_eq!(
            texts("Backups (daily, weekly), restore test [a, b], owner."),
            ["Backups (daily, weekly)", "restore test [a, b]", "owner"]
        );
        assert_eq!(texts("Needs backups (full and partial) and owner."), ["backups (full and partial)", "owner"]);
        assert_eq!(texts("Needs A and B and C."), ["A", "B", "C"]);
        assert_eq!(texts("Backups exist, but nobody tested one."), ["Backups exist, but nobody tested one"]);
        assert_eq!(texts("Backups, e.g. of the wiki, restore"), ["Backups", "e.g. of the wiki", "restore"]);
        assert_eq!(
            texts("An open (bracket, and more"),
            ["An open (bracket", "and more"].map(|text| text.trim_start_matches("and "))
        );
        let cell = "docker login, push, pull";
        let code = 0..18;
        let found: Vec<String> = split(cell, &[code], &[]).missing.into_iter().map(|one| one.text).collect();
        assert_eq!(found, ["docker login, push", "pull"]);
        let broken: Vec<String> = split("backups restore", &[], &[7]).missing.into_iter().map(|one| one.text).collect();
        assert_eq!(broken, ["backups", "restore"]);
    }

    #[test]
    fn what_says_nothing_is_no_gap_and_hides_no_remark() {
        for (cell, is_remark) in
            [("None.", false), ("–", false), ("None (checked in May).", true), ("None. Tested daily.", true)]
        {
            let found = split(cell, &[], &[]);
            assert!(found.missing.is_empty(), "{cell}");
            assert_eq!(found.remark, is_remark, "{cell}");
        }
        assert_eq!(texts("Needs backups. None other."), ["backups"]);
    }
}
