//! A page of a catalog, as a hub sends it.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{CatalogIndex, ImportNote, Inventory, SCHEMA_VERSION, SourceDocument, Totals};
use crate::{
    entity::{Entity, Relation},
    gap::Gap,
    lenient,
};

/// A page of a catalog; a catalog in one document is its only page.
///
/// ```
/// use ops_model::{CatalogIndex, CatalogPage};
/// let page = br#"{"schema": 1, "source": {"file": "a.md", "title": "A", "sha256": "", "lines": 1},
///     "entities": [{"ref": "service:a", "title": "A", "source": {"line": 1}}, "b"], "next": "b"}"#;
/// let page = CatalogPage::read(page)?;
/// assert_eq!(page.inventory.notes[0].reason, "invalid type: string \"b\", expected an object");
/// let mut index = CatalogIndex::default();
/// assert_eq!(page.add_to(&mut index)?.as_deref(), Some("b"));
/// assert_eq!((index.len(), index.awaited().is_some()), (1, true));
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct CatalogPage {
    /// Its entities.
    pub entities: Vec<Entity>,
    /// Its relations.
    pub relations: Vec<Relation>,
    /// Its gaps.
    pub gaps: Vec<Gap>,
    /// What the catalog was made from. The first page says it.
    pub source: Option<SourceDocument>,
    /// What it says beside those, its source left empty. The notes are the importer's, then one for each
    /// record that could not be read.
    pub inventory: Inventory,
    /// How much all pages hold, where the hub says it.
    pub totals: Option<Totals>,
    /// The cursor of the page that follows; `None` on the last one.
    pub next: Option<String>,
}

/// The page with its records still unread.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a catalog")]
struct Document<'a> {
    schema: u32,
    #[serde(borrow)]
    source: Option<&'a RawValue>,
    #[serde(borrow)]
    placement: Option<&'a RawValue>,
    #[serde(borrow)]
    entities: Option<&'a RawValue>,
    #[serde(borrow)]
    relations: Option<&'a RawValue>,
    #[serde(borrow)]
    gaps: Option<&'a RawValue>,
    #[serde(borrow)]
    questions: Option<&'a RawValue>,
    #[serde(borrow)]
    widgets: Option<&'a RawValue>,
    #[serde(borrow)]
    first_events: Option<&'a RawValue>,
    #[serde(borrow)]
    context: Option<&'a RawValue>,
    #[serde(borrow)]
    notes: Option<&'a RawValue>,
    #[serde(default, deserialize_with = "lenient::optional")]
    totals: Option<Totals>,
    next: Option<String>,
}

impl CatalogPage {
    /// Reads a page. A record that cannot be read becomes a note; the others count.
    ///
    /// # Errors
    /// A sentence where it is no page of a catalog, or of a version that this code does not read.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let page: Document<'_> = lenient::document(bytes)?;
        if page.schema != SCHEMA_VERSION {
            return Err(format!("schema {} is not {SCHEMA_VERSION}", page.schema));
        }
        let source = page.source.map(|source| lenient::record(source.get())).transpose();
        let source = source.map_err(|why| format!("source: {why}"))?;
        let mut unread = Vec::new();
        let notes = &mut unread;
        let entities = lenient::list("entities", page.entities, notes);
        let relations = lenient::list("relations", page.relations, notes);
        let gaps = lenient::list("gaps", page.gaps, notes);
        let mut inventory = Inventory {
            placement: lenient::list("placement", page.placement, notes),
            questions: lenient::list("questions", page.questions, notes),
            widgets: lenient::list("widgets", page.widgets, notes),
            first_events: lenient::list("firstEvents", page.first_events, notes),
            context: lenient::list("context", page.context, notes),
            notes: lenient::list("notes", page.notes, notes),
            ..Inventory::default()
        };
        inventory.notes.append(&mut unread);
        Ok(Self { entities, relations, gaps, source, inventory, totals: page.totals, next: page.next })
    }

    /// Adds the page to what was read of the catalog before. Gives the cursor of the page that follows. Of
    /// two entities with one reference the first counts, and the second becomes a note.
    ///
    /// # Errors
    /// A sentence where it is the first page and does not say what the catalog was made from.
    pub fn add_to(self, index: &mut CatalogIndex) -> Result<Option<String>, String> {
        let Self { entities, relations, gaps, source, mut inventory, totals, next } = self;
        // An index that awaits no page has none yet.
        if !index.is_partial {
            index.inventory_mut().source = source.ok_or("missing field `source`")?;
        }
        inventory.notes.extend(index.extend(entities, relations, gaps).iter().map(doubled));
        index.inventory_mut().append(inventory);
        if let Some(totals) = totals.filter(|_| index.totals.is_none()) {
            index.totals = Some(totals);
        }
        index.is_partial = next.is_some();
        Ok(next)
    }
}

fn doubled(entity: &Entity) -> ImportNote {
    ImportNote {
        section: "entities".to_owned(),
        text: entity.id.to_string(),
        reason: "there is an entity of this name already".to_owned(),
        about: None,
        source: entity.source,
    }
}
