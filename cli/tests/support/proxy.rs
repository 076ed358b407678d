//! A proxy before a hub that records what is sent, and breaks what it is told to break.

use std::{
    net::TcpListener,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

/// What is broken.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// Nothing.
    None,
    /// The hub gets the request, the sender no answer: the connection ends. `of` is method and start of the path.
    LoseAnswer { of: &'static str, times: usize },
    /// From the n-th write on, counted from 1, the hub gets nothing more and the connection ends.
    CutBefore { write: usize },
    /// From the n-th write on the hub still gets that one, and nothing comes back any more.
    CutAfter { write: usize },
    /// From the n-th write on the hub still gets that one, and no answer ever comes.
    HangAfter { write: usize },
    /// The hub gets the n-th write, and its answer waits until the test says so.
    PauseAfter { write: usize },
    /// From the n-th write on, `times` writes are answered with 503 and this Retry-After in s.
    Busy { write: usize, times: usize, retry_after: &'static str },
    /// The API's document is another.
    Document(fn(&mut serde_json::Value)),
    /// The extension's files have this type and this caching.
    Files { kind: &'static str, caching: &'static str },
    /// The hub lies below this path; beside it there is nothing.
    Below(&'static str),
    /// The list at this path is nothing but a list.
    Bare(&'static str),
    /// The list at this path comes in pages of four, by number, with their total.
    Numbered(&'static str),
    /// Nobody may see what starts so.
    Withhold(&'static str),
    /// Every page has this content security policy.
    Policy(&'static str),
}

/// A running proxy; it ends when the program ends.
#[derive(Clone, Debug)]
pub struct Proxy {
    url: String,
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    hub: String,
    fault: Fault,
    client: reqwest::Client,
    seen: Mutex<Seen>,
    on: tokio::sync::Notify,
}

#[derive(Debug, Default)]
struct Seen {
    requests: Vec<String>,
    writes: usize,
    broken: usize,
    hanging: usize,
}

impl Proxy {
    /// Starts a proxy before a hub, on a free port. Needs a runtime of several threads.
    pub fn start(hub: &str, fault: Fault) -> Self {
        // An error means that another test chose it already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        let inner = Arc::new(Inner {
            hub: hub.to_owned(),
            fault,
            client,
            seen: Mutex::default(),
            on: tokio::sync::Notify::new(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.set_nonblocking(true).expect("a listener for the runtime");
        let url = format!("http://{}", listener.local_addr().expect("its address"));
        let app = Router::new().fallback(pass).with_state(inner.clone());
        let listener = tokio::net::TcpListener::from_std(listener).expect("a listener of the runtime");
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { url, inner }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The writes that came, as `PUT /api/v2/…`, whether they reached the hub or not.
    pub fn writes(&self) -> Vec<String> {
        let seen = self.inner.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.requests.iter().filter(|request| !request.starts_with("GET ")).cloned().collect()
    }

    /// Whether a request has reached the hub, and its sender waits for ever.
    pub fn is_hanging(&self) -> bool {
        self.inner.seen.lock().unwrap_or_else(PoisonError::into_inner).hanging > 0
    }

    /// Lets the answer go that waits.
    pub fn go_on(&self) {
        self.inner.on.notify_one();
    }

    /// The paths of all requests that came, as `GET /api/v2/…`.
    pub fn paths(&self) -> Vec<String> {
        self.inner.seen.lock().unwrap_or_else(PoisonError::into_inner).requests.clone()
    }

    /// How many requests came.
    pub fn requests(&self) -> usize {
        self.inner.seen.lock().unwrap_or_else(PoisonError::into_inner).requests.len()
    }
}

/// What is done with a request.
enum Verdict {
    Pass,
    /// The hub gets it, the sender nothing.
    Swallow,
    /// Nobody gets anything.
    Cut,
    /// The hub gets it, the sender waits.
    Hang,
    /// The hub gets it, the sender waits for a while.
    Pause,
    Busy(&'static str),
}

fn judge(inner: &Inner, request: &str) -> Verdict {
    let mut seen = inner.seen.lock().unwrap_or_else(PoisonError::into_inner);
    seen.requests.push(request.to_owned());
    let is_write = !request.starts_with("GET ");
    seen.writes += usize::from(is_write);
    match inner.fault {
        Fault::None => Verdict::Pass,
        Fault::LoseAnswer { of, times } if request.starts_with(of) && seen.broken < times => {
            seen.broken += 1;
            Verdict::Swallow
        }
        Fault::CutBefore { write } if seen.writes >= write => Verdict::Cut,
        Fault::CutAfter { write } if seen.writes > write => Verdict::Cut,
        Fault::CutAfter { write } if seen.writes == write && is_write => Verdict::Swallow,
        Fault::CutAfter { write } if seen.writes == write => Verdict::Cut,
        Fault::HangAfter { write } if seen.writes >= write => Verdict::Hang,
        Fault::PauseAfter { write } if is_write && seen.writes == write => Verdict::Pause,
        Fault::Busy { write, times, retry_after } if is_write && seen.writes >= write && seen.broken < times => {
            seen.broken += 1;
            Verdict::Busy(retry_after)
        }
        _ => Verdict::Pass,
    }
}

async fn pass(State(inner): State<Arc<Inner>>, request: Request) -> Response {
    let mut path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let verdict = judge(&inner, &format!("{} {path}", request.method()));
    if matches!(inner.fault, Fault::Withhold(start) if path.starts_with(start)) {
        return StatusCode::FORBIDDEN.into_response();
    }
    if let Fault::Below(prefix) = inner.fault {
        let Some(below) = path.strip_prefix(prefix) else { return StatusCode::NOT_FOUND.into_response() };
        path = below.to_owned();
    }
    let mut number = 1;
    if let (Fault::Numbered(list), Some((below, query))) = (inner.fault, path.clone().split_once('?'))
        && below.ends_with(list)
    {
        number = query.split_once("cursor=").and_then(|(_, number)| number.parse().ok()).unwrap_or(1);
        path = below.to_owned();
    }
    match verdict {
        Verdict::Cut => return cut(),
        Verdict::Busy(seconds) => {
            return (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, seconds)]).into_response();
        }
        Verdict::Pass | Verdict::Swallow | Verdict::Hang | Verdict::Pause => {}
    }
    let (head, body) = request.into_parts();
    let mut sent = inner.client.request(head.method, format!("{}{path}", inner.hub));
    for (name, value) in &head.headers {
        if name != header::HOST && name != header::CONTENT_LENGTH {
            sent = sent.header(name, value);
        }
    }
    let body = to_bytes(body, usize::MAX).await.expect("the request's body");
    let Ok(answer) = sent.body(body).send().await else { return cut() };
    match verdict {
        Verdict::Swallow => return cut(),
        Verdict::Hang => {
            inner.seen.lock().unwrap_or_else(PoisonError::into_inner).hanging += 1;
            return std::future::pending().await;
        }
        Verdict::Pause => {
            inner.seen.lock().unwrap_or_else(PoisonError::into_inner).hanging += 1;
            inner.on.notified().await;
        }
        _ => {}
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = answer.status();
    for (name, value) in answer.headers() {
        if name != header::CONTENT_LENGTH && name != header::TRANSFER_ENCODING {
            response.headers_mut().append(name, value.clone());
        }
    }
    let mut body = answer.bytes().await.expect("the hub's body").to_vec();
    match inner.fault {
        Fault::Document(change) if path.ends_with("/openapi.json") => {
            let mut document = serde_json::from_slice(&body).expect("JSON");
            change(&mut document);
            body = document.to_string().into_bytes();
        }
        Fault::Bare(list) if path.ends_with(list) => {
            let page: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
            body = page["items"].to_string().into_bytes();
        }
        Fault::Numbered(list) if path.ends_with(list) => {
            let page: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
            let items = page["items"].as_array().expect("items");
            let data: Vec<_> = items.iter().skip((number - 1) * 4).take(4).collect();
            let page = serde_json::json!({ "data": data, "page": number, "total": items.len() });
            body = page.to_string().into_bytes();
        }
        Fault::Files { kind, caching } if path.starts_with("/extensions/") => {
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
            headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static(caching));
            headers.remove(header::X_CONTENT_TYPE_OPTIONS);
        }
        Fault::Policy(policy) => {
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_SECURITY_POLICY, header::HeaderValue::from_static(policy));
        }
        _ => {}
    }
    *response.body_mut() = Body::from(body);
    response
}

/// An answer that breaks off: more bytes are announced than come.
fn cut() -> Response {
    let body = Body::from_stream(futures_util::stream::once(async {
        Err::<Vec<u8>, std::io::Error>(std::io::ErrorKind::ConnectionReset.into())
    }));
    body.into_response()
}
