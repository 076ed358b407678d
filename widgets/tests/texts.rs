//! The catalogue of texts: a language is no copy of another.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used, clippy::cast_precision_loss)]

use js_sys::{Array, Intl, Object, Reflect};
use ops_model::{EntityKind, GapKind, GapReason, Question, RelationKind, Standing, Timestamp};
use ops_widgets::texts::Texts;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Words that are the same in German.
const SAME: [&str; 16] = [
    "in {}",
    "live",
    "Hosts",
    "Release",
    "Namespace",
    "Version",
    "NodePort",
    "Status",
    "Header",
    "{} ms",
    "Gates",
    "Host",
    "Cluster",
    "Repository",
    "Gate",
    "Bootstrap",
];

/// Every text of a language: the fields by their names as `Debug` prints them, then the words of the rules.
fn all(texts: &'static Texts) -> Vec<(String, String)> {
    let printed = format!("{texts:#?}");
    let fields = printed.lines().filter_map(|line| {
        let (name, text) = line.trim().strip_suffix("\",")?.split_once(": \"")?;
        Some((name.to_owned(), text.to_owned()))
    });
    let mut found: Vec<_> = fields.collect();
    let mut add = |name: String, text: &'static str| found.push((name, text.to_owned()));
    Standing::ALL.iter().for_each(|one| add(one.to_string(), texts.standing(*one)));
    Question::ALL.iter().for_each(|one| add(one.as_str().to_owned(), texts.question(*one)));
    GapReason::ALL.iter().for_each(|one| add(one.as_str().to_owned(), texts.gap_reason(*one)));
    GapKind::ALL.iter().for_each(|one| add(one.to_string(), texts.gap_kind(*one)));
    EntityKind::ALL.iter().for_each(|one| add(one.to_string(), texts.entity_kind(*one)));
    RelationKind::ALL.iter().for_each(|one| add(one.to_string(), texts.relation(*one)));
    found
}

#[wasm_bindgen_test]
fn german_differs_from_english_wherever_a_word_is_not_the_same_in_both() {
    let (english, german) = (all(Texts::of("en")), all(Texts::of("de")));
    assert!(english.len() > 120, "only {} texts were found", english.len());
    let names = |texts: &[(String, String)]| texts.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&english), names(&german));
    let same = english.iter().zip(&german).filter(|((_, english), (_, german))| english == german);
    let same: Vec<_> = same.map(|(english, _)| english).filter(|(_, text)| !SAME.contains(&text.as_str())).collect();
    assert!(same.is_empty(), "translate these, or list them as the same: {same:?}");
}

#[wasm_bindgen_test]
fn what_is_filled_in_is_filled_in_as_often_in_both() {
    let (english, german) = (all(Texts::of("en")), all(Texts::of("de")));
    for ((name, english), (_, german)) in english.iter().zip(&german) {
        assert!(!german.trim().is_empty(), "{name} is empty");
        assert_eq!(english.matches("{}").count(), german.matches("{}").count(), "{name}: {english} / {german}");
    }
}

#[wasm_bindgen_test]
fn an_age_is_said_as_the_browser_says_it() {
    let now = Timestamp::from_ms(1_800_000_000_000);
    let units = [("second", 1), ("minute", 60), ("hour", 3_600), ("day", 86_400)];
    let amounts = [(0, 59), (1, 59), (1, 23), (1, 999)];
    for lang in ["en", "de"] {
        let options = Object::new();
        Reflect::set(&options, &"numeric".into(), &"auto".into()).unwrap();
        let browser = Intl::RelativeTimeFormat::new(&Array::of1(&lang.into()), &options);
        for ((unit, seconds), (least, most)) in units.into_iter().zip(amounts) {
            for amount in (-most..=most).filter(|amount: &i64| amount.abs() >= least) {
                // A count of days alone: no word of its own for the day after tomorrow.
                if lang == "de" && unit == "day" && amount.abs() == 2 {
                    continue;
                }
                // The last ms of the unit counts to it.
                let rest = if amount < 0 { 1 - seconds * 1000 } else { seconds * 1000 - 1 };
                let rest = if amount == 0 { [0, 0] } else { [0, rest] };
                for rest in rest {
                    let ours = Texts::of(lang).age.of(now.plus_ms(amount * seconds * 1000 + rest), now);
                    assert_eq!(ours, String::from(browser.format(amount as f64, unit)), "{amount} {unit}");
                }
            }
        }
    }
}
