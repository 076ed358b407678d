//! The committed contract is the one that the code describes.
#![allow(clippy::expect_used)]

use std::{env, fs, path::Path};

#[test]
fn committed_contract_equals_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../manifest/inter-hub.openapi.json");
    let text = serde_json::to_string_pretty(&ops_localhub::openapi_document()).expect("JSON") + "\n";
    if env::var_os("UPDATE_CONTRACT").is_some() {
        fs::write(&path, &text).expect("the contract is written");
    }
    let committed = fs::read_to_string(&path).expect("the contract is committed");
    assert!(
        committed == text,
        "manifest/inter-hub.openapi.json is not what the code describes; write it anew with:\n  \
         UPDATE_CONTRACT=1 cargo test -p ops-localhub --test contract"
    );
}
