//! The texts in German.

use ops_model::{EntityKind, GapReason, Question, RelationKind, Standing, gap::GapKind};

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    tag: "de",
    loading: "Wird geladen …",
    retry: "Erneut versuchen",
    not_loaded: "Dieser Teil konnte nicht geladen werden",
    signed_out: "Sie sind abgemeldet",
    signed_out_help: "Melden Sie sich an, um zu sehen, was der Hub weiß.",
    sign_in: "Anmelden",
    forbidden: "Ihr Konto darf diesen Hub nicht lesen",
    away: "Der Hub antwortet nicht",
    malformed: "Die Antwort des Hubs ist nicht lesbar",
    unknown_widget: "Das Manifest kennt kein Widget „{}“",
    unknown_subject: "Der Katalog hat keinen Eintrag für {}",
    no_catalog: "Der Hub hat noch keinen Katalog",
    as_of: "Stand",
    live: "live",
    polling: "wird regelmäßig abgefragt",
    last_good: "Der Hub ist nicht erreichbar; dies ist der letzte gute Stand.",
    part_of_catalog: "{} von {} Einträgen des Katalogs sind da; die übrigen werden gelesen.",
    part_missing: "{} von {} Einträgen des Katalogs sind da; die übrigen ließen sich noch nicht lesen.",
    no_evidence: "Noch kein Nachweis",
    evidence: "Nachweise",
    recorded: "vermerkt",
    recorded_help: "Steht im Inventar; eine Aussage ist kein Nachweis.",
    line: "Inventar, Zeile {}",
    sources: "Quellen",
    role: "Rolle",
    state: "Zustand",
    notes: "Bemerkungen",
    address: "Adresse",
    copy: "Kopieren",
    environment: "Umgebung",
    hosts: "Hosts",
    clusters: "Cluster",
    services: "Dienste",
    data_stores: "Datenspeicher",
    endpoints: "Endpunkte",
    coverage: "Nachweisabdeckung",
    known_gaps: "Bekannte Lücken",
    more: "{} weitere",
    gaps_closed: "{} durch Nachweise geschlossen",
    no_gaps: "Keine Lücke vermerkt",
    closed_by: "schließt durch {}",
    runs_here: "Läuft hier",
    nothing_runs: "Hier ist nichts verzeichnet.",
    reachability: "Erreichbarkeit",
    impact: "Was steht, wenn dies ausfällt",
    impact_none: "Im Katalog hängt nichts davon ab.",
    steps: "{} Schritte",
    one_step: "direkt",
    planned: "geplant",
    questions: "Die sieben Fragen",
    release: "Release",
    helm_release: "Helm-Release",
    namespace: "Namespace",
    app_version: "Version",
    node_port: "NodePort",
    answers: "{} von 7 beantwortet",
    search: "Dienste, Repositorys, Umgebungen suchen",
    shown: "{} von {} gezeigt",
    nothing_found: "Nichts passt zu „{}“.",
    import_notes: "Was im Inventar steht und nicht zuzuordnen war",
    import_notes_none: "Alles im Inventar ließ sich zuordnen.",
    entity: "Dienst oder Datenspeicher",
    expected: "Erwartet",
    observed: "Beobachtet",
    status: "Status",
    header: "Header",
    checks: "Letzte Prüfungen",
    no_checks: "Noch nicht geprüft",
    expected_is_success: "Der Dienst antwortet wie erwartet: {} ist hier ein Erfolg.",
    field_differs: "{}: erwartet {}, beobachtet {}",
    latency: "{} ms",
    gates: "Gates",
    gates_passed: "{} von {} Gates bestanden",
    ready: "Bereit",
    not_ready: "Nicht bereit",
    next_action: "Als Nächstes: {}",
    record: "{} mit frischem Nachweis erfassen.",
    assessor: "bewertet von {}",
    passed: "bestanden",
    from: "Von",
    to: "Nach",
    moved: "{} von {} umgezogen",
    undecided: "unentschieden",
    disposition: "Verbleib",
    backup: "Sicherung",
    restore: "Rücksicherungstest",
    target: "Ziel bereit",
    blockers: "{} blockiert",
    relations: "Beziehungen",
    close: "Schließen",
    not_recorded: "nicht vermerkt",
    gap: "Lücke",
    panic: "Dieses Widget ist ausgefallen und wurde angehalten.",
    age: super::age::DE,
    catalog: super::catalog::DE,
    feed: super::feed::DE,
    recording: super::record::DE,
    inventory: super::inventory::DE,
    graph: super::graph::DE,
    migration: super::graph::MIGRATION_DE,
};

