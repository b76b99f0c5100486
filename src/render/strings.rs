//! The words of the interface in one language.

use crate::diagnostic::{Diagnostic, Diagnostics, Position};
use crate::language::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::{Expression, InlineExpression, PatternElement};
use foldhash::{HashMap, HashMapExt};
use std::collections::{BTreeMap, BTreeSet};
use unic_langid::LanguageIdentifier;

/// A theme's strings in one language.
pub struct Strings {
    bundle: FluentBundle<FluentResource>,
    keys: BTreeSet<String>,
    /// Messages that take no arguments, formatted once: they are most of what pages ask for.
    plain: HashMap<String, String>,
}

impl Strings {
    /// Parses Fluent files; a later file overrides an earlier one, message by message. What cannot be parsed becomes a
    /// diagnostic.
    pub fn new<'a>(
        language: Language,
        files: impl Iterator<Item = (&'a str, &'a str)>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let locale: LanguageIdentifier = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        bundle.set_use_isolating(false);
        let mut keys = BTreeSet::new();
        for (path, text) in files {
            let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, errors)| {
                for error in errors {
                    let position = Position::of(text, error.pos.start);
                    diagnostics.push(Diagnostic::error("broken-fluent", path, error.kind.to_string()).at(position));
                }
                resource
            });
            let mut own = BTreeSet::new();
            for (number, key) in (1..).zip(text.lines()).filter_map(|(number, line)| Some((number, message_key(line)?)))
            {
                if !own.insert(key) {
                    let message = format!("{key:?} is in this file already");
                    let position = Position { line: number, column: 1 };
                    diagnostics.push(
                        Diagnostic::error("repeated-string", path, message).at(position).hint("take one of them out"),
                    );
                }
            }
            keys.extend(own.into_iter().map(str::to_owned));
            bundle.add_resource_overriding(resource);
        }
        let mut strings = Self { bundle, keys, plain: HashMap::new() };
        let plain = strings.keys.iter().filter_map(|key| Some((key.clone(), strings.format(key, None)?)));
        strings.plain = plain.collect();
        strings
    }

    /// The names of all messages.
    pub fn keys(&self) -> &BTreeSet<String> {
        &self.keys
    }

    /// The message `key`, if it takes no arguments.
    pub fn plain(&self, key: &str) -> Option<&str> {
        self.plain.get(key).map(String::as_str)
    }

    /// The message `key` with its arguments; `None` when there is no such message.
    pub fn get(&self, key: &str, arguments: Option<&FluentArgs>) -> Option<String> {
        self.plain.get(key).cloned().or_else(|| self.format(key, arguments))
    }

    fn format(&self, key: &str, arguments: Option<&FluentArgs>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, arguments, &mut errors);
        errors.is_empty().then(|| text.into_owned())
    }

    /// The message `key`, which the built-in theme has, with text and number arguments.
    pub fn say<const N: usize>(&self, key: &str, arguments: [(&str, Argument); N]) -> String {
        let mut fluent = FluentArgs::new();
        for (name, argument) in arguments {
            match argument {
                Argument::Text(text) => fluent.set(name.to_owned(), text.to_owned()),
                Argument::Number(number) => fluent.set(name.to_owned(), number as u64),
            }
        }
        self.get(key, Some(&fluent)).unwrap_or_else(|| key.to_owned())
    }

    /// The name of a section of the articles: the message `section-<id>`, or else the id.
    pub fn section(&self, id: &str) -> String {
        self.get(&format!("section-{id}"), None).unwrap_or_else(|| id.to_owned())
    }

    /// The messages for the script, by their keys without `script-`. Arguments stay as `{name}`, for the script to fill;
    /// plurals and the like are for messages that are filled here.
    pub fn of_script(&self) -> BTreeMap<&str, String> {
        let message = |key: &'_ str| {
            let pattern = self.bundle.get_message(key)?.value()?;
            let mut arguments = FluentArgs::new();
            for element in &pattern.elements {
                if let PatternElement::Placeable {
                    expression: Expression::Inline(InlineExpression::VariableReference { id }),
                } = element
                {
                    arguments.set(id.name, format!("{{{}}}", id.name));
                }
            }
            self.get(key, Some(&arguments))
        };
        let keys = self.keys.iter().filter_map(|key| Some((key.strip_prefix("script-")?, key)));
        keys.filter_map(|(short, key)| Some((short, message(key)?))).collect()
    }

    /// The message `key`, which the built-in theme has and which takes no arguments.
    pub fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.plain(key).unwrap_or(key)
    }
}

/// What a message is told.
#[derive(Clone, Copy)]
pub enum Argument<'a> {
    Text(&'a str),
    Number(usize),
}

/// The key of a line that starts a message.
fn message_key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let starts = key.starts_with(|c: char| c.is_ascii_alphabetic());
    (starts && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FTL: &str = "models = { $n ->\n    [one] { $n } model\n   *[other] { $n } models\n }\nname = Tianti { $x }\n";

    #[test]
    fn messages_take_arguments_and_plurals() {
        let mut diagnostics = Diagnostics::default();
        let strings = Strings::new(Language::En, [("en.ftl", FTL)].into_iter(), &mut diagnostics);
        assert!(diagnostics.is_empty());
        assert_eq!(strings.say("models", [("n", Argument::Number(1))]), "1 model");
        assert_eq!(strings.say("models", [("n", Argument::Number(2))]), "2 models");
        assert_eq!(strings.say("name", [("x", Argument::Text("<b>"))]), "Tianti <b>");
        assert_eq!(strings.get("nothing", None), None);
        assert_eq!(strings.keys().len(), 2);
    }

    #[test]
    fn messages_for_the_script_keep_their_arguments() {
        let ftl = "script-shown = { $rows } of { $all }\nscript-x = plain\nother = y\n";
        let strings = Strings::new(Language::En, [("en.ftl", ftl)].into_iter(), &mut Diagnostics::default());
        let words = strings.of_script();
        assert_eq!(words.into_iter().collect::<Vec<_>>(), [("shown", "{rows} of {all}".into()), ("x", "plain".into())]);
    }

    #[test]
    fn a_later_file_overrides_and_what_is_broken_or_there_twice_is_reported() {
        let mut diagnostics = Diagnostics::default();
        let files = [("a.ftl", FTL), ("b.ftl", "name = Own\n= broken\n")];
        let strings = Strings::new(Language::En, files.into_iter(), &mut diagnostics);
        assert_eq!(strings.word("name"), "Own");
        assert_eq!(diagnostics.errors(), 1);
        Strings::new(Language::En, [("c.ftl", "name = Own\nother = x\nname = Twice\n")].into_iter(), &mut diagnostics);
        assert_eq!(diagnostics.errors(), 2);
    }
}
