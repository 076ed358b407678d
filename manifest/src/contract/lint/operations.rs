//! What every operation has to say of itself.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{members, resolve, within};
use crate::check::Finding;

/// What refusals are sent as.
const PROBLEM: &str = "application/problem+json";

/// One operation with what is asked of it.
struct Operation<'a> {
    document: &'a Value,
    place: String,
    method: &'a str,
    path: &'a str,
    said: &'a Value,
    findings: Vec<Finding>,
}

pub(super) fn lint(document: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut ids = BTreeSet::new();
    for (path, methods) in members(document, "paths") {
        let place = within("/paths", path);
        for (method, said) in methods.as_object().into_iter().flatten() {
            let place = within(&place, method);
            let mut operation = Operation { document, place, method, path, said, findings: Vec::new() };
            operation.check(&mut ids);
            findings.extend(operation.findings);
        }
    }
    findings
}

impl<'a> Operation<'a> {
    fn check(&mut self, ids: &mut BTreeSet<&'a str>) {
        let id = self.text("operationId");
        if !id.is_empty() && !ids.insert(id) {
            self.add("/operationId", format!("'{id}' is there twice"));
        }
        for field in ["operationId", "summary", "description"] {
            if self.text(field).is_empty() {
                self.add("", format!("it has no {field}"));
            }
        }
        self.check_tags();
        self.check_security();
        self.check_parameters();
        self.check_body();
        self.check_responses();
        self.check_conditions();
        self.check_listing();
    }

    fn add(&mut self, place: &str, message: impl Into<String>) {
        self.findings.push(Finding::new(format!("{}{place}", self.place), message));
    }

