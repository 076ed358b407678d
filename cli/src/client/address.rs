//! A hub's address: which ones a token may go to, and what lies below them.

use reqwest::{
    Url,
    header::{HeaderMap, LOCATION},
};

use super::Failure;
use crate::text::of_header;

/// Whether an address is of this machine and of no other: `localhost`, 127.0.0.0/8 or ::1.
///
/// A name that only looks like one, such as `127.evil.example`, is whatever its DNS says.
pub(crate) fn is_loopback(url: &Url) -> bool {
    // The parser writes every spelling of an IP address in one form; a name never parses as one.
    let host = url.host_str().unwrap_or_default();
    let ip = host.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
    ip.map_or(host == "localhost", |ip| ip.is_loopback())
}

/// Refuses an address to which no token may go. Nothing is asked and nothing resolved for it.
///
/// # Errors
/// Where it is no web address, has a user, a password, a query or a fragment, or would send the token
/// over a network in clear text.
pub(crate) fn must_be_safe(hub: &Url) -> Result<(), Failure> {
    let refused = |why: &str| {
        let mut shown = hub.clone();
        // A password is for nobody to read. Addresses that cannot have one refuse these.
        let _ = shown.set_password(None);
        let _ = shown.set_username("");
        Err(Failure::Address(format!("{why}: {shown}")))
    };
    if !["http", "https"].contains(&hub.scheme()) || hub.host_str().is_none() {
        return refused("this is no hub's address; one begins with https://");
    }
    if !hub.username().is_empty() || hub.password().is_some() {
        return refused("an address with user or password is not taken; the token alone says who asks");
    }
    if hub.query().is_some() || hub.fragment().is_some() {
        return refused("a hub's address ends before '?' and '#'");
    }
    if hub.scheme() != "https" && !is_loopback(hub) {
        return refused("the token would go over the network in clear text");
    }
    Ok(())
}

/// The address of a path of the hub, below the path of the hub's own address.
///
/// # Errors
/// Where the path would lead out of the hub, to which alone the token belongs.
pub(crate) fn below(hub: &Url, path: &str) -> Result<Url, Failure> {
    let base = hub.path().trim_end_matches('/');
    let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    let mut url = hub.clone();
    // Host and port stay, whatever the path says.
    url.set_path(&format!("{base}/{}", path.trim_start_matches('/')));
    url.set_query(query);
    if url.path().strip_prefix(base).is_some_and(|rest| rest.starts_with('/')) {
        Ok(url)
    } else {
        Err(Failure::Unreadable { url: hub.to_string(), why: format!("the path '{path}' leads out of the hub") })
    }
}

/// Where an answer leads, as a whole address.
pub(super) fn location(asked: &Url, headers: &HeaderMap) -> Option<String> {
    let location = of_header(headers.get(LOCATION)?);
    Some(asked.join(&location).map_or(location, |url| url.to_string()))
}

#[cfg(test)]
mod tests {
    use reqwest::Url;

    use super::{below, is_loopback, must_be_safe};

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap_or_else(|error| unreachable!("{text}: {error}"))
    }

    #[test]
    fn loopback_is_an_address_and_not_the_look_of_one() {
        for here in [
            "http://localhost:1/",
            "http://LOCALHOST/",
            "http://127.0.0.1/",
            "http://127.9.9.9/",
            "http://127.1/",
            "http://[::1]/",
        ] {
            assert!(is_loopback(&url(here)), "{here}");
            assert!(must_be_safe(&url(here)).is_ok(), "{here}");
        }
        for elsewhere in [
            "http://127.evil.example/",
            "http://127.0.0.1.nip.example/",
            "http://localhost.evil.example/",
            "http://mylocalhost/",
            "http://localhost./",
            "http://a.localhost/",
            "http://128.0.0.1/",
            "http://0.0.0.0/",
            "http://10.0.0.1/",
            "http://[::2]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[fe80::1]/",
        ] {
            assert!(!is_loopback(&url(elsewhere)), "{elsewhere}");
            let refusal = must_be_safe(&url(elsewhere)).map_err(|failure| failure.to_string());
            assert!(refusal.is_err_and(|words| words.contains("clear text")), "{elsewhere}");
        }
    }

    #[test]
    fn what_is_no_hubs_address_is_refused_without_its_password() {
        for wrong in ["ftp://hub.example/", "localhost:8080", "https://hub.example/?a=b", "https://hub.example/#a"] {
            assert!(must_be_safe(&url(wrong)).is_err(), "{wrong}");
        }
        let words = must_be_safe(&url("https://me:secret@hub.example/")).map_err(|failure| failure.to_string());
        assert!(words.is_err_and(|words| words.contains("password") && !words.contains("secret")));
    }

    #[test]
    fn every_path_stays_below_the_hub() {
        for (hub, path, wanted) in [
            ("https://h.example", "/v2/hubs", "https://h.example/v2/hubs"),
            ("https://h.example/hub/", "/v2/hubs", "https://h.example/hub/v2/hubs"),
            ("https://h.example/hub", "v2/hubs", "https://h.example/hub/v2/hubs"),
            ("https://h.example/hub", "/Show?hubId=1", "https://h.example/hub/Show?hubId=1"),
            ("https://h.example/hub", "//evil.example/a", "https://h.example/hub/evil.example/a"),
            ("https://h.example/hub", "https://evil.example/a", "https://h.example/hub/https://evil.example/a"),
            ("https://h.example/hub", "/a/../b", "https://h.example/hub/b"),
        ] {
            assert_eq!(below(&url(hub), path).map(String::from).unwrap_or_default(), wanted);
        }
        for path in ["/../other", "/a/../../other", "/%2e%2e/other", "/../hubs"] {
            assert!(below(&url("https://h.example/hub/"), path).is_err(), "{path}");
        }
    }
}
