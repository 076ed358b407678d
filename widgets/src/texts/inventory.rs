//! The texts around what the inventory says in its own words.

use ops_model::entity::keys;

/// The texts of the inventory's part.
#[derive(Debug)]
#[expect(missing_docs, reason = "the field's name and its text say what it is")]
pub struct InventoryTexts {
    pub said: &'static str,
    pub whole: &'static str,
    pub placement: &'static str,
    pub questions: &'static str,
    pub widgets: &'static str,
    pub first_events: &'static str,
    pub facts: &'static str,
    names: &'static [(&'static str, &'static str)],
}

impl InventoryTexts {
    /// The name of a fact for readers; the key itself where it has none.
    #[must_use]
    pub fn fact(&self, key: &str) -> String {
        let known = self.names.iter().find(|(known, _)| *known == key);
        known.map_or_else(|| key.replace('-', " "), |(_, name)| (*name).to_owned())
    }
}

pub(super) const EN: InventoryTexts = InventoryTexts {
    said: "In the inventory's words",
    whole: "The whole inventory",
    placement: "Placement in the Viable System Model",
    questions: "Questions that it wants answered",
    widgets: "Widgets that it asks for",
    first_events: "Event that it wants recorded first",
    facts: "Recorded facts",
    names: &[
        (keys::HELM_RELEASE, "Helm release"),
        (keys::NODE_PORT, "NodePort"),
        (keys::APP_VERSION, "version"),
        (keys::ENVIRONMENT_TEXT, "environment, in words"),
        (keys::EVIDENCE, "evidence, as recorded"),
        ("hub", "hub"),
        ("vsm-function", "VSM function"),
        ("vsm-system", "VSM system"),
    ],
};

pub(super) const DE: InventoryTexts = InventoryTexts {
    said: "Mit den Worten des Inventars",
    whole: "Das ganze Inventar",
    placement: "Einordnung im Viable System Model",
    questions: "Fragen, die es beantwortet haben will",
    widgets: "Widgets, nach denen es verlangt",
    first_events: "Ereignis, das zuerst aufgezeichnet werden soll",
    facts: "Aufgezeichnete Angaben",
    names: &[
        (keys::ROLE, "Rolle"),
        (keys::STATE, "Zustand"),
        (keys::NOTES, "Anmerkungen"),
        (keys::ADDRESS, "Adresse"),
        (keys::EVIDENCE, "Nachweis, wie aufgezeichnet"),
        (keys::ENVIRONMENT_TEXT, "Umgebung, in Worten"),
        (keys::COMPONENT, "Komponente"),
        (keys::HELM_RELEASE, "Helm-Release"),
        (keys::NAMESPACE, "Namespace"),
        (keys::APP_VERSION, "Version"),
        (keys::NODE_PORT, "NodePort"),
        (keys::TYPE, "Art"),
        (keys::EXPECTED_STATUS, "erwarteter Status"),
        (keys::EXPECTED_HEADER, "erwarteter Header"),
        (keys::REDIRECTS_TO, "leitet um nach"),
        (keys::OBSERVED_ON, "beobachtet am"),
        (keys::PATH, "Pfad"),
        (keys::REMOTE, "Git-Remote"),
        (keys::RESPONSIBILITY, "Verantwortung"),
        (keys::MOVES_FROM, "zieht um von"),
        (keys::DISPOSITION, "Verbleib"),
        (keys::ORDER, "Reihenfolge"),
        ("hub", "Hub"),
        ("hub-family", "Hub-Familie"),
        ("vsm-function", "VSM-Funktion"),
        ("vsm-system", "VSM-System"),
        ("primary-concern", "Hauptanliegen"),
    ],
};
