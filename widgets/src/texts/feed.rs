//! The texts of the feed, of announcements and of notes.

/// The texts of the feed and of what is announced.
#[derive(Debug)]
#[expect(missing_docs, reason = "the field's name and its text say what it is")]
pub struct FeedTexts {
    pub label: &'static str,
    pub recent: &'static str,
    pub all_types: &'static str,
    pub all_entities: &'static str,
    pub by_type: &'static str,
    pub by_entity: &'static str,
    pub shown: &'static str,
    pub nothing: &'static str,
    pub none_fits: &'static str,
    pub earlier: &'static str,
    pub unplaced: &'static str,
    pub on_its_way: &'static str,
    pub under_maintenance: &'static str,
    pub maintenance_ahead: &'static str,
    pub span: &'static str,
    pub expected_failure: &'static str,
    pub note: &'static str,
    pub announcement: &'static str,
}

pub(super) const EN: FeedTexts = FeedTexts {
    label: "Events",
    recent: "Recent events",
    all_types: "All types",
    all_entities: "Everything",
    by_type: "Type of event",
    by_entity: "About",
    shown: "{} of {} events",
    nothing: "No event has been recorded yet.",
    none_fits: "No event fits this choice.",
    earlier: "Show earlier events",
    unplaced: "about nothing that the catalog knows",
    on_its_way: "on its way to the hub",
    under_maintenance: "Maintenance goes on until {}",
    maintenance_ahead: "Maintenance is planned from {} until {}",
    span: "from {} until {}",
    expected_failure: "failing, as expected",
    note: "note",
    announcement: "announcement",
};

pub(super) const DE: FeedTexts = FeedTexts {
    label: "Ereignisse",
    recent: "Letzte Ereignisse",
    all_types: "Alle Arten",
    all_entities: "Alles",
    by_type: "Art des Ereignisses",
    by_entity: "Betrifft",
    shown: "{} von {} Ereignissen",
    nothing: "Noch wurde kein Ereignis aufgezeichnet.",
    none_fits: "Kein Ereignis passt zu dieser Auswahl.",
    earlier: "Frühere Ereignisse zeigen",
    unplaced: "betrifft nichts, was der Katalog kennt",
    on_its_way: "unterwegs zum Hub",
    under_maintenance: "Wartung bis {}",
    maintenance_ahead: "Wartung geplant von {} bis {}",
    span: "von {} bis {}",
    expected_failure: "gestört, wie erwartet",
    note: "Notiz",
    announcement: "Ankündigung",
};
