//! The model of a run: its name, and what sets it apart from others of that name.

use crate::formats::json::{Json, Look, Object};
use crate::formats::names;
use crate::record::{ModelName, Part};

/// As the file names it; otherwise as its folder is called.
pub fn model(root: &Object, path: &str) -> Option<ModelName> {
    let config = root.object("config");
    let stated = (root.text("model_name"))
        .or_else(|| named_by_arguments(config?))
        .or_else(|| config?.text("model"))
        .or_else(|| root.text("model"));
    named(stated, config, path)
}

/// As the arguments of a run name it; otherwise as its folder is called.
pub fn model_of(config: Option<&Object>, path: &str) -> Option<ModelName> {
    named(config.and_then(named_by_arguments), config, path)
}

fn named_by_arguments(config: &Object) -> Option<&str> {
    let arguments = ["peft", "delta", "pretrained", "model", "path", "engine"];
    arguments.into_iter().find_map(|key| argument(config, key))
}

fn named(stated: Option<&str>, config: Option<&Object>, path: &str) -> Option<ModelName> {
    let argument = |key| config.and_then(|config| argument(config, key));
    let raw = stated.map(str::to_owned).or_else(|| names::model_of_folder(names::folder(path)?))?;
    let stated = |key| config.and_then(|config| config.text(key));
    // "main" moves with every commit: it names no one set of weights.
    let revision = [stated("model_revision"), stated("model_sha"), argument("revision")];
    let revision = revision.into_iter().flatten().find(|revision| *revision != "main");
    let precision = argument("dtype").filter(|dtype| *dtype != "auto").or_else(|| stated("model_dtype"));
    let precision = precision.map(|dtype| dtype.strip_prefix("torch.").unwrap_or(dtype));
    let model = ModelName::new(raw).with_any(Part::Revision, revision).with_any(Part::Precision, precision);
    Some(model.with_any(Part::Quantisation, config.and_then(quantisation)))
}

/// An entry of `model_args`, which is `key=value,key=value` or, in newer files, an object.
pub fn argument<'a>(config: &'a Object, key: &str) -> Option<&'a str> {
    match config.get("model_args")? {
        Json::String(arguments) => arguments
            .split(',')
            .find_map(|argument| argument.trim().strip_prefix(key)?.strip_prefix('='))
            .filter(|value| !value.is_empty()),
        Json::Object(arguments) => arguments.text(key),
        _ => None,
    }
}

/// What the weights were compressed to on loading.
pub fn quantisation(config: &Object) -> Option<&'static str> {
    let loaded = [("load_in_8bit", "8-bit"), ("load_in_4bit", "4-bit")];
    let is_set = |key: &str| {
        let typed = config.object("model_args").and_then(|arguments| arguments.get(key));
        argument(config, key) == Some("True") || typed == Some(&Json::Bool(true))
    };
    loaded.into_iter().find(|(key, _)| is_set(key)).map(|(_, bits)| bits)
}
