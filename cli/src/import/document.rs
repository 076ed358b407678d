//! The Markdown document as headings with blocks below them.

use core::ops::Range;
use std::collections::HashMap;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{
    html::{self, Inline},
    text::{Aside, Text},
};

/// A document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Document {
    /// Its sections, the text before the first heading first.
    pub(crate) sections: Vec<Section>,
    /// The texts of its footnotes by their labels.
    pub(crate) footnotes: HashMap<String, String>,
    /// The link definitions that no link uses: label with target.
    pub(crate) unused: Vec<Aside>,
}

/// A heading and what stands below it, up to the next heading.
#[derive(Clone, Debug, Default)]
pub(crate) struct Section {
    /// The heading.
    pub(crate) title: Text,
    /// The section's name as the importer knows it, whichever alias the heading is.
    pub(crate) topic: String,
    /// Its level, 1 to 6; 0 for what stands before the first heading.
    pub(crate) level: u8,
    /// What stands below.
    pub(crate) blocks: Vec<Block>,
}

/// A block of a section.
#[derive(Clone, Debug)]
pub(crate) enum Block {
    /// A paragraph.
    Paragraph(Text),
    /// A list item.
    Item(Text),
    /// A table.
    Table(Table),
    /// A code block: its language, its text, and where that starts.
    Code {
        /// `json`, or empty.
        language: String,
        /// The code.
        text: String,
        /// Where the code starts in the document.
        source: usize,
        /// Where the block stands.
        range: Range<usize>,
    },
    /// Raw HTML.
    Html(Text),
}

/// A table of GitHub Flavored Markdown.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    /// The header's cells.
    pub(crate) header: Row,
    /// The rows below.
    pub(crate) rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// Its cells.
    pub(crate) cells: Vec<Text>,
    /// Where it stands.
    pub(crate) range: Range<usize>,
}

impl Section {
    /// The heading's text.
    pub(crate) fn name(&self) -> &str {
        self.title.trimmed()
    }

    /// Whether this is the section that the importer knows by this name.
    pub(crate) fn is(&self, topic: &str) -> bool {
        self.topic == topic
    }

    /// Its tables.
    pub(crate) fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
    }
}

#[derive(Default)]
struct Reader<'a> {
    source: &'a str,
    document: Document,
    open: Option<(Holder, Text)>,
    table: Option<Table>,
    /// Prose that follows a table without a blank line; to Markdown these are rows of one cell.
    trailing: Option<Text>,
    row: Option<Row>,
    code: Option<(String, String, Option<usize>)>,
    /// The label of the footnote that is read.
    footnote: Option<String>,
    /// How many tags that strike out are open.
    struck: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Holder {
    Heading(u8),
    Paragraph,
    Item,
    Cell,
    Html,
    /// The metadata before the document, between lines of `---`.
    Front,
}

