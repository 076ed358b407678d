//! Reads a catalog as it arrives: chunk by chunk, page by page, in slices of time.
//!
//! What can be read of a record that is no record is a note; the others are read. A page counts once
//! its end was read: of a page that breaks off nothing is taken.

mod records;

use crate::{
    catalog::{CatalogIndex, ImportNote, Inventory, SCHEMA_VERSION, Source, SourceDocument, Totals},
    entity::{Entity, Relation},
    gap::Gap,
    json::pull::{Json, Read, Stop},
    tolerant::note,
};

/// How many records are read between two looks at the clock.
const AT_ONCE: u32 = 32;

/// The lists of a catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    Placement,
    Entities,
    Relations,
    Gaps,
    Questions,
    Widgets,
    FirstEvents,
    Context,
    Notes,
}

impl Section {
    const fn name(self) -> &'static str {
        match self {
            Self::Placement => "placement",
            Self::Entities => "entities",
            Self::Relations => "relations",
            Self::Gaps => "gaps",
            Self::Questions => "questions",
            Self::Widgets => "widgets",
            Self::FirstEvents => "firstEvents",
            Self::Context => "context",
            Self::Notes => "notes",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        use Section::{Context, Entities, FirstEvents, Gaps, Notes, Placement, Questions, Relations, Widgets};
        let all = [Placement, Entities, Relations, Gaps, Questions, Widgets, FirstEvents, Context, Notes];
        all.into_iter().find(|section| section.name() == name)
    }
}

/// Where in the document the next byte stands.
#[derive(Clone, Copy, Debug, Default)]
enum At {
    /// Before it.
    #[default]
    Start,
    /// Before a field, or before its end; whether it is the first.
    Field(bool),
    /// In a list, before an item; whether it is the first.
    Item(Section, bool),
    /// Behind it.
    End,
}

/// A page as far as it was read.
#[derive(Debug, Default)]
struct Page {
    at: At,
    schema: Option<u32>,
    source: Option<SourceDocument>,
    next: Option<String>,
    totals: Option<Totals>,
    entities: Vec<Entity>,
    relations: Vec<Relation>,
    gaps: Vec<Gap>,
    said: Inventory,
    notes: Vec<ImportNote>,
}

/// A catalog that is being read.
///
/// ```
/// use ops_model::CatalogReading;
/// let page = br#"{"schema": 1, "source": {"file": "a.md", "title": "A", "sha256": "", "lines": 1},
///     "entities": [{"ref": "service:a", "title": "A", "source": {"line": 1}}], "next": "b"}"#;
/// let mut reading = CatalogReading::default();
/// reading.feed(&page[..40]);
/// assert!(reading.step(&mut || false)?, "it waits for more");
/// reading.feed(&page[40..]);
/// reading.step(&mut || false)?;
/// assert_eq!(reading.end_page()?.as_deref(), Some("b"));
/// assert_eq!((reading.index().len(), reading.index().awaited().is_some()), (1, true));
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Default)]
pub struct CatalogReading {
    index: CatalogIndex,
    page: Page,
    bytes: Vec<u8>,
    /// From how many bytes on it is tried again to read what has no end yet: twice as many as were in vain. A
    /// value that comes in many parts would be read from its start as often.
    least: usize,
    is_begun: bool,
}

impl CatalogReading {
    /// Takes bytes of the page as they come.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Reads what has arrived, record by record, until nothing more can be read (`true`) or `is_due`
    /// (`false`); it is asked every few records.
    ///
    /// # Errors
    /// A sentence where this is no catalog.
    pub fn step(&mut self, is_due: &mut dyn FnMut() -> bool) -> Result<bool, String> {
        if self.bytes.len() < self.least {
            return Ok(true);
        }
        self.read(false, is_due)
    }

    /// The cursor of the page that follows, as soon as the page says it.
    #[must_use]
    pub fn next_page(&self) -> Option<&str> {
        self.page.next.as_deref()
    }

    /// Ends the page: what it says counts from now on. Gives the cursor of the next one, if there is one.
    ///
    /// # Errors
    /// A sentence where this is no catalog, or no whole page of one.
    pub fn end_page(&mut self) -> Result<Option<String>, String> {
        self.read(true, &mut || false)?;
        let Page { at, schema, source, next, totals, entities, relations, gaps, mut said, mut notes } =
            std::mem::take(&mut self.page);
        self.bytes.clear();
        let fault = match (at, schema) {
            (At::Start, _) => Some("the text ends early".to_owned()),
            (_, None) => Some("missing field `schema`".to_owned()),
            (_, Some(SCHEMA_VERSION)) if source.is_none() && !self.is_begun => {
                Some("missing field `source`".to_owned())
            }
            (_, Some(SCHEMA_VERSION)) => None,
            (_, Some(other)) => Some(["schema ", &other.to_string(), " is not ", &SCHEMA_VERSION.to_string()].concat()),
        };
        if let Some(fault) = fault {
            return Err(fault);
        }
        for entity in self.index.extend(entities, relations, gaps) {
            notes.push(note(Section::Entities.name(), &entity.id.to_string(), records::KNOWN, entity.source));
        }
        let whole = self.index.inventory_mut();
        if !self.is_begun {
            whole.source = source.unwrap_or_default();
        }
        whole.placement.append(&mut said.placement);
        whole.questions.append(&mut said.questions);
        whole.widgets.append(&mut said.widgets);
        whole.first_events.append(&mut said.first_events);
        whole.context.append(&mut said.context);
        whole.notes.append(&mut said.notes);
        whole.notes.extend(notes);
        if let Some(totals) = totals.filter(|_| self.index.totals.is_none()) {
            self.index.totals = Some(totals);
        }
        self.index.is_partial = next.is_some();
        self.is_begun = true;
        Ok(next)
    }

