//! The style sheet of the widgets' shadow roots, for what the gallery shows beside the widgets.

/// Where it is served.
pub(super) const PATH: &str = "/assets/gallery-widgets.css";

macro_rules! sheets {
    ($($name:literal)+) => {
        /// Every sheet of the widgets, in the order of their names.
        const SHEETS: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../../../widgets/styles/", $name)))),+];
    };
}
sheets!(
    "1-tokens.css" "2-card.css" "3-parts.css" "4-kinds.css" "5-inventory.css" "6-feed.css" "7-record.css"
    "8-catalog.css" "8-graph.css" "9-migration.css" "9-paper.css"
);

/// All of them as one.
pub(super) fn sheet() -> String {
    SHEETS.iter().map(|(_, sheet)| *sheet).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::SHEETS;

    #[test]
    fn every_sheet_is_among_them() -> std::io::Result<()> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../widgets/styles");
        let mut there: Vec<String> = std::fs::read_dir(folder)?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<std::io::Result<_>>()?;
        there.sort();
        assert_eq!(there, SHEETS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        Ok(())
    }
}
