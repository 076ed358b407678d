//! Pages and single entities of a catalog, joined from its parts.

use rusqlite::{OptionalExtension, Row, Statement, params};
use serde_json::value::RawValue;

use super::{super::sql::statements, current};
use crate::{error::HubError, store::Store};

statements! {
    SAID = "SELECT always, once, relations, gaps FROM catalog_put WHERE id = ?1";
    PARTS = "SELECT is_head, entity, relations, gaps FROM catalog_part
        WHERE put = ?1 AND position >= ?2 ORDER BY position LIMIT ?3";
    PART = "SELECT entity, relations, gaps FROM catalog_part WHERE put = ?1 AND ref = ?2 ORDER BY position LIMIT 1";
    INBOUND = "SELECT p.relations FROM catalog_inbound i JOIN catalog_part p ON p.put = i.put AND p.position = i.position
        WHERE i.put = ?1 AND i.ref = ?2 ORDER BY i.position";
}

/// A page: the document, and where the next one begins.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct CatalogPage {
    /// The document without its last brace.
    pub(crate) document: String,
    /// The position of the next page's first entity.
    pub(crate) next: Option<i64>,
}

/// An entity, what leads from it and to it, and its gaps, each as JSON.
#[derive(Debug)]
pub(crate) struct EntityRows {
    /// The entity.
    pub(crate) entity: Box<RawValue>,
    /// Its relations, those from it first.
    pub(crate) relations: Vec<Box<RawValue>>,
    /// Its gaps.
    pub(crate) gaps: Vec<Box<RawValue>>,
}

/// One part, as far as a page needs it.
struct Kept {
    is_head: bool,
    entity: String,
    relations: String,
    gaps: String,
}

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept { is_head: row.get(0)?, entity: row.get(1)?, relations: row.get(2)?, gaps: row.get(3)? })
}

/// How many of the rows make the page: a service is not split from its followers, unless they fill
/// a page by themselves.
fn cut(rows: &[Kept], limit: usize) -> usize {
    if rows.len() <= limit {
        return rows.len();
    }
    let head = rows.iter().take(limit.saturating_add(1)).rposition(|part| part.is_head);
    head.filter(|head| *head > 0).unwrap_or(limit)
}

fn list<'a>(name: &str, items: impl Iterator<Item = &'a str>, document: &mut String) {
    document.push_str(",\"");
    document.push_str(name);
    document.push_str("\":[");
    let mut is_first = true;
    for item in items.filter(|item| !item.is_empty()) {
        if !is_first {
            document.push(',');
        }
        document.push_str(item);
        is_first = false;
    }
    document.push(']');
}

impl Store {
    /// A page of at most `limit` entities from a position on; `None` where the hub's catalog has
    /// another ETag by now.
    pub(crate) async fn catalog_page(
        &self,
        hub: &str,
        known: &str,
        position: i64,
        limit: usize,
    ) -> Result<Option<CatalogPage>, HubError> {
        let (hub, known) = (hub.to_owned(), known.to_owned());
        self.read(move |work| {
            let Some((_, put)) = current(work, &hub)?.filter(|(etag, _)| *etag == known) else { return Ok(None) };
            let rows = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
            let mut query = PARTS.on(work)?;
            let mut parts = query.query_map(params![put, position, rows], kept)?.collect::<Result<Vec<_>, _>>()?;
            let count = cut(&parts, limit);
            let is_last = count == parts.len();
            parts.truncate(count);
            let said = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
            let (always, once, relations, gaps): (String, String, String, String) =
                SAID.on(work)?.query_row([put], said)?;
            let loose = |text: String| if is_last { text } else { String::new() };
            let (relations, gaps) = (loose(relations), loose(gaps));
            let mut document = format!("{{{always}");
            if position == 0 {
                document.push(',');
                document.push_str(&once);
            }
            let column = |of: fn(&Kept) -> &str| parts.iter().map(of);
            list("entities", column(|part| &part.entity), &mut document);
            list("relations", column(|part| &part.relations).chain([relations.as_str()]), &mut document);
            list("gaps", column(|part| &part.gaps).chain([gaps.as_str()]), &mut document);
            let end = position.saturating_add(i64::try_from(count).unwrap_or(i64::MAX));
            Ok(Some(CatalogPage { document, next: (!is_last).then_some(end) }))
        })
        .await
    }

    /// An entity of a hub's catalog by its name, `service:gitea`.
    pub(crate) async fn entity(&self, hub: &str, id: &str) -> Result<Option<EntityRows>, HubError> {
        let (hub, id) = (hub.to_owned(), id.to_owned());
        self.read(move |work| {
            let Some((_, put)) = current(work, &hub)? else { return Ok(None) };
            let texts = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
            let found: Option<(String, String, String)> =
                PART.on(work)?.query_row(params![put, id], texts).optional()?;
            let Some((entity, own, gaps)) = found else { return Ok(None) };
            let mut relations = array(&own)?;
            for from in inbound(&mut *INBOUND.on(work)?, put, &id)? {
                relations.extend(array(&from)?.into_iter().filter(|relation| leads_to(relation, &id)));
            }
            let entity = RawValue::from_string(entity).map_err(HubError::Catalog)?;
            Ok(Some(EntityRows { entity, relations, gaps: array(&gaps)? }))
        })
        .await
    }
}

fn inbound(query: &mut Statement<'_>, put: i64, id: &str) -> Result<Vec<String>, HubError> {
    Ok(query.query_map(params![put, id], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

fn array(items: &str) -> Result<Vec<Box<RawValue>>, HubError> {
    serde_json::from_str(&format!("[{items}]")).map_err(HubError::Catalog)
}

/// Whether a relation leads to an entity, and from another.
fn leads_to(relation: &RawValue, id: &str) -> bool {
    #[derive(serde::Deserialize)]
    struct Ends {
        from: String,
        to: String,
    }
    serde_json::from_str(relation.get()).is_ok_and(|ends: Ends| ends.to == id && ends.from != id)
}
