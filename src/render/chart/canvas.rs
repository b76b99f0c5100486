//! What charts are drawn on: a plotters backend that writes SVG to stand in a page.
//!
//! Colours are classes, which the theme's style sheet fills, so that charts follow light and dark. Shapes of one class
//! that follow each other become one path. Without fonts at build time text is measured by rule, after a wide one: a Han
//! character is as wide as it is high, a Latin one mostly over half.

use super::super::markup::push_text;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendTextStyle, DrawingErrorKind};
use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt::Write;

/// The height of text, in SVG user units.
pub(super) const FONT: i32 = 12;

/// What a shape is drawn in: a class of the style sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// Text.
    Text,
    /// Text among the marks.
    Name,
    Muted,
    Grid,
    /// What the chart is about.
    Accent,
    /// The same, of which there is less to say.
    Faint,
    /// The score of guessing.
    Chance,
    /// A ground behind some rows.
    Band,
    /// Takes the pointer and shows nothing.
    Hit,
}

const INKS: [(Ink, &str); 9] = [
    (Ink::Text, "ink"),
    (Ink::Name, "name"),
    (Ink::Muted, "muted"),
    (Ink::Grid, "grid"),
    (Ink::Accent, "accent"),
    (Ink::Faint, "faint"),
    (Ink::Chance, "chance"),
    (Ink::Band, "band"),
    (Ink::Hit, "hit"),
];

impl Ink {
    /// The colour that stands for the ink while plotters has it.
    fn colour(self) -> RGBColor {
        let place = INKS.iter().position(|(ink, _)| *ink == self).unwrap_or_default();
        RGBColor(place as u8, 0, 0)
    }

    fn class(colour: BackendColor) -> &'static str {
        INKS.get(usize::from(colour.rgb.0)).map_or("ink", |(_, class)| class)
    }
}

/// The side of a place on which a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Ends at the place.
    Left,
    /// Starts at the place.
    Right,
    /// In the middle of it.
    Centre,
}

/// A drawing under way. Writing to memory cannot fail and no font is asked, so that drawing has no errors.
pub(super) struct Sketch<'a> {
    area: DrawingArea<Canvas<'a>, Shift>,
    svg: &'a RefCell<String>,
}

/// The SVG, without its outermost element, of what `paint` draws on an area of this width and height.
pub(super) fn drawn(size: (i32, i32), paint: impl FnOnce(&Sketch)) -> String {
    let svg = RefCell::new(String::new());
    let canvas = Canvas { svg: &svg, size: (size.0.max(1) as u32, size.1.max(1) as u32), open: None };
    paint(&Sketch { area: canvas.into_drawing_area(), svg: &svg });
    svg.into_inner()
}

impl Sketch<'_> {
    pub(super) fn line(&self, points: &[(i32, i32)], ink: Ink, width: u32) {
        let _ = self.area.draw(&PathElement::new(points.to_vec(), ink.colour().stroke_width(width)));
    }

    pub(super) fn dot(&self, centre: (i32, i32), radius: i32, ink: Ink) {
        let _ = self.area.draw(&Circle::new(centre, radius, ink.colour().filled()));
    }

    /// A dot that shows the ground.
    pub(super) fn ring(&self, centre: (i32, i32), radius: i32, ink: Ink) {
        let _ = self.area.draw(&Circle::new(centre, radius, ink.colour().stroke_width(2)));
    }

    /// A rectangle by its left upper corner, its width and its height.
    pub(super) fn block(&self, (left, top): (i32, i32), (width, height): (i32, i32), ink: Ink) {
        self.shape(&[(left, top), (left + width, top), (left + width, top + height), (left, top + height)], ink);
    }

    pub(super) fn shape(&self, points: &[(i32, i32)], ink: Ink) {
        let _ = self.area.draw(&Polygon::new(points.to_vec(), ink.colour().filled()));
    }

    /// A text whose middle has the height of `at`.
    pub(super) fn text(&self, text: &str, at: (i32, i32), side: Side, ink: Ink) {
        let horizontal = match side {
            Side::Left => HPos::Right,
            Side::Right => HPos::Left,
            Side::Centre => HPos::Center,
        };
        let style = ("sans-serif", FONT).into_font().color(&ink.colour()).pos(Pos::new(horizontal, VPos::Center));
        let _ = self.area.draw(&Text::new(text, at, style));
    }

    /// A text that runs upwards from `at`.
    pub(super) fn upward(&self, text: &str, at: (i32, i32), ink: Ink) {
        let font = ("sans-serif", FONT).into_font().transform(FontTransform::Rotate270);
        let style = font.color(&ink.colour()).pos(Pos::new(HPos::Left, VPos::Center));
        let _ = self.area.draw(&Text::new(text, at, style));
    }

    /// What `paint` draws belongs to the row `index` of the chart's table.
    pub(super) fn mark(&self, index: usize, paint: impl FnOnce()) {
        let _ = write!(self.svg.borrow_mut(), "<g data-row=\"{index}\">");
        paint();
        self.svg.borrow_mut().push_str("</g>");
    }
}

