//! Where the links of an article lead.

use super::CONTENT;
use crate::record::id::Id;

/// What a link or image points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Web(String),
    /// A heading of the same article.
    Here(String),
    Article {
        id: Id,
        fragment: Option<String>,
    },
    Board(String),
    Model(String),
    Benchmark(String),
    /// A term of the glossary.
    Term(String),
    /// A file below `content/`, relative to the site.
    File(String),
}

/// Reads the address of a link in the article at `path` (relative to the site); the error says what is wrong with it.
pub fn parse(path: &str, address: &str) -> Result<Target, String> {
    if let Some(fragment) = address.strip_prefix('#') {
        return Ok(Target::Here(fragment.to_owned()));
    }
    if let Some((scheme, rest)) = address.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) {
        return match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" | "mailto" => Ok(Target::Web(address.to_owned())),
            "board" => Ok(Target::Board(rest.to_owned())),
            "model" => Ok(Target::Model(rest.to_owned())),
            "benchmark" => Ok(Target::Benchmark(rest.to_owned())),
            "glossary" => Ok(Target::Term(rest.to_owned())),
            _ => Err(format!("links with {scheme}: are not allowed")),
        };
    }
    let (file, fragment) = match address.split_once('#') {
        Some((file, fragment)) => (file, Some(fragment.to_owned())),
        None => (address, None),
    };
    let full = join(path, file).ok_or_else(|| format!("{address:?} leads out of {CONTENT}"))?;
    let Some(stem) = full.strip_suffix(".md") else {
        return Ok(Target::File(format!("{CONTENT}{full}")));
    };
    let stem =
        stem.rsplit_once('.').filter(|(_, language)| matches!(*language, "zh" | "en")).map_or(stem, |(stem, _)| stem);
    Ok(Target::Article { id: Id::new(stem)?, fragment })
}

fn is_scheme(text: &str) -> bool {
    text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte))
}

/// `relative`, seen from the folder of `path`, as a path below `content/`; `None` when it leads out of there.
fn join(path: &str, relative: &str) -> Option<String> {
    if relative.starts_with('/') || relative.contains('\\') {
        return None;
    }
    let below = path.strip_prefix(CONTENT)?;
    let mut joined = below.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." if joined.is_empty() => return None,
            ".." => joined.truncate(joined.rfind('/').unwrap_or(0)),
            part => {
                if !joined.is_empty() {
                    joined.push('/');
                }
                joined.push_str(part);
            }
        }
    }
    Some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "content/benchmarks/three-mmlus.zh.md";

    fn article(id: &str, fragment: Option<&str>) -> Target {
        Target::Article { id: Id::new(id).unwrap(), fragment: fragment.map(str::to_owned) }
    }

    #[test]
    fn links_name_articles_with_or_without_language() {
        assert_eq!(parse(HERE, "../evaluation/metrics.md#elo"), Ok(article("evaluation/metrics", Some("elo"))));
        assert_eq!(parse(HERE, "arc.en.md"), Ok(article("benchmarks/arc", None)));
        assert_eq!(parse(HERE, "../about.md"), Ok(article("about", None)));
    }

    #[test]
    fn links_name_data_by_kind() {
        assert_eq!(parse(HERE, "model:qwen/qwen1.5-7b"), Ok(Target::Model("qwen/qwen1.5-7b".into())));
        assert_eq!(parse(HERE, "https://example.org/a:b"), Ok(Target::Web("https://example.org/a:b".into())));
        assert_eq!(parse(HERE, "figure.png"), Ok(Target::File("content/benchmarks/figure.png".into())));
    }

    #[test]
    fn links_that_act_or_lead_out_are_refused() {
        for address in [
            "javascript:alert(1)",
            "JAVASCRIPT:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "/etc/passwd",
            "../../x.md",
            "..\\x.md",
        ] {
            assert!(parse(HERE, address).is_err(), "{address}");
        }
    }
}
