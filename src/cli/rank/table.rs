//! Standings as tables.

use super::{baseline, style};
use crate::battles::Ranking;
use crate::stats::battles::rank::Interval;
use crate::stats::battles::standings::{Island, Marks, Standing};

/// The columns of the tables for people; those whose cells stand to the left.
const COLUMNS: [(&str, bool); 8] = [
    ("Place", false),
    ("Ranks", false),
    ("Model", true),
    ("Rating", false),
    ("95% interval", false),
    ("Battles", false),
    ("Win rate", false),
    ("Notes", true),
];

pub fn text(ranking: &Ranking, island: &Island) -> Vec<String> {
    aligned(COLUMNS, &rows(ranking, island))
}

pub fn markdown(ranking: &Ranking, island: &Island) -> Vec<String> {
    piped(COLUMNS, &rows(ranking, island))
}

/// Lines with a heading, aligned; of each column the name, and whether its cells stand to the left.
pub fn aligned<const N: usize>(columns: [(&str, bool); N], rows: &[[String; N]]) -> Vec<String> {
    let heading = columns.map(|(name, _)| name.to_owned());
    let widths: Vec<usize> = (0..N)
        .map(|column| rows.iter().chain([&heading]).map(|row| row[column].chars().count()).max().unwrap_or(0))
        .collect();
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(&widths).zip(columns);
        let cells = cells.map(|((cell, width), (_, left))| match left {
            true => format!("{cell:<width$}"),
            false => format!("{cell:>width$}"),
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    [&heading].into_iter().chain(rows).map(line).collect()
}

/// The same as a Markdown table.
pub fn piped<const N: usize>(columns: [(&str, bool); N], rows: &[[String; N]]) -> Vec<String> {
    let heading = columns.map(|(name, _)| name).join(" | ");
    let rule = columns.map(|(_, left)| if left { "---" } else { "---:" }).join(" | ");
    let rows = rows.iter().map(|row| row.each_ref().map(|cell| escaped(cell)).join(" | "));
    [heading, rule].into_iter().chain(rows).map(|row| format!("| {row} |")).collect()
}

/// A text that stays in its cell and is no markup.
pub fn escaped(cell: &str) -> String {
    let mut text = String::new();
    for c in cell.chars() {
        if matches!(c, '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '#' | '&') {
            text.push('\\');
        }
        text.push(if c == '\n' || c == '\r' { ' ' } else { c });
    }
    text
}

fn rows(ranking: &Ranking, island: &Island) -> Vec<[String; 8]> {
    let decimals = decimals(island);
    let row = |row: &Standing| {
        [
            format!("{}{}", row.place, if island.is_shared(row) { "=" } else { "" }),
            ranks(row.ranks),
            ranking.models[row.model].to_string(),
            rounded(row.rating, decimals),
            interval(row.interval, decimals),
            grouped(row.score.counts.total()),
            row.score.win_rate.map_or_else(String::new, |rate| format!("{:.1}%", 100.0 * rate)),
            marks(row.marks).join(", "),
        ]
    };
    island.rows.iter().map(row).collect()
}

/// Decimals that ratings are printed with: none, or one where errors are that small.
fn decimals(island: &Island) -> usize {
    let least = island.rows.iter().filter_map(|row| row.standard_error).fold(f64::INFINITY, f64::min);
    usize::from(least < 3.0)
}

pub fn ranks<N: PartialEq + std::fmt::Display>((best, worst): (N, N)) -> String {
    if best == worst { best.to_string() } else { format!("{best}–{worst}") }
}

/// A number without a minus before nothing.
pub fn rounded(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let is_nothing = text.bytes().all(|byte| matches!(byte, b'-' | b'0' | b'.'));
    if is_nothing { text.trim_start_matches('-').to_owned() } else { text }
}

fn interval(interval: Interval, decimals: usize) -> String {
    match interval {
        Interval::Between(low, high) => format!("{} – {}", rounded(low, decimals), rounded(high, decimals)),
        Interval::AtLeast(low) => format!("at least {}", rounded(low, decimals)),
        Interval::AtMost(high) => format!("at most {}", rounded(high, decimals)),
        Interval::Unknown => "unknown".to_owned(),
    }
}

/// 1,700,000.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// What a reader has to know of a row, in words.
pub fn marks(marks: Marks) -> Vec<&'static str> {
    let Marks { few_battles, undefeated, winless, beyond, no_variance } = marks;
    let words = [
        (undefeated, "never lost"),
        (winless, "never won"),
        (beyond && !undefeated && !winless, "held by the prior"),
        (no_variance && !undefeated && !winless, "only draws"),
        (few_battles, "few battles"),
    ];
    words.into_iter().filter(|(holds, _)| *holds).map(|(_, word)| word).collect()
}

/// All rows of all islands, with every number in full.
pub fn csv(ranking: &Ranking) -> String {
    let mut text = String::from(
        "island,place,rank_best,rank_worst,model,rating,lower,upper,standard_error,battles,wins,losses,ties,both_bad,\
         win_rate,average_win_rate,baseline_win_rate,length_controlled_win_rate,length_controlled_standard_error,rating_at_equal_length,rating_at_equal_length_standard_error,notes\n",
    );
    for (number, island) in ranking.standings.islands.iter().enumerate() {
        for row in &island.rows {
            let (lower, upper) = bounds(row.interval);
            let number_or_blank = |number: Option<f64>| number.map_or_else(String::new, |number| number.to_string());
            let [baseline_rate, controlled, controlled_error] = baseline::rates(ranking, &ranking.models[row.model]);
            let [at_equal_length, at_equal_length_error] = style::rating(ranking, row.model);
            let cells = [
                (number + 1).to_string(),
                row.place.to_string(),
                row.ranks.0.to_string(),
                row.ranks.1.to_string(),
                quoted(&ranking.models[row.model]),
                row.rating.to_string(),
                number_or_blank(lower),
                number_or_blank(upper),
                number_or_blank(row.standard_error),
                row.score.counts.total().to_string(),
                row.score.counts.first.to_string(),
                row.score.counts.second.to_string(),
                row.score.counts.tie.to_string(),
                row.score.counts.both_bad.to_string(),
                number_or_blank(row.score.win_rate),
                number_or_blank(row.score.average_win_rate),
                number_or_blank(baseline_rate),
                number_or_blank(controlled),
                number_or_blank(controlled_error),
                number_or_blank(at_equal_length),
                number_or_blank(at_equal_length_error),
                marks(row.marks).join("; "),
            ];
            text += &cells.join(",");
            text.push('\n');
        }
    }
    text
}

/// The ends of an interval, as far as it has them.
pub fn bounds(interval: Interval) -> (Option<f64>, Option<f64>) {
    match interval {
        Interval::Between(low, high) => (Some(low), Some(high)),
        Interval::AtLeast(low) => (Some(low), None),
        Interval::AtMost(high) => (None, Some(high)),
        Interval::Unknown => (None, None),
    }
}

pub fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_for_people() {
        assert_eq!((grouped(0), grouped(999), grouped(1_234_567)), ("0".into(), "999".into(), "1,234,567".into()));
        assert_eq!(
            (rounded(-0.04, 1), rounded(-0.06, 1), rounded(1000.5, 0)),
            ("0.0".into(), "-0.1".into(), "1000".into())
        );
        assert_eq!((ranks((1, 3)), ranks((2, 2))), ("1–3".into(), "2".into()));
    }

    #[test]
    fn names_stay_in_their_cells() {
        assert_eq!(escaped("a|b_<c>\n"), "a\\|b\\_\\<c\\> ");
        assert_eq!((quoted("a,\"b\""), quoted("a b")), ("\"a,\"\"b\"\"\"".into(), "a b".into()));
    }
}
