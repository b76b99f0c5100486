//! Places for labels that meet neither each other nor the marks. What does not fit is left out.

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
}

/// Between a mark and its label.
const GAP: i32 = 4;

impl Labels {
    pub(super) fn new(frame: Rect) -> Self {
        Self { frame, taken: Vec::new() }
    }

    /// No label will be put here.
    pub(super) fn take(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    /// A place for a label of this size beside a mark: to its right, its left, above, below, and at its corners. `None`
    /// where all of them are taken or outside.
    pub(super) fn place(&mut self, (x, y): (i32, i32), radius: i32, (width, height): (i32, i32)) -> Option<Rect> {
        let (right, left) = (x + radius + GAP, x - radius - GAP - width);
        let (above, below) = (y - radius - GAP - height, y + radius + GAP);
        let (centre, middle) = (x - width / 2, y - height / 2);
        let corners = [(right, middle), (left, middle), (centre, above), (centre, below)];
        let near = [(x, above), (x, below), (x - width, above), (x - width, below)];
        let place = corners.into_iter().chain(near).find_map(|(left, top)| {
            let rect = Rect { left, top, right: left + width, bottom: top + height };
            (self.frame.holds(&rect) && !self.taken.iter().any(|other| other.meets(&rect))).then_some(rect)
        })?;
        self.taken.push(place);
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
        let placed: Vec<Rect> = marks.iter().filter_map(|mark| labels.place(*mark, 4, (60, 12))).collect();
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
        let right = labels.place((100, 100), 4, (40, 12));
        assert_eq!(right, Some(Rect { left: 108, top: 94, right: 148, bottom: 106 }));
        let left = labels.place((100, 100), 4, (40, 12));
        assert_eq!(left, Some(Rect { left: 52, top: 94, right: 92, bottom: 106 }));
    }

    #[test]
    fn a_label_without_room_is_left_out() {
        let mut labels = Labels::new(FRAME);
        assert_eq!(labels.place((150, 100), 4, (301, 12)), None);
        labels.take(FRAME);
        assert_eq!(labels.place((150, 100), 4, (10, 10)), None);
    }
}
