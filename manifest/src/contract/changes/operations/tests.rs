//! Each way in which an operation changes, there and back.

use serde_json::{Value, json};

use crate::contract::changes::tests::{after, before};

fn hubs(document: &mut Value) -> &mut Value {
    &mut document["paths"]["/api/v2/hubs"]["get"]
}

fn hub<'a>(document: &'a mut Value, method: &str) -> &'a mut Value {
    &mut document["paths"]["/api/v2/hubs/{hub}"][method]
}

fn remove(value: &mut Value, field: &str) {
    value.as_object_mut().map(|value| value.remove(field));
}

fn schema<'a>(document: &'a mut Value, name: &str) -> &'a mut Value {
    &mut document["components"]["schemas"][name]
}

/// What is done to the document; what that breaks; what it adds when it is taken back.
type Case = (fn(&mut Value), &'static [&'static str], &'static [&'static str]);

fn holds(cases: &[Case]) {
    for (change, broken, added) in cases {
        assert_eq!(after(change), *broken);
        assert_eq!(before(change), *added);
    }
}

#[test]
fn operations_that_are_gone_moved_or_new() {
    holds(&[(
        |d| remove(&mut d["paths"], "/api/v2/hubs/{hub}/audit"),
        &["breaks: listAudit: it is gone"],
        &["adds: listAudit: it is new"],
    )]);
    let moved = after(|document| {
        let list = document["paths"]["/api/v2/hubs"].take();
        remove(&mut document["paths"], "/api/v2/hubs");
        document["paths"]["/api/v3/hubs"] = list;
    });
    assert_eq!(moved, ["breaks: listHubs: it was GET /api/v2/hubs, it is GET /api/v3/hubs"]);
}

#[test]
fn parameters_that_are_gone_required_or_new() {
    holds(&[
        (
            |d| {
                hubs(d)["parameters"] =
                    json!([{ "$ref": "#/components/parameters/Limit" }, { "$ref": "#/components/parameters/Cursor" }])
            },
            &["breaks: listHubs: the parameter header If-None-Match is gone"],
            &["adds: listHubs: the parameter header If-None-Match is new"],
        ),
        (
            |d| {
                hubs(d)["parameters"][2] =
                    json!({ "in": "header", "name": "If-None-Match", "required": true, "schema": { "type": "string" } })
            },
            &["breaks: listHubs: the parameter header If-None-Match is required"],
            &["adds: listHubs: the parameter header If-None-Match is optional"],
        ),
    ]);
    let required = after(|document| {
        let more = json!({ "in": "query", "name": "family", "required": true, "schema": { "type": "string" } });
        let all = hubs(document)["parameters"].as_array_mut();
        all.into_iter().for_each(|all| all.push(more.clone()));
    });
    assert_eq!(required, ["breaks: listHubs: the parameter query family is new and required"]);
}

#[test]
fn parameters_that_take_less() {
    let narrower = after(|document| {
        document["paths"]["/api/v2/hubs/{hub}/entities/{kind}/{name}"]["get"]["parameters"][2]["schema"]["maxLength"] =
            9.into();
    });
    assert_eq!(narrower, ["breaks: getEntity path name: takes less: maxLength 9"]);
    // An absent parameter is not sent as null.
    let same = after(|document| {
        let name = &mut document["paths"]["/api/v2/hubs/{hub}/entities/{kind}/{name}"]["get"]["parameters"][2];
        name["schema"]["type"] = json!(["string", "null"]);
    });
    assert_eq!(same, Vec::<String>::new());
}

#[test]
fn bodies_that_take_less_or_more() {
    holds(&[
        (
            |d| schema(d, "NewWidget")["required"] = json!(["kind", "title", "viewContext", "subject"]),
            &["breaks: putWidget body: takes less: 'subject' is required"],
            &["adds: putWidget body: takes more than before: 'subject' is required"],
        ),
        (
            |d| remove(&mut schema(d, "NewWidget")["properties"], "subject"),
            &["breaks: putWidget body/subject: the field is gone"],
            &["adds: putWidget body/subject: the field is new"],
        ),
        (
            |d| remove(hub(d, "put"), "requestBody"),
            &["breaks: putHub body: it is gone"],
            &["breaks: putHub body: it is new and required"],
        ),
        (
            |d| hub(d, "put")["requestBody"]["required"] = false.into(),
            &["adds: putHub body: it is optional"],
            &["breaks: putHub body: it is required"],
        ),
        (
            |d| remove(&mut hub(d, "put")["requestBody"]["content"], "application/json"),
            &["breaks: putHub body: no application/json"],
            &["adds: putHub body: application/json is new"],
        ),
    ]);
}

#[test]
fn answers_that_are_gone_or_say_less_for_certain() {
    holds(&[
        (
            |d| remove(&mut hubs(d)["responses"], "304"),
            &["breaks: listHubs 304: the answer is gone"],
            &["adds: listHubs 304: the answer is new"],
        ),
        (
            |d| remove(&mut hubs(d)["responses"]["200"]["content"], "application/json"),
            &["breaks: listHubs 200: no application/json"],
            &["adds: listHubs 200: application/json is new"],
        ),
        (
            |d| remove(&mut schema(d, "AuditEntry")["properties"], "target"),
            &["breaks: listAudit 200/items/*/target: the field is gone"],
            &["adds: listAudit 200/items/*/target: the field is new"],
        ),
        (
            |d| schema(d, "AuditEntry")["required"] = json!(["time", "actor", "action", "target"]),
            &["breaks: listAudit 200/items/*: no longer certain: 'etag' is required"],
            &["adds: listAudit 200/items/*: certain now: 'etag' is required"],
        ),
        (
            |d| schema(d, "AuditEntry")["properties"]["target"]["type"] = json!(["string", "null"]),
            &["breaks: listAudit 200/items/*/target: no longer certain: no null"],
            &["adds: listAudit 200/items/*/target: certain now: no null"],
        ),
        (
            |d| {
                schema(d, "StreamMessage")["properties"]["event"]["enum"] =
                    json!(["evidence", "clock", "catalog", "manifest", "widget"])
            },
            &["breaks: streamEvents 200/event: no longer certain: not \"widget\""],
            &["adds: streamEvents 200/event: certain now: not \"widget\""],
        ),
        (
            |d| remove(&mut hubs(d)["responses"]["200"]["headers"], "ETag"),
            &["breaks: listHubs 200: the header ETag is gone"],
            &["adds: listHubs 200: the header ETag is new"],
        ),
    ]);
    let optional = after(|document| document["components"]["headers"]["HubTime"]["required"] = false.into());
    let expected =
        ["200", "304"].map(|status| format!("breaks: listEvents {status}: the header X-Hub-Time is not always there"));
    assert_eq!(optional, expected);
}

#[test]
fn who_may_do_it() {
    holds(&[
        (
            |d| hubs(d)["security"] = json!([{ "token": ["register"] }, { "session": ["read"] }]),
            &[
                "breaks: listHubs: 'token' with read is not enough any more",
                "adds: listHubs: 'token' with register is enough now",
            ],
            &[
                "breaks: listHubs: 'token' with register is not enough any more",
                "adds: listHubs: 'token' with read is enough now",
            ],
        ),
        (
            |d| hubs(d)["security"] = json!([{ "token": ["read"] }]),
            &["breaks: listHubs: 'session' with read is not enough any more"],
            &["adds: listHubs: 'session' with read is enough now"],
        ),
        (
            |d| hubs(d)["security"] = json!([{}]),
            &["adds: listHubs: no sign-in is enough now"],
            &["breaks: listHubs: no sign-in is not enough any more"],
        ),
    ]);
}
