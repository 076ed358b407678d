//! What the flow of a migration shows: plain data that is compared row by row.

use ops_model::{
    Context, EntityRef, Standing,
    graph::{self, Flow, FlowRow, Rect, fitted},
    health::health,
    migration::{Move, Need, Prerequisite, Stage as Progress, Wave, wave},
};

use super::{drawing::BoxSummary, stage::Stage, words::kind_in_sentence};
use crate::{rows::Rows, texts::Texts, ui::sign};

/// The size of the letters of a word at the end of a line, and of a need's name, in px.
const WORD_LETTERS: i32 = 12;
const NEED_LETTERS: i32 = 10;
/// How much room a need's name has below its mark, in px.
const NEED_ROOM: i32 = 56;
/// Half the width of a mark that has a word, and of one that has a sign alone, in px.
const WIDE_MARK: i32 = 48;
const NARROW_MARK: i32 = 12;

/// A flow, laid out for a width.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct FlowSummary {
    /// Its size, and what keys lead to.
    pub(super) stage: Stage,
    /// The frames of the environments that are left and entered, with their names as long as they fit.
    pub(super) ends: Vec<(Rect, String)>,
    /// The needs with the middle of their columns; empty where there is no room for their names above.
    pub(super) heads: Vec<(Need, i32, i32)>,
    /// Whether the needs are named nowhere in the picture.
    pub(super) is_unnamed: bool,
    /// How many moves have no line.
    pub(super) left_out: usize,
    /// The moves that have a line.
    pub(super) rows: Rows<EntityRef, RowSummary>,
    /// All moves, in words.
    pub(super) items: Rows<EntityRef, ItemSummary>,
}

/// A move with its line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RowSummary {
    /// The box of what moves.
    pub(super) shown: BoxSummary,
    /// How far it has come.
    pub(super) progress: Progress,
    /// Where the line begins, how far it has come, and where it ends.
    pub(super) line: [(i32, i32); 3],
    /// Its needs.
    pub(super) marks: Vec<MarkSummary>,
    /// Where it arrives.
    pub(super) end: Rect,
    /// What stands there.
    pub(super) word: String,
}

impl Default for RowSummary {
    fn default() -> Self {
        Self {
            shown: BoxSummary::default(),
            progress: Progress::Undecided,
            line: [(0, 0); 3],
            marks: Vec::new(),
            end: Rect::default(),
            word: String::new(),
        }
    }
}

/// A need on a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct MarkSummary {
    /// `decided`, `undecided` or a standing.
    pub(super) class: &'static str,
    /// Its name and what is known of it.
    pub(super) title: String,
    /// The sign, and a word where there is room.
    pub(super) text: String,
    /// Its middle.
    pub(super) at: (i32, i32),
    /// Half of its width.
    pub(super) half: i32,
    /// Its name, where that stands below it.
    pub(super) name: Option<String>,
}

/// A move as an item of the list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ItemSummary {
    pub(super) standing: Standing,
    pub(super) words: String,
}

impl Default for ItemSummary {
    fn default() -> Self {
        Self { standing: Standing::Unproven, words: String::new() }
    }
}

impl FlowSummary {
    /// The flow of a wave, for a width in px.
    pub(super) fn of(context: Context<'_>, id: &EntityRef, width: i32, texts: &Texts) -> Self {
        let wave = wave(context, id);
        let flow = graph::flow(context.index, &wave, width);
        let items: Rows<_, _> = wave.moves.iter().map(|one| (one.entity.clone(), item(context, one, texts))).collect();
        let drawn = wave.moves.iter().zip(&flow.rows).enumerate();
        let rows = drawn.map(|(stop, (one, row))| {
            let words = items.get(&one.entity).cloned().unwrap_or_default();
            let title = context.index.title(&one.entity).to_owned();
            (one.entity.clone(), row_summary(stop, one, row, flow.labelled, (title, words), texts))
        });
        Self {
            rows: rows.collect(),
            stage: Stage {
                size: (flow.width, flow.height),
                places: flow.stops(),
                entities: wave.moves.iter().take(flow.rows.len()).map(|one| Some(one.entity.clone())).collect(),
                links: Vec::new(),
            },
            ends: ends(context, &wave, &flow),
            is_unnamed: flow.heads.is_empty() && !flow.labelled,
            heads: flow.heads,
            left_out: flow.left_out,
            items,
        }
    }
}

