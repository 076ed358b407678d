//! What the token may do, and what nobody may do without one.

use ops_manifest::mapping::bind;

use super::{Check, Verdict, http::Browser};
use crate::client::{Client, Failure, below};

const AREA: &str = "access";

/// Looks at the token, and at the hub without it.
pub(crate) async fn checks(hub: &Client, browser: &Browser, token: &str) -> Result<Vec<Check>, Failure> {
    let mut checks = Vec::new();
    match hub.get("read-hub").await {
        Ok(_) => checks.push(Check::found(AREA, "the token may read")),
        Err(failure) if failure.is_transient() => return Err(failure),
        Err(failure) => checks.push(Check::new(AREA, "the token may read", Verdict::Different, failure.to_string())),
    }
    let name = "the API asks for a token";
    let Ok(bound) = bind(hub.mapping(), hub.document(), "read-hub", &[("hub", hub.slug())]) else { return Ok(checks) };
    let mut url = below(hub.hub(), &bound.path)?;
    if !bound.query.is_empty() {
        url.query_pairs_mut().extend_pairs(&bound.query);
    }
    let open = browser.get(&url, None, "identity").await?.status;
    checks.push(if open.as_u16() == 401 {
        Check::found(AREA, name)
    } else if open.is_success() {
        Check::new(AREA, name, Verdict::Note, "anybody may read the hub")
    } else {
        Check::new(AREA, name, Verdict::Different, format!("expected 401 without a token, observed {}", open.as_u16()))
    });
    let name = "the API refuses a wrong token";
    let wrong = browser.get(&url, Some(&format!("{token}-wrong")), "identity").await?.status;
    checks.push(if wrong.as_u16() == 401 {
        Check::found(AREA, name)
    } else {
        Check::new(AREA, name, Verdict::Different, format!("expected 401, observed {}", wrong.as_u16()))
    });
    Ok(checks)
}
