//! The frame of every page, and the headers that keep it safe.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, html};

/// The strict policy that the widgets are made to work under.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
    img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'; \
    require-trusted-types-for 'script'";

/// The reader's language of those that the widgets speak: `en` or `de`.
pub(super) fn language(headers: &HeaderMap) -> &'static str {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if wanted.trim_start().to_ascii_lowercase().starts_with("de") { "de" } else { "en" }
}

/// A whole page, whose `scripts` run in their order once it is read.
pub(super) fn page(lang: &str, title: &str, user: Option<&str>, scripts: &[&str], content: &Markup) -> Response {
    guarded(&document(lang, title, user, scripts, content), POLICY)
}

/// A whole page as markup: [`guarded`] sends it.
pub(super) fn document(lang: &str, title: &str, user: Option<&str>, scripts: &[&str], content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Inter-Hub (local)" }
                link rel="stylesheet" href="/assets/hub.css";
                link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                @for script in scripts { script type="module" src=(script) {} }
            }
            body {
                a.skip href="#content" { "Skip to content" }
                header.bar {
                    a.brand href="/Hubs" { span.brand-mark aria-hidden="true" {} "Inter-Hub" }
                    span.stand-in { "local stand-in" }
                    @if let Some(user) = user {
                        form.account method="post" action="/DeleteSession" {
                            span { (user) }
                            button type="submit" { "Sign out" }
                        }
                    }
                }
                main #content { (content) }
            }
        }
    }
}

/// A page under a policy. One that is no header value falls back to the strictest.
pub(super) fn guarded(markup: &Markup, policy: &str) -> Response {
    let headers = [
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_str(policy).unwrap_or_else(|_| HeaderValue::from_static(POLICY)),
        ),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    ];
    (headers, markup.clone()).into_response()
}