pub(super) const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Proven => "nachgewiesen",
        Standing::Unproven => "unbelegt",
        Standing::Stale => "veraltet",
        Standing::Failing => "fehlgeschlagen",
    }
}

pub(super) const fn question(question: Question) -> &'static str {
    match question {
        Question::RunsWhere => "Läuft wo",
        Question::OwnedBy => "Gehört zu",
        Question::ExposedBy => "Erreichbar über",
        Question::StoredIn => "Gespeichert in",
        Question::CoveredBy => "Sicherung und Rücksicherung",
        Question::MovesTo => "Migrationswelle",
        Question::ProvenBy => "Gesund laut",
    }
}

pub(super) const fn gap_reason(reason: GapReason) -> &'static str {
    match reason {
        GapReason::NoPlace => "kein Ort vermerkt",
        GapReason::PlaceInWords => "Ort nur in Worten",
        GapReason::NoOwner => "kein Eigentümer",
        GapReason::NoEndpoint => "kein Endpunkt",
        GapReason::NoDataStore => "kein Datenspeicher vermerkt",
        GapReason::NoCover => "weder Sicherung noch Rücksicherung belegt",
        GapReason::NoBackup => "keine Sicherung belegt",
        GapReason::NoRestore => "keine Rücksicherung geprüft",
        GapReason::NoWave => "keine Welle geplant",
        GapReason::Undecided => "unentschieden",
        GapReason::NoEvidence => "kein Nachweis",
        GapReason::PartlyProven => "teils nachgewiesen",
        GapReason::EvidenceStale => "Nachweis veraltet",
        GapReason::EvidenceFailing => "Nachweis zeigt einen Fehler",
    }
}

pub(super) const fn gap_kind(kind: GapKind) -> &'static str {
    match kind {
        GapKind::Backup => "Sicherung",
        GapKind::Restore => "Rücksicherung",
        GapKind::Readiness => "Bereitschaft",
        GapKind::Migration => "Migration",
        GapKind::Ownership => "Zuständigkeit",
        GapKind::Catalog => "Katalog",
        GapKind::Drift => "Drift",
        GapKind::Bootstrap => "Bootstrap",
        GapKind::Reachability => "Erreichbarkeit",
        GapKind::Release => "Release",
        GapKind::Other => "Sonstiges",
    }
}

pub(super) const fn entity_kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Environment => "Umgebung",
        EntityKind::Host => "Host",
        EntityKind::Cluster => "Cluster",
        EntityKind::Service => "Dienst",
        EntityKind::DataStore => "Datenspeicher",
        EntityKind::Endpoint => "Endpunkt",
        EntityKind::Release => "Release",
        EntityKind::Resource => "Ressource",
        EntityKind::Repository => "Repository",
        EntityKind::Gate => "Gate",
        EntityKind::MigrationWave => "Migrationswelle",
    }
}

pub(super) const fn relation(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::RunsOn => "läuft auf",
        RelationKind::PartOf => "Teil von",
        RelationKind::ExposedBy => "erreichbar über",
        RelationKind::StoredIn => "gespeichert in",
        RelationKind::OwnedBy => "gehört zu",
        RelationKind::CoveredBy => "gesichert durch",
        RelationKind::MovesTo => "zieht um nach",
    }
}
