//! Spoiling files: a seed gives the same sequence on every machine.

use serde_json::{Map, Value as Json};

/// SplitMix64.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below `most`; 0 if that is 0.
    fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }

    fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

/// What stands where a value stood, in a text of any syntax.
const TOKENS: [&str; 40] = [
    "",
    " ",
    "0",
    "-1",
    "1e999999",
    "-1e-999999",
    "1e5",
    "99999999999999999999999999999999",
    "0.00000000000000000000000000000000000000000001",
    "18446744073709551616",
    "-9223372036854775809",
    "4294967296",
    "NaN",
    "Infinity",
    "-Infinity",
    ".nan",
    "null",
    "true",
    "\"\"",
    "\"\u{7f}\"",
    "\"天梯 é \u{1f600}\"",
    "\"N/A\"",
    "\"0.5\"",
    "[]",
    "{}",
    "[[[[[[[[[[]]]]]]]]]]",
    "{\"\":{\"\":{\"\":{\"\":null}}}}",
    "\"",
    "'",
    "\\",
    "|",
    ",",
    ",,,,,,,,",
    "\n",
    "\r\n\r\n",
    "\t",
    "\0",
    "---\n",
    "&a [*a, *a]",
    "__/--|@:(=)[.](…)../..",
];

/// What stands where a value of a JSON text stood. Texts that start with `bare` are written without quotes.
fn hostile_json(random: &mut Random) -> Json {
    const BARE: [&str; 9] = ["NaN", "Infinity", "-Infinity", "1e999999", "-1e-999999", "1E+5", "0.10", "1e5", "-0"];
    const TEXTS: [&str; 14] =
        ["", " ", "天梯", "é", "\u{7f}", "N/A", "0.5", "-1", "nan", "a/b", "__", "../..", "2024-13-45", "x,y|z\n\"q\""];
    match random.below(8) {
        0 => Json::Null,
        1 => Json::Bool(random.below(2) == 0),
        2 => Json::from(random.next()),
        3 => Json::from(random.below(3) as i64 - 1),
        4 => format!("bare{}", random.one_of(&BARE)).into(),
        5 => random.one_of(&TEXTS).into(),
        6 => [Json::Array(Vec::new()), Json::Object(Map::new())][random.below(2)].clone(),
        _ => (0..1 + random.below(100)).fold(Json::from(1), |inner, level| match level % 2 {
            0 => Json::Array(vec![inner]),
            _ => Json::Object(Map::from_iter([("x".to_owned(), inner)])),
        }),
    }
}

fn size(json: &Json) -> usize {
    1 + match json {
        Json::Array(items) => items.iter().map(size).sum(),
        Json::Object(object) => object.values().map(size).sum(),
        _ => 0,
    }
}

/// The `at`-th value of a tree, counted from its root.
fn nth<'a>(json: &'a mut Json, at: &mut usize) -> Option<&'a mut Json> {
    if *at == 0 {
        return Some(json);
    }
    *at -= 1;
    match json {
        Json::Array(items) => items.iter_mut().find_map(|item| nth(item, at)),
        Json::Object(object) => object.values_mut().find_map(|value| nth(value, at)),
        _ => None,
    }
}

fn pick<'a>(json: &'a mut Json, random: &mut Random) -> &'a mut Json {
    let mut at = random.below(size(json));
    nth(json, &mut at).expect("a tree has as many values as were counted")
}

fn spoil_json(json: &mut Json, random: &mut Random) {
    let other = pick(json, random).clone();
    let value = pick(json, random);
    match (random.below(8), value) {
        (0, Json::Array(items)) if !items.is_empty() => drop(items.remove(random.below(items.len()))),
        (1, Json::Array(items)) if !items.is_empty() => items.push(items[random.below(items.len())].clone()),
        (2, Json::Array(items)) => items.push(hostile_json(random)),
        (0 | 1, Json::Object(object)) => {
            if let Some(key) = object.keys().nth(random.below(object.len())).cloned() {
                object.remove(&key);
            }
        }
        (2 | 3, Json::Object(object)) => {
            if let Some(key) = object.keys().nth(random.below(object.len())).cloned() {
                let value = object.get(&key).cloned().unwrap_or_default();
                let renamed =
                    [String::new(), format!("{key}/~"), key.to_uppercase(), format!("{key},none"), "|".into()];
                object.insert(renamed[random.below(renamed.len())].clone(), value);
            }
        }
        (4, Json::Object(object)) => {
            for value in object.values_mut() {
                *value = hostile_json(random);
            }
        }
        (5, value) => *value = other,
        (_, value) => *value = hostile_json(random),
    }
}

/// JSON as Python writes it.
fn written(json: &Json) -> String {
    let text = json.to_string();
    let mut parts = text.split("\"bare");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + &part.replacen('"', "", 1))
}

fn spoilt_json(text: &str, random: &mut Random) -> Option<String> {
    let spoil = |text: &str, random: &mut Random| -> Option<String> {
        let mut json: Json = serde_json::from_str(text).ok()?;
        for _ in 0..1 + random.below(3) {
            spoil_json(&mut json, random);
        }
        Some(written(&json))
    };
    if let Some(text) = spoil(text, random) {
        return Some(text);
    }
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = random.below(lines.len());
    *lines.get_mut(at)? = spoil(lines.get(at)?, random)?;
    Some(lines.join("\n"))
}

/// Runs of characters that are values or names in any syntax, and each other character by itself.
fn tokens(text: &str) -> Vec<&str> {
    let is_part = |c: char| c.is_alphanumeric() || "._-+".contains(c);
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = if is_part(first) { rest.find(|c| !is_part(c)).unwrap_or(rest.len()) } else { first.len_utf8() };
        let (token, after) = rest.split_at(end);
        tokens.push(token);
        rest = after;
    }
    tokens
}

fn spoilt_pieces(mut pieces: Vec<&str>, between: &str, random: &mut Random) -> String {
    for _ in 0..1 + random.below(3) {
        if pieces.is_empty() {
            break;
        }
        let (at, other) = (random.below(pieces.len()), random.below(pieces.len()));
        match random.below(6) {
            0 => drop(pieces.remove(at)),
            1 => pieces.insert(at, pieces[other]),
            2 => pieces.swap(at, other),
            3 => pieces.insert(at, random.one_of(&TOKENS)),
            _ => pieces[at] = random.one_of(&TOKENS),
        }
    }
    pieces.join(between)
}

fn spoilt_bytes(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..1 + random.below(4) {
        if bytes.is_empty() {
            break;
        }
        let at = random.below(bytes.len());
        let end = (at + 1 + random.below(32)).min(bytes.len());
        match random.below(4) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => drop(bytes.drain(at..end)),
            2 => bytes.splice(at..at, bytes[at..end].to_vec()).for_each(drop),
            _ => bytes[at] = random.next() as u8,
        }
    }
    bytes
}

/// A file with one to four faults: by its JSON, its lines, its words, or its bytes.
pub fn spoilt(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(bytes) else { return spoilt_bytes(bytes, random) };
    let kind = random.below(8);
    let json = if kind < 4 { spoilt_json(text, random) } else { None };
    match (json, kind) {
        (Some(text), _) => text.into_bytes(),
        (None, 0 | 4) => spoilt_bytes(bytes, random),
        (None, 1 | 5) => spoilt_pieces(text.split('\n').collect(), "\n", random).into_bytes(),
        (None, _) => spoilt_pieces(tokens(text), "", random).into_bytes(),
    }
}
