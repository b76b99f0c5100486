//! JSON lines, read one line at a time, so that a file may be larger than memory.

use super::json::{self, Json};
use super::{Opened, Reading};
use crate::diagnostic::{Diagnostic, Position};
use std::io::{self, BufRead, Read};

/// The longest line that is read, in bytes.
pub const LONGEST_LINE: u64 = 64 << 20;

/// The most bytes that are read of one file: a compressed file may stand for any number.
const MOST_BYTES: u64 = 64 << 30;

/// Faulty lines that are reported one by one.
const REPORTED: u32 = 20;

/// Lines that recognition may look at.
const FIRST: usize = 3;

/// A file with a JSON object on each line. Lines before the first that starts with `{` are a log and passed over.
pub struct JsonLines<'a> {
    first: Vec<Json>,
    open: &'a dyn Fn() -> io::Result<Opened<'a>>,
}

impl<'a> JsonLines<'a> {
    /// Reads the first lines.
    pub(super) fn new(open: &'a dyn Fn() -> io::Result<Opened<'a>>, reading: &mut Reading) -> Self {
        let mut first = Vec::new();
        let problems = reading.diagnostics.clone();
        let lines = Self { first: Vec::new(), open };
        lines.walk(reading, &mut |_, json, _| {
            first.push(json.clone());
            first.len() < FIRST
        });
        // They are reported when all lines are read; a file without one good line is read no further.
        if !first.is_empty() {
            reading.diagnostics = problems;
        }
        Self { first, open }
    }

    /// The first lines that can be read, at most three: what a format is recognised by.
    pub fn first(&self) -> &[Json] {
        &self.first
    }

    /// Calls `take` with the number, counted from 1, and the content of every line. A line that is broken, cut off or
    /// longer than 64 MiB is reported and left out.
    pub fn each(&self, reading: &mut Reading, mut take: impl FnMut(u32, &Json, &mut Reading)) {
        self.walk(reading, &mut |line, json, reading| {
            take(line, json, reading);
            true
        });
    }

    fn walk(&self, reading: &mut Reading, take: &mut dyn FnMut(u32, &Json, &mut Reading) -> bool) {
        let mut faults = 0;
        if let Err(error) = self.try_walk(reading, &mut faults, take) {
            let problem = reading.error("unreadable-file", error.to_string());
            reading.diagnostics.push(problem.hint("the lines before are read; copy the file again"));
        }
        if faults > REPORTED {
            let problem = reading.error("broken-json", format!("{} more lines cannot be read", faults - REPORTED));
            reading.diagnostics.push(problem.hint("copy the file again as its harness wrote it"));
        }
    }

    fn try_walk(
        &self,
        reading: &mut Reading,
        faults: &mut u32,
        take: &mut dyn FnMut(u32, &Json, &mut Reading) -> bool,
    ) -> io::Result<()> {
        let mut input = (self.open)()?;
        let (mut number, mut started, mut bytes) = (0u32, false, 0u64);
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            let length = input.by_ref().take(LONGEST_LINE + 1).read_until(b'\n', &mut buffer)? as u64;
            if length == 0 {
                return Ok(());
            }
            number = number.saturating_add(1);
            bytes += length;
            let too_long = length > LONGEST_LINE && !buffer.ends_with(b"\n");
            if too_long {
                bytes += input.skip_until(b'\n')? as u64;
            }
            if bytes > MOST_BYTES {
                return Err(io::Error::other("there is more than 64 GiB in it"));
            }
            let line = trimmed(&buffer);
            if line.is_empty() || !started && !line.starts_with(b"{") {
                continue;
            }
            match if too_long { Err(long_line(number, reading)) } else { parse(number, line, reading) } {
                Ok(json) => {
                    started = true;
                    if !take(number, &json, reading) {
                        return Ok(());
                    }
                }
                Err(problem) => {
                    *faults += 1;
                    if *faults <= REPORTED {
                        reading.diagnostics.push(problem);
                    }
                }
            }
        }
    }
}

fn trimmed(line: &[u8]) -> &[u8] {
    line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line).trim_ascii()
}

fn long_line(line: u32, reading: &Reading) -> Diagnostic {
    let problem = reading.error("line-too-long", "the line has more than 64 MiB").at(Position { line, column: 1 });
    problem.hint("the line is left out; write each object on a line of its own")
}

fn parse(number: u32, line: &[u8], reading: &Reading) -> Result<Json, Diagnostic> {
    let at = |column| Position { line: number, column };
    let text = std::str::from_utf8(line).map_err(|error| {
        let problem = reading.error("not-utf8", "the line is not UTF-8").at(at(error.valid_up_to() as u32 + 1));
        problem.hint("the line is left out; save the file as UTF-8")
    })?;
    json::parse(text).map_err(|broken| {
        let problem = reading.error("broken-json", format!("the line is not JSON: {}", broken.reason));
        problem.at(at(broken.position.column)).hint("the line is left out; copy the file again as its harness wrote it")
    })
}

/// Whether the start of a file shows JSON lines: one line that is an object, with another below or log lines above.
pub(super) fn are_in(head: &str) -> bool {
    let mut lines = head.split_inclusive('\n').filter(|line| !line.trim().is_empty());
    let mut log = false;
    let line = loop {
        match lines.next() {
            Some(line) if line.starts_with('{') => break line,
            // The start of an array over several lines.
            Some(line) if line.starts_with('[') && !line.contains(']') => return false,
            Some(_) => log = true,
            None => return false,
        }
    };
    // A line that the head cuts off is not known to be whole.
    let whole = line.ends_with('\n') && line.trim_end().ends_with('}');
    let mut another = || lines.next().is_some_and(|line| line.starts_with('{'));
    whole && (log || another()) && json::parse(line).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_from_documents() {
        for text in ["{\"a\":1}\n{\"a\":2}\n", "{}\n\n{\"a", "INFO 3 files\n[x] y\n{\"a\": NaN}\n"] {
            assert!(are_in(text), "{text}");
        }
        for text in
            ["", "{\n\"a\": 1}\n", "{\"a\":1}", "{\"a\":1}\n", "[\n{\"a\":1}\n,{\"a\":2}]", "{}{}\n{}\n", "x\ny"]
        {
            assert!(!are_in(text), "{text}");
        }
    }
}
