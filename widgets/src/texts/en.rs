//! The texts in English.

use ops_model::{EntityKind, GapReason, Question, RelationKind, Standing, gap::GapKind};

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    tag: "en",
    loading: "Loading …",
    retry: "Try again",
    not_loaded: "This part could not be loaded",
    signed_out: "You are signed out",
    signed_out_help: "Sign in to see what the hub knows.",
    sign_in: "Sign in",
    forbidden: "Your account may not read this hub",
    away: "The hub does not answer",
    malformed: "The hub's answer could not be read",
    unknown_widget: "The manifest has no widget named “{}”",
    unknown_subject: "The catalog has no entry for {}",
    no_catalog: "The hub has no catalog yet",
    as_of: "As of",
    live: "live",
    polling: "checked at intervals",
    last_good: "The hub is away; this is the last good state.",
    part_of_catalog: "{} of {} entries of the catalog are here; the others are being read.",
    part_missing: "{} of {} entries of the catalog are here; the others could not be read yet.",
    no_evidence: "No evidence yet",
    evidence: "Evidence",
    recorded: "recorded",
    recorded_help: "Stated in the inventory; a statement is not proof.",
    line: "Inventory, line {}",
    sources: "Sources",
    role: "Role",
    state: "State",
    notes: "Notes",
    address: "Address",
    copy: "Copy",
    environment: "Environment",
    hosts: "Hosts",
    clusters: "Clusters",
    services: "Services",
    data_stores: "Data stores",
    endpoints: "Endpoints",
    coverage: "Evidence coverage",
    known_gaps: "Known gaps",
    more: "{} more",
    gaps_closed: "{} closed by evidence",
    no_gaps: "No gap recorded",
    closed_by: "closed by {}",
    runs_here: "Runs here",
    nothing_runs: "Nothing is recorded to run here.",
    reachability: "Reachability",
    impact: "What stops if this goes",
    impact_none: "Nothing in the catalog depends on it.",
    steps: "{} steps",
    one_step: "directly",
    planned: "planned",
    questions: "The seven questions",
    release: "Release",
    helm_release: "Helm release",
    namespace: "Namespace",
    app_version: "Version",
    node_port: "NodePort",
    answers: "{} of 7 answered",
    search: "Search services, repositories, environments",
    shown: "{} of {} shown",
    nothing_found: "Nothing matches “{}”.",
    import_notes: "What the inventory says that could not be placed",
    import_notes_none: "Everything in the inventory was placed.",
    entity: "Service or data store",
    expected: "Expected",
    observed: "Observed",
    status: "Status",
    header: "Header",
    checks: "Last checks",
    no_checks: "Not checked yet",
    expected_is_success: "The service answers as expected: {} is success here.",
    field_differs: "{}: expected {}, observed {}",
    latency: "{} ms",
    gates: "Gates",
    gates_passed: "{} of {} gates passed",
    ready: "Ready",
    not_ready: "Not ready",
    next_action: "Next: {}",
    record: "Record {} with fresh evidence.",
    assessor: "assessed by {}",
    passed: "passed",
    from: "From",
    to: "To",
    moved: "{} of {} moved",
    undecided: "undecided",
    disposition: "Disposition",
    backup: "Backup",
    restore: "Restore test",
    target: "Target ready",
    blockers: "{} blocked",
    relations: "Relations",
    close: "Close",
    not_recorded: "not recorded",
    gap: "gap",
    panic: "This widget failed and was stopped.",
    age: super::age::EN,
    catalog: super::catalog::EN,
    feed: super::feed::EN,
    recording: super::record::EN,
    inventory: super::inventory::EN,
    graph: super::graph::EN,
    migration: super::graph::MIGRATION_EN,
};

pub(super) const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Proven => "proven",
        Standing::Unproven => "unproven",
        Standing::Stale => "stale",
        Standing::Failing => "failing",
    }
}

pub(super) const fn question(question: Question) -> &'static str {
    match question {
        Question::RunsWhere => "Runs where",
        Question::OwnedBy => "Owned by",
        Question::ExposedBy => "Exposed by",
        Question::StoredIn => "Stored in",
        Question::CoveredBy => "Backups and restores",
        Question::MovesTo => "Migration wave",
        Question::ProvenBy => "Proven healthy by",
    }
}

pub(super) const fn gap_reason(reason: GapReason) -> &'static str {
    match reason {
        GapReason::NoPlace => "no place recorded",
        GapReason::PlaceInWords => "place in words only",
        GapReason::NoOwner => "no owner",
        GapReason::NoEndpoint => "no endpoint",
        GapReason::NoDataStore => "no data store recorded",
        GapReason::NoCover => "no backup or restore proven",
        GapReason::NoBackup => "no backup proven",
        GapReason::NoRestore => "no restore tested",
        GapReason::NoWave => "no wave planned",
        GapReason::Undecided => "undecided",
        GapReason::NoEvidence => "no evidence",
        GapReason::PartlyProven => "partly proven",
        GapReason::EvidenceStale => "evidence is stale",
        GapReason::EvidenceFailing => "evidence shows a failure",
    }
}

pub(super) const fn gap_kind(kind: GapKind) -> &'static str {
    match kind {
        GapKind::Backup => "backup",
        GapKind::Restore => "restore",
        GapKind::Readiness => "readiness",
        GapKind::Migration => "migration",
        GapKind::Ownership => "ownership",
        GapKind::Catalog => "catalog",
        GapKind::Drift => "drift",
        GapKind::Bootstrap => "bootstrap",
        GapKind::Reachability => "reachability",
        GapKind::Release => "release",
        GapKind::Other => "other",
    }
}

pub(super) const fn entity_kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Environment => "Environment",
        EntityKind::Host => "Host",
        EntityKind::Cluster => "Cluster",
        EntityKind::Service => "Service",
        EntityKind::DataStore => "Data store",
        EntityKind::Endpoint => "Endpoint",
        EntityKind::Release => "Release",
        EntityKind::Resource => "Resource",
        EntityKind::Repository => "Repository",
        EntityKind::Gate => "Gate",
        EntityKind::MigrationWave => "Migration wave",
    }
}

pub(super) const fn relation(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::RunsOn => "runs on",
        RelationKind::PartOf => "part of",
        RelationKind::ExposedBy => "exposed by",
        RelationKind::StoredIn => "stored in",
        RelationKind::OwnedBy => "owned by",
        RelationKind::CoveredBy => "covered by",
        RelationKind::MovesTo => "moves to",
    }
}
