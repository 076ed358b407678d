//! Each scope against each operation, as the document says it; how secrets are kept.
#![allow(clippy::expect_used)]

mod support;

use std::{fs, time::Duration};

use ops_localhub::Scope;
use ops_manifest::contract::{ASSUMED, Contract, Operation};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::Value;
use support::TestHub;

fn contract() -> Contract {
    Contract::new(serde_json::from_str(ASSUMED).expect("JSON")).expect("OpenAPI")
}

/// The scopes with which a scheme is enough for an operation; `None` where it never is.
fn scopes(described: &Value, scheme: &str) -> Option<Vec<String>> {
    let ways = described["security"].as_array().expect("security");
    let scopes = ways.iter().find_map(|way| way.get(scheme))?.as_array().expect("scopes");
    Some(scopes.iter().map(|scope| scope.as_str().expect("a scope").to_owned()).collect())
}

/// The operations of the API that ask who sends, with what the document says of them.
fn guarded(contract: &Contract) -> Vec<(String, Operation, Value)> {
    let all = contract
        .operations()
        .map(|(id, operation)| (id.to_owned(), operation, contract.described(id).expect("the operation").clone()));
    all.filter(|(_, operation, said)| operation.path.starts_with("/api/") && scopes(said, "token").is_some()).collect()
}

/// A request with the document's own examples for path and body.
fn request(hub: &TestHub, contract: &Contract, operation: &Operation, described: &Value) -> RequestBuilder {
    let mut path = operation.path.clone();
    for parameter in described["parameters"].as_array().into_iter().flatten() {
        let parameter = contract.resolve(parameter);
        if parameter["in"] == "path" {
            let (name, example) = (&parameter["name"], &parameter["example"]);
            let place = format!("{{{}}}", name.as_str().expect("a name"));
            path = path.replace(&place, example.as_str().expect("an example"));
        }
    }
    let method: Method = operation.method.parse().expect("a method");
    let request = hub.request(method, &path);
    let examples = described["requestBody"]["content"]["application/json"]["examples"].as_object();
    match examples.and_then(|examples| examples.values().next()) {
        Some(example) => request.json(&example["value"]),
        None => request,
    }
}

#[tokio::test]
async fn a_token_does_what_its_scopes_say_and_nothing_else() {
    let (hub, contract) = (TestHub::start().await, contract());
    let operations = guarded(&contract);
    assert!(operations.len() >= 18, "{}", operations.len());
    for scope in Scope::ALL {
        let token = hub.token(&format!("only {}", scope.as_str()), &[scope]).await;
        for (id, operation, described) in &operations {
            let needed = scopes(described, "token").expect("scopes");
            assert_eq!(needed.len(), 1, "{id} needs one scope");
            let answer = request(&hub, &contract, operation, described).bearer_auth(&token).send().await;
            let status = answer.expect("an answer").status();
            if needed[0] == scope.as_str() {
                assert!(!matches!(status.as_u16(), 401 | 403 | 405 | 415), "{id} with {needed:?}: {status}");
            } else {
                assert_eq!(status, StatusCode::FORBIDDEN, "{id} needs {needed:?}, not {}", scope.as_str());
            }
        }
    }
}

#[tokio::test]
async fn without_a_token_or_with_an_unknown_one_nothing_is_done() {
    let (hub, contract) = (TestHub::start().await, contract());
    for (id, operation, described) in guarded(&contract) {
        let request = || request(&hub, &contract, &operation, &described);
        for request in [request(), request().bearer_auth("ops_unknown"), request().header("cookie", "session=unknown")]
        {
            let answer = hub.answer(request).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{id}");
            assert_eq!(answer.headers["www-authenticate"], "Bearer realm=\"inter-hub\"", "{id}");
        }
    }
    assert_eq!(hub.send(Method::GET, "/api/v2/hubs", None).await.body["items"], serde_json::json!([]));
}

#[tokio::test]
async fn a_session_does_what_the_document_says_from_the_hubs_own_pages() {
    let (hub, contract) = (TestHub::start().await, contract());
    let cookie = hub.sign_in().await;
    for (id, operation, described) in guarded(&contract) {
        let request = request(&hub, &contract, &operation, &described).header("cookie", &cookie);
        let status = request.header("sec-fetch-site", "same-origin").send().await.expect("an answer").status();
        match scopes(&described, "session") {
            Some(_) => assert!(!matches!(status.as_u16(), 401 | 403), "{id}: {status}"),
            None => assert_eq!(status, StatusCode::FORBIDDEN, "{id}"),
        }
    }
}

#[tokio::test]
async fn what_opens_the_hub_is_not_in_its_database() {
    let hub = TestHub::start().await;
    let narrow = hub.token("probe", &[Scope::Record]).await;
    let cookie = hub.sign_in().await;
    let (_, session) = cookie.split_once('=').expect("a value");
    let secrets = [hub.access.token.clone(), hub.access.password.clone(), narrow, session.to_owned()];
    let folder = hub.end().await;
    // The last of its connections to close writes all into the one file, and removes those beside it.
    let beside = || fs::read_dir(folder.path()).expect("the folder").count() > 1;
    for _ in 0..100 {
        if beside() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    assert!(!beside(), "the database is closed");
    let mut looked_at = 0;
    for entry in fs::read_dir(folder.path()).expect("the folder") {
        let bytes = fs::read(entry.expect("an entry").path()).expect("a file");
        looked_at += bytes.len();
        for secret in &secrets {
            assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()), "'{secret}' is kept");
        }
    }
    assert!(looked_at > 4096, "there is a database");
}
