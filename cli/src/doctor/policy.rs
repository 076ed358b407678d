//! The hub page's content security policy: whether the widgets run under it.

use content_security_policy::{
    CheckResult, CspList, Destination, Initiator, ParserMetadata, PolicyDisposition, PolicySource, Request,
};
use reqwest::{Url, header};

use super::{Check, Verdict, http::Browser};
use crate::client::Failure;

const AREA: &str = "policy";

/// Looks at the hub's page, or at the sign-in page where the hub's own needs a session.
pub(crate) async fn checks(
    browser: &Browser,
    token: &str,
    (page, sign_in, bundle): (&Url, &Url, &Url),
) -> Result<Vec<Check>, Failure> {
    let own = browser.get(page, Some(token), "identity").await?;
    let (url, answer) =
        if own.status.is_success() { (page, own) } else { (sign_in, browser.get(sign_in, None, "identity").await?) };
    let name = url.path().to_owned();
    if !answer.status.is_success() {
        return Ok(vec![Check::new(AREA, name, Verdict::Missing, format!("{url}: {}", answer.status))]);
    }
    let mut checks = Vec::new();
    if url != page {
        let detail = format!("{} needs a session; what follows is of {}", page.path(), url.path());
        checks.push(Check::new(AREA, page.path(), Verdict::Note, detail));
    }
    let sent = answer.header(header::CONTENT_SECURITY_POLICY);
    if sent.is_empty() {
        checks.push(Check::new(AREA, name, Verdict::Note, "no policy: the widgets run, and nothing protects the page"));
        return Ok(checks);
    }
    let policy = CspList::parse(&sent, PolicySource::Header, PolicyDisposition::Enforce);
    checks.push(Check::of(AREA, name, blocked(&policy, url, bundle)));
    Ok(checks)
}

/// What the widgets need, and the policy blocks.
fn blocked(policy: &CspList, page: &Url, bundle: &Url) -> Vec<String> {
    let request = |to: &Url, destination, initiator| Request {
        url: to.clone(),
        current_url: to.clone(),
        origin: page.origin(),
        redirect_count: 0,
        destination,
        initiator,
        nonce: String::new(),
        integrity_metadata: String::new(),
        parser_metadata: ParserMetadata::NotParserInserted,
    };
    let is_blocked = |request: &Request| policy.should_request_be_blocked(request).0 == CheckResult::Blocked;
    let mut found = Vec::new();
    if is_blocked(&request(bundle, Destination::Script, Initiator::None)) {
        found.push(format!("script-src: scripts from {bundle} are blocked; add 'self' or that address"));
    }
    if policy.is_wasm_evaluation_allowed().0 == CheckResult::Blocked {
        found.push("script-src: WebAssembly is blocked; add 'wasm-unsafe-eval'".to_owned());
    }
    for (to, what) in [(bundle, "the widgets' files"), (page, "the hub's API")] {
        if is_blocked(&request(to, Destination::None, Initiator::Fetch)) {
            found.push(format!("connect-src: {what} at {} are blocked; add 'self' or that address", to));
        }
    }
    found
}
