//! Before the first write: whether a hub would take all of them, as far as its document says.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use ops_manifest::mapping::{Place, Verdict, bind, compare, lacking, outgoing};
use serde_json::{Value, value::RawValue};

use super::{Call, Client, Failure};

/// Refuses calls of which the hub's document says that one would not be taken: what cannot be finished is
/// not begun.
///
/// # Errors
/// Where an operation is missing, wants other parameters or fields, or requires a field that is not sent.
pub(crate) fn must_be_able<'a>(client: &Client, calls: impl IntoIterator<Item = &'a Call>) -> Result<(), Failure> {
    let reasons: BTreeSet<String> = calls.into_iter().flat_map(|call| reasons(client, call)).collect();
    if reasons.is_empty() {
        return Ok(());
    }
    Err(Failure::Unfit { hub: client.hub().to_string(), reasons: reasons.into_iter().collect() })
}

fn reasons(client: &Client, call: &Call) -> Vec<String> {
    let (mapping, document) = (client.mapping(), client.document());
    let said = |why: String| format!("{}: {why}", call.operation);
    let need = match mapping.operation(call.operation) {
        Ok(need) => need,
        Err(error) => return vec![said(error.to_string())],
    };
    let mut values = vec![("hub", client.slug())];
    values.extend(call.parameters.iter().map(|(name, value)| (*name, value.as_str())));
    if let Err(error) = bind(mapping, document, call.operation, &values) {
        return vec![said(error.to_string())];
    }
    let mut found = Vec::new();
    if let Verdict::Different { differences, .. } = compare(need, document) {
        // What comes back is not needed for a write.
        let of_write = differences.iter().filter(|difference| difference.place != Place::Response);
        found.extend(of_write.map(ToString::to_string));
    }
    let sent = match (&call.body, &call.text) {
        (Some(body), _) => names(&outgoing(&need.request, body.clone())),
        (None, Some(text)) => {
            names_of_text(text).into_iter().map(|name| hub_name(need.request.as_slice(), name)).collect()
        }
        (None, None) => BTreeSet::new(),
    };
    let compared = |name: &String| need.request.iter().any(|field| field.hub_name() == name);
    let lacking = lacking(need, document, |name| sent.contains(name));
    // A required field that the mapping does not know is named by the comparison already.
    let lacking = lacking.into_iter().filter(|name| need.request.is_empty() || compared(name));
    found.extend(lacking.map(|name| format!("the hub requires '{name}', which is not sent")));
    found.into_iter().map(said).collect()
}

fn names(body: &Value) -> BTreeSet<String> {
    body.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect()
}

/// The fields of a document that is too large to be decoded.
fn names_of_text(text: &Bytes) -> Vec<String> {
    serde_json::from_slice::<BTreeMap<String, &RawValue>>(text).unwrap_or_default().into_keys().collect()
}

fn hub_name(fields: &[ops_manifest::mapping::Field], name: String) -> String {
    fields.iter().find(|field| field.name == name).map_or(name, |field| field.hub_name().to_owned())
}
