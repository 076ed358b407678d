//! Inventories of many rows.

use ops_model::RelationKind;

use crate::{catalog_of, support::own_inventory};

/// Ten times the rows take about ten times as long: what is looked up for each row has an index.
#[test]
fn an_inventory_of_many_services_is_read_in_a_time_that_grows_with_it() {
    let many = |count: usize| {
        let services =
            "| Service | Current environment | Owner repo | Current evidence | Gaps |\n|---|---|---|---|---|\n";
        let endpoints = "| Endpoint | Service | Environment | Current status | Evidence |\n|---|---|---|---|---|\n";
        let rows = |row: &dyn Fn(usize) -> String| (0..count).map(row).collect::<String>();
        let service = rows(&|at| {
            format!(
                "| Number {at} | `local` | `repository-{}` | Helm release `r-{at}` | Needs backup coverage |\n\
                 | Number {at} database | `local` | `repository-1` | Database `d-{at}` in namespace `n` | |\n",
                at / 50
            )
        });
        let endpoint =
            rows(&|at| format!("| `https://s-{at}.example/` | Number {at} | `local` | Up | Expected `200` |\n"));
        let text = own_inventory();
        assert!(text.contains(services) && text.contains(endpoints), "the heads are in the inventory");
        text.replace(services, &format!("{services}{service}")).replace(endpoints, &format!("{endpoints}{endpoint}"))
    };
    let timed = |count: usize| {
        let text = many(count);
        let begun = std::time::Instant::now();
        let catalog = catalog_of(&text);
        let taken = begun.elapsed();
        assert_eq!(catalog.relations.iter().filter(|one| one.kind == RelationKind::ExposedBy).count(), count + 5);
        let stored = catalog.relations.iter().filter(|one| one.kind == RelationKind::StoredIn);
        assert_eq!(stored.count(), 2 * count + 4, "each database and its resource");
        taken
    };
    let (few, many) = (timed(500), timed(5_000));
    assert!(many < few * 30, "500 services took {few:?}, 5,000 {many:?}");
}
