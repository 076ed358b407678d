//! The design tokens, read from the style sheet that the widgets use: what is documented is what is.

/// The sheet itself.
const SHEET: &str = include_str!("../../../../widgets/styles/1-tokens.css");

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Its name, `--surface`.
    pub(super) name: &'static str,
    /// Its value in the sheet.
    pub(super) value: &'static str,
    /// The property by which a page sets it, if any: `--ops-surface`.
    pub(super) property: Option<&'static str>,
    /// Its colours in light and in dark, where it is a colour.
    pub(super) colours: Option<(&'static str, &'static str)>,
    /// What it is for.
    pub(super) purpose: &'static str,
}

/// What each token is for.
const PURPOSES: &[(&str, &str)] = &[
    ("--surface", "The ground of a card"),
    ("--sunken", "What lies deeper than the card: footer, quotes, fields"),
    ("--line", "Borders and rules"),
    ("--ink", "Text"),
    ("--quiet", "Text of second rank: labels, ages, sources"),
    ("--accent", "Links, focus, the one main action"),
    ("--on-accent", "Text on the accent"),
    ("--proven", "Sign and word of proven"),
    ("--proven-soft", "Their ground"),
    ("--failing", "Sign and word of failing"),
    ("--failing-soft", "Their ground"),
    ("--stale", "Sign and word of stale"),
    ("--stale-soft", "Their ground"),
    ("--unproven", "Sign and word of unproven"),
    ("--unproven-soft", "Their ground"),
    ("--font", "Everything that is read"),
    ("--mono", "Addresses, names of types, values of machines"),
    ("--text-s", "Labels, ages, hints"),
    ("--text-m", "Body"),
    ("--text-l", "Headings of cards"),
    ("--space-1", "Between a sign and its word"),
    ("--space-2", "Between rows"),
    ("--space-3", "Within boxes"),
    ("--space-4", "Between parts of a card"),
    ("--space-5", "From a card's edge to its content"),
    ("--radius", "Corners of a card"),
];

/// Every token, in the sheet's order.
pub(super) fn tokens() -> Vec<Token> {
    let host = SHEET.split_once(":host {").and_then(|(_, rest)| rest.split_once('}')).map(|(host, _)| host);
    host.unwrap_or_default().lines().filter_map(token).collect()
}

fn token(line: &'static str) -> Option<Token> {
    let (name, value) = line.trim().strip_suffix(';')?.split_once(':')?;
    if !name.starts_with("--") {
        return None;
    }
    let value = value.trim();
    let property = value.strip_prefix("var(").and_then(|rest| rest.split_once(',')).map(|(property, _)| property);
    let colours = value.split_once("light-dark(").and_then(|(_, rest)| {
        let (light, rest) = rest.split_once(',')?;
        Some((light.trim(), rest.split_once(')')?.0.trim()))
    });
    let purpose = PURPOSES.iter().find(|(known, _)| *known == name).map(|(_, purpose)| *purpose).unwrap_or_default();
    Some(Token { name, value, property, colours, purpose })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_token_has_a_purpose_and_every_purpose_a_token() {
        let tokens = tokens();
        let without: Vec<_> = tokens.iter().filter(|token| token.purpose.is_empty()).map(|token| token.name).collect();
        assert_eq!(without, Vec::<&str>::new(), "say in PURPOSES what they are for");
        let gone: Vec<_> =
            PURPOSES.iter().filter(|(name, _)| !tokens.iter().any(|token| token.name == *name)).collect();
        assert_eq!(gone, Vec::<&(&str, &str)>::new(), "these are no tokens any more");
    }

    #[test]
    fn colours_and_properties_are_read() {
        let surface = tokens().into_iter().find(|token| token.name == "--surface");
        let surface = surface.map(|token| (token.property, token.colours));
        assert_eq!(surface, Some((Some("--ops-surface"), Some(("#ffffff", "#171b23")))));
    }
}
