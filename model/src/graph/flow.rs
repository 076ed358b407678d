//! A migration wave as a flow: one line for each thing that moves, from the environment that is left
//! through what has to be shown first to the environment that is entered.

use super::{
    rect::Rect,
    shelf::number,
    text::{fitted, wrapped},
};
use crate::{
    catalog::CatalogIndex,
    rules::migration::{Need, Wave},
};

/// The most lines that are drawn; what is beyond is counted.
const MOST: usize = 60;
/// Below this width a line runs under its box rather than beside it, in px.
const WIDE: i32 = 620;
const LETTERS: i32 = 13;
const ROW: i32 = 76;
const HEAD: i32 = 52;
const MARGIN: i32 = 14;
/// How wide the end of a line is at most that leads nowhere.
const RETIRED: i32 = 108;
/// What a box holds besides its name, left and right.
const BESIDE: i32 = 40;

/// A wave with every line in its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// The width, as asked for.
    pub width: i32,
    /// The height that it takes.
    pub height: i32,
    /// The frame of the environment that is left; `None` where there is no room for frames.
    pub from: Option<Rect>,
    /// The frame of the environment that is entered.
    pub to: Option<Rect>,
    /// One line for each thing that moves, in the wave's order.
    pub rows: Vec<FlowRow>,
    /// Where the names of the needs stand, in the middle of each column; empty where each line has its own.
    pub heads: Vec<(Need, i32, i32)>,
    /// Whether there is room for the name of a need below each mark.
    pub labelled: bool,
    /// How many things have no line.
    pub left_out: usize,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlowRow {
    /// The box of what moves.
    pub place: Rect,
    /// Its name, broken into lines.
    pub name: Vec<String>,
    /// Where each need is met or not, in the order of the move's needs: the middle of a mark.
    pub marks: Vec<(i32, i32)>,
    /// Where it arrives.
    pub end: Rect,
    /// Where the line begins, how far it has come, and where it ends: three points from left to right.
    pub line: [(i32, i32); 3],
}

impl Flow {
    /// What a key can lead to: the boxes of what moves.
    #[must_use]
    pub fn stops(&self) -> Vec<Rect> {
        self.rows.iter().map(|row| row.place).collect()
    }

    /// A name as long as it fits the head of a frame.
    #[must_use]
    pub fn head(frame: Rect, text: &str) -> String {
        fitted(text, frame.width - 2 * MARGIN - 22, LETTERS)
    }
}

/// Lays a wave out for a width in px.
#[must_use]
pub fn flow(index: &CatalogIndex, wave: &Wave, width: i32) -> Flow {
    let width = width.max(160);
    let plan = Plan::new(width);
    let mut y = plan.top;
    let mut rows = Vec::new();
    for one in wave.moves.iter().take(MOST) {
        let name = wrapped(index.title(&one.entity), plan.box_width - BESIDE, LETTERS);
        let height = 34 + 17 * number(name.len());
        let line_y = if plan.wide { y + ROW / 2 } else { y + height + 24 };
        let place = if plan.wide {
            Rect::new(MARGIN, y + (ROW - height) / 2, plan.box_width, height)
        } else {
            Rect::new(0, y, plan.box_width, height)
        };
        // What retires enters nothing: its line ends where the target would be asked for.
        let end = match one.needs.iter().any(|need| need.need == Need::Target) || !plan.wide {
            true => Rect::new(plan.end, line_y - 17, plan.end_width, 34),
            false => {
                let width = plan.apart.min(RETIRED) - 4;
                Rect::new(plan.mark(Need::ALL.len() - 1) - width / 2, line_y - 17, width, 34)
            }
        };
        let marks: Vec<_> = (0..one.needs.len()).map(|at| (plan.mark(at), line_y)).collect();
        let start = if plan.wide { place.right() } else { 10 };
        let reached = match (one.is_done(), one.reach()) {
            (true, _) => end.x,
            (false, 0) => start,
            (false, met) => marks.get(met - 1).map_or(start, |mark| mark.0),
        };
        y += match (plan.wide, plan.is_labelled()) {
            (true, _) => ROW,
            (false, true) => height + 76,
            (false, false) => height + 60,
        };
        rows.push(FlowRow { place, name, marks, end, line: [(start, line_y), (reached, line_y), (end.x, line_y)] });
    }
    let bottom = y + if plan.wide { 6 } else { 0 };
    let frame = |x: i32, width: i32| plan.wide.then(|| Rect::new(x, 0, width, bottom));
    Flow {
        width,
        height: bottom + 2,
        from: frame(0, plan.box_width + 2 * MARGIN),
        to: frame(plan.end - MARGIN, plan.end_width + 2 * MARGIN),
        heads: Need::ALL
            .iter()
            .enumerate()
            .filter(|_| plan.wide)
            .map(|(at, need)| (*need, plan.mark(at), 31))
            .collect(),
        rows,
        labelled: !plan.wide && plan.is_labelled(),
        left_out: wave.moves.len().saturating_sub(MOST),
    }
}

/// How the width is shared.
struct Plan {
    wide: bool,
    top: i32,
    box_width: i32,
    end: i32,
    end_width: i32,
    first: i32,
    apart: i32,
}

impl Plan {
    fn new(width: i32) -> Self {
        let count = number(Need::ALL.len());
        if width < WIDE {
            let (end, first) = (width - 35, 30);
            return Self {
                wide: false,
                top: 2,
                box_width: width,
                end,
                end_width: 34,
                first,
                apart: (end - first - 6) / count,
            };
        }
        let box_width = (width / 5).clamp(150, 236);
        let end_width = (width / 7).clamp(116, 180);
        let end = width - MARGIN - end_width;
        let start = box_width + 2 * MARGIN;
        let apart = (end - MARGIN - start) / count;
        Self { wide: true, top: HEAD, box_width, end, end_width, first: start + apart / 2, apart }
    }

    const fn is_labelled(&self) -> bool {
        self.apart >= 56
    }

    const fn mark(&self, at: usize) -> i32 {
        self.first + self.apart * at as i32
    }
}
