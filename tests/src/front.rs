//! A server of the page's own that stands before a hub: it serves host pages and packages, and does to
//! the hub's answers what networks, proxies and operators do.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use anyhow::Context;
use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
    serve::Listener,
};
use futures_util::{StreamExt, TryStreamExt, stream};
use reqwest::{Client, redirect};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::broadcast,
    task::JoinHandle,
};
use tower_http::services::ServeDir;

/// What happens to an answer.
#[derive(Clone, Debug)]
pub enum Fault {
    /// It comes this much later.
    Slow(Duration),
    /// It is not asked for before the front is healed.
    Held,
    /// This status comes in its place, with these headers and this body.
    Status(u16, Vec<(&'static str, String)>, String),
    /// Only this many bytes come, then the connection ends. As all that follow without an ETag: the body
    /// of a state that is known is not waited for.
    Cut(usize),
    /// Only this many bytes come before the front is healed, then the rest.
    Halted(usize),
    /// It comes with this body, as JSON.
    Body(Bytes),
    /// It comes with one more character at its end.
    Changed,
    /// It comes with this content type.
    Type(&'static str),
    /// It never ends: this many bytes of white space before its first character, in pieces.
    Endless(usize),
}

/// A page of a test's own.
#[derive(Clone, Debug, Default)]
struct Page {
    kind: &'static str,
    text: String,
    headers: Vec<(&'static str, String)>,
}

#[derive(Debug, Default)]
struct Rules {
    pages: BTreeMap<String, Page>,
    /// The path's end, what the query has, and what is done.
    faults: Vec<(String, String, Fault)>,
    extra: Vec<(&'static str, String)>,
    aliases: Vec<(String, String)>,
    seen: Vec<(Method, String)>,
    answers: Vec<Passed>,
}

/// An answer of the hub as it went through the front.
#[derive(Clone, Debug)]
pub struct Passed {
    /// The path.
    pub path: String,
    /// The query; empty where there is none.
    pub query: String,
    /// The HTTP status.
    pub status: u16,
    /// The ETag; empty where there is none.
    pub etag: String,
}

#[derive(Debug)]
struct Shared {
    hub: String,
    client: Client,
    rules: Mutex<Rules>,
    cut: broadcast::Sender<()>,
    is_away: AtomicBool,
}

impl Shared {
    fn rules(&self) -> MutexGuard<'_, Rules> {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A running front. It ends when it is dropped.
#[derive(Debug)]
pub struct Front {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

impl Front {
    /// Starts a front of the hub at this address. What is in the folder `web`, packages and
    /// host applications, is served at `/web`.
    ///
    /// # Errors
    /// Where no port is free.
    pub async fn start(hub: &str, web: PathBuf) -> anyhow::Result<Self> {
        crate::choose_tls();
        let client = Client::builder().redirect(redirect::Policy::none()).build()?;
        let shared = Arc::new(Shared {
            hub: hub.to_owned(),
            client,
            rules: Mutex::default(),
            cut: broadcast::channel(1).0,
            is_away: AtomicBool::new(false),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let router = Router::new().nest_service("/web", ServeDir::new(web)).fallback(answer).with_state(shared.clone());
        let gate = shared.clone();
        let task = tokio::spawn(async move {
            // A front that ends early fails the test that waits for its answers.
            let _ = axum::serve(Gate { listener, shared: gate }, router).await;
        });
        Ok(Self { url, shared, task })
    }

    /// Serves a page of HTML at this path.
    pub fn page(&self, path: &str, html: &str) {
        self.file(path, "text/html; charset=utf-8", html, &[]);
    }

    /// Serves a file at this path.
    pub fn file(&self, path: &str, kind: &'static str, text: &str, headers: &[(&'static str, &str)]) {
        let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        self.shared.rules().pages.insert(path.to_owned(), Page { kind, text: text.to_owned(), headers });
    }

    /// Does this to every answer of the hub whose path ends so, until [`Front::heal`].
    pub fn fault(&self, path_ends: &str, fault: Fault) {
        self.fault_where(path_ends, "", fault);
    }

    /// The same for addresses whose query has this text.
    pub fn fault_where(&self, path_ends: &str, query_has: &str, fault: Fault) {
        self.shared.rules().faults.push((path_ends.to_owned(), query_has.to_owned(), fault));
    }

    /// Every answer of the hub comes with this header.
    pub fn header(&self, name: &'static str, value: &str) {
        self.shared.rules().extra.push((name, value.to_owned()));
    }

    /// What begins so is asked of the hub under another beginning.
    pub fn alias(&self, here: &str, there: &str) {
        self.shared.rules().aliases.push((here.to_owned(), there.to_owned()));
    }

    /// Goes away, or comes back: meanwhile connections are closed without a word, and streams end.
    pub fn away(&self, is_away: bool) {
        self.shared.is_away.store(is_away, Ordering::SeqCst);
        self.cut_streams();
    }

    /// Cuts every event stream that is open.
    pub fn cut_streams(&self) {
        // That nobody listens is no error.
        let _ = self.shared.cut.send(());
    }

    /// Ends all faults.
    pub fn heal(&self) {
        self.shared.rules().faults.clear();
    }

    /// What was answered at paths that end so, in order.
    #[must_use]
    pub fn answers(&self, path_ends: &str) -> Vec<Passed> {
        self.shared.rules().answers.iter().filter(|answer| answer.path.ends_with(path_ends)).cloned().collect()
    }

    /// How many requests were made to paths that end so, of those that reached this front.
    #[must_use]
    pub fn requests(&self, path_ends: &str) -> usize {
        self.shared.rules().seen.iter().filter(|(_, path)| path.ends_with(path_ends)).count()
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Where connections come in.
struct Gate {
    listener: TcpListener,
    shared: Arc<Shared>,
}

impl Listener for Gate {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            match self.listener.accept().await {
                Ok(accepted) if !self.shared.is_away.load(Ordering::SeqCst) => return accepted,
                Ok(_) => {}
                // Too many open files: in a while there are fewer.
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let (page, fault, extra) = {
        let mut rules = shared.rules();
        rules.seen.push((request.method().clone(), path.clone()));
        let hit = |(end, part, _): &&(String, String, Fault)| path.ends_with(end) && query.contains(part);
        let fault = rules.faults.iter().rev().find(hit).map(|(.., fault)| fault.clone());
        (rules.pages.get(&path).cloned(), fault, rules.extra.clone())
    };
    let made = match page {
        Some(page) => {
            let mut response = ([(header::CONTENT_TYPE, page.kind)], page.text).into_response();
            add(response.headers_mut(), &page.headers);
            Ok(response)
        }
        None => through(&shared, request, fault).await,
    };
    match made {
        Ok(mut response) => {
            let etag = response.headers().get(header::ETAG).and_then(|etag| etag.to_str().ok()).unwrap_or_default();
            let passed = Passed { path, query, status: response.status().as_u16(), etag: etag.to_owned() };
            shared.rules().answers.push(passed);
            add(response.headers_mut(), &extra);
            // Each request comes by a connection of its own, which `away` can refuse.
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            response
        }
        Err(error) => (StatusCode::BAD_GATEWAY, format!("{error:#}")).into_response(),
    }
}

fn add(headers: &mut HeaderMap, wanted: &[(&'static str, String)]) {
    for (name, value) in wanted {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
}

/// Waits until no fault is of this kind.
async fn healed(shared: &Shared, is: fn(&Fault) -> bool) {
    while shared.rules().faults.iter().any(|(.., fault)| is(fault)) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn through(shared: &Arc<Shared>, request: Request, fault: Option<Fault>) -> anyhow::Result<Response> {
    match &fault {
        Some(Fault::Slow(time)) => tokio::time::sleep(*time).await,
        Some(Fault::Held) => healed(shared, |fault| matches!(fault, Fault::Held)).await,
        Some(Fault::Status(status, headers, body)) => {
            let mut response = (StatusCode::from_u16(*status)?, body.clone()).into_response();
            add(response.headers_mut(), headers);
            return Ok(response);
        }
        Some(Fault::Body(body)) => {
            return Ok(([(header::CONTENT_TYPE, "application/json")], body.clone()).into_response());
        }
        _ => {}
    }
    let (parts, body) = request.into_parts();
    let way = parts.uri.path_and_query().map_or("/", |way| way.as_str());
    let way = shared
        .rules()
        .aliases
        .iter()
        .find_map(|(here, there)| Some(format!("{there}{}", way.strip_prefix(here)?)))
        .unwrap_or_else(|| way.to_owned());
    let mut headers = parts.headers;
    // The hub knows itself by the name of the front, as behind any proxy; packed answers could not be cut.
    headers.remove(header::ACCEPT_ENCODING);
    if fault.is_some() {
        headers.remove(header::IF_NONE_MATCH);
    }
    let body = axum::body::to_bytes(body, 16 * 1024 * 1024).await?;
    let asked = shared.client.request(parts.method, format!("{}{way}", shared.hub)).headers(headers).body(body);
    let answer = asked.send().await.context("the hub does not answer")?;
    let (status, mut headers) = (answer.status(), answer.headers().clone());
    headers.remove(header::TRANSFER_ENCODING);
    if matches!(fault, Some(Fault::Cut(_) | Fault::Changed | Fault::Type(_) | Fault::Endless(_))) {
        headers.remove(header::ETAG);
    }
    let mut response = match fault {
        Some(Fault::Cut(bytes)) => {
            let whole = answer.bytes().await?;
            let part = whole.slice(..bytes.min(whole.len()));
            let end = stream::once(async {
                // The browser has the part before the end.
                tokio::time::sleep(Duration::from_millis(200)).await;
                Err(std::io::Error::other("cut"))
            });
            Response::new(Body::from_stream(stream::iter([Ok(part)]).chain(end)))
        }
        Some(Fault::Halted(bytes)) => {
            let (whole, shared) = (answer.bytes().await?, shared.clone());
            let (part, rest) = (whole.slice(..bytes.min(whole.len())), whole.slice(bytes.min(whole.len())..));
            let rest = stream::once(async move {
                healed(&shared, |fault| matches!(fault, Fault::Halted(_))).await;
                Ok::<_, std::io::Error>(rest)
            });
            Response::new(Body::from_stream(stream::iter([Ok(part)]).chain(rest)))
        }
        Some(Fault::Endless(bytes)) => {
            headers.remove(header::CONTENT_LENGTH);
            let piece = Bytes::from(vec![b' '; 1024 * 1024]);
            let pieces = (0..bytes / piece.len()).map(move |_| Ok::<_, std::io::Error>(piece.clone()));
            Response::new(Body::from_stream(stream::iter(pieces)))
        }
        Some(Fault::Changed) => {
            headers.remove(header::CONTENT_LENGTH);
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            let whole = answer.bytes().await?;
            Response::new(Body::from([&whole[..], b"\n"].concat()))
        }
        Some(Fault::Type(kind)) => {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            Response::new(Body::from_stream(answer.bytes_stream()))
        }
        _ if parts.uri.path().ends_with("/stream") => {
            let mut cut = shared.cut.subscribe();
            let end = async move { cut.recv().await.map_or((), |()| ()) };
            let stream = answer.bytes_stream().map_err(std::io::Error::other).take_until(Box::pin(end));
            Response::new(Body::from_stream(stream))
        }
        _ => Response::new(Body::from_stream(answer.bytes_stream())),
    };
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}