    /// What was read so far, whole pages only.
    #[must_use]
    pub const fn index(&self) -> &CatalogIndex {
        &self.index
    }

    fn read(&mut self, is_whole: bool, is_due: &mut dyn FnMut() -> bool) -> Result<bool, String> {
        let bytes = std::mem::take(&mut self.bytes);
        let mut json = Json::new(&bytes, is_whole);
        let (mut count, mut waits) = (0_u32, false);
        let outcome = loop {
            // Spaces are gone past for good, however many there are.
            drop(json.peek());
            let start = json;
            match self.piece(&mut json) {
                Ok(true) => {}
                Ok(false) => break Ok(true),
                Err(Stop::More) => {
                    json = start;
                    waits = true;
                    break Ok(true);
                }
                Err(Stop::Broken(words)) => break Err(words.to_owned()),
                Err(Stop::Unfit(words)) => break Err(words),
            }
            count = count.wrapping_add(1);
            if count.is_multiple_of(AT_ONCE) && is_due() {
                break Ok(false);
            }
        };
        let read = json.at();
        self.bytes = bytes;
        self.bytes.drain(..read);
        self.least = if waits { self.bytes.len() * 2 } else { 0 };
        outcome
    }

    /// Reads one record, one field that is no list of records, or one bracket; `false` at the end.
    fn piece(&mut self, json: &mut Json<'_>) -> Read<bool> {
        match self.page.at {
            At::Start => {
                if json.peek()? != b'{' {
                    return Err(Stop::Broken("a catalog is an object"));
                }
                json.take(b'{')?;
                self.page.at = At::Field(true);
            }
            At::Field(is_first) => {
                if !json.has_next(is_first, b'}')? {
                    self.page.at = At::End;
                    return Ok(true);
                }
                let name = json.name()?;
                self.page.at = match Section::parse(&name) {
                    Some(section) if json.peek()? == b'[' => {
                        json.take(b'[')?;
                        At::Item(section, true)
                    }
                    Some(section) => {
                        let start = json.at();
                        json.skip()?;
                        self.noted(section, json.since(start), "a list is expected", Source::default());
                        At::Field(false)
                    }
                    None => {
                        self.field(json, &name)?;
                        At::Field(false)
                    }
                };
            }
            At::Item(section, is_first) => {
                if !json.has_next(is_first, b']')? {
                    self.page.at = At::Field(false);
                    return Ok(true);
                }
                json.peek()?;
                let (mut start, from) = (*json, json.at());
                match self.record(json, section) {
                    Err(Stop::Unfit(reason)) => {
                        *json = start;
                        json.skip()?;
                        let source = records::place(&mut start);
                        self.noted(section, json.since(from), &reason, source);
                    }
                    other => other?,
                }
                self.page.at = At::Item(section, false);
            }
            At::End if json.is_at_end() => return Ok(false),
            At::End => return Err(Stop::Broken("something follows the catalog")),
        }
        Ok(true)
    }

    fn noted(&mut self, section: Section, text: &[u8], reason: &str, source: Source) {
        // It was read as text already.
        let text = str::from_utf8(text).unwrap_or_default();
        self.page.notes.push(note(section.name(), text, reason, source));
    }

    /// A field that is no list of records.
    fn field(&mut self, json: &mut Json<'_>, name: &str) -> Read<()> {
        let named = |stop| match stop {
            Stop::Unfit(words) => Stop::Unfit([name, ": ", &words].concat()),
            other => other,
        };
        match name {
            "schema" => self.page.schema = Some(json.number().map_err(named)?),
            "source" => self.page.source = Some(records::document(json).map_err(named)?),
            "next" if json.peek()? == b'"' => self.page.next = Some(json.text()?.into_owned()),
            "totals" => {
                let start = *json;
                match records::totals(json) {
                    Ok(totals) => self.page.totals = Some(totals),
                    // They are for showing only.
                    Err(Stop::Unfit(_)) => {
                        *json = start;
                        json.skip()?;
                    }
                    Err(other) => return Err(other),
                }
            }
            _ => json.skip()?,
        }
        Ok(())
    }
}
