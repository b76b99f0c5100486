//! A finished page: the template's text, with the long texts that our own code wrote, and those that many pages have
//! alike, put where the template has a mark for them. They never pass through the template engine, which would copy them
//! twice.

use super::scratch::Scratch;
use memchr::memmem::Finder;
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;
use std::sync::Arc;

/// The marks of one run. They hold a number nobody can know beforehand, so that no article or result file can contain
/// one; none is left in a page, so that pages do not depend on it.
pub(super) struct Marks {
    start: Finder<'static>,
}

/// Ends a mark.
const END: u8 = 1;

impl Marks {
    pub(super) fn new() -> Self {
        let start = format!("\u{1}{:016x}:", RandomState::new().hash_one("mark"));
        Self { start: Finder::new(start.as_bytes()).into_owned() }
    }

    /// What stands in the template's text for the slot `index`.
    fn of(&self, index: usize) -> String {
        format!("{}{index}{}", String::from_utf8_lossy(self.start.needle()), char::from(END))
    }
}

/// A text in a slot.
pub(super) enum Text {
    Own(Scratch),
    Shared(Arc<Scratch>),
    /// A piece of a text that other slots and pages have pieces of.
    Piece(Arc<Scratch>, Range<usize>),
}

impl Text {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Own(text) => text,
            Self::Shared(text) => text,
            Self::Piece(text, range) => &text[range.clone()],
        }
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::Own(text.into())
    }
}

impl From<Scratch> for Text {
    fn from(text: Scratch) -> Self {
        Self::Own(text)
    }
}

/// Texts that were written one after the other, and are put into pages one by one.
pub(super) struct Pieces {
    text: Arc<Scratch>,
    /// Where each ends.
    ends: Vec<usize>,
}

/// Where texts are written one after the other.
pub(super) struct Cut<'t> {
    pub(super) text: &'t mut String,
    ends: &'t mut Vec<usize>,
}

impl Cut<'_> {
    /// Ends a piece here and gives the number of pieces up to it.
    pub(super) fn end(&mut self) -> usize {
        self.ends.push(self.text.len());
        self.ends.len()
    }
}

impl Pieces {
    /// Calls `write` for each of `items`.
    pub(super) fn written<T>(items: impl Iterator<Item = T>, mut write: impl FnMut(&mut String, T)) -> Self {
        Self::cut(|cut| {
            for item in items {
                write(cut.text, item);
                cut.end();
            }
        })
    }

    /// What `write` writes, in the pieces that it ends.
    pub(super) fn cut(write: impl FnOnce(&mut Cut)) -> Self {
        let mut ends = Vec::new();
        let text = Scratch::text(|text| write(&mut Cut { text, ends: &mut ends }));
        Self { text: Arc::new(text), ends }
    }

    /// The piece with this index; nothing if there is none.
    pub(super) fn get(&self, index: usize) -> Text {
        let end = |index: usize| self.ends.get(index).copied().unwrap_or(self.text.len());
        let start = if index == 0 { 0 } else { end(index - 1) };
        Text::Piece(Arc::clone(&self.text), start..end(index))
    }
}

/// The texts of a page that its template puts in their places.
pub(super) struct Slots<'m> {
    marks: &'m Marks,
    /// Each slot holds texts that follow each other.
    texts: Vec<Vec<Text>>,
}

impl<'m> Slots<'m> {
    pub(super) fn new(marks: &'m Marks) -> Self {
        Self { marks, texts: Vec::new() }
    }

    /// The value by which a template refers to `texts`, one after the other.
    pub(super) fn put(&mut self, texts: Vec<Text>) -> tera::Value {
        let mark = self.marks.of(self.texts.len());
        self.texts.push(texts);
        tera::Value::safe_string(&mark)
    }

    /// The page, from the template's output.
    pub(super) fn into_sheet(self, template: Scratch) -> Sheet {
        let mut parts = Vec::with_capacity(2 * self.texts.len() + 1);
        let mut rest = 0;
        for start in self.marks.start.find_iter(&template) {
            if let Some((slot, end)) = self.slot(&template, start) {
                parts.push(Part::Template(rest..start));
                parts.push(Part::Slot(slot));
                rest = end;
            }
        }
        parts.push(Part::Template(rest..template.len()));
        Sheet { template, texts: self.texts, parts }
    }

    /// The slot whose mark starts at `start`, and where the mark ends.
    fn slot(&self, template: &[u8], start: usize) -> Option<(usize, usize)> {
        let number = start + self.marks.start.needle().len();
        let end = number + memchr::memchr(END, &template[number..])?;
        let slot = std::str::from_utf8(&template[number..end]).ok()?.parse().ok()?;
        (slot < self.texts.len()).then_some((slot, end + 1))
    }
}

/// The bytes of a page, in parts.
pub struct Sheet {
    template: Scratch,
    texts: Vec<Vec<Text>>,
    parts: Vec<Part>,
}

enum Part {
    /// A piece of the template's text.
    Template(Range<usize>),
    Slot(usize),
}

impl Sheet {
    /// The parts, in order.
    pub fn parts(&self) -> Vec<&[u8]> {
        let mut parts = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            match part {
                Part::Template(range) => parts.push(&self.template[range.clone()]),
                Part::Slot(slot) => parts.extend(self.texts[*slot].iter().map(Text::bytes)),
            }
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(sheet: &Sheet) -> String {
        String::from_utf8(sheet.parts().concat()).unwrap()
    }

    fn own(text: &str) -> Text {
        text.to_owned().into()
    }

    #[test]
    fn slots_stand_where_the_template_has_them_as_often_as_it_has_them() {
        let marks = Marks::new();
        let mut slots = Slots::new(&marks);
        let one = slots.put(vec![own("<p>1"), own("</p>")]).to_string();
        let two = slots.put(vec![Text::Shared(Arc::new("<p>2</p>".to_owned().into()))]).to_string();
        let sheet = slots.into_sheet(format!("a{two}b{one}{two}").into());
        assert_eq!(text(&sheet), "a<p>2</p>b<p>1</p><p>2</p>");
    }

    #[test]
    fn what_looks_like_a_mark_and_is_none_stays() {
        let marks = Marks::new();
        let mut slots = Slots::new(&marks);
        let mark = slots.put(vec![own("x")]).to_string();
        let other = Marks::new().of(0);
        let beyond = marks.of(7);
        let sheet = slots.into_sheet(format!("{other}{mark}{beyond}").into());
        assert_eq!(text(&sheet), format!("{other}x{beyond}"));
    }
}
