//! Whether a request's parameters and body are what the contract says.

use axum::{
    extract::{FromRequestParts, Query, RawPathParams},
    http::request::Parts,
};
use jsonschema::Validator;
use ops_manifest::contract::Contract;
use serde_json::{Value, json};

use super::{
    lists::BodyShape,
    schema::{Finding, validator},
};
use crate::{
    error::HubError,
    problem::{Problem, shortened},
};

/// How many findings one refusal lists.
const MOST: usize = 100;
/// How many of them it says in its words.
const IN_WORDS: usize = 3;

/// What the contract says of one operation's parameters and body.
#[derive(Debug)]
pub(crate) struct Shape {
    parameters: Vec<Parameter>,
    body: Option<BodyShape>,
}

#[derive(Debug)]
struct Parameter {
    place: Place,
    name: String,
    is_number: bool,
    schema: Validator,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Path,
    Query,
    Header,
}

impl Place {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
        }
    }
}

impl Shape {
    /// The shape of the operation with this id.
    ///
    /// # Errors
    /// Where the contract has no such operation, or a schema of it cannot be used.
    pub(crate) fn new(contract: &Contract, id: &str) -> Result<Self, HubError> {
        let broken = |words: &str| HubError::Contract(format!("{id}: {words}"));
        let operation = contract.described(id).map_err(|error| broken(&error.to_string()))?;
        let listed = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
        let parameters = listed.map(|listed| {
            let described = contract.resolve(listed);
            let text = |field: &str| described.get(field).and_then(Value::as_str).unwrap_or_default();
            let place = match text("in") {
                "path" => Place::Path,
                "query" => Place::Query,
                "header" => Place::Header,
                other => return Err(broken(&format!("a parameter in '{other}'"))),
            };
            let schema = described.get("schema").ok_or_else(|| broken("a parameter without a schema"))?;
            let is_number = contract.resolve(schema).get("type").is_some_and(|kind| kind == "integer");
            let schema = validator(contract, schema).map_err(|error| broken(&error))?;
            Ok(Parameter { place, name: text("name").to_owned(), is_number, schema })
        });
        let body = operation.pointer("/requestBody/content/application~1json/schema");
        let body = body.map(|schema| BodyShape::new(contract, schema).map_err(|error| broken(&error))).transpose()?;
        Ok(Self { parameters: parameters.collect::<Result<_, _>>()?, body })
    }

    /// Whether there is a body to read.
    pub(crate) const fn takes_body(&self) -> bool {
        self.body.is_some()
    }

    /// 400 with everything that is wrong with path, query and headers.
    pub(crate) async fn check_parameters(&self, parts: &mut Parts) -> Result<(), Problem> {
        if self.parameters.is_empty() {
            return Ok(());
        }
        let path = RawPathParams::from_request_parts(parts, &())
            .await
            .map_err(|error| refused(vec![("path".into(), error.to_string())]))?;
        let query = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
            .map_err(|error| refused(vec![("query".into(), error.to_string())]))?;
        let mut findings = Vec::new();
        for (name, value) in &path {
            self.check_one(Place::Path, name, value, &mut findings);
        }
        for (at, (name, value)) in query.0.iter().enumerate() {
            if self.find(Place::Query, name).is_some() && query.0.iter().take(at).any(|(known, _)| known == name) {
                findings.push((format!("query {name}"), "it is there twice".to_owned()));
            }
            self.check_one(Place::Query, name, value, &mut findings);
        }
        for (name, value) in &parts.headers {
            match value.to_str() {
                Ok(value) => self.check_one(Place::Header, name.as_str(), value, &mut findings),
                Err(_) if self.find(Place::Header, name.as_str()).is_some() => {
                    findings.push((format!("header {name}"), "it is not text".to_owned()));
                }
                Err(_) => {}
            }
        }
        if findings.is_empty() { Ok(()) } else { Err(refused(findings)) }
    }

    fn find(&self, place: Place, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|known| known.place == place && is_named(known, name))
    }

    fn check_one(&self, place: Place, name: &str, value: &str, findings: &mut Vec<Finding>) {
        let Some(parameter) = self.find(place, name) else { return };
        let number = parameter.is_number.then(|| value.parse::<i64>().ok()).flatten();
        let value = number.map_or_else(|| json!(value), |number| json!(number));
        let errors = parameter.schema.iter_errors(&value);
        findings.extend(errors.map(|error| (format!("{} {name}", place.as_str()), error.to_string())));
    }

    /// 400 with everything that is wrong with a body.
    pub(crate) fn check_body(&self, bytes: &[u8]) -> Result<(), Problem> {
        let Some(schema) = &self.body else { return Ok(()) };
        let findings = schema.check(bytes, MOST).map_err(|error| refused(vec![("/".into(), error.to_string())]))?;
        if findings.is_empty() { Ok(()) } else { Err(refused(findings)) }
    }
}

/// Names of headers have no case.
fn is_named(parameter: &Parameter, name: &str) -> bool {
    parameter.name == name || (parameter.place == Place::Header && parameter.name.eq_ignore_ascii_case(name))
}

fn refused(findings: Vec<Finding>) -> Problem {
    let words: Vec<String> =
        findings.iter().take(IN_WORDS).map(|(place, message)| format!("{place}: {}", shortened(message))).collect();
    let more = if findings.len() > IN_WORDS { "; `errors` has the others" } else { "" };
    let detail = format!("The request is not what the contract says: {}{more}.", words.join("; "));
    Problem::bad(detail).with("errors", Problem::errors(findings))
}
