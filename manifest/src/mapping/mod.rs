//! Which operations of a hub's API the extension needs, and how a hub calls them.
//!
//! `hub-mapping.toml` is the one place that says so: per operation the extension's own name, the
//! hub's operation ids, method, parameters and the fields of request and answer. [`bind`] makes a
//! request of it and a hub's document; [`compare`] says where the document offers something else, and
//! [`candidates`] what of it may be meant where an operation is missing.

mod bind;
mod compare;
mod offer;
mod schema;

use std::collections::BTreeMap;

use serde::Deserialize;

pub use bind::{Bound, bind, incoming, outgoing};
pub use compare::{Difference, Place, Verdict, compare};
pub use offer::{Offer, SecurityScheme, candidates, lacking, offers, security_schemes};

/// The mapping that the extension brings, as TOML text.
pub const MAPPING: &str = include_str!("../../hub-mapping.toml");

/// The mapping document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Where a hub describes its API: the only API path that is known beforehand.
    pub document: String,
    /// Addresses that a browser opens.
    pub pages: Pages,
    /// The operations by the extension's own name for them.
    pub operations: BTreeMap<String, Operation>,
}

/// Addresses outside the API; `{hub}` is the hub's name in addresses.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pages {
    /// The hub's page, on which the widgets stand.
    pub hub: String,
    /// The page on which a person signs in.
    pub sign_in: String,
    /// The folder of the extension's files.
    pub bundle: String,
}

/// One operation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    /// The hub's operation ids; the first that the hub's document has counts.
    pub ids: Vec<String>,
    /// The HTTP method, upper case.
    pub method: String,
    /// What needs it: commands of `ops-hub`, or `browser`.
    pub used_by: Vec<String>,
    /// Whether the extension works without it, and does less.
    #[serde(default)]
    pub optional: bool,
    /// The parameters that are sent.
    #[serde(default)]
    pub parameters: Vec<Parameter>,
    /// The fields of the body that is sent.
    #[serde(default)]
    pub request: Vec<Field>,
    /// The fields of the answer that are read.
    #[serde(default)]
    pub response: Vec<Field>,
    /// The field of the answer that holds the items, for a list; `response` is about an item then.
    pub items: Option<String>,
    /// The field of the answer that holds the cursor of the next page, for a list in pages.
    pub next: Option<String>,
}

/// A parameter that is sent.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// The extension's name for it.
    pub name: String,
    /// The hub's name for it, where that is another.
    pub hub: Option<String>,
    /// Where it is sent.
    #[serde(rename = "in")]
    pub place: ParameterPlace,
    /// Whether the extension works where the hub does not have it.
    #[serde(default)]
    pub optional: bool,
}

impl Parameter {
    /// The hub's name for it.
    #[must_use]
    pub fn hub_name(&self) -> &str {
        self.hub.as_deref().unwrap_or(&self.name)
    }
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ParameterPlace {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// As a header.
    Header,
}

impl ParameterPlace {
    /// The word of OpenAPI.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
        }
    }
}

/// A field of a body.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The extension's name for it.
    pub name: String,
    /// The hub's name for it, where that is another.
    pub hub: Option<String>,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// Whether it may be lacking.
    #[serde(default)]
    pub optional: bool,
}

impl Field {
    /// The hub's name for it.
    #[must_use]
    pub fn hub_name(&self) -> &str {
        self.hub.as_deref().unwrap_or(&self.name)
    }
}

/// A type of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldType {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// True or false.
    Boolean,
    /// An object.
    Object,
    /// A list.
    Array,
    /// Anything.
    Any,
}

impl FieldType {
    /// The word of JSON Schema.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Object => "object",
            Self::Array => "array",
            Self::Any => "anything",
        }
    }
}

/// Why a mapping cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// The text is not a mapping.
    #[error("the mapping: {0}")]
    Shape(String),
    /// The mapping has no such operation.
    #[error("the mapping has no operation '{0}'")]
    NoEntry(String),
    /// The hub has none of the operations.
    #[error("the hub's API has no operation {}, which '{name}' needs", ids.join(" or "))]
    NoOperation {
        /// The extension's name.
        name: String,
        /// The hub's ids that would have done.
        ids: Vec<String>,
    },
    /// The hub asks for a parameter that the mapping does not give.
    #[error("the hub's path for '{name}' has the parameter '{parameter}', which the mapping does not name")]
    UnknownParameter {
        /// The extension's name of the operation.
        name: String,
        /// The parameter's name.
        parameter: String,
    },
}

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// Where the text is not TOML of this shape; the message names line and column.
    pub fn parse(text: &str) -> Result<Self, MappingError> {
        toml::from_str(text).map_err(|error| MappingError::Shape(error.to_string()))
    }

    /// An operation by the extension's name for it.
    ///
    /// # Errors
    /// Where the mapping does not have it.
    pub fn operation(&self, name: &str) -> Result<&Operation, MappingError> {
        self.operations.get(name).ok_or_else(|| MappingError::NoEntry(name.to_owned()))
    }
}
