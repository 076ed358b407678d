//! Whose fault it is: what the machine that looks cannot know, it does not say of an endpoint.

use std::net::IpAddr;

use ops_model::{Catalog, Entity, EntityKind, EntityRef, entity::RelationKind};
use reqwest::Url;

use super::probe::{Failure, Observed};
use crate::client::is_loopback;

/// How the hub was reached in this round: what a check of one's own network can rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// It is on this machine, and says nothing of the network.
    Here,
    /// It was reached over the network; `by_name` where DNS had to know it.
    Reached {
        /// Whether its address has a name.
        by_name: bool,
    },
    /// It is elsewhere and was not reached.
    Away,
}

impl Reach {
    /// How a hub was reached.
    pub(crate) fn of(hub: &Url, was_reached: bool) -> Self {
        match (is_loopback(hub), was_reached) {
            (true, _) => Self::Here,
            (false, true) => Self::Reached { by_name: has_name(hub) },
            (false, false) => Self::Away,
        }
    }
}

/// The machine that looks.
#[derive(Clone, Debug)]
pub(crate) struct Machine {
    /// Its name in events.
    pub(crate) name: String,
    /// How it reached the hub.
    pub(crate) hub: Reach,
}

impl Machine {
    /// Why this machine cannot look at an endpoint at all; `None` where it can.
    ///
    /// A loopback address is another machine's wherever it is asked. It is asked where the hub is on
    /// this machine too, or where the catalog has this machine as the host of the endpoint.
    pub(crate) fn cannot_judge(&self, catalog: &Catalog, endpoint: &Entity, url: &Url) -> Option<String> {
        if !is_loopback(url) || self.hub == Reach::Here || self.serves(catalog, &endpoint.id) {
            return None;
        }
        let host = url.host_str().unwrap_or_default();
        Some(format!(
            "{host} is this machine, '{}', and the catalog does not say that it serves this endpoint; \
             look from the machine that does, and give its name in the catalog with --from",
            self.name
        ))
    }

    /// Whether the catalog has this machine as where an endpoint runs: as its host, as the only host of
    /// its environment, or as the environment itself.
    fn serves(&self, catalog: &Catalog, endpoint: &EntityRef) -> bool {
        let is_own = |entity: &&Entity| {
            [EntityKind::Host, EntityKind::Environment].contains(&entity.id.kind)
                && (entity.id.name.eq_ignore_ascii_case(&self.name) || entity.title.eq_ignore_ascii_case(&self.name))
        };
        let runs_on = |from: &EntityRef| {
            let of = catalog.relations.iter().filter(|relation| relation.kind == RelationKind::RunsOn);
            of.filter(|relation| relation.from == *from).map(|relation| &relation.to).collect::<Vec<_>>()
        };
        let exposed = catalog.relations.iter();
        let exposed = exposed.filter(|relation| relation.kind == RelationKind::ExposedBy && relation.to == *endpoint);
        let mut places = runs_on(endpoint);
        places.extend(exposed.flat_map(|relation| runs_on(&relation.from)));
        let hosts_in = |environment: &EntityRef| {
            let hosts = catalog.entities.iter().filter(|entity| entity.id.kind == EntityKind::Host);
            hosts.filter(|host| runs_on(&host.id).contains(&environment)).count()
        };
        catalog.entities.iter().filter(is_own).any(|own| {
            let alone_in = |environment: &&EntityRef| hosts_in(environment) == 1 && places.contains(environment);
            places.contains(&&own.id) || runs_on(&own.id).iter().any(alone_in)
        })
    }

    /// Takes back what this machine cannot say of endpoints, by what all of a round have in common.
    ///
    /// That a name is not known says something of an endpoint only where this machine's DNS has known
    /// another; that nothing answers, only where this machine has reached anything else, the hub included.
    pub(crate) fn doubt(&self, round: &mut [(Url, Result<Observed, Failure>)]) {
        let elsewhere = || round.iter().filter(|(url, _)| !is_loopback(url));
        let dns_works = self.hub == Reach::Reached { by_name: true }
            || elsewhere()
                .any(|(url, result)| has_name(url) && !matches!(result, Err(Failure::Dns(_) | Failure::Own(_))));
        let network_works = matches!(self.hub, Reach::Reached { .. })
            || elsewhere().any(|(_, result)| result.as_ref().err().is_none_or(Failure::is_of_the_other_side));
        for (url, result) in round.iter_mut().filter(|(url, _)| !is_loopback(url)) {
            let Err(failure) = result else { continue };
            let why = match failure {
                Failure::Dns(_) if !dns_works => "this machine's DNS has known no other name in this round",
                Failure::Timeout(_) | Failure::Connect { .. } if self.hub == Reach::Away && !network_works => {
                    "this machine has reached nothing in this round, not even the hub"
                }
                _ => continue,
            };
            tracing::debug!(%url, why, "inconclusive");
            *failure = Failure::Own(format!("{failure}; {why}"));
        }
    }
}

