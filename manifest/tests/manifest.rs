//! The committed manifest: up to date, valid, and what the inventory asks for.
#![allow(clippy::expect_used)]

use std::{fs, path::Path};

use ops_manifest::{Manifest, Served, check, contract, source};
use serde_json::{Value, json};

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn committed() -> Value {
    let text = fs::read_to_string(folder().join(source::MANIFEST)).expect("the manifest is committed");
    serde_json::from_str(&text).expect("JSON")
}

fn findings(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut document = committed();
    change(&mut document);
    check::check(&document).expect_err("this manifest is broken").iter().map(ToString::to_string).collect()
}

#[test]
fn the_committed_copy_is_what_the_source_gives() {
    let fresh = source::render(&source::read(folder()).expect("the source is sound")).expect("JSON");
    let text = fs::read_to_string(folder().join(source::MANIFEST)).expect("the manifest is committed");
    assert!(
        fresh == text,
        "manifest/{} is stale; write it anew with:\n  cargo run -p ops-manifest --bin ops-manifest-generate",
        source::MANIFEST
    );
}

#[test]
fn whatever_health_rests_on_can_be_proven_and_some_widget_takes_the_evidence() {
    let manifest = check::check(&committed()).expect("valid");
    for kind in ["host", "service", "data-store", "endpoint", "release"].map(|kind| json!(kind)) {
        let proves = |rule: &Value| {
            rule["claim"] == "health" && rule["subjects"].as_array().is_some_and(|all| all.contains(&kind))
        };
        let types: Vec<&str> =
            manifest.event_types.iter().filter(|event| proves(&json!(event.rule))).map(|event| &*event.name).collect();
        assert!(
            manifest.kinds.iter().any(|taking| taking.accepts.iter().any(|name| types.contains(&&**name))),
            "{kind}"
        );
    }
}

#[test]
fn the_browser_reads_what_the_tools_read() {
    let text = fs::read_to_string(folder().join(source::MANIFEST)).expect("the manifest is committed");
    let (whole, served) = (check::check(&committed()).expect("valid"), Served::read(&text).expect("an object"));
    assert_eq!((served.kinds, served.widgets, served.event_types), (whole.kinds, whole.widgets, whole.event_types));
    assert_eq!(served.api, whole.api);
    assert_eq!(served.notes, []);
}

#[test]
fn an_entry_that_is_wrong_takes_nothing_else_down() {
    for (pointer, wrong, reason) in [
        ("/widgets/1/title", json!(7), "title: invalid type: integer `7`, expected a string"),
        ("/widgets/1/subject", json!("castle:x"), "subject: entity reference 'castle:x' starts with an unknown kind"),
        ("/widgets/1", json!("x"), "invalid type: string \"x\", expected an object"),
        ("/kinds/0/name", Value::Null, "name: invalid type: null, expected a string"),
        ("/kinds/0", json!({}), "missing field `name`"),
        (
            "/eventTypes/0/rule/claim",
            json!("luck"),
            "rule.claim: unknown variant `luck`, expected one of `health`, `backup`",
        ),
        (
            "/eventTypes/0/rule/freshnessSeconds",
            json!(-1),
            "rule.freshnessSeconds: invalid value: integer `-1`, expected u32",
        ),
    ] {
        let mut document = committed();
        *document.pointer_mut(pointer).expect("a place in the manifest") = wrong;
        let served = Served::read(&document.to_string()).expect("an object");
        let count = |name: &str| document[name].as_array().map_or(0, Vec::len);
        let (all, read) = (
            count("kinds") + count("widgets") + count("eventTypes"),
            served.kinds.len() + served.widgets.len() + served.event_types.len(),
        );
        assert_eq!((all - read, served.notes.len()), (1, 1), "{pointer}");
        let said = &served.notes[0].reason;
        assert!(said.starts_with(reason), "{pointer}: {said}");
    }
    for text in ["{}", r#"{"widgets": 1, "api": [], "kinds": null, "eventTypes": {}}"#] {
        assert!(Served::read(text).is_ok_and(|served| served.widgets.is_empty()), "{text}");
    }
    assert!(Served::read("<!doctype html>").is_err());
}

#[test]
fn it_is_valid_and_survives_a_round_trip() {
    let document = committed();
    let manifest = check::check(&document).unwrap_or_else(|findings| panic_with(&findings));
    let again: Manifest =
        serde_json::from_str(&serde_json::to_string(&manifest).expect("JSON")).expect("the manifest's shape");
    assert_eq!(again, manifest);
}

#[expect(clippy::panic, reason = "a failing test says everything that is wrong")]
fn panic_with(findings: &[check::Finding]) -> Manifest {
    panic!("{findings:#?}")
}

