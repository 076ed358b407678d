//! A catalog of any size: services with their endpoints, data stores, releases and repositories.

use ops_model::{
    Catalog, Entity, EntityKind, EntityRef, Fact, Gap, GapKind, Relation, RelationKind, SCHEMA_VERSION, Source,
    SourceDocument, entity::keys,
};

/// The environments that services run in.
const ENVIRONMENTS: [&str; 4] = ["production", "staging", "test", "local"];
/// How many services share a repository.
const A_REPOSITORY: u32 = 50;

fn named(kind: EntityKind, name: &str) -> EntityRef {
    EntityRef::new(kind, name)
}

/// A catalog that grows.
#[derive(Default)]
struct Growing {
    catalog: Catalog,
    line: u32,
}

impl Growing {
    fn source(&mut self) -> Source {
        self.line = self.line.saturating_add(1);
        Source::new(self.line, 1)
    }

    fn entity(&mut self, id: &EntityRef, title: &str, facts: &[(&str, String)]) {
        let source = self.source();
        let fact = |(key, value): &(&str, String)| Fact { key: (*key).to_owned(), value: value.clone(), source };
        let facts = facts.iter().map(fact).collect();
        self.catalog.entities.push(Entity { id: id.clone(), title: title.to_owned(), facts, source });
    }

    fn relate(&mut self, from: &EntityRef, kind: RelationKind, to: &EntityRef) {
        let source = self.source();
        self.catalog.relations.push(Relation { from: from.clone(), kind, to: to.clone(), source });
    }

    fn service(&mut self, number: u32) {
        use RelationKind::{ExposedBy, OwnedBy, RunsOn, StoredIn};
        let at = usize::try_from(number).unwrap_or_default() % ENVIRONMENTS.len();
        let environment = ENVIRONMENTS.get(at).copied().unwrap_or("local");
        let name = format!("service-{number}");
        let id = named(EntityKind::Service, &name);
        let facts = [
            (keys::ROLE, format!("answers the requests of team {}", number % 97)),
            (keys::STATE, if number.is_multiple_of(13) { "planned" } else { "running" }.to_owned()),
            (keys::APP_VERSION, format!("{}.{}.{}", number % 7, number % 31, number % 11)),
            (keys::NAMESPACE, format!("team-{}", number % 97)),
        ];
        self.entity(&id, &format!("Service {number}"), &facts);
        self.relate(&id, RunsOn, &named(EntityKind::Environment, environment));
        self.relate(&id, OwnedBy, &named(EntityKind::Repository, &format!("repository-{}", number / A_REPOSITORY)));
        let endpoint = named(EntityKind::Endpoint, &name);
        let address = format!("https://{name}.example/health");
        self.entity(
            &endpoint,
            &address,
            &[(keys::ADDRESS, address.clone()), (keys::EXPECTED_STATUS, "200".to_owned())],
        );
        self.relate(&id, ExposedBy, &endpoint);
        if number.is_multiple_of(2) {
            let data = named(EntityKind::DataStore, &name);
            self.entity(&data, &format!("Database of {name}"), &[(keys::TYPE, "database".to_owned())]);
            self.relate(&id, StoredIn, &data);
        }
        if number.is_multiple_of(10) {
            let source = self.source();
            let text = "no tested restore".to_owned();
            self.catalog.gaps.push(Gap { subject: id, text, kinds: vec![GapKind::Restore], source });
        }
    }
}

/// A catalog of so many services. The same number gives the same catalog.
pub(super) fn catalog(services: u32) -> Catalog {
    let mut growing = Growing::default();
    for environment in ENVIRONMENTS {
        growing.entity(&named(EntityKind::Environment, environment), environment, &[]);
    }
    for number in 0..services.div_ceil(A_REPOSITORY) {
        let name = format!("repository-{number}");
        growing.entity(&named(EntityKind::Repository, &name), &name, &[]);
    }
    for number in 0..services {
        growing.service(number);
    }
    let source = SourceDocument {
        file: "invented.md".to_owned(),
        title: format!("{services} invented services"),
        date: String::new(),
        sha256: String::new(),
        lines: growing.line,
    };
    Catalog { schema: SCHEMA_VERSION, source, ..growing.catalog }
}
