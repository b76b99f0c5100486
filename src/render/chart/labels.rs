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

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn holds(&self, other: &Self) -> bool {
        self.left <= other.left && other.right <= self.right && self.top <= other.top && other.bottom <= self.bottom
    }
}

/// What is taken of a frame.
pub(super) struct Labels {
    frame: Rect,
    taken: Vec<Rect>,
    /// What a label had better not cover.
    lines: Vec<Rect>,
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

    /// No label will be put across this line between two places, upright or level, if there is another place for it.
    pub(super) fn avoid(&mut self, (x, y): (i32, i32), (to_x, to_y): (i32, i32)) {
        let (left, right) = (x.min(to_x), x.max(to_x));
        let (top, bottom) = (y.min(to_y), y.max(to_y));
        self.lines.push(Rect { left: left - 1, top: top - 1, right: right + 1, bottom: bottom + 1 });
    }

    /// A place for a label of this size beside a mark: to its right, its left, above, below, and at its corners. `None`
    /// where all of them are taken or outside.
    pub(super) fn place(&mut self, (x, y): (i32, i32), radius: i32, (width, height): (i32, i32)) -> Option<Place> {
        let side = radius + GAP;
        let raise = side + height / 2;
        let sides = [(x + side, y, Side::Right), (x - side, y, Side::Left)];
        let ends = [(x, y - raise, Side::Centre), (x, y + raise, Side::Centre)];
        let corners = [
            (x, y - raise, Side::Right),
            (x, y + raise, Side::Right),
            (x, y - raise, Side::Left),
            (x, y + raise, Side::Left),
        ];
        let places = sides.into_iter().chain(ends).chain(corners).map(|(x, y, side)| {
            let left = match side {
                Side::Right => x,
                Side::Left => x - width,
                Side::Centre => x - width / 2,
            };
            let top = y - height / 2;
            Place { at: (x, y), side, rect: Rect { left, top, right: left + width, bottom: top + height } }
        });
        let meets = |others: &[Rect], place: &Place| others.iter().any(|other| other.meets(&place.rect));
        let free: Vec<Place> =
            places.filter(|place| self.frame.holds(&place.rect) && !meets(&self.taken, place)).collect();
        let place = *free.iter().find(|place| !meets(&self.lines, place)).or(free.first())?;
        self.taken.push(place.rect);
        Some(place)
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
    fn a_label_covers_a_line_only_where_there_is_no_other_place() {
        let mut labels = Labels::new(FRAME);
        labels.avoid((100, 100), (300, 100));
        labels.avoid((100, 100), (100, 200));
        assert_eq!(labels.place((100, 100), 4, (40, 12)).unwrap().side, Side::Left);
        assert_eq!(labels.place((100, 100), 4, (40, 12)).unwrap().at, (100, 86));
        let mut full = Labels::new(FRAME);
        full.avoid((0, 100), (300, 100));
        full.take(Rect { left: 0, top: 0, right: 300, bottom: 94 });
        full.take(Rect { left: 0, top: 106, right: 300, bottom: 200 });
        assert_eq!(full.place((100, 100), 4, (40, 12)).unwrap().side, Side::Right);
    }

    #[test]
    fn a_label_without_room_is_left_out() {
        let mut labels = Labels::new(FRAME);
        assert_eq!(labels.place((150, 100), 4, (301, 12)), None);
        labels.take(FRAME);
        assert_eq!(labels.place((150, 100), 4, (10, 10)), None);
    }
}
