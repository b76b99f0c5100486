//! Paths into a JSON document, a small part of jq's: `.results`, `.a."b c"[0]`, `.tables[].rows[]`.

use serde::Deserialize;
use std::fmt;

/// A path to the table in a JSON document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector(Vec<Step>);

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// `.name` or `."any text"`: the value of an object's key.
    Key(String),
    /// `[0]`: an element of an array, counted from 0.
    Index(usize),
    /// `[]`: every element of an array or value of an object.
    Each,
}

impl Selector {
    /// Parses a path; the error says in a sentence fragment what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut rest = text;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let step;
            (step, rest) = next(rest).ok_or_else(|| {
                format!("{text:?} is not a path such as .results, .a.\"b c\"[0] or .tables[].rows (at {rest:?})")
            })?;
            steps.push(step);
        }
        if steps.is_empty() { Err("the path is empty".to_owned()) } else { Ok(Self(steps)) }
    }

    pub fn steps(&self) -> &[Step] {
        &self.0
    }
}

fn next(text: &str) -> Option<(Step, &str)> {
    if let Some(rest) = text.strip_prefix('[') {
        let (inside, rest) = rest.split_once(']')?;
        let step = if inside.is_empty() { Step::Each } else { Step::Index(digits(inside)?) };
        return Some((step, rest));
    }
    let rest = text.strip_prefix('.')?;
    if rest.starts_with('"') {
        let mut strings = serde_json::Deserializer::from_str(rest).into_iter::<String>();
        let key = strings.next()?.ok()?;
        return Some((Step::Key(key), &rest[strings.byte_offset()..]));
    }
    let end = rest.find(['.', '[', ']', '"']).unwrap_or(rest.len());
    let (key, rest) = rest.split_at(end);
    (!key.is_empty()).then(|| (Step::Key(key.to_owned()), rest))
}

fn digits(text: &str) -> Option<usize> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|step| match step {
            Step::Key(key) if key.contains(['.', '[', ']', '"', '\\', ' ']) => write!(f, ".{key:?}"),
            Step::Key(key) => write!(f, ".{key}"),
            Step::Index(index) => write!(f, "[{index}]"),
            Step::Each => f.write_str("[]"),
        })
    }
}

impl<'de> Deserialize<'de> for Selector {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_keys_elements_and_all_elements() {
        let steps = Selector::parse(".a.\"b c\\\"\"[12].模型[]").unwrap().0;
        let key = |text: &str| Step::Key(text.to_owned());
        assert_eq!(steps, [key("a"), key("b c\""), Step::Index(12), key("模型"), Step::Each]);
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for text in
            ["", "a", ".", "..a", ".a[", ".a]", ".a[-1]", ".a[x]", ".\"a", ".a b\"", ".[0]", ".a[99999999999999999999]"]
        {
            assert!(Selector::parse(text).is_err(), "{text:?}");
        }
    }
}