/// Whether an address has a name that DNS has to know.
fn has_name(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    host.trim_matches(['[', ']']).parse::<IpAddr>().is_err()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use ops_model::Catalog;
    use reqwest::Url;
    use serde_json::{Value, json};

    use super::{Machine, Reach};
    use crate::verify::probe::Failure;

    fn machine(name: &str, hub: Reach) -> Machine {
        Machine { name: name.to_owned(), hub }
    }

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap_or_else(|error| unreachable!("{text}: {error}"))
    }

    fn doubted(hub: Reach, round: Vec<(&str, Failure)>) -> Vec<bool> {
        let mut round: Vec<_> = round.into_iter().map(|(at, failure)| (url(at), Err(failure))).collect();
        machine("here", hub).doubt(&mut round);
        round.iter().map(|(_, result)| matches!(result, Err(Failure::Own(_)))).collect()
    }

    #[test]
    fn an_unknown_name_is_the_endpoints_fault_only_where_dns_works() {
        let dns = || Failure::Dns("not known".to_owned());
        let slow = || Failure::Timeout(Duration::from_secs(1));
        let one = || ("https://a.example/", dns());
        assert_eq!(doubted(Reach::Here, vec![one()]), [true]);
        assert_eq!(doubted(Reach::Reached { by_name: false }, vec![one()]), [true]);
        assert_eq!(doubted(Reach::Reached { by_name: true }, vec![one()]), [false]);
        assert_eq!(doubted(Reach::Here, vec![one(), ("https://b.example/", slow())]), [false, false]);
        assert_eq!(doubted(Reach::Here, vec![one(), ("https://10.0.0.1/", slow())]), [true, false]);
    }

    #[test]
    fn what_does_not_answer_is_in_doubt_only_where_nothing_does() {
        let slow = || Failure::Timeout(Duration::from_secs(1));
        let refused = || Failure::Connect { why: "refused".to_owned(), answered: true };
        assert_eq!(doubted(Reach::Away, vec![("https://10.0.0.1/", slow())]), [true]);
        assert_eq!(doubted(Reach::Here, vec![("https://10.0.0.1/", slow())]), [false]);
        let two = vec![("https://10.0.0.1/", slow()), ("https://10.0.0.2/", refused())];
        assert_eq!(doubted(Reach::Away, two), [false, false]);
        let here = vec![("http://127.0.0.1/", slow()), ("https://10.0.0.1/", slow())];
        assert_eq!(doubted(Reach::Away, here), [false, true], "loopback says nothing of the network");
    }

    #[test]
    fn a_loopback_address_is_judged_only_by_the_machine_that_serves_it() {
        let at = json!({ "line": 1, "column": 1 });
        let entity = |id: &str, title: &str| json!({ "ref": id, "title": title, "source": at });
        let relation = |from: &str, to: &str| json!({ "from": from, "type": "runs-on", "to": to, "source": at });
        let catalog = |hosts: &[&str]| {
            let mut entities = vec![entity("environment:prod", "prod"), entity("endpoint:api", "API")];
            entities.extend(hosts.iter().map(|host| entity(&format!("host:{host}"), &host.to_uppercase())));
            let mut relations = vec![relation("endpoint:api", "environment:prod")];
            relations.extend(hosts.iter().map(|host| relation(&format!("host:{host}"), "environment:prod")));
            let source = json!({ "file": "x", "title": "", "date": "", "sha256": "", "lines": 0 });
            let document: Value =
                json!({ "schema": 1, "source": source, "entities": entities, "relations": relations });
            serde_json::from_value::<Catalog>(document).unwrap_or_else(|error| unreachable!("{error}"))
        };
        let away = Reach::Reached { by_name: true };
        let judges = |name: &str, hub, hosts: &[&str], address: &str| {
            let catalog = catalog(hosts);
            machine(name, hub).cannot_judge(&catalog, &catalog.entities[1], &url(address)).is_none()
        };
        let loopback = "http://127.0.0.1:8000/";
        assert!(judges("other", Reach::Here, &["heron"], loopback), "the hub is on this machine too");
        assert!(judges("heron", away, &["heron"], loopback));
        assert!(judges("HERON", away, &["heron"], loopback));
        assert!(judges("prod", away, &[], loopback));
        assert!(!judges("other", away, &["heron"], loopback));
        assert!(!judges("heron", away, &["heron", "crane"], loopback), "it may be that of the other host");
        assert!(!judges("heron", away, &[], loopback));
        assert!(judges("other", away, &["heron"], "http://10.0.0.1/"));
    }
}