    fn text(&self, field: &str) -> &'a str {
        self.said.get(field).and_then(Value::as_str).unwrap_or_default()
    }

    fn parameters(&self) -> impl Iterator<Item = &'a Value> {
        let (document, said) = (self.document, self.said);
        let listed = said.get("parameters").and_then(Value::as_array).into_iter().flatten();
        listed.map(move |parameter| resolve(document, parameter))
    }

    fn has_parameter(&self, place: &str, name: &str) -> bool {
        self.parameters().any(|known| known["in"] == place && known["name"] == name)
    }

    fn response(&self, status: &str) -> Option<&'a Value> {
        let response = self.said.get("responses").and_then(|all| all.get(status))?;
        Some(resolve(self.document, response))
    }

    /// Its answers that are no refusals.
    fn successes(&self) -> Vec<(&'a str, &'a Value)> {
        let document = self.document;
        let all = members(self.said, "responses").map(|(status, said)| (status.as_str(), resolve(document, said)));
        all.filter(|(status, _)| status.starts_with('2')).collect()
    }

    /// Whether a sender has to say who it is.
    fn is_guarded(&self) -> bool {
        let needs = self.said.get("security").and_then(Value::as_array);
        needs.is_some_and(|needs| !needs.iter().any(|one| one.as_object().is_some_and(serde_json::Map::is_empty)))
    }

    fn is_for_programs(&self) -> bool {
        self.path.starts_with("/api/")
    }

    fn must_answer(&mut self, status: &str, why: &str) {
        if self.response(status).is_none() {
            self.add("/responses", format!("there is no {status}, though {why}"));
        }
    }

    fn check_tags(&mut self) {
        let known: Vec<&str> =
            self.document["tags"].as_array().into_iter().flatten().filter_map(|tag| tag["name"].as_str()).collect();
        let own = self.said.get("tags").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        if own.is_empty() || own.iter().any(|tag| !tag.as_str().is_some_and(|tag| known.contains(&tag))) {
            self.add("/tags", format!("it needs a tag, of these: {}", known.join(", ")));
        }
    }

    fn check_security(&mut self) {
        let Some(needs) = self.said.get("security").and_then(Value::as_array) else {
            return self.add("", "it does not say who may do it; write `security`, with `{}` where everybody may");
        };
        for (scheme, scopes) in needs.iter().flat_map(|need| need.as_object().into_iter().flatten()) {
            if self.document.pointer(&within("/components/securitySchemes", scheme)).is_none() {
                self.add("/security", format!("there is no security scheme '{scheme}'"));
            }
            if scopes.as_array().is_none_or(Vec::is_empty) {
                self.add("/security", format!("'{scheme}' is asked for without a scope"));
            }
        }
        if self.is_guarded() && self.is_for_programs() {
            for status in ["401", "403", "429"] {
                self.must_answer(status, "a sender has to say who it is");
            }
        }
    }

    fn check_parameters(&mut self) {
        for name in self.path.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
            if !self.has_parameter("path", name) {
                self.add("/parameters", format!("'{name}' is in the path, and not described"));
            }
        }
        for parameter in self.parameters().collect::<Vec<_>>() {
            let name = parameter["name"].as_str().unwrap_or_default();
            if parameter["in"] == "path" && !self.path.contains(&format!("{{{name}}}")) {
                self.add("/parameters", format!("'{name}' is described, and not in the path"));
            }
            if parameter["description"].as_str().is_none_or(str::is_empty) {
                self.add("/parameters", format!("'{name}' has no description"));
            }
        }
        if self.is_for_programs() && self.parameters().next().is_some() && self.is_guarded() {
            self.must_answer("400", "a parameter can be malformed");
        }
        if self.is_for_programs() && self.path.contains('{') && self.method != "put" {
            self.must_answer("404", "the path can lead to nothing");
        }
    }

    fn check_body(&mut self) {
        let Some(body) = self.said.get("requestBody") else { return };
        if body["description"].as_str().is_none_or(str::is_empty) {
            self.add("/requestBody", "it has no description");
        }
        for status in ["400", "415"] {
            self.must_answer(status, "it takes a body");
        }
        if self.is_for_programs() {
            self.must_answer("413", "it takes a body");
        }
    }

    fn check_responses(&mut self) {
        let document = self.document;
        let all = members(self.said, "responses").map(|(status, said)| (status.as_str(), resolve(document, said)));
        for (status, response) in all.collect::<Vec<_>>() {
            let place = within("/responses", status);
            let content = response.get("content").and_then(Value::as_object);
            let is_refusal = status.starts_with(['4', '5']);
            let problem = content.and_then(|content| content.get(PROBLEM));
            if is_refusal && self.is_for_programs() && problem.is_none() {
                self.add(&place, format!("a refusal is sent as {PROBLEM}"));
            }
            for (name, example) in problem.into_iter().flat_map(|problem| members(problem, "examples")) {
                if example["value"]["status"].as_u64() != status.parse().ok() {
                    self.add(&place, format!("the example '{name}' has another status"));
                }
            }
            for kind in content.into_iter().flatten().filter(|(_, said)| said.get("schema").is_none()) {
                self.add(&place, format!("'{}' has no schema", kind.0));
            }
        }
    }

    fn check_conditions(&mut self) {
        let is_write = self.method != "get";
        if is_write && self.has_parameter("header", "If-Match") {
            self.must_answer("412", "it can be conditioned");
        }
        if !is_write && self.has_parameter("header", "If-None-Match") {
            self.must_answer("304", "a reader can have it already");
            let lacks = self.successes().into_iter().find(|(_, answer)| answer.pointer("/headers/ETag").is_none());
            if let Some((status, _)) = lacks {
                self.add(&within("/responses", status), "a reader can ask again for it, and it has no ETag");
            }
        }
        let can_repeat = ["If-Match", "Idempotency-Key"].iter().any(|name| self.has_parameter("header", name));
        if self.method == "post" && self.is_guarded() && !can_repeat {
            self.add("/parameters", "it cannot be sent again safely: it takes neither Idempotency-Key nor If-Match");
        }
    }

    fn check_listing(&mut self) {
        let lists = self.text("operationId").starts_with("list");
        if !lists && !self.has_parameter("query", "cursor") {
            return;
        }
        for name in ["limit", "cursor"] {
            if !self.has_parameter("query", name) {
                self.add("/parameters", format!("a listing takes `{name}`"));
            }
        }
        let Some(answer) = self.response("200") else { return };
        if answer.pointer("/headers/Link").is_none() {
            self.add("/responses/200", "a listing has a `Link` to its next page");
        }
        let schema = answer.pointer("/content/application~1json/schema").map(|schema| resolve(self.document, schema));
        for field in ["items", "next"] {
            if schema.is_none_or(|schema| schema.pointer(&within("/properties", field)).is_none()) {
                self.add("/responses/200", format!("a listing has `{field}`"));
            }
        }
    }
}

#[cfg(test)]
mod tests;
