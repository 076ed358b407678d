//! Opening, granting access, listening, stopping.

use std::{
    future::{Future, IntoFuture},
    net::SocketAddr,
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, HeaderValue, Method, header},
    response::Redirect,
    routing::get,
};
use tokio::{
    net::TcpListener,
    sync::{broadcast, oneshot},
};
use tower_http::{
    compression::{
        CompressionLayer, DefaultPredicate,
        predicate::{NotForContentType, Predicate},
    },
    cors::{AllowOrigin, CorsLayer},
};

use crate::{
    allowances::{Allowances, Limits},
    api,
    clock::Clock,
    error::HubError,
    live::Live,
    pages,
    problem::Problem,
    ready::{KnownPages, KnownRules, KnownSenders},
    scope::Scope,
    secret::secret,
    state::State,
    store::Store,
};

/// How long a hub that stops waits for requests under way.
const GRACE: Duration = Duration::from_secs(5);

/// Where a hub keeps its data and listens.
#[derive(Clone, Debug)]
pub struct Config {
    /// The SQLite file; made where it is missing.
    pub db: PathBuf,
    /// The address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The folder of the widget bundle.
    pub bundle: PathBuf,
    /// Whether `/local/clock` may move the hub's clock.
    pub settable_clock: bool,
    /// How many requests each sender may send.
    pub limits: Limits,
    /// The origins whose pages may ask the API with a token, and frame a widget.
    pub allow_origins: Vec<String>,
}

/// A sign-in and a token, as made by [`Hub::grant_access`].
#[derive(Clone, Debug)]
pub struct Access {
    /// The user's name.
    pub user: String,
    /// The user's password.
    pub password: String,
    /// A bearer token with the scopes read, record and register.
    pub token: String,
}

/// An open hub.
#[derive(Clone, Debug)]
pub struct Hub {
    pub(crate) state: Arc<State>,
    config: Config,
    api: Router<Arc<State>>,
}

/// A hub that has its port.
#[derive(Debug)]
pub struct Bound {
    listener: TcpListener,
    address: SocketAddr,
    hub: Hub,
}

impl Hub {
    /// Opens the database, and makes it where it is missing.
    ///
    /// # Errors
    /// Where the file cannot be opened or was written by a newer version.
    pub async fn open(config: Config) -> Result<Self, HubError> {
        let path = config.db.clone();
        let store = tokio::task::spawn_blocking(move || Store::open(&path)).await.map_err(|_| HubError::Thread)??;
        let (live, _) = broadcast::channel(4096);
        let state = State {
            store,
            clock: Clock::default(),
            live,
            settable_clock: config.settable_clock,
            allowances: Allowances::new(config.limits),
            allow_origins: config.allow_origins.clone(),
            senders: KnownSenders::default(),
            rules: KnownRules::default(),
            pages: KnownPages::default(),
        };
        let state = Arc::new(state);
        let api = api::router(&state)?;
        Ok(Self { state, config, api })
    }

    /// Makes a fresh password for `operator` and a fresh token; those of before end.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn grant_access(&self) -> Result<Access, HubError> {
        let (user, password) = ("operator".to_owned(), secret(12));
        self.state.store.put_user(&user, &password).await?;
        self.state.senders.forget();
        let token = self.grant_token("local maintainer", &Scope::ALL).await?;
        Ok(Access { user, password, token })
    }

    /// Makes a fresh token with this name and these scopes; the one of this name before ends.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn grant_token(&self, name: &str, scopes: &[Scope]) -> Result<String, HubError> {
        let token = format!("ops_{}", secret(32));
        self.state.store.put_token(name, &token, scopes).await?;
        self.state.senders.forget();
        Ok(token)
    }

    /// Takes the port.
    ///
    /// # Errors
    /// [`HubError::PortTaken`] where another program has it.
    pub async fn bind(&self) -> Result<Bound, HubError> {
        let listen = self.config.listen;
        let listener = TcpListener::bind(listen).await.map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => HubError::PortTaken(listen),
            _ => HubError::Listen(listen, error),
        })?;
        let address = listener.local_addr().map_err(|error| HubError::Listen(listen, error))?;
        Ok(Bound { listener, address, hub: self.clone() })
    }

    fn router(&self) -> Router {
        // Its own answer to other methods, so that the one before it, to a browser that asks ahead, comes first.
        let api = self.api.clone().method_not_allowed_fallback(async || Problem::method());
        let api = api.layer(cross_origin(&self.config.allow_origins));
        let compress = DefaultPredicate::new().and(NotForContentType::const_new("text/event-stream"));
        Router::new()
            .merge(api)
            .merge(pages::router())
            .merge(pages::gallery::router(&self.config.bundle, &self.state))
            .layer(CompressionLayer::new().compress_when(compress))
            .route("/", get(async || Redirect::to("/Hubs")))
            .route("/healthz", get(async || "ok"))
            .method_not_allowed_fallback(async || Problem::method())
            .nest_service("/extensions/ops-hub", pages::bundle(&self.config.bundle))
            .fallback(async || Problem::missing("There is nothing at this address."))
            .layer(DefaultBodyLimit::max(4 * 1024 * 1024))
            .with_state(self.state.clone())
    }
}

/// What pages of other origins may do: ask with a token, never with a cookie.
fn cross_origin(origins: &[String]) -> CorsLayer {
    let origins = origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok());
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, HeaderName::from_static("idempotency-key")])
        .expose_headers([header::ETAG, header::RETRY_AFTER])
        .max_age(Duration::from_secs(600))
}

impl Bound {
    /// The hub's address as a browser takes it.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Serves until `shutdown` ends; requests under way are finished, event streams are closed. A
    /// request that is not whole after another 5 s is not waited for.
    ///
    /// # Errors
    /// Where the server fails.
    pub async fn run(self, shutdown: impl Future<Output = ()> + Send + 'static) -> Result<(), HubError> {
        let state = self.hub.state.clone();
        let (stopping, stopped) = oneshot::channel::<()>();
        let stop = async move {
            shutdown.await;
            state.tell(Live::Stop);
            // Nobody waits where the server has ended already.
            let _ = stopping.send(());
        };
        let late = async move {
            // An error means that the server was never told to stop, and ended by itself.
            if stopped.await.is_ok() {
                tokio::time::sleep(GRACE).await;
            } else {
                std::future::pending::<()>().await;
            }
        };
        let serve = axum::serve(self.listener, self.hub.router()).with_graceful_shutdown(stop);
        tokio::select! {
            ended = serve.into_future() => ended.map_err(HubError::Server),
            () = late => Ok(()),
        }
    }
}
