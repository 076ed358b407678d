//! The Markdown document as headings with blocks below them.

use core::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::text::Text;

/// A heading and what stands below it, up to the next heading.
#[derive(Clone, Debug, Default)]
pub(crate) struct Section {
    /// The heading.
    pub(crate) title: Text,
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

    /// Its tables.
    pub(crate) fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
    }
}

#[derive(Default)]
struct Reader<'a> {
    source: &'a str,
    sections: Vec<Section>,
    open: Option<(Holder, Text)>,
    table: Option<Table>,
    /// Prose that follows a table without a blank line; to Markdown these are rows of one cell.
    trailing: Option<Text>,
    row: Option<Row>,
    code: Option<(String, String, Option<usize>)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Holder {
    Heading(u8),
    Paragraph,
    Item,
    Cell,
    Html,
}

/// Reads a document into its sections.
pub(crate) fn read(text: &str) -> Vec<Section> {
    let mut reader = Reader { source: text, sections: vec![Section::default()], ..Reader::default() };
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        reader.take(event, range);
    }
    reader.close();
    reader.sections
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.text(&text, range.start, false),
            Event::Code(code) => self.text(&code, range.start + 1, true),
            Event::Html(html) | Event::InlineHtml(html) => self.text(&html, range.start, false),
            Event::SoftBreak | Event::HardBreak => self.text(" ", range.start, false),
            _ => {}
        }
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
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::HtmlBlock | TagEnd::TableCell => {
                self.close()
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, source: usize, code: bool) {
        if let Some((_, held, start)) = &mut self.code {
            start.get_or_insert(source);
            held.push_str(text);
        } else if let Some((_, open)) = &mut self.open {
            open.push(text, source, code);
        }
    }

    fn begin(&mut self, holder: Holder, range: Range<usize>) {
        self.close();
        self.open = Some((holder, Text::new(range)));
    }

    fn close(&mut self) {
        let Some((holder, text)) = self.open.take() else { return };
        match holder {
            Holder::Heading(level) => self.sections.push(Section { title: text, level, blocks: Vec::new() }),
            Holder::Cell => {
                if let Some(row) = &mut self.row {
                    row.cells.push(text);
                }
            }
            _ if text.is_empty() => {}
            Holder::Paragraph => self.add(Some(Block::Paragraph(text))),
            Holder::Item => self.add(Some(Block::Item(text))),
            Holder::Html => self.add(Some(Block::Html(text))),
        }
    }

    fn add(&mut self, block: Option<Block>) {
        if let (Some(section), Some(block)) = (self.sections.last_mut(), block) {
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
