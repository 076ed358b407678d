//! Users, sessions, tokens. Secrets are stored as hashes only.

use argon2::{
    Argon2, PasswordHash,
    password_hash::{PasswordHasher, PasswordVerifier},
};
use rusqlite::{OptionalExtension, params};

use super::{Store, digest, sql::statements};
use crate::{error::HubError, scope::Scope};

/// Who sends a request, and what it may do.
#[derive(Clone, Debug)]
pub(crate) struct Actor {
    /// The user's or token's name.
    pub(crate) name: String,
    /// What it may do.
    pub(crate) scopes: Vec<Scope>,
    /// Whether it came by a session cookie, which other sites could ride on.
    pub(crate) by_cookie: bool,
}

statements! {
    END_SESSIONS = "DELETE FROM session WHERE user = ?1";
    PUT_USER = "INSERT INTO user VALUES (?1, ?2) ON CONFLICT(name) DO UPDATE SET password_hash = ?2";
    PASSWORD = "SELECT password_hash FROM user WHERE name = ?1";
    PUT_TOKEN = "INSERT INTO token VALUES (?1, ?2, ?3) ON CONFLICT(name) DO UPDATE SET hash = ?1, scopes = ?3";
    TOKEN = "SELECT name, scopes FROM token WHERE hash = ?1";
    PUT_SESSION = "INSERT INTO session VALUES (?1, ?2, ?3)";
    SESSION = "SELECT user, ends_ms FROM session WHERE hash = ?1";
    END_SESSION = "DELETE FROM session WHERE hash = ?1";
}

impl Store {
    /// Sets a user's password, and ends the user's sessions.
    pub(crate) async fn put_user(&self, name: &str, password: &str) -> Result<(), HubError> {
        let (name, password) = (name.to_owned(), password.to_owned());
        self.write(move |work| {
            let hash = Argon2::default()
                .hash_password(password.as_bytes())
                .map_err(|error| HubError::Password(error.to_string()))?
                .to_string();
            END_SESSIONS.on(work)?.execute([&name])?;
            PUT_USER.on(work)?.execute([&name, &hash])?;
            Ok(())
        })
        .await
    }

    /// Whether the password is the user's. An unknown user takes as long as a wrong password.
    pub(crate) async fn is_password(&self, name: &str, password: &str) -> Result<bool, HubError> {
        let (name, password) = (name.to_owned(), password.to_owned());
        self.read(move |connection| {
            let stored: Option<String> = PASSWORD.on(connection)?.query_row([&name], |row| row.get(0)).optional()?;
            let Some(stored) = stored else {
                // Its result does not matter, its time does.
                let _ = Argon2::default().hash_password(password.as_bytes());
                return Ok(false);
            };
            let hash = PasswordHash::new(&stored).map_err(|error| HubError::Password(error.to_string()))?;
            Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
        })
        .await
    }

    /// Replaces the token of this name.
    pub(crate) async fn put_token(&self, name: &str, token: &str, scopes: &[Scope]) -> Result<(), HubError> {
        let scopes: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
        let (name, hash, scopes) = (name.to_owned(), digest(token), scopes.join(" "));
        self.write(move |work| {
            PUT_TOKEN.on(work)?.execute([hash, name, scopes])?;
            Ok(())
        })
        .await
    }

    /// Who has this token, and until when, in ms of real time: a token does not end by itself.
    pub(crate) async fn token_actor(&self, token: &str) -> Result<Option<(Actor, i64)>, HubError> {
        let hash = digest(token);
        self.read(move |connection| {
            let row = |row: &rusqlite::Row<'_>| {
                let scopes: String = row.get(1)?;
                let scopes = scopes.split(' ').filter_map(Scope::parse).collect();
                Ok((Actor { name: row.get(0)?, scopes, by_cookie: false }, i64::MAX))
            };
            Ok(TOKEN.on(connection)?.query_row([hash], row).optional()?)
        })
        .await
    }

    /// Keeps a session until `ends_ms` of real time.
    pub(crate) async fn put_session(&self, secret: &str, user: &str, ends_ms: i64) -> Result<(), HubError> {
        let (hash, user) = (digest(secret), user.to_owned());
        self.write(move |work| {
            PUT_SESSION.on(work)?.execute(params![hash, user, ends_ms])?;
            Ok(())
        })
        .await
    }

    /// Who has this session, and until when, in ms of real time.
    pub(crate) async fn session_actor(&self, secret: &str) -> Result<Option<(Actor, i64)>, HubError> {
        let hash = digest(secret);
        self.read(move |connection| {
            let actor = |row: &rusqlite::Row<'_>| {
                let scopes = vec![Scope::Read, Scope::Record];
                Ok((Actor { name: row.get(0)?, scopes, by_cookie: true }, row.get(1)?))
            };
            Ok(SESSION.on(connection)?.query_row([hash], actor).optional()?)
        })
        .await
    }

    /// Ends a session.
    pub(crate) async fn end_session(&self, secret: &str) -> Result<(), HubError> {
        let hash = digest(secret);
        self.write(move |work| {
            END_SESSION.on(work)?.execute([hash])?;
            Ok(())
        })
        .await
    }
}
