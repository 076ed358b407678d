//! Code spans with the words before them that say what they are: ``Helm release `gitea`, namespace `default` ``.

use super::text::{Code, Text, ends_with_word, is_joint};

/// What a code span is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    /// A Helm release.
    Release,
    /// A Kubernetes namespace.
    Namespace,
    /// The version that runs.
    Version,
    /// A port on every node of a cluster.
    NodePort,
    /// A database.
    Database,
    /// A persistent volume claim.
    Claim,
}

/// The words before a code span, in one and in several.
const WORDS: &[(&str, Label)] = &[
    ("Helm release", Label::Release),
    ("Helm releases", Label::Release),
    ("Helm-Release", Label::Release),
    ("Helm-Releases", Label::Release),
    ("namespace", Label::Namespace),
    ("namespaces", Label::Namespace),
    ("Namensraum", Label::Namespace),
    ("app version", Label::Version),
    ("app versions", Label::Version),
    ("App-Version", Label::Version),
    ("NodePort", Label::NodePort),
    ("NodePorts", Label::NodePort),
    ("Database", Label::Database),
    ("Databases", Label::Database),
    ("Datenbank", Label::Database),
    ("Datenbanken", Label::Database),
    ("PVC", Label::Claim),
    ("PVCs", Label::Claim),
];

/// The labelled code spans of a text, in its order. A label goes on over a list: ``databases `a` and `b` ``.
pub(crate) fn read(text: &Text) -> Vec<(Label, Code<'_>)> {
    let mut found: Vec<(Label, Code<'_>)> = Vec::new();
    let mut end = 0;
    let mut last: Option<Label> = None;
    for code in text.codes() {
        let before = code.before.trim_end().trim_end_matches([':', '=']).trim_end();
        let own = WORDS.iter().find(|(word, _)| ends_with_word(before, word)).map(|(_, label)| *label);
        let between = code.before.get(end..).unwrap_or_default();
        let is_list = is_joint(between) && !between.contains(['.', ';', '(', ')']);
        let denied = own.is_some() && super::places::is_denied(between);
        last = own.filter(|_| !denied).or(last.filter(|_| own.is_none() && is_list));
        if let Some(label) = last {
            found.push((label, code));
        }
        end = code.before.len() + code.text.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(markdown: &str) -> Vec<(Label, String)> {
        let mut text = Text::new(0..markdown.len());
        for (at, part) in markdown.split('`').enumerate() {
            text.push(part, 0, at % 2 == 1);
        }
        read(&text).into_iter().map(|(label, code)| (label, code.text.to_owned())).collect()
    }

    #[test]
    fn a_label_goes_on_over_a_list() {
        let expected = |found: &[(Label, &str)]| -> Vec<(Label, String)> {
            found.iter().map(|(label, text)| (*label, (*text).to_owned())).collect()
        };
        assert_eq!(
            labels("Helm releases `a` and `b`, namespace `web`."),
            expected(&[(Label::Release, "a"), (Label::Release, "b"), (Label::Namespace, "web")])
        );
        assert_eq!(labels("Helm release: `a`. See `b`; no database `c`."), expected(&[(Label::Release, "a")]));
    }
}
