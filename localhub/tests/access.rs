//! Who may do what: signing in and out, tokens, requests from other sites, the pages' headers.
#![allow(clippy::expect_used)]

mod support;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use support::{TestHub, first_event};

#[tokio::test]
async fn without_a_session_pages_lead_to_sign_in_and_the_api_says_so() {
    let hub = TestHub::start().await;
    for path in ["/Hubs", "/Hubs/ops-hub"] {
        let answer = hub.answer(hub.request(Method::GET, path)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let to = answer.headers["location"].to_str().expect("an address");
        let to = reqwest::Url::parse(&hub.url).and_then(|hub| hub.join(to)).expect("an address");
        let way_back: Vec<(String, String)> = to.query_pairs().into_owned().collect();
        assert_eq!((to.path(), way_back), ("/NewSession", vec![("return".to_owned(), path.to_owned())]));
    }
    for path in ["/api/v2/hubs", "/api/v2/hubs/ops-hub/catalog", "/api/v2/hubs/ops-hub/events", "/api/v2/nothing"] {
        let answer = hub.answer(hub.request(Method::GET, path)).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
        assert_eq!(answer.body["signIn"], "/NewSession");
    }
    let open = hub.answer(hub.request(Method::GET, "/api/v2/openapi.json")).await;
    let document: Value = serde_json::from_str(ops_manifest::contract::ASSUMED).expect("JSON");
    assert_eq!((open.status, open.body), (StatusCode::OK, document));
}

#[tokio::test]
async fn a_session_starts_with_the_password_and_ends_by_signing_out() {
    let hub = TestHub::start().await;
    let own = |method: Method, path: &str| hub.request(method, path).header("sec-fetch-site", "same-origin");
    let wrong = [("user", "operator"), ("password", "wrong"), ("return", "/Hubs")];
    let refused = hub.answer(own(Method::POST, "/NewSession").form(&wrong)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.as_str().is_some_and(|page| page.contains("role=\"alert\"")));
    assert!(!refused.headers.contains_key("set-cookie"));

    let right = |way_back: &'static str| {
        [("user", hub.access.user.clone()), ("password", hub.access.password.clone()), ("return", way_back.to_owned())]
    };
    let answer = hub.answer(own(Method::POST, "/NewSession").form(&right("/Hubs/ops-hub"))).await;
    assert_eq!(answer.headers["location"], "/Hubs/ops-hub");
    let cookie = answer.headers["set-cookie"].to_str().expect("a cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    // Another site is no way back.
    for elsewhere in ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example"] {
        let answer = hub.answer(own(Method::POST, "/NewSession").form(&right(elsewhere))).await;
        assert_eq!(answer.headers["location"], "/Hubs", "{elsewhere}");
    }

    let cookie = hub.sign_in().await;
    let page = || hub.answer(hub.request(Method::GET, "/Hubs").header("cookie", &cookie));
    let signed_in = page().await;
    assert_eq!(signed_in.status, StatusCode::OK);
    let policy = signed_in.headers["content-security-policy"].to_str().expect("a policy");
    assert!(policy.starts_with("default-src 'none'") && policy.contains("require-trusted-types-for 'script'"));
    let gone = hub.answer(own(Method::POST, "/DeleteSession").header("cookie", &cookie)).await;
    assert_eq!(gone.headers["location"], "/NewSession");
    assert_eq!(page().await.status, StatusCode::SEE_OTHER, "the session has ended");
}

