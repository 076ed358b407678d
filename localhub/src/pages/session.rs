//! Signing in and out.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::{Form, Query, State as Shared, rejection::FormRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};
use maud::html;
use serde::Deserialize;

use super::layout::{language, page};
use crate::{
    access::{SESSION, is_same_origin},
    problem::Problem,
    secret::secret,
    state::State,
};

/// How long a session lasts, in ms (12 h).
const LASTS_MS: i64 = 12 * 60 * 60 * 1000;
/// What a wrong password costs, against guessing.
const WRONG_COSTS: Duration = Duration::from_millis(700);

#[derive(Debug, Deserialize)]
pub(super) struct WayBack {
    #[serde(rename = "return")]
    path: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct SignIn {
    user: String,
    password: String,
    #[serde(rename = "return", default)]
    path: String,
}

/// The form.
pub(super) async fn form(headers: HeaderMap, Query(way): Query<WayBack>) -> Response {
    form_page(&headers, &local(way.path.as_deref().unwrap_or_default()), "", None)
}

/// Only a path of this hub is a way back; anything else leads to the hubs.
fn local(path: &str) -> String {
    let is_local = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
    if is_local { path.to_owned() } else { "/Hubs".to_owned() }
}

fn form_page(headers: &HeaderMap, way_back: &str, user: &str, wrong: Option<&str>) -> Response {
    let german = language(headers) == "de";
    let word = |english: &'static str, deutsch: &'static str| if german { deutsch } else { english };
    let title = word("Sign in", "Anmelden");
    let content = html! {
        section.sign-in {
            h1 { (title) }
            p.quiet { (word("This is the local stand-in for Inter-Hub. The command that started it printed name and password.",
                "Dies ist der lokale Ersatz für Inter-Hub. Name und Passwort hat der Startbefehl ausgegeben.")) }
            @if let Some(wrong) = wrong { p.wrong role="alert" { (wrong) } }
            form method="post" action="/NewSession" {
                input type="hidden" name="return" value=(way_back);
                label for="user" { (word("Name", "Name")) }
                input #user name="user" autocomplete="username" required value=(user) autofocus[user.is_empty()];
                label for="password" { (word("Password", "Passwort")) }
                input #password name="password" type="password" autocomplete="current-password" required autofocus[!user.is_empty()];
                button.primary type="submit" { (title) }
            }
        }
    };
    page(language(headers), title, None, &[], &content)
}

/// Checks the password and starts a session.
pub(super) async fn create(
    Shared(state): Shared<Arc<State>>,
    headers: HeaderMap,
    jar: CookieJar,
    form: Result<Form<SignIn>, FormRejection>,
) -> Result<Response, Problem> {
    // A form on another site must not sign a reader in as somebody else.
    must_be_own(&headers)?;
    let Form(sign_in) = form.map_err(|error| match error.status() {
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::new(error.status(), "unsupported-media-type", error.body_text()),
        _ => Problem::bad(error.body_text()),
    })?;
    let way_back = local(&sign_in.path);
    if !state.store.is_password(&sign_in.user, &sign_in.password).await? {
        tokio::time::sleep(WRONG_COSTS).await;
        let wrong = match language(&headers) {
            "de" => "Name oder Passwort stimmt nicht. Der Startbefehl hat beides ausgegeben.",
            _ => "Name or password is wrong. The command that started the hub printed both.",
        };
        let page = form_page(&headers, &way_back, &sign_in.user, Some(wrong));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let session = secret(32);
    let ends = jiff::Timestamp::now().as_millisecond() + LASTS_MS;
    state.store.put_session(&session, &sign_in.user, ends).await?;
    let cookie = Cookie::build((SESSION, session)).path("/").http_only(true).same_site(SameSite::Lax);
    Ok((jar.add(cookie), Redirect::to(&way_back)).into_response())
}

/// Ends the session.
pub(super) async fn delete(
    Shared(state): Shared<Arc<State>>,
    headers: HeaderMap,
    jar: CookieJar,
) -> Result<Response, Problem> {
    must_be_own(&headers)?;
    if let Some(cookie) = jar.get(SESSION) {
        state.store.end_session(cookie.value()).await?;
        state.senders.forget();
    }
    let gone = Cookie::build((SESSION, "")).path("/");
    Ok((jar.remove(gone), Redirect::to("/NewSession")).into_response())
}

fn must_be_own(headers: &HeaderMap) -> Result<(), Problem> {
    if is_same_origin(headers) {
        return Ok(());
    }
    Err(Problem::new(StatusCode::FORBIDDEN, "cross-site", "This form is for the hub's own pages; open /NewSession."))
}
