//! How long ago something was, or how soon it is, in words.
//!
//! Words of its own, a handful in each language: no widget is shown without an age, and the first use of the
//! browser's `Intl` in a page takes longer than to draw one.

use ops_model::Timestamp;

use super::fill;

/// The words of one language.
#[derive(Debug)]
#[expect(missing_docs, reason = "the field's name and its text say what it is")]
pub struct AgeTexts {
    pub now: &'static str,
    pub past: &'static str,
    pub future: &'static str,
    pub yesterday: &'static str,
    pub tomorrow: &'static str,
    pub second: Unit,
    pub minute: Unit,
    pub hour: Unit,
    pub day: Unit,
}

/// A unit's name: of one, of several.
type Unit = [&'static str; 2];

pub(super) const EN: AgeTexts = AgeTexts {
    now: "now",
    past: "{} ago",
    future: "in {}",
    yesterday: "yesterday",
    tomorrow: "tomorrow",
    second: ["second", "seconds"],
    minute: ["minute", "minutes"],
    hour: ["hour", "hours"],
    day: ["day", "days"],
};

pub(super) const DE: AgeTexts = AgeTexts {
    now: "jetzt",
    past: "vor {}",
    future: "in {}",
    yesterday: "gestern",
    tomorrow: "morgen",
    second: ["Sekunde", "Sekunden"],
    minute: ["Minute", "Minuten"],
    hour: ["Stunde", "Stunden"],
    day: ["Tag", "Tagen"],
};

impl AgeTexts {
    /// The distance from `now` in the largest unit of which it has one: `5 minutes ago`, `vor 2 Tagen`.
    #[must_use]
    pub fn of(&self, at: Timestamp, now: Timestamp) -> String {
        let seconds = now.since(at) / 1000;
        let (amount, [one, several]) = match seconds.abs() {
            0 => return self.now.to_owned(),
            amount @ 1..60 => (amount, self.second),
            amount @ 60..3_600 => (amount / 60, self.minute),
            amount @ 3_600..86_400 => (amount / 3_600, self.hour),
            86_400..172_800 => return (if seconds > 0 { self.yesterday } else { self.tomorrow }).to_owned(),
            amount => (amount / 86_400, self.day),
        };
        let words = [amount.to_string().as_str(), " ", if amount == 1 { one } else { several }].concat();
        fill(if seconds > 0 { self.past } else { self.future }, &[&words])
    }
}
