//! The columns of a Parquet file, from the metadata at its end: enough to see that the file is whole and of the same
//! shape as before, without reading any value.
//!
//! The metadata are in Thrift's compact protocol (github.com/apache/thrift, doc/specs/thrift-compact-protocol.md), as
//! parquet.thrift (github.com/apache/parquet-format) lays them out.

use super::verify::Shape;

const MAGIC: &[u8] = b"PAR1";

/// Fields of parquet.thrift.
const FILE_SCHEMA: i64 = 2;
const ELEMENT_NAME: i64 = 4;
const ELEMENT_CHILDREN: i64 = 5;

/// Types of Thrift's compact protocol.
const STOP: u8 = 0;
const TRUE: u8 = 1;
const FALSE: u8 = 2;
const BYTE: u8 = 3;
const I16: u8 = 4;
const I64: u8 = 6;
const DOUBLE: u8 = 7;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const SET: u8 = 10;
const MAP: u8 = 11;
const STRUCT: u8 = 12;

/// Deeper nesting than any real metadata have.
const DEEPEST: u32 = 32;

/// The names of the top-level columns; the error says in a sentence fragment what is wrong with the file.
pub(super) fn columns(file: &[u8]) -> Result<Shape, String> {
    let shape = footer(file).and_then(|footer| Reader { rest: footer }.file_columns());
    match shape {
        Some(shape) if !shape.is_empty() => Ok(shape),
        _ => Err("is not a whole Parquet file".to_owned()),
    }
}

/// The metadata: before the length (four bytes) and the magic word at the end.
fn footer(file: &[u8]) -> Option<&[u8]> {
    let rest = file.strip_prefix(MAGIC)?.strip_suffix(MAGIC)?;
    let (rest, length) = rest.split_last_chunk::<4>()?;
    let start = rest.len().checked_sub(u32::from_le_bytes(*length) as usize)?;
    rest.get(start..)
}

struct Reader<'a> {
    rest: &'a [u8],
}

/// An element of the schema: name and number of children.
#[derive(Default)]
struct Element {
    name: String,
    children: u64,
}

impl<'a> Reader<'a> {
    fn file_columns(&mut self) -> Option<Shape> {
        let mut last = 0;
        loop {
            let (kind, field) = self.field(last)?;
            last = field;
            match (kind, field) {
                (STOP, _) => return None,
                (LIST, FILE_SCHEMA) => return self.schema(),
                _ => self.skip(kind, 0)?,
            }
        }
    }

    /// The schema is a tree, written depth first; its root is no column.
    fn schema(&mut self) -> Option<Shape> {
        let (kind, length) = self.list()?;
        let mut columns = Shape::new();
        // How many children are still to come, at each depth.
        let mut open: Vec<u64> = Vec::new();
        for _ in 0..length {
            let element = (kind == STRUCT).then(|| self.element())??;
            if let Some(left) = open.last_mut() {
                *left = left.checked_sub(1)?;
            }
            if open.len() == 1 {
                columns.insert(element.name);
            }
            if element.children > 0 || open.is_empty() {
                open.push(element.children);
            }
            while open.last() == Some(&0) {
                open.pop();
            }
        }
        Some(columns)
    }

    fn element(&mut self) -> Option<Element> {
        let mut element = Element::default();
        let mut last = 0;
        loop {
            let (kind, field) = self.field(last)?;
            last = field;
            match (kind, field) {
                (STOP, _) => return Some(element),
                (BINARY, ELEMENT_NAME) => element.name = std::str::from_utf8(self.binary()?).ok()?.to_owned(),
                (I16..=I64, ELEMENT_CHILDREN) => element.children = u64::try_from(self.integer()?).ok()?,
                _ => self.skip(kind, 0)?,
            }
        }
    }

