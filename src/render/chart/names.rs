//! Names that are cut to a width and still tell rows apart.

use super::canvas::{FONT, fitting, width};

/// The names, those wider than `most` cut with an ellipsis: at the end or, where what is left would fit another name too,
/// in the middle. Names that are told apart in neither way lose what they have in common before they differ.
pub(super) fn told_apart(names: &[&str], most: i32) -> Vec<String> {
    /// The shares of the width that are left to the start of a name.
    const STARTS: [f64; 4] = [1.0, 0.6, 0.4, 0.2];
    let cuts = STARTS.map(|start| names.iter().map(|name| cut(name, most, start)).collect::<Vec<_>>());
    let unclear = |drawn: &Vec<String>| {
        drawn.iter().zip(names).filter(|(label, name)| others(label, name, names).next().is_some()).count()
    };
    let Some(drawn) = cuts.into_iter().min_by_key(unclear) else { return Vec::new() };
    let clear = |(label, name): (String, &&str)| {
        let common = others(&label, name, names).map(|other| shared(name, other)).min();
        common.map_or(label, |common| fitting(&format!("…{}", &name[common..]), most))
    };
    drawn.into_iter().zip(names).map(clear).collect()
}

/// The other names that the label of `name` fits as well.
fn others<'a>(label: &str, name: &str, names: &[&'a str]) -> impl Iterator<Item = &'a str> {
    let ends = label.split_once('…').filter(|_| label != name);
    let fits = move |other: &&str| {
        ends.is_some_and(|(head, tail)| *other != name && other.starts_with(head) && other.ends_with(tail))
    };
    names.iter().copied().filter(fits)
}

/// A text cut to a width, of which its start has this share and its end the rest.
fn cut(text: &str, most: i32, start: f64) -> String {
    if width(text) <= most || start == 1.0 {
        return fitting(text, most);
    }
    let room = most - FONT;
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let head = ends.take_while(|end| f64::from(width(&text[..*end])) <= start * f64::from(room)).last();
    let head = text[..head.unwrap_or_default()].trim_end();
    let starts = text.char_indices().map(|(at, _)| at);
    let tail = starts.rev().take_while(|at| width(&text[*at..]) <= room - width(head)).last();
    format!("{head}…{}", text[tail.unwrap_or(text.len())..].trim_start())
}

/// How many bytes of `one` stand before it differs from another text, up to the start of the word.
fn shared(one: &str, other: &str) -> usize {
    let alike = one.char_indices().zip(other.chars()).take_while(|((_, a), b)| a == b);
    let end = alike.last().map_or(0, |((at, c), _)| at + c.len_utf8());
    one[..end].rfind(' ').map_or(end, |space| space + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The names as drawn, which are as many as the names and no wider than this.
    fn drawn(names: &[&str], most: i32) -> Vec<String> {
        let drawn = told_apart(names, most);
        let [looks, different] =
            [drawn.iter().map(String::as_str).collect::<BTreeSet<&str>>(), names.iter().copied().collect()]
                .map(|of| of.len());
        assert_eq!(looks, different, "{drawn:?}");
        drawn.iter().for_each(|name| assert!(width(name) <= most, "{name}"));
        drawn
    }

    #[test]
    fn names_that_fit_are_whole_and_others_are_cut_at_the_end_where_that_is_enough() {
        let names = ["Short", "Alpha, with a long remark behind it", "Beta, with a long remark behind it"];
        let drawn = drawn(&names, 140);
        assert_eq!(drawn[0], "Short");
        assert!(drawn[1].starts_with("Alpha, with") && drawn[1].ends_with('…'), "{drawn:?}");
    }

    #[test]
    fn names_that_differ_at_their_ends_keep_them() {
        let names = ["Model 8B (Q4, card 6000)", "Model 8B (Q4, card 6000 × 2)", "Model 8B (Q4, card 6000 × 4)"];
        let drawn = drawn(&names, 130);
        assert!(drawn[2].ends_with("× 4)") && drawn[2].starts_with("Model"), "{drawn:?}");
    }

    #[test]
    fn a_cut_that_fits_another_name_too_is_none() {
        let names = ["Opus 4.5 (thinking, high)", "Opus 4.5 (thinking, medium)"];
        // At the end they would be "(thinking, h…" and "(thinking,…".
        let drawn = drawn(&names, width("Opus 4.5 (thinking, hi"));
        assert!(drawn[0].ends_with("high)") && drawn[1].ends_with("edium)"), "{drawn:?}");
    }

    #[test]
    fn names_that_differ_in_their_middle_alone_start_there() {
        let long = |middle: &str| format!("{} {middle} {}", "a".repeat(60), "z".repeat(60));
        let names = [long("one"), long("two"), "other".to_owned()];
        let drawn = drawn(&[&*names[0], &*names[1], &*names[2]], 120);
        assert!(drawn[0].starts_with("…one") && drawn[1].starts_with("…two"), "{drawn:?}");
    }

    #[test]
    fn characters_of_several_bytes_are_not_split() {
        drawn(&["通义千问大模型（第一版，思考）", "通义千问大模型（第一版，不思考）"], 100);
    }

    #[test]
    fn the_same_name_twice_looks_the_same() {
        assert_eq!(told_apart(&["abc", "abc"], 100), ["abc", "abc"]);
        assert!(told_apart(&[], 100).is_empty());
    }
}