/// The estimated width of a text.
pub(super) fn width(text: &str) -> i32 {
    let em = |c: char| match c {
        c if c as u32 >= 0x2e80 => 1.0,
        'm' | 'w' | 'M' | 'W' | '%' => 0.98,
        c if c.is_ascii_uppercase() => 0.71,
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | '.' | ',' | ' ' | '-' | '(' | ')' | '·' => 0.38,
        _ => 0.63,
    };
    let ems: f64 = text.chars().map(em).sum();
    (ems * f64::from(FONT)).ceil() as i32
}

/// The text, cut with an ellipsis where it is wider than `most`.
pub(super) fn fitting(text: &str, most: i32) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut cut: String = text.to_owned();
    while cut.pop().is_some() && width(&cut) + FONT > most {}
    cut.truncate(cut.trim_end().len());
    cut + "…"
}

/// The backend.
struct Canvas<'a> {
    svg: &'a RefCell<String>,
    size: (u32, u32),
    /// What the last path was and where it ends.
    open: Option<(Path, usize)>,
}

/// The element that a run of shapes shares.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Path {
    class: &'static str,
    /// Of its stroke; absent for one that is filled.
    width: Option<u32>,
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// Ends a path.
const END: &str = "\"/>";

impl Canvas<'_> {
    fn path(&mut self, path: Path, points: impl IntoIterator<Item = BackendCoord>) {
        let mut svg = self.svg.borrow_mut();
        if self.open == Some((path, svg.len())) {
            let start = svg.len() - END.len();
            svg.truncate(start);
        } else {
            let Path { class, width } = path;
            let _ = match width {
                None => write!(svg, "<path class=\"{class} area\" d=\""),
                Some(1) => write!(svg, "<path class=\"{class}\" d=\""),
                Some(width) => write!(svg, "<path class=\"{class}\" stroke-width=\"{width}\" d=\""),
            };
        }
        let mut from: Option<BackendCoord> = None;
        for (x, y) in points {
            let _ = match from {
                None => write!(svg, "M{x} {y}"),
                Some((_, before)) if before == y => write!(svg, "H{x}"),
                Some((before, _)) if before == x => write!(svg, "V{y}"),
                Some(_) => write!(svg, "L{x} {y}"),
            };
            from = Some((x, y));
        }
        if path.width.is_none() {
            svg.push('z');
        }
        svg.push_str(END);
        self.open = Some((path, svg.len()));
    }
}

impl DrawingBackend for Canvas<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Drawn {
        self.path(Path { class: Ink::class(colour), width: None }, [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]);
        Ok(())
    }

    fn draw_line<S: plotters_backend::BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: plotters_backend::BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.path(Path { class: Ink::class(style.color()), width: Some(style.stroke_width()) }, path);
        Ok(())
    }

    fn fill_polygon<S: plotters_backend::BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.path(Path { class: Ink::class(style.color()), width: None }, path);
        Ok(())
    }

    fn draw_circle<S: plotters_backend::BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let class = Ink::class(style.color());
        let ring = if fill { "" } else { " ring" };
        let _ = write!(self.svg.borrow_mut(), "<circle class=\"{class}{ring}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>");
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Drawn {
        let mut svg = self.svg.borrow_mut();
        let class = Ink::class(style.color());
        let side = match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => " m",
            HPos::Right => " e",
        };
        // The middle of small letters and digits is about a third of the height above their line.
        let line = y + FONT / 3;
        let _ = match style.transform() {
            FontTransform::Rotate270 => {
                let line = x + FONT / 3;
                write!(
                    svg,
                    "<text class=\"{class}{side}\" x=\"{line}\" y=\"{y}\" transform=\"rotate(-90 {line} {y})\">"
                )
            }
            _ => write!(svg, "<text class=\"{class}{side}\" x=\"{x}\" y=\"{line}\">"),
        };
        push_text(&mut svg, text);
        svg.push_str("</text>");
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        _: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        Ok((width(text) as u32, FONT as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_one_ink_are_one_path_and_a_mark_ends_it() {
        let svg = drawn((50, 50), |sketch| {
            sketch.line(&[(1, 2), (1, 9)], Ink::Grid, 1);
            sketch.line(&[(5, 2), (5, 9), (7, 8)], Ink::Grid, 1);
            sketch.line(&[(5, 2), (8, 2)], Ink::Grid, 2);
            sketch.mark(3, || sketch.block((0, 0), (4, 5), Ink::Accent));
            sketch.block((9, 9), (1, 1), Ink::Accent);
        });
        assert_eq!(
            svg,
            "<path class=\"grid\" d=\"M1 2V9M5 2V9L7 8\"/><path class=\"grid\" stroke-width=\"2\" d=\"M5 2H8\"/>\
             <g data-row=\"3\"><path class=\"accent area\" d=\"M0 0H4V5H0z\"/></g>\
             <path class=\"accent area\" d=\"M9 9H10V10H9z\"/>"
        );
    }

    #[test]
    fn texts_are_escaped_and_stand_where_they_are_put() {
        let svg = drawn((50, 50), |sketch| sketch.text("a<b", (20, 10), Side::Left, Ink::Muted));
        assert_eq!(svg, "<text class=\"muted e\" x=\"20\" y=\"14\">a&lt;b</text>");
    }

    #[test]
    fn long_texts_are_cut_to_what_fits() {
        assert_eq!(fitting("abc", 100), "abc");
        let cut = fitting(&"模".repeat(60), 100);
        assert!(cut.ends_with('…') && width(&cut) <= 100, "{cut}");
    }
}