#[test]
fn the_widgets_that_the_inventory_lists_come_first_and_then_the_feed() {
    let manifest = source::read(folder()).expect("the source is sound");
    assert_eq!(manifest.kinds.len(), 8);
    let inventory = fs::read_to_string(folder().join("../static/inventory/OpsHubInventory.md")).expect("the inventory");
    let listed: Vec<&str> = inventory
        .lines()
        .skip_while(|line| *line != "## First Ops Widgets")
        .take_while(|line| !line.starts_with("## First Evidence"))
        .filter_map(|line| line.strip_prefix("- `")?.strip_suffix('`'))
        .collect();
    let named: Vec<&str> = manifest.widgets.iter().map(|widget| widget.name.as_str()).collect();
    assert_eq!(listed.len(), 14);
    assert_eq!(named[..14], listed);
    assert_eq!(named[14..], ["ops-evidence-feed"]);
    for kind in &manifest.kinds {
        assert!(manifest.widgets.iter().any(|widget| widget.kind == kind.name), "no widget of kind {}", kind.name);
        assert!(!kind.accepts.is_empty(), "{} accepts no event", kind.name);
    }
}

#[test]
fn metadata_is_judged_by_its_schema() {
    let manifest = source::read(folder()).expect("the source is sound");
    let is_valid = |name: &str, metadata: &Value| {
        let kind = manifest.event_types.iter().find(|kind| kind.name == name).expect("the event type");
        jsonschema::validator_for(&kind.metadata_schema).expect("a schema").is_valid(metadata)
    };
    let first = json!({
        "vsmFunction": "OPS", "vsmSystem": "S1", "endpoint": "https://gitea.coulomb.social/v2/",
        "expectedStatus": 401, "observedHeader": "Docker-Distribution-Api-Version: registry/2.0"
    });
    let verified = |change: fn(&mut Value)| {
        let mut event = first.clone();
        change(&mut event);
        is_valid("ops-endpoint-verified", &event)
    };
    assert!(verified(|_| ()), "the inventory's first event");
    assert!(!verified(|event| event["vsmFunction"] = "FIN".into()));
    assert!(!verified(|event| event["expectedStatus"] = 1401.into()));
    assert!(!verified(|event| event["endpoint"] = "javascript:alert(1)".into()));
    assert!(!verified(|event| event["unknown"] = 1.into()));
    // What was only expected, or explained, is no evidence.
    assert!(!verified(|event| {
        event.as_object_mut().map(|event| event.remove("observedHeader"));
        event["reason"] = "not looked at yet".into();
    }));
    let gate = json!({ "vsmFunction": "OPS", "vsmSystem": "S1", "subject": "gate:gitea-push", "result": "pass" });
    assert!(!is_valid("ops-readiness-gate-assessed", &gate), "an assessment names its assessor");
}

/// What is done to a sound manifest.
type Change = fn(&mut Value);

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let cases: [(&str, Change); 9] = [
        ("/widgets/0/kind: 'enviroment' is not one of the kinds: environment, host", |m| {
            m["widgets"][0]["kind"] = "enviroment".into();
        }),
        ("/widgets/1/name: 'ops-env-local' is there twice", |m| m["widgets"][1]["name"] = "ops-env-local".into()),
        ("/widgets/0/subject: 'host:local' cannot be a subject of kind 'environment'; it takes environment", |m| {
            m["widgets"][0]["subject"] = "host:local".into();
        }),
        ("/widgets/6/subject: a widget of kind 'service-catalog' is about the whole catalog", |m| {
            m["widgets"][6]["subject"] = "service:gitea".into();
        }),
        ("/kinds/0/accepts/0: 'ops-nothing' is not one of the event types", |m| {
            m["kinds"][0]["accepts"][0] = "ops-nothing".into();
        }),
        ("/eventTypes/0/rule/met/0/equalsField: 'expected' is not a property", |m| {
            m["eventTypes"][0]["rule"]["met"][0]["equalsField"] = "expected".into();
        }),
        ("/eventTypes/0/metadataSchema/type: 'ops-endpoint-verified'", |m| {
            m["eventTypes"][0]["metadataSchema"]["type"] = "thing".into();
        }),
        ("/extension/hubApi: 'two'", |m| m["extension"]["hubApi"] = "two".into()),
        ("/permissions/0: \"all\" is not one of", |m| m["permissions"][0] = "all".into()),
    ];
    for (expected, change) in cases {
        let found = findings(change);
        assert!(found.iter().any(|found| found.starts_with(expected)), "expected {expected}, found {found:#?}");
    }
}

#[test]
fn paths_come_from_the_contract() {
    let hub = contract::Contract::new(serde_json::from_str(contract::ASSUMED).expect("JSON")).expect("OpenAPI");
    let manifest = source::read(folder()).expect("the source is sound");
    assert_eq!(hub.must_match(&manifest.extension.hub_api), Ok(()));
    assert!(hub.must_match(">=3").is_err());
    let bound = hub.bind("putWidget", &[("hub", "ops-hub"), ("name", "ops-env-local")]).expect("the operation");
    assert_eq!((bound.method.as_str(), bound.path.as_str()), ("PUT", "/api/v2/hubs/ops-hub/widgets/ops-env-local"));
    let unbound = hub.bind("putWidget", &[("hub", "ops-hub")]).expect_err("a parameter is not given");
    assert!(unbound.to_string().contains("'name'"), "{unbound}");
    assert_eq!(hub.operation("fly"), Err(contract::ContractError::NoOperation("fly".into())));
}