#[tokio::test]
async fn a_cookie_counts_only_for_the_hubs_own_pages_and_never_registers() {
    let hub = TestHub::start().await;
    hub.with_manifest().await;
    let id = hub.with_widget().await;
    let cookie = hub.sign_in().await;
    let post = |site: &'static str| {
        let request = hub.request(Method::POST, "/api/v2/events").header("cookie", &cookie);
        hub.answer(request.header("sec-fetch-site", site).json(&first_event(&id)))
    };
    for site in ["cross-site", "same-site", "none"] {
        let refused = post(site).await;
        assert_eq!(
            (refused.status, &refused.body["type"]),
            (StatusCode::FORBIDDEN, &json!("urn:inter-hub:problem:cross-site"))
        );
    }
    assert_eq!(post("same-origin").await.status, StatusCode::CREATED);
    // Without the header, the origin has to be the hub's.
    let from = |origin: String| {
        let request = hub.request(Method::POST, "/api/v2/events").header("cookie", &cookie).header("origin", origin);
        hub.answer(request.json(&first_event(&id)))
    };
    assert_eq!(from("https://elsewhere.example".into()).await.status, StatusCode::FORBIDDEN);
    assert_eq!(from(hub.url.clone()).await.status, StatusCode::CREATED);
    // A reader's session may record, but not register.
    let request = hub.request(Method::PUT, "/api/v2/hubs/ops-hub").header("cookie", &cookie);
    let body = json!({ "slug": "ops-hub", "title": "X", "family": "vsm", "function": "OPS", "system": "S1" });
    let refused = hub.answer(request.header("sec-fetch-site", "same-origin").json(&body)).await;
    assert_eq!((refused.status, &refused.body["scope"]), (StatusCode::FORBIDDEN, &json!("register")));
    let signing_in = hub.request(Method::POST, "/NewSession").header("sec-fetch-site", "cross-site");
    let refused = hub.answer(signing_in.form(&[("user", "operator"), ("password", "x")])).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_bundle_is_immutable_but_for_entry_and_manifest() {
    let hub = TestHub::start().await;
    let bundle = hub.folder.path().join("bundle");
    std::fs::create_dir(&bundle).expect("a folder");
    for name in ["ops-hub.js", "manifest.json", "ops_hub-0123456789abcdef.wasm"] {
        std::fs::write(bundle.join(name), "x").expect("a file");
    }
    std::fs::write(bundle.join("ops-hub.js.gz"), [0x1f, 0x8b]).expect("a file");
    let cases = [
        ("ops-hub.js", "no-cache"),
        ("manifest.json", "no-cache"),
        ("ops_hub-0123456789abcdef.wasm", "public, max-age=31536000, immutable"),
    ];
    for (name, control) in cases {
        let answer = hub.answer(hub.request(Method::GET, &format!("/extensions/ops-hub/{name}"))).await;
        assert_eq!(
            (answer.status, &answer.headers["cache-control"]),
            (StatusCode::OK, &control.parse().expect("a value"))
        );
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    }
    let wasm = hub.answer(hub.request(Method::GET, "/extensions/ops-hub/ops_hub-0123456789abcdef.wasm")).await;
    assert_eq!(wasm.headers["content-type"], "application/wasm");
    let packed = hub.request(Method::GET, "/extensions/ops-hub/ops-hub.js").header("accept-encoding", "gzip");
    assert_eq!(hub.answer(packed).await.headers["content-encoding"], "gzip");
    let missing = hub.answer(hub.request(Method::GET, "/extensions/ops-hub/../hub.sqlite")).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_token_that_was_replaced_or_a_session_that_ended_counts_no_more_at_once() {
    let hub = TestHub::start().await;
    let (old, cookie) = (hub.token("reader", &[ops_localhub::Scope::Read]).await, hub.sign_in().await);
    let by_token =
        async |token: &str| hub.answer(hub.request(Method::GET, "/api/v2/hubs").bearer_auth(token)).await.status;
    let by_cookie =
        async || hub.answer(hub.request(Method::GET, "/api/v2/hubs").header("cookie", &cookie)).await.status;
    // Looked up, and known from then on.
    assert_eq!((by_token(&old).await, by_cookie().await), (StatusCode::OK, StatusCode::OK));
    let new = hub.token("reader", &[ops_localhub::Scope::Read]).await;
    assert_eq!((by_token(&old).await, by_token(&new).await), (StatusCode::UNAUTHORIZED, StatusCode::OK));
    assert_eq!(by_cookie().await, StatusCode::OK);
    let end = hub.request(Method::POST, "/DeleteSession").header("sec-fetch-site", "same-origin");
    assert_eq!(hub.answer(end.header("cookie", &cookie)).await.status, StatusCode::SEE_OTHER);
    assert_eq!(by_cookie().await, StatusCode::UNAUTHORIZED);
}