    /// The type and number of the next field, after the field numbered `last`.
    fn field(&mut self, last: i64) -> Option<(u8, i64)> {
        let head = self.byte()?;
        let (step, kind) = (head >> 4, head & 15);
        let field = match (kind, step) {
            (STOP, _) => last,
            (_, 0) => self.integer()?,
            (_, step) => last.checked_add(i64::from(step))?,
        };
        Some((kind, field))
    }

    /// The type and number of a list's elements.
    fn list(&mut self) -> Option<(u8, u64)> {
        let head = self.byte()?;
        let length = if head >> 4 == 15 { self.varint()? } else { u64::from(head >> 4) };
        Some((head & 15, length))
    }

    fn skip(&mut self, kind: u8, depth: u32) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        match kind {
            TRUE | FALSE => {}
            BYTE => drop(self.byte()?),
            I16..=I64 => drop(self.varint()?),
            DOUBLE => drop(self.bytes(8)?),
            BINARY => drop(self.binary()?),
            LIST | SET => {
                let (kind, length) = self.list()?;
                for _ in 0..length {
                    self.skip_element(kind, depth)?;
                }
            }
            MAP => {
                let length = self.varint()?;
                let kinds = if length > 0 { self.byte()? } else { 0 };
                for _ in 0..length {
                    self.skip_element(kinds >> 4, depth)?;
                    self.skip_element(kinds & 15, depth)?;
                }
            }
            STRUCT => {
                let mut last = 0;
                loop {
                    let (kind, field) = self.field(last)?;
                    last = field;
                    if kind == STOP {
                        break;
                    }
                    self.skip(kind, depth + 1)?;
                }
            }
            _ => return None,
        }
        Some(())
    }

    /// In lists and maps a truth value takes a byte.
    fn skip_element(&mut self, kind: u8, depth: u32) -> Option<()> {
        if matches!(kind, TRUE | FALSE) { self.byte().map(drop) } else { self.skip(kind, depth + 1) }
    }

    fn binary(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.varint()?).ok()?;
        self.bytes(length)
    }

    fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(bytes)
    }

    fn byte(&mut self) -> Option<u8> {
        self.bytes(1)?.first().copied()
    }

    /// A number in base 128, the least significant digit first.
    fn varint(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A number with a sign, of which the last bit is the sign.
    fn integer(&mut self) -> Option<i64> {
        let number = self.varint()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file whose schema is: root with the columns `model` and `scores`, the latter with the child `item`.
    fn file() -> Vec<u8> {
        let mut meta = vec![0x15, 2, 0x19, 0x4c]; // version 1; a list of four structures
        for (name, children) in [("root", 2), ("model", 0), ("scores", 1), ("item", 0)] {
            meta.extend([0x48, name.len() as u8]);
            meta.extend(name.as_bytes());
            if children > 0 {
                meta.extend([0x15, children * 2]);
            }
            meta.push(0);
        }
        meta.extend([0x16, 6, 0]); // three rows
        let length = (meta.len() as u32).to_le_bytes();
        [b"PAR1".as_slice(), b"values", &meta, &length, b"PAR1"].concat()
    }

    #[test]
    fn the_columns_are_the_children_of_the_root() {
        assert_eq!(columns(&file()).unwrap().into_iter().collect::<Vec<_>>(), ["model", "scores"]);
    }

    #[test]
    fn a_broken_file_is_refused_at_any_length_and_with_any_byte_changed() {
        let file = file();
        for length in 0..file.len() {
            assert!(columns(&file[..length]).is_err(), "{length}");
        }
        for place in 0..file.len() {
            for value in [0, 0x0c, 0x7f, 0xff] {
                let mut changed = file.clone();
                changed[place] = value;
                let _ = columns(&changed);
            }
        }
    }

    #[test]
    fn a_list_that_claims_to_be_endless_ends_with_the_file() {
        let meta = [0x19, 0xf1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f];
        let length = (meta.len() as u32).to_le_bytes();
        assert!(columns(&[b"PAR1".as_slice(), &meta, &length, b"PAR1"].concat()).is_err());
    }
}
