//! A catalog on its way into the file, and one on its way out of it. Both go in slices of time, each a
//! commit of its own: another write waits for a slice, not for a catalog. What is on its way is read by
//! nobody: the hub's head names the put that counts.

use std::time::{Duration, Instant};

use rusqlite::{Connection, OptionalExtension, params};

use super::{
    super::{digest, sql::statements},
    split::{Part, Split, joined, split},
};
use crate::error::HubError;

/// How long a slice takes, about.
const SLICE: Duration = Duration::from_millis(20);
/// How many of the catalog's bytes are kept together.
const PIECE: usize = 256 * 1024;

statements! {
    BEGIN = "INSERT INTO catalog_put (hub, always, once, relations, gaps) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id";
    PUT_PIECE = "INSERT INTO catalog_piece VALUES (?1, ?2, ?3)";
    PUT_PART = "INSERT INTO catalog_part VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    PUT_INBOUND = "INSERT OR IGNORE INTO catalog_inbound VALUES (?1, ?2, ?3)";
    PUT_HEAD = "INSERT INTO catalog_head VALUES (?1, ?2, ?3) ON CONFLICT(hub) DO UPDATE SET etag = ?2, put = ?3";
    PIECES = "SELECT bytes FROM catalog_piece WHERE put = ?1 ORDER BY position";
    /// A put that no hub names.
    UNNAMED = "SELECT p.id, p.hub FROM catalog_put p LEFT JOIN catalog_head h ON h.put = p.id
        WHERE p.id > 0 AND h.put IS NULL ORDER BY p.id LIMIT 1";
    DROP_PIECES = "DELETE FROM catalog_piece WHERE put = ?1 AND position IN
        (SELECT position FROM catalog_piece WHERE put = ?1 LIMIT 16)";
    DROP_PARTS = "DELETE FROM catalog_part WHERE put = ?1 AND position IN
        (SELECT position FROM catalog_part WHERE put = ?1 LIMIT 500)";
    DROP_INBOUND = "DELETE FROM catalog_inbound WHERE (put, ref, position) IN
        (SELECT put, ref, position FROM catalog_inbound WHERE put = ?1 LIMIT 500)";
    DROP_PUT = "DELETE FROM catalog_put WHERE id = ?1";
}

/// When a slice is over; never, where what is done has to be one commit.
#[derive(Clone, Copy, Debug)]
struct Slice(Option<Instant>);

impl Slice {
    fn begin() -> Self {
        Self(Some(Instant::now() + SLICE))
    }

    fn is_over(self) -> bool {
        self.0.is_some_and(|end| Instant::now() >= end)
    }
}

/// A catalog on its way in.
#[derive(Debug)]
pub(super) struct Staging<B> {
    pub(super) hub: String,
    pub(super) etag: String,
    body: B,
    split: Split,
    /// Its number, once there is something of it.
    put: Option<i64>,
    /// How many pieces and parts of it are there.
    pieces: usize,
    parts: usize,
}

impl<B: AsRef<[u8]>> Staging<B> {
    /// Reads a hub's catalog from its bytes.
    pub(super) fn read(hub: String, body: B) -> Result<Self, HubError> {
        let etag = format!("\"{}\"", digest(body.as_ref()));
        let split = split(body.as_ref()).map_err(HubError::Catalog)?;
        Ok(Self { hub, etag, body, split, put: None, pieces: 0, parts: 0 })
    }

    /// Writes for the time of a slice. Once all is there, it is the hub's catalog, and this is `true`.
    pub(super) fn go_on(&mut self, work: &Connection) -> Result<bool, HubError> {
        self.write(work, Slice::begin())
    }

    fn write(&mut self, work: &Connection, slice: Slice) -> Result<bool, HubError> {
        let put = match self.put {
            Some(put) => put,
            None => *self.put.insert(self.begin(work)?),
        };
        let bytes = self.body.as_ref();
        let mut piece_into = PUT_PIECE.on(work)?;
        for (position, piece) in (0_i64..).zip(bytes.chunks(PIECE)).skip(self.pieces) {
            piece_into.execute(params![put, position, piece])?;
            self.pieces += 1;
            if slice.is_over() {
                return Ok(false);
            }
        }
        let (mut part_into, mut inbound_into) = (PUT_PART.on(work)?, PUT_INBOUND.on(work)?);
        for (position, part) in (0_i64..).zip(&self.split.parts).skip(self.parts) {
            let Part { id, is_head, entity, relations, gaps, targets } = part;
            let entity = joined(bytes, std::slice::from_ref(entity));
            let (relations, gaps) = (joined(bytes, relations), joined(bytes, gaps));
            part_into.execute(params![put, position, id, is_head, entity, relations, gaps])?;
            for target in targets {
                inbound_into.execute(params![put, target, position])?;
            }
            self.parts += 1;
            if slice.is_over() {
                return Ok(false);
            }
        }
        PUT_HEAD.on(work)?.execute(params![self.hub, self.etag, put])?;
        Ok(true)
    }

    fn begin(&self, work: &Connection) -> Result<i64, HubError> {
        let Self { hub, split, .. } = self;
        let [relations, gaps] = [&split.relations, &split.gaps].map(|spans| joined(self.body.as_ref(), spans));
        let said = params![hub, split.always, split.once, relations, gaps];
        Ok(BEGIN.on(work)?.query_row(said, |row| row.get(0))?)
    }
}

/// The bytes that were put.
pub(super) fn body(work: &Connection, put: i64) -> Result<Vec<u8>, HubError> {
    let mut pieces = PIECES.on(work)?;
    let mut rows = pieces.query([put])?;
    let mut body = Vec::new();
    while let Some(row) = rows.next()? {
        body.extend_from_slice(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?);
    }
    Ok(body)
}

/// A put that no hub names, and its hub.
fn unnamed(work: &Connection) -> rusqlite::Result<Option<(i64, String)>> {
    UNNAMED.on(work)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()
}

/// Removes what no hub names for the time of a slice: catalogs of before, and what broke off. Whether
/// something is left.
pub(super) fn sweep(work: &Connection) -> Result<bool, HubError> {
    let slice = Slice::begin();
    while let Some((put, _)) = unnamed(work)? {
        if !remove(work, put, slice)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Removes a put; whether it is gone.
fn remove(work: &Connection, put: i64, slice: Slice) -> Result<bool, HubError> {
    for some in [DROP_PIECES, DROP_PARTS, DROP_INBOUND] {
        while some.on(work)?.execute([put])? > 0 {
            if slice.is_over() {
                return Ok(false);
            }
        }
    }
    DROP_PUT.on(work)?.execute([put])?;
    Ok(true)
}

/// Puts the catalogs of an older file again, of which it has the bytes alone.
pub(in crate::store) fn put_anew(work: &Connection) -> Result<(), HubError> {
    let endless = Slice(None);
    while let Some((old, hub)) = unnamed(work)? {
        let body = body(work, old)?;
        Staging::read(hub, body)?.write(work, endless)?;
        remove(work, old, endless)?;
    }
    Ok(())
}
