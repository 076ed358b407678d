//! Findings as text, JSON or SARIF 2.1.0.

use serde_json::{Value, json};
use serde_sarif::sarif::{
    ArtifactLocation, Location, Message, MultiformatMessageString, PhysicalLocation, Region, ReportingConfiguration,
    ReportingDescriptor, Result as SarifResult, ResultLevel, Run, SCHEMA_URL, Sarif, Tool, ToolComponent,
};

use super::{
    Finding,
    rules::{self, Severity},
};

/// How many findings of a severity there are.
pub(crate) fn count(findings: &[Finding], severity: Severity) -> usize {
    findings.iter().filter(|finding| finding.rule.severity == severity).count()
}

/// A line a finding, as compilers print them.
pub(crate) fn text(findings: &[Finding]) -> String {
    let line = |finding: &Finding| {
        let Finding { rule, file, place, message } = finding;
        format!("{file}:{}:{}: {}[{}]: {message}\n", place.line, place.column, rule.severity.as_str(), rule.id)
    };
    findings.iter().map(line).collect()
}

/// One document.
pub(crate) fn json(findings: &[Finding]) -> Value {
    let one = |finding: &Finding| {
        let Finding { rule, file, place, message } = finding;
        json!({
            "file": file, "line": place.line, "column": place.column, "endLine": place.end_line,
            "endColumn": place.end_column, "rule": rule.id, "severity": rule.severity.as_str(), "message": message,
        })
    };
    json!({
        "errors": count(findings, Severity::Error), "warnings": count(findings, Severity::Warning),
        "findings": findings.iter().map(one).collect::<Vec<_>>(),
    })
}

/// A SARIF log of one run.
pub(crate) fn sarif(findings: &[Finding]) -> Sarif {
    let rules = rules::ALL.iter().map(|rule| {
        ReportingDescriptor::builder()
            .id(rule.id)
            .short_description(MultiformatMessageString::builder().text(rule.text).build())
            .default_configuration(ReportingConfiguration::builder().level(json!(rule.severity.as_str())).build())
            .build()
    });
    let driver = ToolComponent::builder()
        .name("ops-hub check")
        .version(env!("CARGO_PKG_VERSION"))
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .rules(rules.collect::<Vec<_>>())
        .build();
    let run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .column_kind(json!("unicodeCodePoints"))
        .results(findings.iter().map(result).collect::<Vec<_>>())
        .build();
    Sarif::builder().schema(SCHEMA_URL).version(json!("2.1.0")).runs(vec![run]).build()
}

fn result(finding: &Finding) -> SarifResult {
    let Finding { rule, file, place, message } = finding;
    let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let region = Region::builder()
        .start_line(number(place.line))
        .start_column(number(place.column))
        .end_line(number(place.end_line))
        .end_column(number(place.end_column))
        .build();
    let artifact = ArtifactLocation::builder().uri(uri(file)).build();
    let physical = PhysicalLocation::builder().artifact_location(artifact).region(region).build();
    let index = rules::ALL.iter().position(|known| known.id == rule.id).unwrap_or_default();
    SarifResult::builder()
        .rule_id(rule.id)
        .rule_index(number(index))
        .level(match rule.severity {
            Severity::Error => ResultLevel::Error,
            Severity::Warning => ResultLevel::Warning,
        })
        .message(Message::builder().text(message.as_str()).build())
        .locations(vec![Location::builder().physical_location(physical).build()])
        .build()
}

/// A path as a URI reference; what stands for something else in a URI is escaped.
fn uri(file: &str) -> String {
    let mut written = String::new();
    for byte in file.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            written.push(char::from(byte));
        } else {
            written.push_str(&format!("%{byte:02X}"));
        }
    }
    written
}