fn ends(context: Context<'_>, wave: &Wave, flow: &Flow) -> Vec<(Rect, String)> {
    let ends = [(flow.from, &wave.from), (flow.to, &wave.to)];
    let named = ends.into_iter().filter_map(|(frame, id)| {
        let frame = frame?;
        Some((frame, Flow::head(frame, context.index.title(id.as_ref()?))))
    });
    named.collect()
}

fn item(context: Context<'_>, one: &Move, texts: &Texts) -> ItemSummary {
    let names = &texts.migration;
    let mut words = vec![kind_in_sentence(one.entity.kind, texts), names.stage(one.stage()).to_owned()];
    let needs = one.needs.iter();
    words.extend(needs.map(|need| format!("{}: {}", names.need(need.need), need_words(one, need, texts))));
    ItemSummary { standing: health(context, &one.entity).standing, words: words.join(", ") }
}

fn row_summary(
    stop: usize,
    one: &Move,
    row: &FlowRow,
    labelled: bool,
    (title, item): (String, ItemSummary),
    texts: &Texts,
) -> RowSummary {
    let progress = one.stage();
    // Where the line runs below its box, there is no room for words.
    let is_narrow = row.line[0].0 < row.place.right();
    let word = if is_narrow { "" } else { texts.migration.stage(progress) };
    let word = fitted(&format!("{} {word}", progress_sign(progress)), row.end.width - 12, WORD_LETTERS);
    let marks = one.needs.iter().zip(&row.marks);
    RowSummary {
        shown: BoxSummary {
            stop,
            standing: item.standing,
            place: row.place,
            name: row.name.clone(),
            title,
            words: item.words,
            near: Vec::new(),
        },
        progress,
        line: row.line,
        marks: marks.map(|(need, at)| mark(one, need, *at, is_narrow, labelled, texts)).collect(),
        end: row.end,
        word: word.trim_end().to_owned(),
    }
}

fn mark(
    one: &Move,
    need: &Prerequisite,
    at: (i32, i32),
    is_narrow: bool,
    labelled: bool,
    texts: &Texts,
) -> MarkSummary {
    let name = texts.migration.need(need.need);
    let words = need_words(one, need, texts);
    let (sign, class) = match (need.need, one.disposition.as_deref()) {
        (Need::Decision, Some(word)) => (disposition_sign(word), "decided"),
        (Need::Decision, None) => ("?", "undecided"),
        _ => (sign(need.standing), need.standing.as_str()),
    };
    let has_word = need.need == Need::Decision && !is_narrow;
    MarkSummary {
        class,
        title: format!("{name}, {words}"),
        text: if has_word { format!("{sign} {words}") } else { sign.to_owned() },
        at,
        half: if has_word { WIDE_MARK } else { NARROW_MARK },
        name: labelled.then(|| fitted(name, NEED_ROOM, NEED_LETTERS)),
    }
}

/// What is known of a need.
fn need_words<'a>(one: &'a Move, need: &Prerequisite, texts: &'a Texts) -> &'a str {
    match (need.need, &one.disposition) {
        (Need::Decision, Some(word)) => texts.migration.disposition(word),
        (Need::Decision, None) => texts.undecided,
        _ => texts.standing(need.standing),
    }
}

/// The sign of a disposition, readable without colour.
fn disposition_sign(word: &str) -> &'static str {
    match word {
        "replace" => "⇄",
        "retire" => "⊘",
        _ => "→",
    }
}

/// The sign of how far something has come, readable without colour.
const fn progress_sign(progress: Progress) -> &'static str {
    match progress {
        Progress::Undecided => "?",
        Progress::Blocked => "!",
        Progress::Ready => "▸",
        Progress::Moving => "→",
        Progress::Moved => sign(Standing::Proven),
    }
}
