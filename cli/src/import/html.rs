//! HTML within Markdown: a comment is for nobody, a tag is no text.

/// What a piece of inline HTML means for the text around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Inline {
    /// A comment, an anchor, a tag that only formats.
    Nothing,
    /// A break between lines.
    Break,
    /// A link or picture, with the address that it leads to.
    Link(String),
    /// What follows is struck out, up to the end of the tag.
    Struck,
    /// The end of that.
    StruckEnd,
    /// No tag of HTML, such as `<host>`: the author's words.
    Words,
}

const BREAKS: &[&str] = &["br", "hr", "p", "div", "li", "ul", "ol", "tr", "td", "table"];
const STRUCK: &[&str] = &["del", "s", "strike"];
const OTHERS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "caption",
    "center",
    "cite",
    "code",
    "dd",
    "details",
    "dfn",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "i",
    "img",
    "ins",
    "kbd",
    "main",
    "mark",
    "nav",
    "nobr",
    "pre",
    "q",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "tbody",
    "tfoot",
    "th",
    "thead",
    "time",
    "tt",
    "u",
    "var",
    "wbr",
];

/// What a tag or comment means.
pub(crate) fn inline(html: &str) -> Inline {
    if html.starts_with("<!--") {
        return Inline::Nothing;
    }
    let inner = html.trim_start_matches('<').trim_end_matches('>');
    let (inner, is_end) = inner.strip_prefix('/').map_or((inner, false), |inner| (inner, true));
    let name: String = inner.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    match name.as_str() {
        name if BREAKS.contains(&name) => Inline::Break,
        name if STRUCK.contains(&name) && is_end => Inline::StruckEnd,
        name if STRUCK.contains(&name) => Inline::Struck,
        name if OTHERS.contains(&name) => address(inner).map_or(Inline::Nothing, Inline::Link),
        _ => Inline::Words,
    }
}

/// The address in a tag's `href` or `src`.
fn address(tag: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let at = ["href", "src"].iter().find_map(|name| lower.find(&format!(" {name}=")).map(|at| at + name.len() + 2))?;
    let value = tag.get(at..)?;
    let quote = value.chars().next().filter(|first| "\"'".contains(*first));
    let value = match quote {
        Some(quote) => value.get(1..)?.split(quote).next()?,
        None => value.split_whitespace().next()?.trim_end_matches('/'),
    };
    // A target within the document is an anchor.
    Some(value.to_owned()).filter(|value| !value.is_empty() && !value.starts_with('#'))
}

/// A block of HTML without its comments. A comment that does not end reaches to the end, as in a browser.
pub(crate) fn without_comments(html: &str) -> String {
    let (mut kept, mut rest) = (String::new(), html);
    while let Some((before, comment)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    kept + rest
}

/// Whether a block without comments says nothing: tags without words and without addresses.
pub(crate) fn is_bare(html: &str) -> bool {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        let Some(end) = tag.find('>') else { return false };
        let is_silent = !matches!(inline(tag.get(..=end).unwrap_or_default()), Inline::Link(_) | Inline::Words);
        if !before.trim().is_empty() || !is_silent {
            return false;
        }
        rest = tag.get(end + 1..).unwrap_or_default();
    }
    rest.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_comments_are_told_from_words() {
        for (html, meaning) in [
            ("<!-- door code -->", Inline::Nothing),
            ("<br>", Inline::Break),
            ("<BR />", Inline::Break),
            ("<a id=\"hosts\">", Inline::Nothing),
            ("</a>", Inline::Nothing),
            ("<a href='https://wiki.example/a'>", Inline::Link("https://wiki.example/a".to_owned())),
            ("<del>", Inline::Struck),
            ("</del>", Inline::StruckEnd),
            ("<host>", Inline::Words),
        ] {
            assert_eq!(inline(html), meaning, "{html}");
        }
    }

    #[test]
    fn comments_are_taken_out_of_blocks() {
        assert_eq!(without_comments("a<!-- x -->b<!-- y\nz -->c"), "abc");
        assert_eq!(without_comments("a<!-- never ends"), "a");
        assert!(is_bare("<a id=\"x\"></a>\n<br>\n"));
        assert!(!is_bare("<div>bold</div>"));
        assert!(!is_bare("<a href=\"https://wiki.example\"></a>"));
    }
}
