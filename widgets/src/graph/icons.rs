//! An icon for each kind of entity: lines on a square of 16 px.

use ops_model::EntityKind;

/// The path data of a kind's sign.
pub(super) const fn icon(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Environment => "M8 2 14 5 8 8 2 5zM2 8l6 3 6-3M2 11l6 3 6-3",
        EntityKind::Host => "M2.5 2.5h11v4.5h-11zM2.5 9h11v4.5h-11zM5 4.8h.1M5 11.3h.1",
        EntityKind::Cluster => "M8 1.5 13.6 4.75v6.5L8 14.5 2.4 11.25v-6.5zM8 5.2a2.8 2.8 0 1 0 .1 0z",
        EntityKind::Service => "M2.5 3h11v10h-11zM2.5 6h11M4.5 4.5h.1M6.5 4.5h.1",
        EntityKind::DataStore => "M2.5 4c0-3 11-3 11 0s-11 3-11 0v8c0 3 11 3 11 0V4M2.5 8c0 3 11 3 11 0",
        EntityKind::Endpoint => {
            "M6.5 9.5 9.5 6.5M7 4.5l1.5-1.5a3.2 3.2 0 0 1 4.5 4.5L11.5 9M4.5 7 3 8.5a3.2 3.2 0 0 0 4.5 4.5L9 11.5"
        }
        EntityKind::Release => "M2.5 5 8 2l5.5 3v6L8 14l-5.5-3zM2.5 5 8 8l5.5-3M8 8v6",
        EntityKind::Resource => "M3 13.5V3.5l2-1.5h6l2 1.5v10zM3 6h10M6.5 9.5h3",
        EntityKind::Repository => {
            "M4.5 5.5v5M4.5 2.5a1.5 1.5 0 1 0 .1 0zM4.5 10.5a1.5 1.5 0 1 0 .1 0zM11.5 4a1.5 1.5 0 1 0 .1 0zM11.5 7c0 2.500-7 1-7 3.500"
        }
        EntityKind::Gate => "M3 14V2h8l-2 3 2 3H3",
        EntityKind::MigrationWave => "M2 8h11M9 4l4 4-4 4",
    }
}
