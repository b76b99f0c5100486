//! Scales: where numbers stand, and which of them are named.

use super::super::markup::push_number;
use super::super::strings::Strings;
use crate::page::chart::{Measure, Name};
use crate::record::Unit;
use chrono::{Datelike, Months, NaiveDate};
use plotters::coord::ranged1d::{KeyPointHint, KeyPointWeight, Ranged};
use plotters::coord::types::RangedCoordf64;

/// A scale from pixel to pixel.
pub(super) struct Axis {
    scale: RangedCoordf64,
    pixels: (i32, i32),
}

impl Axis {
    /// `from` may lie right of `to`, or below it.
    pub(super) fn new(range: std::ops::Range<f64>, from: i32, to: i32) -> Self {
        Self { scale: RangedCoordf64::from(range), pixels: (from, to) }
    }

    /// The scale of a measure, which holds these values: from 0, or from the chance level, where the scores leave room;
    /// otherwise around the scores.
    pub(super) fn of_measure(measure: &Measure, values: impl Iterator<Item = f64> + Clone, from: i32, to: i32) -> Self {
        let low = values.clone().fold(f64::INFINITY, f64::min);
        let high = values.fold(f64::NEG_INFINITY, f64::max);
        let span = if high > low { high - low } else { high.abs().max(1.0) };
        let low = measure.chance.map_or(low, |chance| low.min(chance));
        let start = if measure.has_zero && low >= 0.0 && low < span { 0.0 } else { low - 0.15 * span };
        Self::new(start..high + 0.02 * span, from, to)
    }

    pub(super) fn at(&self, value: f64) -> i32 {
        self.scale.map(&value, self.pixels)
    }

    pub(super) fn start(&self) -> i32 {
        self.pixels.0
    }

    pub(super) fn is_from_zero(&self) -> bool {
        self.scale.range().start == 0.0
    }

    pub(super) fn holds(&self, value: f64) -> bool {
        self.scale.range().contains(&value)
    }

    /// About `count` round numbers.
    pub(super) fn ticks(&self, count: usize) -> Vec<f64> {
        self.scale.key_points(About(count))
    }
}

/// About so many ticks.
struct About(usize);

impl KeyPointHint for About {
    fn max_num_points(&self) -> usize {
        self.0
    }

    fn weight(&self) -> KeyPointWeight {
        KeyPointWeight::Bold
    }

    fn bold_points(&self) -> usize {
        self.0
    }
}

/// A number as short as it is exact to three decimals, with a percent sign where that is its unit.
pub(super) fn tick(value: f64, unit: Option<Unit>) -> String {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let text = if text == "-0" { "0" } else { text };
    if unit == Some(Unit::Percent) { format!("{text}%") } else { text.to_owned() }
}

/// The name of an axis, with the unit where its ticks do not say it.
pub(super) fn title(measure: &Measure, strings: &Strings) -> String {
    let name = name(measure, strings);
    match measure.unit {
        Some(unit) if unit != Unit::Percent => with_unit(&name, strings.word(&format!("unit-{unit}")), strings),
        _ => name,
    }
}

pub(super) fn name(measure: &Measure, strings: &Strings) -> String {
    match &measure.name {
        Name::Key(key) => strings.word(key).to_owned(),
        Name::Text(text) => text.clone(),
    }
}

pub(super) fn with_unit(name: &str, unit: &str, strings: &Strings) -> String {
    use super::super::strings::Argument;
    strings.say("chart-unit", [("name", Argument::Text(name)), ("unit", Argument::Text(unit))])
}

pub(super) fn number(value: f64, decimals: usize) -> String {
    let mut text = String::new();
    push_number(&mut text, value, decimals);
    text
}

/// Round numbers above zero from `low` to `high`, for a logarithmic scale, few enough to be named: 0.1, 0.3, 1, …
pub(super) fn decades(low: f64, high: f64) -> Vec<f64> {
    let decades = (low.log10().floor() as i32)..=(high.log10().ceil() as i32);
    let series = |steps: &[f64]| -> Vec<f64> {
        let all = decades.clone().flat_map(|decade| steps.iter().map(move |step| step * 10_f64.powi(decade)));
        all.filter(|number| (low..=high).contains(number)).collect()
    };
    let choices = [&[1.0, 1.5, 2.0, 3.0, 5.0, 7.0][..], &[1.0, 2.0, 5.0], &[1.0, 3.0], &[1.0]];
    let few = choices.into_iter().map(series).find(|numbers| numbers.len() <= 8);
    few.unwrap_or_else(|| series(&[1.0]).into_iter().step_by(3).collect())
}