/// Reads a document into its sections.
pub(crate) fn read(text: &str) -> Document {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reader = Reader { source: text, ..Reader::default() };
    reader.document.sections.push(Section::default());
    let parser = Parser::new_ext(text, options);
    let mut unused: HashMap<String, Aside> = parser
        .reference_definitions()
        .iter()
        .map(|(label, definition)| {
            let text = format!("{label}: {}", definition.dest);
            (label.to_lowercase(), Aside { text, source: definition.span.start })
        })
        .collect();
    for (event, range) in parser.into_offset_iter() {
        if let Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) = &event {
            unused.remove(&id.to_lowercase());
        }
        reader.take(event, range);
    }
    reader.close();
    reader.document.unused = unused.into_values().collect();
    reader.document
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.text(&text, range, false),
            Event::Code(code) => self.text(&code, range.start + 1..range.end, true),
            Event::Html(html) => self.text(&html, range, false),
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::SoftBreak => self.text(" ", range, false),
            Event::HardBreak => self.line_break(range),
            Event::FootnoteReference(label) => {
                let aside = Aside { text: label.to_string(), source: range.start };
                self.asides(range, |text| &mut text.footnotes).push(aside);
            }
            _ => {}
        }
    }

    fn inline_html(&mut self, html: &str, range: Range<usize>) {
        match html::inline(html) {
            Inline::Nothing => {}
            Inline::Break => self.line_break(range),
            Inline::Link(target) => self.link(target, range),
            Inline::Struck => self.struck += 1,
            Inline::StruckEnd => self.struck = self.struck.saturating_sub(1),
            Inline::Words => self.text(html, range, false),
        }
    }

    fn line_break(&mut self, range: Range<usize>) {
        if let Some((_, open)) = &mut self.open {
            open.push_break(range.start);
        }
    }

    fn link(&mut self, target: String, range: Range<usize>) {
        if target.starts_with('#') {
            return;
        }
        let aside = Aside { text: target, source: range.start };
        self.asides(range, |text| &mut text.links).push(aside);
    }

    /// One of the lists of the open text; a paragraph begins where none is open.
    fn asides(&mut self, range: Range<usize>, list: fn(&mut Text) -> &mut Vec<Aside>) -> &mut Vec<Aside> {
        let (_, text) = self.open.get_or_insert_with(|| (Holder::Paragraph, Text::new(range)));
        list(text)
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => self.begin(Holder::Heading(depth(level)), range),
            // A loose list's item has its text in a paragraph.
            Tag::Paragraph
                if self.open.as_ref().is_some_and(|(holder, text)| *holder == Holder::Item && text.is_empty()) => {}
            Tag::Paragraph => self.begin(Holder::Paragraph, range),
            Tag::Item => self.begin(Holder::Item, range),
            Tag::HtmlBlock => self.begin(Holder::Html, range),
            Tag::MetadataBlock(_) => self.begin(Holder::Front, range),
            Tag::FootnoteDefinition(label) => {
                self.close();
                self.footnote = Some(label.to_string());
            }
            Tag::Strikethrough => self.struck += 1,
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => self.link(dest_url.to_string(), range),
            Tag::Table(_) => {
                self.close();
                self.table = Some(Table::default());
            }
            Tag::TableHead | Tag::TableRow => self.row = Some(Row { range, ..Row::default() }),
            Tag::TableCell => self.begin(Holder::Cell, range),
            Tag::CodeBlock(kind) => {
                self.close();
                let language =
                    if let CodeBlockKind::Fenced(language) = kind { language.to_string() } else { String::new() };
                self.code = Some((language, String::new(), None));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::TableHead => {
                if let (Some(table), Some(row)) = (&mut self.table, self.row.take()) {
                    table.header = row;
                }
            }
            TagEnd::TableRow => {
                let Some(row) = self.row.take() else { return };
                if self.source.get(row.range.clone()).is_some_and(|line| !line.contains('|')) {
                    let line = row.cells.into_iter().next().unwrap_or_default();
                    match &mut self.trailing {
                        Some(text) => text.join(line),
                        None => self.trailing = Some(line),
                    }
                } else if let Some(table) = &mut self.table {
                    table.rows.push(row);
                }
            }
            TagEnd::Table => {
                let table = self.table.take();
                self.add(table.map(Block::Table));
                let trailing = self.trailing.take();
                self.add(trailing.map(Block::Paragraph));
            }
            TagEnd::CodeBlock => {
                let code = self.code.take();
                let block = code.map(|(language, text, source)| Block::Code {
                    language,
                    text,
                    source: source.unwrap_or(range.start),
                    range,
                });
                self.add(block);
            }
            TagEnd::Strikethrough => self.struck = self.struck.saturating_sub(1),
            TagEnd::FootnoteDefinition => {
                self.close();
                self.footnote = None;
            }
            TagEnd::Heading(_)
            | TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::HtmlBlock
            | TagEnd::MetadataBlock(_)
            | TagEnd::TableCell => self.close(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>, code: bool) {
        if let Some((_, held, start)) = &mut self.code {
            start.get_or_insert(range.start);
            held.push_str(text);
            return;
        }
        let source = range.start;
        if self.struck > 0 {
            let aside = Aside { text: text.to_owned(), source };
            self.asides(range, |text| &mut text.struck).push(aside);
            return;
        }
        // In a list item, text may go on after a code block or an inner list.
        let (_, open) = self.open.get_or_insert_with(|| (Holder::Paragraph, Text::new(range)));
        open.push(text, source, code);
    }

    fn begin(&mut self, holder: Holder, range: Range<usize>) {
        self.close();
        self.open = Some((holder, Text::new(range)));
    }

    fn close(&mut self) {
        self.struck = 0;
        let Some((holder, text)) = self.open.take() else { return };
        match holder {
            Holder::Heading(level) => {
                self.document.sections.push(Section { title: text, level, ..Section::default() });
            }
            Holder::Cell => {
                if let Some(row) = &mut self.row {
                    row.cells.push(text);
                }
            }
            Holder::Html => self.add_html(&text),
            Holder::Front => self.add_front(&text),
            _ if text.is_empty() && text.links.is_empty() && text.struck.is_empty() => {}
            Holder::Paragraph | Holder::Item => {
                if let Some(label) = &self.footnote {
                    let note = self.document.footnotes.entry(label.clone()).or_default();
                    if !note.is_empty() {
                        note.push(' ');
                    }
                    note.push_str(text.trimmed());
                }
                let block = if holder == Holder::Item { Block::Item(text) } else { Block::Paragraph(text) };
                self.add(Some(block));
            }
        }
    }

    fn add_html(&mut self, html: &Text) {
        let words = html::without_comments(&html.plain);
        if !html::is_bare(&words) {
            let mut text = Text::new(html.range.clone());
            text.push(words.trim(), html.start(), false);
            self.add(Some(Block::Html(text)));
        }
    }

    /// Each line of the metadata is a paragraph of its own.
    fn add_front(&mut self, front: &Text) {
        let mut at = front.start();
        for line in front.plain.split_inclusive('\n') {
            let mut text = Text::new(at..at + line.len());
            text.push(line.trim_end(), at, false);
            at += line.len();
            if !text.is_empty() {
                self.add(Some(Block::Paragraph(text)));
            }
        }
    }

    fn add(&mut self, block: Option<Block>) {
        if let (Some(section), Some(block)) = (self.document.sections.last_mut(), block) {
            section.blocks.push(block);
        }
    }
}

const fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
