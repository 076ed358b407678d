//! The names of sections and columns: each has one that the importer knows, and others that people use.

use std::collections::HashMap;

use serde::Deserialize;

use super::names::fold;

/// The sections, each with other headings that mean the same.
const SECTIONS: &[(&str, &[&str])] = &[
    (
        "VSM Placement",
        &["Placement", "VSM-Einordnung", "Einordnung im VSM", "Einordnung", "VSM-Platzierung", "Platzierung"],
    ),
    ("Environments", &["Environment", "Umgebungen", "Umgebung", "Stages"]),
    ("Hosts", &["Host", "Servers", "Server", "Machines", "Rechner", "Maschinen"]),
    ("Services", &["Service", "Applications", "Dienste", "Dienst", "Anwendungen", "Services und Daten"]),
    ("Clusters", &["Cluster", "Kubernetes clusters", "Kubernetes-Cluster"]),
    ("Endpoints", &["Endpoint", "Endpunkte", "Endpunkt", "Addresses", "Adressen", "URLs", "Schnittstellen"]),
    (
        "Repository Boundary",
        &["Repositories", "Repository boundaries", "Repository-Grenzen", "Repositorys", "Repositorien"],
    ),
    (
        "Service Catalog Gap",
        &[
            "Questions",
            "Open questions",
            "Fragen",
            "Offene Fragen",
            "Lücke im Dienstkatalog",
            "Lücken im Dienstkatalog",
        ],
    ),
    ("First Ops Widgets", &["Widgets", "First widgets", "Ops widgets", "Erste Ops-Widgets", "Erste Widgets"]),
    (
        "First Evidence Events",
        &["First events", "Evidence events", "Erste Nachweise", "Erste Ereignisse", "Erste Nachweis-Ereignisse"],
    ),
];

/// The columns, each with other headers that mean the same.
const COLUMNS: &[(&str, &[&str])] = &[
    ("Field", &["Feld", "Eigenschaft", "Property"]),
    ("Value", &["Wert"]),
    ("Environment", &["Umgebung", "Environments", "Umgebungen", "Stage", "Current environment", "Aktuelle Umgebung"]),
    ("Current environment", &["Environment", "Umgebung", "Aktuelle Umgebung", "Environments", "Umgebungen", "Stage"]),
    ("Role", &["Rolle", "Purpose", "Zweck", "Aufgabe", "Funktion"]),
    ("Current state", &["State", "Status", "Zustand", "Aktueller Zustand", "Current status", "Aktueller Status"]),
    ("Current status", &["Status", "State", "Zustand", "Aktueller Zustand", "Current state", "Aktueller Status"]),
    (
        "Notes",
        &[
            "Note",
            "Remarks",
            "Comments",
            "Notizen",
            "Bemerkungen",
            "Bemerkung",
            "Anmerkungen",
            "Hinweise",
            "Current notes",
        ],
    ),
    (
        "Current notes",
        &[
            "Notes",
            "Note",
            "Remarks",
            "Comments",
            "Notizen",
            "Bemerkungen",
            "Bemerkung",
            "Anmerkungen",
            "Hinweise",
            "Aktuelle Notizen",
        ],
    ),
    ("Host", &["Rechner", "Server", "Machine", "Maschine", "Hostname"]),
    ("Address", &["Adresse", "IP", "IP address", "IP-Adresse", "Addresses", "Adressen"]),
    ("Known gaps", &["Gaps", "Lücken", "Bekannte Lücken", "Offene Lücken", "Fehlt"]),
    ("Gaps", &["Known gaps", "Lücken", "Bekannte Lücken", "Offene Lücken", "Fehlt"]),
    ("Service", &["Dienst", "Application", "Anwendung"]),
    (
        "Owner repo",
        &[
            "Owner repository",
            "Owner repos",
            "Repository",
            "Repositories",
            "Repo",
            "Owning repo",
            "Owner",
            "Zuständiges Repository",
            "Eigentümer-Repository",
            "Eigentümer-Repo",
            "Eigentümer",
            "Quell-Repository",
        ],
    ),
    (
        "Current evidence",
        &["Evidence", "Nachweis", "Nachweise", "Aktueller Nachweis", "Aktuelle Nachweise", "Beleg", "Belege"],
    ),
    (
        "Evidence",
        &["Current evidence", "Nachweis", "Nachweise", "Aktueller Nachweis", "Aktuelle Nachweise", "Beleg", "Belege"],
    ),
    ("Cluster", &["Kubernetes cluster", "Kubernetes-Cluster"]),
    ("Endpoint", &["URL", "Endpunkt", "Adresse"]),
];

