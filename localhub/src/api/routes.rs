//! Operations and their handlers: the contract says method and path, the table the scope.

use std::{collections::BTreeSet, sync::Arc};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    http::Method,
    middleware::from_fn_with_state,
    routing::{MethodFilter, on},
};
use ops_manifest::contract::Contract;

use crate::{
    error::HubError,
    gate::{Gate, Limit, Shape, pass},
    scope::Scope,
    state::State,
};

/// How large a body may be where nothing is said.
const LARGEST: Limit = Limit { bytes: 4 * 1024 * 1024, cure: "Send less at once." };

/// An operation, and what is said of it besides the contract.
#[derive(Clone, Copy, Debug)]
pub(super) struct Route {
    id: &'static str,
    scope: Option<Scope>,
    largest: Limit,
    is_counted: bool,
    has_rest: bool,
}

impl Route {
    /// An operation that is open to everybody.
    pub(super) const fn open(id: &'static str) -> Self {
        Self { id, scope: None, largest: LARGEST, is_counted: false, has_rest: false }
    }

    /// An operation that needs a scope.
    pub(super) const fn needs(scope: Scope, id: &'static str) -> Self {
        Self { id, scope: Some(scope), largest: LARGEST, is_counted: true, has_rest: false }
    }

    /// It takes bodies of another size.
    pub(super) const fn taking(self, largest: Limit) -> Self {
        Self { largest, ..self }
    }

    /// It is not counted against the sender's allowance.
    pub(super) const fn uncounted(self) -> Self {
        Self { is_counted: false, ..self }
    }

    /// The last parameter of its path may contain slashes, which a path template cannot say.
    pub(super) const fn with_rest(self) -> Self {
        Self { has_rest: true, ..self }
    }
}

/// The operations that are bound so far.
#[derive(Debug)]
pub(super) struct Routes {
    contract: Contract,
    state: Arc<State>,
    router: Router<Arc<State>>,
    bound: BTreeSet<&'static str>,
}

impl Routes {
    /// None yet.
    pub(super) fn new(contract: Contract, state: Arc<State>) -> Self {
        Self { contract, state, router: Router::new(), bound: BTreeSet::new() }
    }

    /// Binds an operation to its handler.
    ///
    /// # Errors
    /// Where the contract has no such operation, or one that cannot be served.
    pub(super) fn bind<H, T>(mut self, route: Route, handler: H) -> Result<Self, HubError>
    where
        H: Handler<T, Arc<State>>,
        T: 'static,
    {
        let broken = |words: String| HubError::Contract(format!("{}: {words}", route.id));
        let operation = self.contract.operation(route.id).map_err(|error| broken(error.to_string()))?;
        let method: Method = operation.method.parse().map_err(|_| broken(format!("'{}'", operation.method)))?;
        let filter = MethodFilter::try_from(method).map_err(|error| broken(error.to_string()))?;
        let path = match operation.path.rsplit_once('{') {
            Some((start, end)) if route.has_rest => format!("{start}{{*{end}"),
            _ => operation.path,
        };
        let gate = Gate {
            state: self.state.clone(),
            scope: route.scope,
            is_counted: route.is_counted,
            largest: route.largest,
            shape: Shape::new(&self.contract, route.id)?,
        };
        // The gate has read the body, no more of it than the operation takes.
        let handler = on(filter, handler).layer(DefaultBodyLimit::disable());
        let handler = handler.layer(from_fn_with_state(Arc::new(gate), pass));
        self.router = self.router.route(&path, handler);
        self.bound.insert(route.id);
        Ok(self)
    }

    /// The routes, which are those of the whole contract but for the operations that `elsewhere` serves.
    ///
    /// # Errors
    /// Where the contract has an operation that nothing serves.
    pub(super) fn all_but(self, elsewhere: &[&str]) -> Result<Router<Arc<State>>, HubError> {
        let is_served = |id: &str| self.bound.contains(id) || elsewhere.contains(&id);
        match self.contract.operations().find(|(id, _)| !is_served(id)) {
            None => Ok(self.router),
            Some((id, _)) => Err(HubError::Contract(format!("{id}: nothing serves it"))),
        }
    }
}
