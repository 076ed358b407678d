//! Operations of a hub's API, found by id in its OpenAPI 3 document; whether the document is complete,
//! and what changed since another.

pub mod changes;
pub mod lint;

use serde_json::Value;

/// The contract that is assumed of Inter-Hub, as JSON text.
pub const ASSUMED: &str = include_str!("../inter-hub.openapi.json");

/// A hub's OpenAPI document.
#[derive(Clone, Debug)]
pub struct Contract(Value);

/// One operation of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The HTTP method, upper case.
    pub method: String,
    /// The path template: `/api/v2/hubs/{hub}/catalog`.
    pub path: String,
}

/// Why a contract cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContractError {
    /// The document is not OpenAPI.
    #[error("the hub's document has no `paths`; is it an OpenAPI document?")]
    NotOpenApi,
    /// An operation that is needed is not there.
    #[error("the hub's API has no operation '{0}'; this extension needs a hub whose API has it")]
    NoOperation(String),
    /// A path has a parameter that was not given.
    #[error("the path of '{operation}' has the parameter '{parameter}', which this extension does not know")]
    UnknownParameter {
        /// The operation's id.
        operation: String,
        /// The parameter's name.
        parameter: String,
    },
    /// The API's version is not a version, or not one that the extension works with.
    #[error("the hub's API has version '{found}'; this extension works with '{wanted}'")]
    Version {
        /// What the document says.
        found: String,
        /// What the manifest says.
        wanted: String,
    },
}

impl Contract {
    /// Takes a hub's document.
    ///
    /// # Errors
    /// Where it has no `paths`.
    pub fn new(document: Value) -> Result<Self, ContractError> {
        if document.get("paths").is_some_and(Value::is_object) {
            Ok(Self(document))
        } else {
            Err(ContractError::NotOpenApi)
        }
    }

    /// The document.
    #[must_use]
    pub const fn document(&self) -> &Value {
        &self.0
    }

    /// Every operation that has an id, with where it is; in the order of the document.
    pub fn operations(&self) -> impl Iterator<Item = (&str, Operation)> {
        self.entries().map(|(id, operation, _)| (id, operation))
    }

    fn entries(&self) -> impl Iterator<Item = (&str, Operation, &Value)> {
        let paths = self.0.get("paths").and_then(Value::as_object).into_iter().flatten();
        let methods = paths.flat_map(|(path, methods)| {
            methods.as_object().into_iter().flatten().map(move |(method, operation)| (path, method, operation))
        });
        methods.filter_map(|(path, method, operation)| {
            let id = operation.get("operationId").and_then(Value::as_str)?;
            Some((id, Operation { method: method.to_ascii_uppercase(), path: path.clone() }, operation))
        })
    }

    /// The operation with this id.
    ///
    /// # Errors
    /// Where there is none.
    pub fn operation(&self, id: &str) -> Result<Operation, ContractError> {
        let found = self.operations().find(|(known, _)| *known == id);
        found.map(|(_, operation)| operation).ok_or_else(|| ContractError::NoOperation(id.to_owned()))
    }

    /// What the document says of the operation with this id.
    ///
    /// # Errors
    /// Where there is none.
    pub fn described(&self, id: &str) -> Result<&Value, ContractError> {
        let found = self.entries().find(|(known, _, _)| *known == id);
        found.map(|(_, _, described)| described).ok_or_else(|| ContractError::NoOperation(id.to_owned()))
    }

    /// What a value stands for: the value at its `$ref` within the document, otherwise itself. A
    /// reference that leads nowhere stands for itself too.
    #[must_use]
    pub fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        let target = value.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
        target.and_then(|pointer| self.0.pointer(pointer)).unwrap_or(value)
    }

    /// An operation with its path's parameters filled in; they are taken as they are.
    ///
    /// # Errors
    /// Where there is no such operation, or its path has a parameter that is not given.
    pub fn bind(&self, id: &str, parameters: &[(&str, &str)]) -> Result<Operation, ContractError> {
        let mut operation = self.operation(id)?;
        for (name, value) in parameters {
            operation.path = operation.path.replace(&format!("{{{name}}}"), value);
        }
        match operation.path.split_once('{').and_then(|(_, rest)| rest.split_once('}')) {
            None => Ok(operation),
            Some((parameter, _)) => {
                Err(ContractError::UnknownParameter { operation: id.to_owned(), parameter: parameter.to_owned() })
            }
        }
    }

    /// Checks `info.version` against a range such as `>=2.0.0, <3.0.0`.
    ///
    /// # Errors
    /// Where it is not in the range, or one of the two cannot be read.
    pub fn must_match(&self, range: &str) -> Result<(), ContractError> {
        let found = self.0.pointer("/info/version").and_then(Value::as_str).unwrap_or_default();
        let matches = semver::VersionReq::parse(range)
            .ok()
            .zip(semver::Version::parse(found).ok())
            .is_some_and(|(range, version)| range.matches(&version));
        if matches {
            return Ok(());
        }
        Err(ContractError::Version { found: found.to_owned(), wanted: range.to_owned() })
    }
}
