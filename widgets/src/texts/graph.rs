//! The texts of pictures and of the migration's board and flow.

use ops_model::migration::{Need, Stage};

/// The texts of pictures.
#[derive(Debug)]
#[expect(missing_docs, reason = "the field's name and its text say what it is")]
pub struct GraphTexts {
    pub topology: &'static str,
    pub neighbourhood: &'static str,
    pub places: &'static str,
    pub reached: &'static str,
    pub before: &'static str,
    pub after: &'static str,
    pub onward: &'static str,
    pub zoom: &'static str,
    pub nearer: &'static str,
    pub farther: &'static str,
    pub whole: &'static str,
    pub keys: &'static str,
    pub as_list: &'static str,
    pub no_place: &'static str,
    pub further: &'static str,
    pub no_service: &'static str,
    pub left_out: &'static str,
    pub unfold: &'static str,
    pub fold: &'static str,
    pub lines: &'static str,
}

/// The texts of a migration.
#[derive(Debug)]
#[expect(missing_docs, reason = "the field's name and its text say what it is")]
pub struct MigrationTexts {
    pub board: &'static str,
    pub flow: &'static str,
    pub shown_as: &'static str,
    pub first: &'static str,
    pub unblock: &'static str,
    pub decide: &'static str,
    pub back_up: &'static str,
    pub test_restore: &'static str,
    pub prove: &'static str,
    pub start: &'static str,
    pub finish: &'static str,
    pub all_moved: &'static str,
    pub holds: &'static str,
    pub evidence: &'static str,
    pub no_evidence_possible: &'static str,
    pub in_the_way: &'static str,
    pub waves: &'static str,
    pub lane_empty: &'static str,
    pub planned: &'static str,
    pub started: &'static str,
    pub done: &'static str,
    pub blocked: &'static str,
    pub to_move: &'static str,
    pub to_replace: &'static str,
    pub to_retire: &'static str,
    pub needs: [&'static str; 4],
    pub stages: [&'static str; 5],
}

impl MigrationTexts {
    /// The name of a column of the board.
    #[must_use]
    pub const fn stage(&self, stage: Stage) -> &'static str {
        self.stages[stage as usize]
    }

    /// What is planned for something; a word that is not known stands as it is.
    #[must_use]
    pub fn disposition<'a>(&self, word: &'a str) -> &'a str {
        match word {
            "move" => self.to_move,
            "replace" => self.to_replace,
            "retire" => self.to_retire,
            other => other,
        }
    }

    /// A step that was reported; a word that is not known stands as it is.
    #[must_use]
    pub fn step<'a>(&self, word: &'a str) -> &'a str {
        match word {
            "planned" => self.planned,
            "started" => self.started,
            "done" => self.done,
            "blocked" => self.blocked,
            other => other,
        }
    }

    /// A need as a short name.
    #[must_use]
    pub const fn need(&self, need: Need) -> &'static str {
        self.needs[need as usize]
    }

    /// What meets a need, as something to do.
    #[must_use]
    pub const fn todo(&self, need: Need) -> &'static str {
        match need {
            Need::Decision => self.decide,
            Need::Backup => self.back_up,
            Need::Restore => self.test_restore,
            Need::Target => self.prove,
        }
    }
}

pub(super) const EN: GraphTexts = GraphTexts {
    topology: "What runs where",
    neighbourhood: "Neighbourhood",
    places: "Hosts and clusters",
    reached: "Endpoints and data stores",
    before: "Runs on, owned by",
    after: "Exposed by, stored in",
    onward: "One step on",
    zoom: "Zoom",
    nearer: "Zoom in",
    farther: "Zoom out",
    whole: "Show all of it",
    keys: "Arrow keys lead from box to box, + and − zoom, 0 shows all, Shift and an arrow move the picture.",
    as_list: "The picture as a list",
    no_place: "No environment",
    further: "{} more environments",
    no_service: "No service recorded",
    left_out: "{} more have no box here",
    unfold: "Show",
    fold: "Fold",
    lines: "Lines",
};

pub(super) const DE: GraphTexts = GraphTexts {
    topology: "Was läuft wo",
    neighbourhood: "Nachbarschaft",
    places: "Hosts und Cluster",
    reached: "Endpunkte und Datenspeicher",
    before: "Läuft auf, gehört zu",
    after: "Erreichbar über, gespeichert in",
    onward: "Einen Schritt weiter",
    zoom: "Vergrößerung",
    nearer: "Vergrößern",
    farther: "Verkleinern",
    whole: "Alles zeigen",
    keys: "Pfeiltasten führen von Kasten zu Kasten, + und − vergrößern und verkleinern, 0 zeigt alles, \
           Umschalt und ein Pfeil verschieben das Bild.",
    as_list: "Das Bild als Liste",
    no_place: "Ohne Umgebung",
    further: "{} weitere Umgebungen",
    no_service: "Kein Dienst vermerkt",
    left_out: "{} weitere haben hier keinen Kasten",
    unfold: "Zeigen",
    fold: "Falten",
    lines: "Linien",
};

pub(super) const MIGRATION_EN: MigrationTexts = MigrationTexts {
    board: "Board",
    flow: "Flow",
    shown_as: "Shown as",
    first: "First thing to do",
    unblock: "Clear what blocks {}",
    decide: "Decide what becomes of {}",
    back_up: "Back up {}",
    test_restore: "Test a restore of {}",
    prove: "Prove that {} is healthy",
    start: "Start to move {}",
    finish: "Finish what has started: {}",
    all_moved: "Everything has moved.",
    holds: "holds up {} of {}",
    evidence: "shown by {}",
    no_evidence_possible: "the inventory names nothing in it that evidence could prove",
    in_the_way: "What stands in the way",
    waves: "Waves",
    lane_empty: "none",
    planned: "planned",
    started: "started",
    done: "done",
    blocked: "blocked",
    to_move: "move",
    to_replace: "replace",
    to_retire: "retire",
    needs: ["Decision", "Backup", "Restore", "Target"],
    stages: ["Undecided", "Blocked", "Ready", "Moving", "Moved"],
};

pub(super) const MIGRATION_DE: MigrationTexts = MigrationTexts {
    board: "Tafel",
    flow: "Fluss",
    shown_as: "Gezeigt als",
    first: "Als Erstes zu tun",
    unblock: "Lösen, was {} blockiert",
    decide: "Entscheiden, was aus {} wird",
    back_up: "{} sichern",
    test_restore: "Rücksicherung von {} testen",
    prove: "Nachweisen, dass {} in Ordnung ist",
    start: "Umzug von {} beginnen",
    finish: "Abschließen, was begonnen ist: {}",
    all_moved: "Alles ist umgezogen.",
    holds: "hält {} von {} auf",
    evidence: "belegt durch {}",
    no_evidence_possible: "das Inventar nennt nichts darin, was sich nachweisen ließe",
    in_the_way: "Was im Weg steht",
    waves: "Wellen",
    lane_empty: "keine",
    planned: "geplant",
    started: "begonnen",
    done: "fertig",
    blocked: "blockiert",
    to_move: "umziehen",
    to_replace: "ersetzen",
    to_retire: "stilllegen",
    needs: ["Entscheid", "Sicherung", "Rückspielen", "Ziel"],
    stages: ["Unentschieden", "Blockiert", "Bereit", "Im Umzug", "Umgezogen"],
};
