//! Places for labels that meet neither each other nor the marks. What does not fit is left out.

use super::canvas::Side;

/// A rectangle; the right and lower sides are outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rect {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

impl Rect {
    pub(super) fn around((x, y): (i32, i32), radius: i32) -> Self {
        Self { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether a line between two places comes within a pixel of the rectangle.
    pub(super) fn is_crossed(&self, (x, y): (i32, i32), (to_x, to_y): (i32, i32)) -> bool {
        // The part of the line, from 0 to 1, that lies between the sides, then of that between top and bottom.
        let within = |(from, to): (f64, f64), start: i32, end: i32, low: i32, high: i32| {
            let (start, way) = (f64::from(start), f64::from(end - start));
            let (low, high) = (f64::from(low - 1) - start, f64::from(high + 1) - start);
            match way {
                0.0 if low < 0.0 && 0.0 < high => (from, to),
                0.0 => (1.0, 0.0),
                way => (from.max((low / way).min(high / way)), to.min((low / way).max(high / way))),
            }
        };
        let part = within((0.0, 1.0), x, to_x, self.left, self.right);
        let (from, to) = within(part, y, to_y, self.top, self.bottom);
        from < to
    }

    fn holds(&self, other: &Self) -> bool {
        self.left <= other.left && other.right <= self.right && self.top <= other.top && other.bottom <= self.bottom
    }
}

/// What is taken of a frame.
pub(super) struct Labels {
    frame: Rect,
    taken: Vec<Rect>,
    lines: Vec<[(i32, i32); 2]>,
}

/// A place for a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Where the text ends, starts or has its middle, by `side`; its middle in height.
    pub at: (i32, i32),
    pub side: Side,
    rect: Rect,
}

/// Between a mark and its label.
const GAP: i32 = 4;

impl Labels {
    pub(super) fn new(frame: Rect) -> Self {
        Self { frame, taken: Vec::new(), lines: Vec::new() }
    }

    /// No label will be put here.
    pub(super) fn take(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    /// No label will be put across this line.
    pub(super) fn take_line(&mut self, from: (i32, i32), to: (i32, i32)) {
        self.lines.push([from, to]);
    }

    /// A place for a label of this size beside a mark: to its right, its left, above, below, and at its corners. `None`
    /// where all of them are taken or outside.
    pub(super) fn place(&mut self, (x, y): (i32, i32), radius: i32, (width, height): (i32, i32)) -> Option<Place> {
        let side = radius + GAP;
        let raise = side + height / 2;
        // Just off a line that goes on from the mark.
        let shift = height / 2 + 3;
        let sides = [(x + side, y, Side::Right), (x - side, y, Side::Left)];
        let ends = [(x, y - raise, Side::Centre), (x, y + raise, Side::Centre)];
        let shifted = [
            (x + side, y - shift, Side::Right),
            (x + side, y + shift, Side::Right),
            (x - side, y - shift, Side::Left),
            (x - side, y + shift, Side::Left),
        ];
        let corners = [
            (x + GAP, y - raise, Side::Right),
            (x + GAP, y + raise, Side::Right),
            (x - GAP, y - raise, Side::Left),
            (x - GAP, y + raise, Side::Left),
        ];
        let mut places = sides.into_iter().chain(ends).chain(shifted).chain(corners).map(|(x, y, side)| {
            let left = match side {
                Side::Right => x,
                Side::Left => x - width,
                Side::Centre => x - width / 2,
            };
            let top = y - height / 2;
            Place { at: (x, y), side, rect: Rect { left, top, right: left + width, bottom: top + height } }
        });
        let place = places.find(|place| self.is_free(&place.rect))?;
        self.taken.push(place.rect);
        Some(place)
    }

    fn is_free(&self, rect: &Rect) -> bool {
        self.frame.holds(rect)
            && !self.taken.iter().any(|other| other.meets(rect))
            && !self.lines.iter().any(|[from, to]| rect.is_crossed(*from, *to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Rect = Rect { left: 0, top: 0, right: 300, bottom: 200 };

    #[test]
    fn no_two_labels_meet_and_none_leaves_the_frame_or_covers_a_mark() {
        let mut labels = Labels::new(FRAME);
        let marks: Vec<(i32, i32)> = (0..60).map(|at| (at * 37 % 300, at * 53 % 200)).collect();
        let dots: Vec<Rect> = marks.iter().map(|mark| Rect::around(*mark, 4)).collect();
        dots.iter().for_each(|dot| labels.take(*dot));
        let placed: Vec<Rect> = marks.iter().filter_map(|mark| Some(labels.place(*mark, 4, (60, 12))?.rect)).collect();
        assert!(placed.len() > 5, "{}", placed.len());
        for (index, label) in placed.iter().enumerate() {
            assert!(FRAME.holds(label), "{label:?}");
            assert!(!dots.iter().any(|dot| dot.meets(label)), "{label:?}");
            assert!(!placed[..index].iter().any(|other| other.meets(label)), "{label:?}");
        }
    }

    #[test]
    fn a_label_stands_right_of_its_mark_or_else_left() {
        let mut labels = Labels::new(FRAME);
        let right = labels.place((100, 100), 4, (40, 12)).unwrap();
        assert_eq!((right.at, right.side), ((108, 100), Side::Right));
        assert_eq!(right.rect, Rect { left: 108, top: 94, right: 148, bottom: 106 });
        let left = labels.place((100, 100), 4, (40, 12)).unwrap();
        assert_eq!((left.at, left.side), ((92, 100), Side::Left));
    }

    #[test]
    fn no_label_covers_a_line() {
        let mut labels = Labels::new(FRAME);
        labels.take_line((100, 100), (300, 100));
        labels.take_line((100, 100), (100, 200));
        assert_eq!(labels.place((100, 100), 4, (40, 12)).unwrap().side, Side::Left);
        assert_eq!(labels.place((100, 100), 4, (40, 12)).unwrap().at, (100, 86));
        let mut full = Labels::new(FRAME);
        full.take_line((0, 100), (300, 100));
        full.take(Rect { left: 0, top: 0, right: 300, bottom: 94 });
        full.take(Rect { left: 0, top: 106, right: 300, bottom: 200 });
        assert_eq!(full.place((100, 100), 4, (40, 12)), None);
    }

    #[test]
    fn a_slanting_line_crosses_what_it_passes_and_not_all_between_its_ends() {
        let rect = Rect { left: 100, top: 100, right: 140, bottom: 112 };
        for (from, to, crosses) in [
            ((0, 0), (300, 300), true),
            ((120, 300), (120, 0), true),
            ((110, 104), (120, 108), true),
            ((0, 100), (100, 0), false),
            ((0, 200), (110, 130), false),
            ((141, 0), (141, 300), false),
            ((0, 98), (300, 98), false),
            ((0, 106), (98, 106), false),
        ] {
            assert_eq!(rect.is_crossed(from, to), crosses, "{from:?} {to:?}");
        }
    }

    #[test]
    fn a_label_without_room_is_left_out() {
        let mut labels = Labels::new(FRAME);
        assert_eq!(labels.place((150, 100), 4, (301, 12)), None);
        labels.take(FRAME);
        assert_eq!(labels.place((150, 100), 4, (10, 10)), None);
    }
}
