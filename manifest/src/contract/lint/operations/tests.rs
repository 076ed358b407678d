//! Each thing that an operation leaves unsaid.

use serde_json::{Value, json};

use crate::contract::lint::tests::{findings, has};

const HUB: &str = "/paths/~1api~1v2~1hubs~1{hub}";

/// What is done to the document, and the finding that it makes.
type Case = (&'static str, fn(&mut Value), &'static str);

fn hub<'a>(document: &'a mut Value, method: &str) -> &'a mut Value {
    &mut document["paths"]["/api/v2/hubs/{hub}"][method]
}

fn remove(value: &mut Value, field: &str) {
    value.as_object_mut().map(|value| value.remove(field));
}

#[test]
fn what_an_operation_does_not_say_is_found() {
    let cases: [Case; 16] = [
        ("/get: it has no summary", |d| remove(hub(d, "get"), "summary"), HUB),
        ("/get: it has no description", |d| hub(d, "get")["description"] = "".into(), HUB),
        ("/get: it has no operationId", |d| remove(hub(d, "get"), "operationId"), HUB),
        ("/put/operationId: 'getHub' is there twice", |d| hub(d, "put")["operationId"] = "getHub".into(), HUB),
        ("/get/tags: it needs a tag", |d| hub(d, "get")["tags"] = json!(["nothing"]), HUB),
        ("/get: it does not say who may do it", |d| remove(hub(d, "get"), "security"), HUB),
        (
            "/get/security: there is no security scheme 'key'",
            |d| hub(d, "get")["security"] = json!([{ "key": ["read"] }]),
            HUB,
        ),
        (
            "/get/security: 'token' is asked for without a scope",
            |d| hub(d, "get")["security"] = json!([{ "token": [] }]),
            HUB,
        ),
        ("/get/parameters: 'hub' is in the path", |d| remove(hub(d, "get"), "parameters"), HUB),
        ("/get/responses: there is no 401", |d| remove(&mut hub(d, "get")["responses"], "401"), HUB),
        ("/get/responses: there is no 404", |d| remove(&mut hub(d, "get")["responses"], "404"), HUB),
        ("/get/responses: there is no 304", |d| remove(&mut hub(d, "get")["responses"], "304"), HUB),
        ("/put/responses: there is no 412", |d| remove(&mut hub(d, "put")["responses"], "412"), HUB),
        ("/put/responses: there is no 413", |d| remove(&mut hub(d, "put")["responses"], "413"), HUB),
        (
            "/get/responses/200: a reader can ask again",
            |d| remove(&mut hub(d, "get")["responses"]["200"]["headers"], "ETag"),
            HUB,
        ),
        ("/put/requestBody: it has no description", |d| remove(&mut hub(d, "put")["requestBody"], "description"), HUB),
    ];
    for (expected, change, place) in cases {
        let found = findings(change);
        assert!(has(&found, &format!("{place}{expected}")), "expected {expected}, found {found:?}");
    }
}

#[test]
fn refusals_are_problems_with_the_right_status() {
    let found = findings(|document| {
        let refusal = &mut document["components"]["responses"]["NotFound"]["content"];
        let problem = refusal["application/problem+json"].take();
        *refusal = json!({ "application/json": problem });
        let conflict = &mut document["components"]["responses"]["Conflict"]["content"]["application/problem+json"];
        conflict["examples"]["kind"]["value"]["status"] = 410.into();
    });
    assert!(has(&found, &format!("{HUB}/get/responses/404: a refusal is sent as")), "{found:?}");
    let widget = "/paths/~1api~1v2~1hubs~1{hub}~1widgets~1{name}/put/responses/409";
    assert!(has(&found, &format!("{widget}: the example 'kind' has another status")), "{found:?}");
}

#[test]
fn a_listing_has_pages() {
    let found = findings(|document| {
        let list = &mut document["paths"]["/api/v2/hubs"]["get"];
        list["parameters"] = json!([]);
        remove(&mut list["responses"]["200"]["headers"], "Link");
        remove(&mut document["components"]["schemas"]["HubPage"]["properties"], "next");
    });
    let place = "/paths/~1api~1v2~1hubs/get";
    for expected in ["/parameters: a listing takes `limit`", "/parameters: a listing takes `cursor`"] {
        assert!(has(&found, &format!("{place}{expected}")), "{found:?}");
    }
    for expected in ["a listing has a `Link`", "a listing has `next`"] {
        assert!(has(&found, &format!("{place}/responses/200: {expected}")), "{found:?}");
    }
}

#[test]
fn what_is_posted_can_be_sent_again() {
    let found = findings(|document| document["paths"]["/api/v2/events"]["post"]["parameters"] = json!([]));
    assert!(has(&found, "/paths/~1api~1v2~1events/post/parameters: it cannot be sent again safely"), "{found:?}");
}
