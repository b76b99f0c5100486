//! What names of models say of the variant: a revision, a precision, a quantisation, an effort, a provider.
//!
//! Only endings and beginnings that mean nothing else are listed: `-medium` is a size of GPT-2 and Whisper, so that an
//! effort of `medium` counts in brackets only. What is left when a part is taken away must be known to the catalog.

use crate::record::Part;

/// What a name says of the variant, each part once.
pub type Parts = Vec<(Part, String)>;

/// The most parts that are taken from one name.
pub(super) const MOST_PARTS: usize = 4;

/// Number formats of weights, after `_` or `-`.
const PRECISIONS: [&str; 8] = ["bfloat16", "float16", "float32", "bf16", "fp16", "fp32", "f16", "f32"];

/// What weights are compressed to, after `-`, `_`, `.` or `:`.
const QUANTISATIONS: [&str; 16] = [
    "fp8", "int8", "int4", "w8a8", "w4a16", "awq", "gptq", "gguf", "exl2", "nf4", "4bit", "8bit", "4-bit", "8-bit",
    "mxfp4", "nvfp4",
];

/// Efforts in brackets, after a space or none.
const EFFORTS: [&str; 7] = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

/// Efforts after `-` or `:`: those that are no size of a model.
const PLAIN_EFFORTS: [&str; 4] = ["minimal", "low", "high", "xhigh"];

/// Beginning, what stands in its place, and the provider.
const PROVIDERS: [(&str, &str, &str); 11] = [
    ("openai/azure/", "openai/", "azure"),
    ("anthropic/bedrock/", "anthropic/", "bedrock"),
    ("anthropic/vertex/", "anthropic/", "vertex"),
    ("google/vertex/", "google/", "vertex"),
    ("hf/", "", "hf"),
    ("together/", "", "together"),
    ("openrouter/", "", "openrouter"),
    ("fireworks/", "", "fireworks"),
    ("azure/", "", "azure"),
    ("bedrock/", "", "bedrock"),
    ("groq/", "", "groq"),
];

/// The names that are left when one more part is taken from a name from which `parts` were.
pub(super) fn without_one_part(name: &str, parts: &Parts) -> Vec<(String, Parts)> {
    let taken = [revision(name), brackets(name), ending(name), provider(name)];
    taken.into_iter().flatten().filter_map(|(left, part, value)| Some((left, with(parts, part, value)?))).collect()
}

/// `parts` and one more; a quantisation may have two words, of which the last was taken first. `None` when the part is
/// there already.
fn with(parts: &Parts, part: Part, value: &str) -> Option<Parts> {
    let mut parts = parts.clone();
    match parts.binary_search_by_key(&part, |(part, _)| *part) {
        Ok(at) if part == Part::Quantisation && !parts[at].1.contains('-') => {
            parts[at].1 = format!("{value}-{}", parts[at].1);
        }
        Ok(_) => return None,
        // "main" moves with every commit: it names no one set of weights.
        Err(_) if part == Part::Revision && value == "main" => {}
        Err(at) => parts.insert(at, (part, value.to_owned())),
    }
    Some(parts)
}

/// What is left, the part, and its value as written.
type Taken<'a> = (String, Part, &'a str);

fn taken<'a>(left: &str, part: Part, value: &'a str) -> Option<Taken<'a>> {
    let left = left.trim_end();
    (!left.is_empty() && !value.is_empty()).then(|| (left.to_owned(), part, value))
}

fn revision(name: &str) -> Option<Taken<'_>> {
    let (left, revision) = name.rsplit_once('@')?;
    taken(left, Part::Revision, revision)
}

fn brackets(name: &str) -> Option<Taken<'_>> {
    let (left, inside) = match name.strip_suffix(')') {
        Some(open) => open.rsplit_once('(')?,
        None => name.strip_suffix(']')?.rsplit_once('[')?,
    };
    let part = if is_one_of(inside, &EFFORTS) { Part::Effort } else { compression(inside)? };
    taken(left, part, inside)
}

fn ending(name: &str) -> Option<Taken<'_>> {
    // `Q4_K_M` and `4-bit` have in them what separates endings from names: the longest ending that is known counts.
    let starts = name.char_indices().filter(|(_, c)| matches!(c, '-' | '_' | '.' | ':')).map(|(start, _)| start);
    starts.collect::<Vec<_>>().into_iter().rev().take(4).rev().find_map(|start| {
        let (left, ending) = (&name[..start], &name[start + 1..]);
        let part = match name.as_bytes()[start] {
            b'-' | b':' if is_one_of(ending, &PLAIN_EFFORTS) => Part::Effort,
            _ => compression(ending)?,
        };
        taken(left, part, ending)
    })
}

fn compression(word: &str) -> Option<Part> {
    if is_one_of(word, &PRECISIONS) {
        return Some(Part::Precision);
    }
    (is_one_of(word, &QUANTISATIONS) || is_gguf_type(word)).then_some(Part::Quantisation)
}

/// `Q4_K_M`, `Q8_0`, `IQ3_XS`: the types of llama.cpp.
fn is_gguf_type(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let Some((bits, kind)) = word.strip_prefix('i').unwrap_or(&word).strip_prefix('q').and_then(|q| q.split_once('_'))
    else {
        return false;
    };
    matches!(bits, "1" | "2" | "3" | "4" | "5" | "6" | "8")
        && matches!(kind, "0" | "1" | "k" | "k_s" | "k_m" | "k_l" | "xxs" | "xs" | "s" | "m" | "nl")
}

fn provider(name: &str) -> Option<Taken<'_>> {
    PROVIDERS.iter().find_map(|(prefix, instead, provider)| {
        let start = name.get(..prefix.len())?;
        let rest = &name[prefix.len()..];
        (start.eq_ignore_ascii_case(prefix) && !rest.is_empty())
            .then(|| (format!("{instead}{rest}"), Part::Provider, *provider))
    })
}

fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}
