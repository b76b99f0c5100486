//! Charts as SVG, drawn at build time: a file for each kind, which draws, and says in words and in a table what it drew.
//!
//! [`canvas`] is what they are drawn on, [`axis`] their scales, [`names`] cuts names to a width, [`labels`] finds places
//! for them. The script refers to a table's rows from the drawing by `data-row`.

mod axis;
mod canvas;
mod claims;
mod coverage;
mod grid;
mod history;
mod intervals;
mod labels;
mod names;
mod places;
mod scatter;
mod stability;
mod verdicts;

use super::markup::push_text;
use super::strings::{Argument, Strings};
use crate::page::chart::{Across, Chart, Of, Scatter};
use std::fmt::Write;

/// The widths of charts in SVG user units, which are CSS pixels at full width: of one that has a line for itself, and of
/// those that stand two by two.
const WIDE: i32 = 760;
const HALF: i32 = 560;

/// The width on a phone of those that are drawn anew for one.
const NARROW: i32 = 344;

/// What a chart shows, drawn and told.
struct Told {
    caption: String,
    /// For those who do not see it.
    description: String,
    width: i32,
    height: i32,
    /// The SVG without its outermost element.
    drawing: String,
    /// The same [`NARROW`], with its height: a phone would show a part of the other, and not the one with the best models.
    narrow: Option<(i32, String)>,
    data: Data,
}

