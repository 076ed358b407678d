//! What part of a picture a reader looks at, and how near.

use super::rect::Rect;

/// The least and the most that a picture can be zoomed to, in percent.
const LEAST: i32 = 50;
const MOST: i32 = 400;

/// A reader's view of a picture: how near, and what lies in the upper left corner.
///
/// It is kept as a text, and reads back; what is no viewport reads as the whole picture.
///
/// ```
/// use ops_model::graph::Viewport;
/// let near = Viewport::default().zoomed(200, (100, 50), (400, 300));
/// assert_eq!(near, Viewport { x: -100, y: -50, percent: 200 });
/// assert_eq!(Viewport::parse(&near.print()), near);
/// assert_eq!(Viewport::parse("nonsense"), Viewport::default());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Viewport {
    /// Where the picture's left edge is, in px of the page.
    pub x: i32,
    /// Where its upper edge is.
    pub y: i32,
    /// How large it is drawn, in percent.
    pub percent: i32,
}

impl Default for Viewport {
    fn default() -> Self {
        Self { x: 0, y: 0, percent: 100 }
    }
}

impl Viewport {
    /// Reads what [`Self::print`] wrote.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut numbers = text.split(' ').map(|number| number.parse::<i32>().ok());
        match (numbers.next().flatten(), numbers.next().flatten(), numbers.next().flatten()) {
            (Some(x), Some(y), Some(percent)) => Self { x, y, percent: percent.clamp(LEAST, MOST) },
            _ => Self::default(),
        }
    }

    /// A text that reads back.
    #[must_use]
    pub fn print(self) -> String {
        format!("{} {} {}", self.x, self.y, self.percent)
    }

    /// Whether the whole picture is shown in its own size.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self == Self::default()
    }

    /// The SVG transformation that gives this view.
    #[must_use]
    pub fn transform(self) -> String {
        // The view is kept in percent: a scale of a hundredth comes first.
        format!("translate({} {}) scale(.01) scale({})", self.x, self.y, self.percent)
    }

    /// Nearer or farther by `percent` of what it is, around a point of the page that stays where it is.
    #[must_use]
    pub fn zoomed(self, percent: i32, around: (i32, i32), size: (i32, i32)) -> Self {
        let wanted = self.percent.saturating_mul(percent) / 100;
        let to = wanted.clamp(LEAST, MOST);
        let moved = |edge: i32, point: i32| point - (point - edge).saturating_mul(to) / self.percent.max(1);
        Self { x: moved(self.x, around.0), y: moved(self.y, around.1), percent: to }.kept(size)
    }

    /// Moved by so many px of the page.
    #[must_use]
    pub fn panned(self, x: i32, y: i32, size: (i32, i32)) -> Self {
        Self { x: self.x.saturating_add(x), y: self.y.saturating_add(y), ..self }.kept(size)
    }

    /// Moved as little as shows a box of the picture.
    #[must_use]
    pub fn showing(self, place: Rect, size: (i32, i32)) -> Self {
        let on_page = |at: i32| at.saturating_mul(self.percent) / 100;
        let least = |edge: i32, start: i32, end: i32, room: i32| {
            let (start, end) = (edge + on_page(start), edge + on_page(end));
            if start < 0 {
                -start
            } else if end > room {
                (room - end).max(-start)
            } else {
                0
            }
        };
        let x = least(self.x, place.x, place.right(), size.0);
        let y = least(self.y, place.y, place.bottom(), size.1);
        self.panned(x, y, size)
    }

    /// Kept so that the picture cannot be pushed out of sight: a smaller one stays within its frame,
    /// a larger one leaves no margin.
    fn kept(self, size: (i32, i32)) -> Self {
        let keep = |edge: i32, room: i32| {
            let slack = room - room.saturating_mul(self.percent) / 100;
            edge.clamp(slack.min(0), slack.max(0))
        };
        Self { x: keep(self.x, size.0), y: keep(self.y, size.1), ..self }
    }
}
