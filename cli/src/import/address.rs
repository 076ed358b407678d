//! Cells of addresses, and what people write beside them.

use super::{
    expectation::Found,
    nothing::says_nothing,
    text::{Text, is_joint},
};

/// The key of what stands beside an address.
pub(crate) const REMARK: &str = "address-remark";

/// The addresses of a cell, and what it says of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Addresses {
    /// Each address, in the order of the cell.
    pub(crate) addresses: Vec<Found>,
    /// The other words, empty where there are none.
    pub(crate) remark: String,
}

/// Tells the addresses of a cell from the remarks: code spans are addresses, else the words that look like one,
/// else where a link leads; a cell with none of these is an address in words, such as `local/private`.
pub(crate) fn of_cell(cell: &Text) -> Addresses {
    if says_nothing(cell.trimmed()) && cell.links.is_empty() {
        return Addresses::default();
    }
    let mut beside: Vec<&str> = Vec::new();
    let mut codes: Vec<Found> = Vec::new();
    for code in cell.codes() {
        // ``GET https://host/path`` is an address with a word before it.
        let of_words = code.text.split_whitespace().find(|word| code.text.trim() != *word && is_address(word));
        let text = of_words.unwrap_or(code.text.trim());
        beside.extend(code.text.split_whitespace().filter(|word| of_words.is_some_and(|address| address != *word)));
        codes.push(Found { text: text.to_owned(), source: code.source + code.text.find(text).unwrap_or_default() });
    }
    if !codes.is_empty() {
        let outside = cell.remark();
        beside.push(&outside);
        let remark = beside.join(" ").trim().to_owned();
        return Addresses { addresses: codes, remark };
    }
    let (mut addresses, mut remark, mut at) = (Vec::new(), Vec::new(), 0);
    for word in cell.plain.split_inclusive(char::is_whitespace) {
        let bare = word.trim().trim_start_matches(['(', '<']).trim_end_matches([',', ';', ')', '>', '.']);
        if is_address(bare) && !word.starts_with('(') {
            let source = cell.source_at(at + word.find(bare).unwrap_or_default());
            addresses.push(Found { text: bare.to_owned(), source });
        } else if !is_joint(word) {
            remark.push(word.trim());
        }
        at += word.len();
    }
    if !addresses.is_empty() {
        return Addresses { addresses, remark: remark.join(" ") };
    }
    let is_target = |text: &str| text.contains("://");
    let links: Vec<Found> = cell
        .links
        .iter()
        .filter(|link| is_target(&link.text))
        .map(|link| Found { text: link.text.clone(), source: link.source })
        .collect();
    if links.is_empty() {
        let whole = Found { text: cell.trimmed().to_owned(), source: cell.start() };
        return Addresses { addresses: vec![whole], remark: String::new() };
    }
    Addresses { addresses: links, remark: cell.trimmed().to_owned() }
}

/// Whether a word looks like an address: a URL, a number with dots or colons, a name with a dot and perhaps a port.
pub(crate) fn is_address(word: &str) -> bool {
    if let Some((scheme, rest)) = word.split_once("://") {
        return !rest.is_empty() && scheme.chars().all(|char| char.is_ascii_alphanumeric() || "+-.".contains(char));
    }
    let host = word.trim_start_matches("//").split(['/', '?', '#']).next().unwrap_or_default();
    if host.parse::<std::net::IpAddr>().is_ok() {
        return true;
    }
    let (name, port) = host.rsplit_once(':').unwrap_or((host, ""));
    let is_port = port.parse::<u16>().is_ok();
    let labels: Vec<&str> = name.split('.').collect();
    let is_name = labels.iter().all(|label| {
        !label.is_empty() && label.chars().all(|char| char.is_alphanumeric() || char == '-' || char == '_')
    });
    is_name && (is_port || labels.len() > 1 || name == "localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_words() {
        for address in [
            "https://a.example/x",
            "10.20.0.5",
            "fe80::1",
            "wiki.example/login",
            "localhost:8080",
            "db:5432",
            "ssh://h",
        ] {
            assert!(is_address(address), "{address}");
        }
        for words in ["local/private", "state/health", "path-1", "(VPN)", "e.g.", "-", "://", "inside"] {
            assert!(!is_address(words), "{words}");
        }
    }

    #[test]
    fn remarks_are_no_part_of_an_address() {
        let mut cell = Text::new(0..40);
        cell.push("10.20.0.5 (inside the VPN) and 10.20.0.6", 0, false);
        let found = of_cell(&cell);
        let texts: Vec<&str> = found.addresses.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(texts, ["10.20.0.5", "10.20.0.6"]);
        assert_eq!(found.remark, "(inside the VPN)");
    }
}