/// Where the numbers of a chart stand.
enum Data {
    /// Folded below it.
    Figures(Figures),
    /// In a table of the page, by its `id`.
    Table(&'static str),
}

/// The numbers of a chart. The first cell of a row names it.
struct Figures {
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Figures {
    fn new<const N: usize>(strings: &Strings, keys: [&str; N], rows: impl Iterator<Item = [String; N]>) -> Self {
        Self { heads: keys.map(|key| strings.word(key).to_owned()).into(), rows: rows.map(Into::into).collect() }
    }
}

/// Appends the charts of a board: the first by itself, the others to be unfolded, the scatters unfolded.
pub(super) fn push_all(html: &mut String, charts: &[Chart], strings: &Strings) {
    let leads = charts.iter().take_while(|chart| matches!(chart, Chart::Intervals(_) | Chart::History(_))).count();
    let (leads, others) = charts.split_at(leads);
    for (index, chart) in leads.iter().enumerate() {
        push(html, chart, &format!("chart-{}", index + 1), strings);
    }
    if others.is_empty() {
        return;
    }
    html.push_str("<div class=\"charts\">");
    for (index, chart) in others.iter().enumerate() {
        let kind = kind(chart);
        let before = others[..index].iter().filter(|other| self::kind(other) == kind).count();
        let open = if matches!(chart, Chart::Scatter(_)) { " open" } else { "" };
        let _ = write!(html, "<details class=\"folded\"{open}><summary>");
        push_text(html, &title(chart, strings));
        html.push_str("</summary>");
        let id = if before == 0 { format!("chart-{kind}") } else { format!("chart-{kind}-{}", before + 1) };
        push(html, chart, &id, strings);
        html.push_str("</details>");
    }
    html.push_str("</div>");
}

fn title(chart: &Chart, strings: &Strings) -> String {
    match chart {
        Chart::Scatter(Scatter { across: Across::Column { measure, .. }, measure: up, .. }) => {
            let (x, y) = (axis::name(measure, strings), axis::name(up, strings));
            strings.say("chart-columns-title", [("x", Argument::Text(&x)), ("y", Argument::Text(&y))])
        }
        _ => strings.word(&format!("chart-{}-title", kind(chart))).to_owned(),
    }
}

/// What messages and anchors call a chart of this kind.
fn kind(chart: &Chart) -> &'static str {
    match chart {
        Chart::Intervals(chart) => match chart.of {
            Of::Composite => "composite",
            Of::Column(_) => "column",
            Of::Rating(None) => "rating",
            Of::Rating(Some(_)) => "rating-group",
        },
        Chart::History(_) => "history",
        Chart::Scatter(chart) => match chart.across {
            Across::Size => "size",
            Across::Released => "released",
            Across::Column { .. } => "columns",
        },
        Chart::Coverage(_) => "coverage",
        Chart::Verdicts(_) => "verdicts",
        Chart::Stability(_) => "stability",
        Chart::Claims(_) => "claims",
        Chart::Places(_) => "places",
    }
}

/// Appends the chart as a figure with its table. `id` is unique on the page.
pub(super) fn push(html: &mut String, chart: &Chart, id: &str, strings: &Strings) {
    let Told { caption, description, width, height, drawing, narrow, data } = match chart {
        Chart::Intervals(chart) => intervals::told(chart, strings),
        Chart::History(chart) => history::told(chart, strings),
        Chart::Scatter(chart) => scatter::told(chart, strings),
        Chart::Coverage(chart) => coverage::told(chart, strings),
        Chart::Verdicts(chart) => verdicts::told(chart, strings),
        Chart::Stability(chart) => stability::told(chart, strings),
        Chart::Claims(chart) => claims::told(chart, strings),
        Chart::Places(chart) => places::told(chart, strings),
    };
    let table = match data {
        Data::Figures(_) => String::new(),
        Data::Table(id) => format!(" data-table=\"{id}\""),
    };
    let wide = if width == WIDE { " wide-chart" } else { "" };
    let _ = write!(
        html,
        "<figure class=\"chart{wide}\" id=\"{id}\"{table}><div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\""
    );
    push_text(html, &caption);
    let class = if narrow.is_some() { "class=\"broad\" " } else { "" };
    let _ = write!(
        html,
        "\"><svg {class}viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{id}-title\" aria-describedby=\"{id}-text\">\
         <title id=\"{id}-title\">"
    );
    push_text(html, &caption);
    let _ = write!(html, "</title><desc id=\"{id}-text\">");
    push_text(html, &description);
    html.push_str("</desc>");
    html.push_str(&drawing);
    html.push_str("</svg>");
    if let Some((height, drawing)) = narrow {
        let _ = write!(
            html,
            "<svg class=\"narrow\" viewBox=\"0 0 {NARROW} {height}\" role=\"img\" aria-labelledby=\"{id}-title\" \
             aria-describedby=\"{id}-text\">{drawing}</svg>"
        );
    }
    html.push_str("</div><figcaption>");
    push_text(html, &caption);
    html.push_str("</figcaption>");
    if let Data::Figures(figures) = &data {
        push_table(html, figures, &caption, strings);
    }
    html.push_str("</figure>");
}

fn push_table(html: &mut String, table: &Figures, caption: &str, strings: &Strings) {
    html.push_str("<details class=\"figures\"><summary>");
    push_text(html, strings.word("chart-data"));
    html.push_str("</summary><div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
    let caption = strings.say("chart-data-of", [("chart", Argument::Text(caption))]);
    push_text(html, &caption);
    html.push_str("\"><table class=\"list\"><caption class=\"hidden\">");
    push_text(html, &caption);
    html.push_str("</caption><thead><tr>");
    for head in &table.heads {
        html.push_str("<th scope=\"col\">");
        push_text(html, head);
        html.push_str("</th>");
    }
    html.push_str("</tr></thead><tbody>");
    for row in &table.rows {
        for (index, cell) in row.iter().enumerate() {
            html.push_str(if index == 0 { "<tr><th scope=row>" } else { "<td>" });
            push_text(html, if cell.is_empty() { "—" } else { cell });
        }
    }
    html.push_str("</tbody></table></div></details>");
}

/// A range of two places, or the one that both are.
fn places((best, worst): (u32, u32)) -> String {
    if best == worst { best.to_string() } else { format!("{best}–{worst}") }
}

/// Whole numbers in ascending order as a list of ranges: `1–4, 7`.
fn ranges(numbers: impl Iterator<Item = usize>) -> String {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    ranges.into_iter().map(|(first, last)| places((first as u32, last as u32))).collect::<Vec<_>>().join(", ")
}

fn yes_or_no(yes: bool, strings: &Strings) -> String {
    strings.word(if yes { "yes" } else { "no" }).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::language::Language;
    use crate::page::chart::{
        Dot, Frontier, Intervals, Measure, Name, PlaceLine, Places, Point, Stop, Verdict, Verdicts,
    };
    use crate::record::Unit;
    use std::collections::BTreeSet;

    const FTL: &str = include_str!("../../../themes/default/i18n/en.ftl");

    fn html(chart: &Chart) -> String {
        let strings = Strings::new(Language::En, [("en.ftl", FTL)].into_iter(), &mut Diagnostics::default());
        let mut html = String::new();
        push(&mut html, chart, "c1", &strings);
        html
    }

    /// Without the drawing for phones, which has all marks once more.
    fn broad(chart: &Chart) -> String {
        let html = html(chart);
        let (before, narrow) = html.split_once("<svg class=\"narrow\"").unwrap();
        [before, narrow.split_once("</svg>").unwrap().1].concat()
    }

    #[test]
    fn a_phone_has_a_drawing_of_its_own_with_the_same_marks() {
        let html = html(&Chart::Intervals(intervals(&[("a", 50.0), ("b", 60.0)])));
        let narrow =
            html.split_once("<svg class=\"narrow\" viewBox=\"0 0 344 ").unwrap().1.split_once("</svg>").unwrap().0;
        assert!(narrow.contains("aria-labelledby=\"c1-title\""), "{narrow}");
        assert_eq!(narrow.matches("data-row=").count(), 2, "{narrow}");
    }

    fn measure() -> Measure {
        Measure {
            name: Name::Key("composite-mean".into()),
            unit: Some(Unit::Percent),
            decimals: 2,
            chance: Some(25.0),
            has_zero: true,
            higher_is_better: true,
        }
    }

    fn intervals(points: &[(&str, f64)]) -> Intervals {
        let point = |(name, value): &(&str, f64)| Point { name: (*name).into(), value: *value, interval: None };
        Intervals {
            board: "B".into(),
            of: Of::Composite,
            points: points.iter().map(point).collect(),
            ties: Vec::new(),
            all: 9,
            measure: measure(),
        }
    }

    #[test]
    fn every_point_is_drawn_with_name_and_number_and_stands_in_the_table() {
        let html = html(&Chart::Intervals(intervals(&[("通义千问", 65.714), ("a<b", 40.0)])));
        for part in [
            "<g data-row=\"0\">",
            "通义千问</text>",
            ">65.71</text>",
            "a&lt;b",
            ">guessing</text>",
            "role=\"img\"",
            "<title id=\"c1-title\">B: composite, the first 2 of 9 ranked models",
            "<tr><th scope=row>通义千问<td>65.71<td>—",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(!html.contains("#0") && !html.contains("a<b"), "{html}");
    }

    #[test]
    fn an_interval_is_a_line_through_the_dot_and_in_the_words() {
        let mut chart = intervals(&[("a", 50.0), ("b", 60.0)]);
        chart.points[0].interval = Some((45.0, 55.0));
        let html = broad(&Chart::Intervals(chart));
        assert_eq!(html.matches("<path class=\"accent\"").count(), 1, "{html}");
        assert!(html.contains("a 50.00 (45.00–55.00); b 60.00<"), "{html}");
    }

    #[test]
    fn labels_of_different_names_differ_in_both_drawings() {
        let cards = ["RTX 4090 24GB", "RTX 4090 24GB × 2", "RTX 6000 Ada 48GB", "RTX 6000 Ada 48GB × 4"];
        let names = cards.map(|card| format!("A Model With A Long Name 8B Instruct (Q4_K_M · {card})"));
        let points: Vec<(&str, f64)> = names.iter().map(|name| (name.as_str(), 50.0)).collect();
        let html = html(&Chart::Intervals(intervals(&points)));
        let drawings = html.split_once("<svg class=\"narrow\"").unwrap();
        for drawing in [drawings.0, drawings.1] {
            let labels: Vec<&str> =
                drawing.split("<text class=\"ink").skip(1).map(|text| text.split('<').next().unwrap()).collect();
            let names: BTreeSet<&str> =
                labels.iter().map(|label| label.split_once('>').unwrap().1).filter(|name| *name != "50.00").collect();
            assert_eq!(names.len(), 4, "{names:?}");
        }
    }

    #[test]
    fn a_stem_has_a_length_only_from_zero_or_from_guessing() {
        let stems = |points, chance| {
            let mut chart = intervals(points);
            chart.measure.chance = chance;
            broad(&Chart::Intervals(chart)).matches("<path class=\"grid\" stroke-width=\"2\"").count()
        };
        assert_eq!(stems(&[("a", 80.0), ("b", 90.0)], None), 0);
        assert_eq!(stems(&[("a", 80.0), ("b", 90.0)], Some(25.0)), 2);
        assert_eq!(stems(&[("a", 10.0), ("b", 90.0)], None), 2);
    }

    #[test]
    fn equal_values_do_not_break_the_axis() {
        assert!(!html(&Chart::Intervals(intervals(&[("a", 50.0), ("b", 50.0)]))).contains("NaN"));
    }

    #[test]
    fn a_tie_is_a_band_behind_its_rows() {
        let mut chart = intervals(&[("a", 50.0), ("b", 49.0), ("c", 40.0)]);
        assert!(!html(&Chart::Intervals(chart.clone())).contains("class=\"band"));
        chart.ties = vec![(0, 1)];
        assert_eq!(broad(&Chart::Intervals(chart)).matches("class=\"band").count(), 1);
    }

    fn scatter(dots: &[(&str, f64, f64, bool)]) -> Chart {
        let dot = |(name, x, value, on_frontier): &(&str, f64, f64, bool)| Dot {
            point: Point { name: (*name).into(), value: *value, interval: Some((value - 1.0, value + 1.0)) },
            x: *x,
            x_interval: None,
            written: format!("{x}B"),
            on_frontier: *on_frontier,
        };
        Chart::Scatter(Scatter {
            board: "B".into(),
            column: None,
            across: Across::Size,
            dots: dots.iter().map(dot).collect(),
            all: 12,
            unknown: 3,
            frontier: Frontier::BeyondNoise,
            measure: measure(),
        })
    }

    #[test]
    fn a_scatter_names_the_frontier_alone_and_counts_what_it_leaves_out() {
        let html =
            html(&scatter(&[("small", 7.0, 50.0, true), ("beaten", 13.0, 40.0, false), ("large", 70.0, 60.0, true)]));
        assert!(html.contains(">small</text>") && html.contains(">large</text>"), "{html}");
        assert!(!html.contains(">beaten</text>") && html.contains("beaten<td>13B"), "{html}");
        assert!(html.contains("3 more") && html.contains(">10B</text>"), "{html}");
    }

    /// Places as `(place, slot)`; 0 is none.
    fn places(lines: &[(&str, &[(u32, u32)])]) -> Chart {
        let stop = |(place, slot): &(u32, u32)| (*place > 0).then_some(Stop { place: *place, slot: *slot });
        Chart::Places(Places {
            board: "B".into(),
            dates: vec!["2024-01-01".into(), "2024-02-01".into(), "2024-03-01".into()],
            lines: lines
                .iter()
                .map(|(name, stops)| PlaceLine { name: (*name).into(), stops: stops.iter().map(stop).collect() })
                .collect(),
            all: 9,
        })
    }

    #[test]
    fn a_line_of_places_breaks_where_there_is_none_and_its_data_are_in_the_page() {
        let html = broad(&places(&[("steady", &[(1, 1), (1, 1), (1, 1)]), ("gone", &[(2, 2), (0, 0), (2, 2)])]));
        assert!(html.contains("data-table=\"places-table\"") && !html.contains("class=\"figures\""), "{html}");
        assert!(html.contains("steady 1, 1, 1; gone 2, —, 2<"), "{html}");
        assert!(
            html.contains("the 2 models that stand highest at the last date (9 in all) from 2024-01-01 to 2024-03-01"),
            "{html}"
        );
        let (steady, gone) = html.split_once("<g data-row=\"1\">").unwrap();
        assert!(steady.contains("stroke-width=\"2\"") && !gone.contains("stroke-width=\"2\""), "{html}");
        assert_eq!(gone.matches("r=\"4\"").count(), 2, "{html}");
        assert!(!html.contains("class=\"band") && !html.contains("Shaded") && !html.contains("closer"), "{html}");
    }

    #[test]
    fn the_three_on_top_are_in_one_colour_and_all_others_in_another() {
        let lines: Vec<(String, [(u32, u32); 3])> =
            (1..=5).map(|place| (format!("m{place}"), [(place, place); 3])).collect();
        let lines: Vec<(&str, &[(u32, u32)])> = lines.iter().map(|(name, stops)| (name.as_str(), &stops[..])).collect();
        let html = broad(&places(&lines));
        let inks: Vec<&str> = html
            .split("<g data-row=")
            .skip(1)
            .map(|mark| if mark.contains("class=\"accent\"") { "accent" } else { "other" })
            .collect();
        assert_eq!(inks, ["accent", "accent", "accent", "other", "other"]);
        assert!(html.contains("In colour: the three on top."), "{html}");
    }

    #[test]
    fn a_shared_place_is_a_band_at_its_date_and_far_places_are_said_to_be_closer() {
        let html = broad(&places(&[("a", &[(1, 1), (1, 1), (1, 1)]), ("b", &[(90, 90), (1, 2), (2, 2)])]));
        assert_eq!(html.matches("class=\"band").count(), 1, "{html}");
        assert!(html.contains("Shaded: models that share a place") && html.contains("Places after 14"), "{html}");
    }

    #[test]
    fn a_matrix_of_verdicts_has_a_shape_for_each_and_ranges_in_the_table() {
        use Verdict::{Better, CannotTell, Itself, Worse};
        let chart = Chart::Verdicts(Verdicts {
            board: "B".into(),
            names: vec!["a".into(), "b".into(), "c".into()],
            verdicts: vec![
                vec![Itself, CannotTell, Better],
                vec![CannotTell, Itself, Better],
                vec![Worse, Worse, Itself],
            ],
            all: 3,
        });
        let html = html(&chart);
        assert!(html.contains("c<td>3<td>—<td>—<td>1–2"), "{html}");
        assert!(html.contains("a<td>1<td>3<td>2<td>—"), "{html}");
    }

    #[test]
    fn numbers_become_ranges() {
        assert_eq!(ranges([1, 2, 3, 5, 7, 8].into_iter()), "1–3, 5, 7–8");
        assert_eq!(ranges(std::iter::empty()), "");
    }
}