#[test]
fn the_schemas_spell_what_the_model_spells() {
    use ops_model::{EntityKind, GapKind, Question, RelationKind, event::Claim};
    let read = |schema: &str| serde_json::from_str::<Value>(schema).expect("JSON");
    let catalog = read(check::CATALOG_SCHEMA);
    let at = |schema: &Value, pointer: &str| schema.pointer(pointer).expect("the schema has it").clone();
    let kinds: Vec<&str> = EntityKind::ALL.iter().map(|kind| kind.as_str()).collect();
    let list = |pointer: &str| at(&catalog, &format!("/properties/{pointer}/enum"));
    let relations: Vec<&str> = RelationKind::ALL.iter().map(|kind| kind.as_str()).collect();
    assert_eq!(list("relations/items/properties/type"), json!(relations));
    let gaps: Vec<&str> = GapKind::ALL.iter().map(|kind| kind.as_str()).collect();
    assert_eq!(list("gaps/items/properties/kinds/items"), json!(gaps));
    let questions: Vec<&str> = Question::ALL.iter().map(|question| question.as_str()).collect();
    assert_eq!(list("questions/items/properties/question"), json!(questions));
    let pattern = format!("^({}):[a-z0-9._/-]+$", kinds.join("|"));
    assert_eq!(at(&catalog, "/$defs/ref/pattern"), json!(pattern));

    let manifest = read(check::SCHEMA);
    assert_eq!(at(&manifest, "/properties/kinds/items/properties/subjects/items/enum"), json!(kinds));
    let claims: Vec<&str> = Claim::ALL.iter().map(|claim| claim.as_str()).collect();
    assert_eq!(at(&manifest, "/properties/eventTypes/items/properties/rule/properties/claim/enum"), json!(claims));
}

#[test]
fn the_mapping_keeps_to_its_schema_and_the_assumed_contract_has_all_of_it() {
    use ops_manifest::mapping::{self, Mapping, Verdict};
    let text: Value = toml::from_str(mapping::MAPPING).expect("TOML");
    assert_eq!(check::against(check::MAPPING_SCHEMA, &text), []);
    let mapping = Mapping::parse(mapping::MAPPING).expect("the mapping's shape");
    let contract: Value = serde_json::from_str(contract::ASSUMED).expect("JSON");
    for (name, operation) in &mapping.operations {
        let id = operation.ids[0].clone();
        let whole = Verdict::Found { id, open: vec![], without: vec![] };
        assert_eq!(mapping::compare(operation, &contract), whole, "{name}");
    }
}

#[test]
fn another_hubs_names_go_both_ways() {
    use ops_manifest::mapping::{Mapping, bind, incoming, outgoing};
    let mapping = r#"
        document = "/api.json"
        pages = { hub = "/h/{hub}", sign_in = "/in", bundle = "/b/" }
        [operations.write-widget]
        ids = ["widgetStore", "widget_update"]
        method = "PUT"
        used_by = ["register"]
        parameters = [
          { name = "hub", in = "path", hub = "hub_id" },
          { name = "name", in = "path" },
          { name = "limit", in = "query", optional = true },
          { name = "If-Match", in = "header", optional = true },
        ]
        request = [{ name = "viewContext", type = "string", hub = "view_context" }]
        response = [{ name = "viewContext", type = "string", hub = "view_context" }]
    "#;
    let mapping = Mapping::parse(mapping).expect("the mapping's shape");
    let document = json!({ "paths": { "/hubs/{hub_id}/w/{name}": { "patch": { "operationId": "widget_update" } } } });
    let values = [("hub", "ops-hub"), ("name", "a"), ("limit", "9"), ("If-Match", "\"1\"")];
    let bound = bind(&mapping, &document, "write-widget", &values).expect("bound");
    assert_eq!((bound.method.as_str(), bound.path.as_str()), ("PATCH", "/hubs/ops-hub/w/a"));
    // What the hub does not offer is left out of the query; a header does no harm.
    assert_eq!((bound.query, bound.headers), (vec![], vec![("If-Match".to_owned(), "\"1\"".to_owned())]));
    let operation = mapping.operation("write-widget").expect("the operation");
    let sent = outgoing(&operation.request, json!({ "viewContext": "x", "kind": "host" }));
    assert_eq!(sent, json!({ "view_context": "x", "kind": "host" }));
    assert_eq!(incoming(&operation.response, sent), json!({ "viewContext": "x", "kind": "host" }));
    assert!(bind(&mapping, &document, "write-widget", &[("name", "a")]).is_err(), "hub_id is not given");
    assert!(bind(&mapping, &json!({ "paths": {} }), "write-widget", &values).is_err(), "there is no such operation");
}
