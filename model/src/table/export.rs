//! What is shown, as rows of texts.
use serde_json::Value;

use super::{Arranged, CatalogView, Rows};
use crate::{
    health::Context,
    questions::{Answer, Question, answer},
};

/// The rows that a view shows, in its order, as texts; the first row has the columns' names.
///
/// The columns are `ref`, `name`, `kind`, `environment`, `standing`, `evidence` (UTC, RFC 3339) and
/// one a question that is not hidden: its facts, and its gap in square brackets.
#[must_use]
pub fn table(context: Context<'_>, rows: &Rows, arranged: &Arranged, view: &CatalogView) -> Vec<Vec<String>> {
    let questions = || Question::ALL.iter().filter(|question| !view.hidden.contains(question));
    let names = ["ref", "name", "kind", "environment", "standing", "evidence"];
    let asked = questions().map(|question| question.as_str());
    let head = names.into_iter().chain(asked).map(str::to_owned).collect::<Vec<_>>();
    let mut all = vec![head];
    for at in arranged.places() {
        let at = *at as usize;
        let Some(row) = rows.all().get(at) else { continue };
        let id = rows.id(row);
        let mut texts = vec![
            id.to_string(),
            context.index.title(id).to_owned(),
            id.kind.as_str().to_owned(),
            rows.environment(row).to_owned(),
            row.standing.as_str().to_owned(),
            rows.latest(at).map(|at| at.to_string()).unwrap_or_default(),
        ];
        texts.extend(questions().map(|question| spelled(context, &answer(context, *question, id))));
        all.push(texts);
    }
    all
}

fn spelled(context: Context<'_>, answer: &Answer) -> String {
    let facts = answer.facts.iter().map(|fact| {
        let name = fact.entity.as_ref().map(|id| context.index.title(id)).unwrap_or_default();
        [name, &*fact.text].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    });
    let gap = answer.gap.map(|gap| ["[", gap.as_str(), "]"].concat());
    facts.chain(gap).collect::<Vec<_>>().join("; ")
}

/// Rows of texts as CSV (RFC 4180). A text that a spreadsheet would run as a formula gets a leading `'`.
///
/// ```
/// assert_eq!(ops_model::table::csv(&[vec!["a,b".into(), "=1+1".into()]]), "\"a,b\",'=1+1\r\n");
/// ```
#[must_use]
pub fn csv(rows: &[Vec<String>]) -> String {
    let field = |text: &String| {
        let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
        let text = [guard, text].concat();
        if text.contains([',', '"', '\r', '\n']) {
            return ["\"", &text.replace('"', "\"\""), "\""].concat();
        }
        text
    };
    rows.iter().map(|row| [&row.iter().map(field).collect::<Vec<_>>().join(","), "\r\n"].concat()).collect()
}

/// Rows of texts as a JSON array of objects; the first row names the keys.
#[must_use]
pub fn json(rows: &[Vec<String>]) -> String {
    let Some((keys, rows)) = rows.split_first() else { return "[]".to_owned() };
    let object = |row: &Vec<String>| {
        let mut object = serde_json::Map::new();
        for (key, value) in keys.iter().zip(row) {
            object.insert(key.clone(), value.clone().into());
        }
        Value::Object(object)
    };
    format!("{:#}", Value::Array(rows.iter().map(object).collect()))
}