/// A round number of any magnitude, as [`tick`].
pub(super) fn decade(value: f64, unit: Option<Unit>) -> String {
    let decimals = (1.0 - value.log10().floor()).clamp(1.0, 12.0) as usize;
    let text = format!("{value:.decimals$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if unit == Some(Unit::Percent) { format!("{text}%") } else { text.to_owned() }
}

/// A size with its unit: `350M`, `7B`, `1.5T`.
pub(super) fn size(billions: f64) -> String {
    let (number, unit) = match billions {
        b if b < 0.9995 => (b * 1e3, "M"),
        b if b < 999.5 => (b, "B"),
        b => (b / 1e3, "T"),
    };
    format!("{}{unit}", tick((number * 100.0).round() / 100.0, None))
}

/// First days of months or years from `low` to `high`, in days since the start of the common era, at most eight; each
/// with its name.
pub(super) fn dates(low: f64, high: f64) -> Vec<(f64, String)> {
    let day = |days: f64| NaiveDate::from_num_days_from_ce_opt(days as i32);
    let (Some(first), Some(last)) = (day(low), day(high)) else { return Vec::new() };
    let months = (last.year() - first.year()) * 12 + last.month() as i32 - first.month() as i32 + 1;
    let step = [1, 3, 6, 12, 24, 60, 120].into_iter().find(|step| months / step < 8).unwrap_or(240);
    let mut ticks = Vec::new();
    let mut tick = NaiveDate::from_ymd_opt(first.year(), 1, 1);
    while let Some(date) = tick.filter(|date| *date <= last) {
        if date >= first {
            let name = date.format(if step < 12 { "%Y-%m" } else { "%Y" }).to_string();
            ticks.push((f64::from(date.num_days_from_ce()), name));
        }
        tick = date.checked_add_months(Months::new(step as u32));
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_a_logarithmic_scale_are_round_and_few() {
        assert_eq!(decades(0.9, 80.0), [1.0, 2.0, 5.0, 10.0, 20.0, 50.0]);
        assert_eq!(
            decades(0.02, 60.0).into_iter().map(size).collect::<Vec<_>>(),
            ["30M", "100M", "300M", "1B", "3B", "10B", "30B"]
        );
        assert_eq!(decades(1e-6, 1e4).len(), 4);
        let names = decades(0.0002, 0.2).into_iter().map(|number| decade(number, None)).collect::<Vec<_>>();
        assert_eq!(names, ["0.0003", "0.001", "0.003", "0.01", "0.03", "0.1"]);
        let narrow = decades(0.14, 0.6).into_iter().map(|number| decade(number, None)).collect::<Vec<_>>();
        assert_eq!(narrow, ["0.15", "0.2", "0.3", "0.5"]);
        assert_eq!(decade(20000.0, Some(Unit::Percent)), "20000%");
    }

    #[test]
    fn sizes_have_their_unit() {
        for (billions, text) in [(0.0663, "66.3M"), (7.0, "7B"), (46.7, "46.7B"), (1500.0, "1.5T"), (0.9999, "1B")] {
            assert_eq!(size(billions), text);
        }
    }

    #[test]
    fn dates_are_months_of_a_year_or_years() {
        let day = |year, month, day| f64::from(NaiveDate::from_ymd_opt(year, month, day).unwrap().num_days_from_ce());
        let names = |low, high| dates(low, high).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
        assert_eq!(names(day(2023, 2, 3), day(2024, 1, 9)), ["2023-04", "2023-07", "2023-10", "2024-01"]);
        assert_eq!(names(day(2019, 5, 1), day(2024, 8, 9)), ["2020", "2021", "2022", "2023", "2024"]);
        assert_eq!(dates(day(2024, 1, 1), day(2024, 1, 1)), [(day(2024, 1, 1), "2024-01".to_owned())]);
    }

    #[test]
    fn ticks_are_short() {
        assert_eq!(tick(0.25, None), "0.25");
        assert_eq!(tick(40.0, Some(Unit::Percent)), "40%");
        assert_eq!(tick(-0.0001, None), "0");
    }
}