/// The other names of sections and columns.
#[derive(Clone, Debug)]
pub(crate) struct Aliases {
    sections: HashMap<String, String>,
    /// By the known column, the names that it may have.
    columns: HashMap<String, Vec<String>>,
}

/// A file of further aliases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    sections: HashMap<String, Vec<String>>,
    #[serde(default)]
    columns: HashMap<String, Vec<String>>,
}

impl Default for Aliases {
    fn default() -> Self {
        let mut aliases = Self { sections: HashMap::new(), columns: HashMap::new() };
        for (section, names) in SECTIONS {
            aliases.add_section(section, names.iter().chain([section]).copied());
        }
        for (column, names) in COLUMNS {
            aliases.columns.entry(fold(column)).or_default().extend(names.iter().map(|name| fold(name)));
        }
        aliases
    }
}

impl Aliases {
    /// The built-in aliases, and those of a TOML file: `[sections]` and `[columns]`, each with lists of names
    /// by the one that is known.
    ///
    /// ```toml
    /// [sections]
    /// Services = ["Apps"]
    /// [columns]
    /// "Owner repo" = ["Team repository"]
    /// ```
    ///
    /// # Errors
    /// What is wrong with the file.
    pub(crate) fn with(toml: &str) -> Result<Self, String> {
        let file: File = toml::from_str(toml).map_err(|error| error.to_string())?;
        let mut aliases = Self::default();
        for (section, names) in &file.sections {
            let known = SECTIONS.iter().map(|(known, _)| *known).find(|known| fold(known) == fold(section));
            let known = known.ok_or_else(|| unknown("section", section, SECTIONS))?;
            aliases.add_section(known, names.iter().map(String::as_str));
        }
        for (column, names) in &file.columns {
            let known = aliases.columns.get_mut(&fold(column)).ok_or_else(|| unknown("column", column, COLUMNS))?;
            // One's own names come first: they may take a header from a built-in alias.
            known.splice(0..0, names.iter().map(|name| fold(name)));
        }
        Ok(aliases)
    }

    fn add_section<'n>(&mut self, section: &str, names: impl Iterator<Item = &'n str>) {
        self.sections.extend(names.map(|name| (fold(name), section.to_owned())));
    }

    /// The known name of the section with this heading; the heading itself where it has none.
    pub(crate) fn section(&self, heading: &str) -> String {
        let heading = without_number(heading);
        self.sections.get(&fold(heading)).map_or(heading, String::as_str).to_owned()
    }

    /// The names that a column may have besides its own, the better ones first.
    pub(crate) fn column(&self, column: &str) -> &[String] {
        self.columns.get(&fold(column)).map(Vec::as_slice).unwrap_or_default()
    }
}

fn unknown(what: &str, given: &str, known: &[(&str, &[&str])]) -> String {
    let near = super::names::suggestion(given, known.iter().map(|(known, _)| *known));
    format!("there is no {what} '{given}' that an alias could stand for; {near}")
}

/// A heading without its number and without the colon at its end: `3.1 Hosts:` is `Hosts`.
fn without_number(heading: &str) -> &str {
    let rest = heading.trim_start_matches(|char: char| char.is_ascii_digit() || char == '.' || char == ')');
    let heading = if rest.starts_with(' ') { rest } else { heading };
    heading.trim().trim_end_matches(':').trim_end()
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test")]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_known_by_each_of_its_names() {
        let aliases = Aliases::default();
        for (heading, section) in [
            ("Hosts", "Hosts"),
            ("hosts", "Hosts"),
            ("3. Hosts", "Hosts"),
            ("3.1 Umgebungen:", "Environments"),
            ("Dienste", "Services"),
            ("2026 in review", "in review"),
            ("Something", "Something"),
        ] {
            assert_eq!(aliases.section(heading), section, "{heading}");
        }
        let own = Aliases::with("[sections]\nServices = [\"Apps\"]\n[columns]\nGaps = [\"To do\"]\n").expect("aliases");
        assert_eq!(own.section("apps"), "Services");
        assert_eq!(own.column("Gaps").first().map(String::as_str), Some("to do"));
        assert!(
            Aliases::with("[sections]\nServces = []").is_err_and(|error| error.contains("did you mean 'Services'"))
        );
        assert!(Aliases::with("sections = 1").is_err());
    }
}
