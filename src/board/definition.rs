//! `data/boards/<id>.toml`: what a board ranks, and by which rules.
//!
//! A board is over columns of scores ([`Definition`]) or over battles ([`BattleDefinition`]).

use super::battles::definition::{self as of_battles, BattleDefinition};
use crate::catalog::card::ModelKind;
use crate::catalog::{BenchmarkIx, Catalog, ModelIx, ModelMatch};
use crate::diagnostic::{Diagnostic, Diagnostics, Position, did_you_mean};
use crate::language::{Language, Text};
use crate::ledger::Ledger;
use crate::record::id::Id;
use crate::record::{Direction, Field, Protocol, Reporter};
use crate::tree::{Tree, parse_toml};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::Spanned;

/// The folder of board definitions.
const BOARDS: &str = "data/boards/";

/// A board as its file declares it, with names resolved and checked.
#[derive(Clone, Debug)]
pub struct Definition {
    pub id: Id,
    /// The file, relative to the site.
    pub path: Arc<str>,
    pub title: Text,
    pub summary: Text,
    pub notes: Option<Text>,
    /// What lists of boards put it under.
    pub topic: Option<Text>,
    pub order: i64,
    /// Folders of `data/results/`; empty means all.
    pub sources: Vec<Arc<str>>,
    pub aggregate: Aggregate,
    /// The share of the ranked columns a model needs to get a place, 0 to 1.
    pub minimum_coverage: f64,
    /// A difference of composites that would matter, in their unit: a test that could not have found it says nothing.
    pub gap_that_matters: Option<f64>,
    /// The protocol fields on which the scores of one column must agree, unless the column has a list of its own.
    pub material: Vec<Field>,
    pub unknown: UnknownRule,
    pub choose: Vec<Preference>,
    pub eligibility: Eligibility,
    pub columns: Vec<ColumnDefinition>,
    pub charts: Vec<ChartDefinition>,
}

/// How the scores of a row become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aggregate {
    Mean,
    WeightedMean,
    /// Of the means of the column groups.
    CategoryBalancedMean,
    ChanceNormalisedMean,
    MeanWinRate,
    Borda,
    PooledSdDistance,
    LatentAbility,
    /// The board shows its columns and ranks nothing.
    None,
}

impl Aggregate {
    /// The name in files, which is a part of names of interface strings too.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mean => "mean",
            Self::WeightedMean => "weighted-mean",
            Self::CategoryBalancedMean => "category-balanced-mean",
            Self::ChanceNormalisedMean => "chance-normalised-mean",
            Self::MeanWinRate => "mean-win-rate",
            Self::Borda => "borda",
            Self::PooledSdDistance => "pooled-sd-distance",
            Self::LatentAbility => "latent-ability",
            Self::None => "none",
        }
    }
}

/// What happens to a score whose file does not state a material field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum UnknownRule {
    /// It is shown beside the column.
    #[default]
    Separate,
    /// The maintainer vouches for it.
    Accept,
}

/// A reason to take one of several records for a cell; asked in the declared order. There is no "highest".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Preference {
    /// Measured before claimed.
    Measured,
    /// The latest date; no date is earliest.
    Latest,
}

/// Which models may be ranked.
#[derive(Clone, Debug, Default)]
pub struct Eligibility {
    /// The card must state these about the weights.
    pub open_weights: Option<bool>,
    /// The card must state one of these; empty means any.
    pub kinds: Vec<ModelKind>,
    pub excluded: BTreeMap<ModelIx, Text>,
}

/// A column as declared.
#[derive(Clone, Debug)]
pub struct ColumnDefinition {
    /// Where the column is declared.
    pub position: Position,
    pub benchmark: BenchmarkIx,
    pub label: Option<Text>,
    pub metric: Option<String>,
    pub require: Protocol,
    /// The protocol fields on which its scores must agree: its own list, or the board's.
    pub material: Vec<Field>,
    pub weight: f64,
    /// The score of guessing, as a fraction; the column's own or the card's.
    pub chance: Option<f64>,
    pub group: Option<Text>,
    pub subsets: Subsets,
    pub role: Role,
    pub reporter: Option<Reporter>,
    /// Which values are better, where the result files do not say.
    pub direction: Option<Direction>,
    /// How many items a score of this column is the share of, where the result files do not say; the maintainer vouches
    /// that it is one.
    pub items: Option<u64>,
}

/// A chart that a board asks for: one column over another, by their indices.
#[derive(Clone, Copy, Debug)]
pub struct ChartDefinition {
    pub x: usize,
    pub y: usize,
    /// Both axes are logarithmic.
    pub log: bool,
}

/// Which parts of a benchmark a column's score is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subsets {
    /// The benchmark as a whole: records without a subset.
    Whole,
    /// The mean over these, all of which must be there.
    Named(Vec<Arc<str>>),
    /// The mean over all there are, which must be so many.
    Count(usize),
}

/// What a column is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Counts in the aggregate.
    #[default]
    Score,
    /// Shown, never ranked.
    Beside,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: Text,
    summary: Text,
    notes: Option<Text>,
    topic: Option<Text>,
    #[serde(default)]
    order: i64,
    #[serde(default)]
    sources: Vec<Spanned<String>>,
    aggregate: Spanned<Aggregate>,
    #[serde(default = "complete")]
    minimum_coverage: Spanned<f64>,
    gap_that_matters: Option<Spanned<f64>>,
    #[serde(default)]
    material: Vec<Field>,
    #[serde(default)]
    unknown: UnknownRule,
    #[serde(default = "measured_then_latest")]
    choose: Vec<Preference>,
    #[serde(default)]
    eligibility: EligibilityFile,
    columns: Vec<ColumnFile>,
    #[serde(default)]
    charts: Vec<ChartFile>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct EligibilityFile {
    open_weights: Option<bool>,
    #[serde(default)]
    kinds: Vec<ModelKind>,
    #[serde(default)]
    exclude: Vec<Exclusion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exclusion {
    model: Spanned<String>,
    reason: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnFile {
    benchmark: Spanned<String>,
    label: Option<Text>,
    metric: Option<String>,
    #[serde(default)]
    require: BTreeMap<Field, Scalar>,
    material: Option<Vec<Field>>,
    weight: Option<Spanned<f64>>,
    chance: Option<Spanned<f64>>,
    group: Option<Text>,
    subsets: Option<Vec<String>>,
    subset_count: Option<Spanned<usize>>,
    #[serde(default)]
    role: Role,
    reporter: Option<Reporter>,
    direction: Option<Direction>,
    items: Option<Spanned<u64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChartFile {
    x: Spanned<String>,
    y: Spanned<String>,
    #[serde(default)]
    log: bool,
}

/// A protocol value, which a file may write as text, number or truth value.
#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Text(String),
    Integer(i64),
    Truth(bool),
}

impl Scalar {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Integer(number) => number.to_string(),
            Self::Truth(truth) => if *truth { "yes" } else { "no" }.to_owned(),
        }
    }
}

fn complete() -> Spanned<f64> {
    Spanned::new(0..0, 1.0)
}

fn measured_then_latest() -> Vec<Preference> {
    vec![Preference::Measured, Preference::Latest]
}

/// Whether a site defines a board of this id.
pub fn exists(tree: &Tree, id: &str) -> bool {
    Id::new(id).is_ok() && tree.contains(&format!("{BOARDS}{id}.toml"))
}

/// What a board is to show.
#[derive(Debug)]
pub enum AnyDefinition {
    Scores(Box<Definition>),
    Battles(Box<BattleDefinition>),
}

impl AnyDefinition {
    pub fn id(&self) -> &Id {
        match self {
            Self::Scores(definition) => &definition.id,
            Self::Battles(definition) => &definition.id,
        }
    }

    fn order(&self) -> i64 {
        match self {
            Self::Scores(definition) => definition.order,
            Self::Battles(definition) => definition.order,
        }
    }
}

/// Reads every board definition, in the order of the list of boards. One with an error is left out, with a diagnostic.
pub fn read(tree: &Tree, catalog: &Catalog, ledger: &Ledger, diagnostics: &mut Diagnostics) -> Vec<AnyDefinition> {
    let mut definitions = Vec::new();
    for path in tree.below(BOARDS, ".toml") {
        let id = match Id::new(path[BOARDS.len()..].trim_end_matches(".toml")) {
            Ok(id) => id,
            Err(reason) => {
                let message = format!("the path gives the board's id, and {reason}");
                diagnostics.push(Diagnostic::error("bad-id", Arc::clone(path), message).hint("rename the file"));
                continue;
            }
        };
        let read = tree.text(path).and_then(|text| {
            let mut check = Check { path, text: &text, catalog, ledger, diagnostics, failed: false };
            let definition = match of_battles::is_of_battles(&text) {
                true => AnyDefinition::Battles(Box::new(check.of_battles(id, parse_toml(path, &text)?))),
                false => AnyDefinition::Scores(Box::new(check.definition(id, parse_toml(path, &text)?))),
            };
            Ok((!check.failed).then_some(definition))
        });
        match read {
            Ok(definition) => definitions.extend(definition),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    definitions.sort_by(|a, b| (a.order(), a.id()).cmp(&(b.order(), b.id())));
    definitions
}

/// A definition while it is checked.
pub(super) struct Check<'a> {
    pub path: &'a Arc<str>,
    pub text: &'a str,
    catalog: &'a Catalog,
    pub ledger: &'a Ledger,
    diagnostics: &'a mut Diagnostics,
    pub failed: bool,
}

impl Check<'_> {
    pub fn error<T>(&mut self, code: &'static str, at: &Spanned<T>, message: String, hint: String) {
        self.failed = true;
        let position = Position::of(self.text, at.span().start);
        self.diagnostics.push(Diagnostic::error(code, Arc::clone(self.path), message).at(position).hint(hint));
    }

    fn definition(&mut self, id: Id, file: File) -> Definition {
        for source in &file.sources {
            if !self.ledger.has_source(source.get_ref()) {
                let message = format!("no results come from {:?}", source.get_ref());
                self.error(
                    "unknown-source",
                    source,
                    message,
                    "a source is a folder of data/results/ with a source.toml".to_owned(),
                );
            }
        }
        if !(0.0..=1.0).contains(file.minimum_coverage.get_ref()) {
            let message = format!("minimum_coverage = {} is not a share", file.minimum_coverage.get_ref());
            self.error("out-of-range", &file.minimum_coverage, message, "write a number from 0 to 1".to_owned());
        }
        if let Some(gap) =
            file.gap_that_matters.as_ref().filter(|gap| !(gap.get_ref().is_finite() && *gap.get_ref() > 0.0))
        {
            let message = format!("gap_that_matters = {} is no difference", gap.get_ref());
            self.error("out-of-range", gap, message, "write a number above zero".to_owned());
        }
        let scores = file.columns.iter().filter(|column| column.role == Role::Score).count();
        let aggregate = *file.aggregate.get_ref();
        if scores == 0 && aggregate != Aggregate::None {
            let hint = "add [[columns]] with the role score, or set aggregate = \"none\"".to_owned();
            self.error("no-columns", &file.aggregate, "there is no column to aggregate".to_owned(), hint);
        }
        let charts = file.charts.iter().filter_map(|chart| self.chart(chart, &file.columns)).collect();
        Definition {
            id,
            path: Arc::clone(self.path),
            title: file.title,
            summary: file.summary,
            notes: file.notes,
            topic: file.topic,
            order: file.order,
            sources: file.sources.into_iter().map(|source| source.into_inner().into()).collect(),
            aggregate,
            minimum_coverage: file.minimum_coverage.into_inner(),
            gap_that_matters: file.gap_that_matters.map(Spanned::into_inner),
            unknown: file.unknown,
            choose: file.choose,
            eligibility: self.eligibility(file.eligibility),
            columns: (file.columns.into_iter())
                .filter_map(|column| self.column(column, aggregate, &file.material))
                .collect(),
            material: file.material,
            charts,
        }
    }

    fn eligibility(&mut self, file: EligibilityFile) -> Eligibility {
        let mut excluded = BTreeMap::new();
        for exclusion in file.exclude {
            let name = exclusion.model.get_ref();
            match self.catalog.find_model(name) {
                ModelMatch::Model(model, parts) if parts.is_empty() => drop(excluded.insert(model, exclusion.reason)),
                _ => {
                    let near = self.catalog.models_like(name);
                    let message = format!("no model {name:?}");
                    self.error(
                        "unknown-model",
                        &exclusion.model,
                        message,
                        did_you_mean(&near, "add a card to data/models/"),
                    );
                }
            }
        }
        Eligibility { open_weights: file.open_weights, kinds: file.kinds, excluded }
    }

    fn column(&mut self, file: ColumnFile, aggregate: Aggregate, material: &[Field]) -> Option<ColumnDefinition> {
        let name = file.benchmark.get_ref();
        let Some(benchmark) = self.catalog.benchmark_by_id(name) else {
            let near = self.catalog.benchmarks_like(name);
            let hint = did_you_mean(&near, "add a card to data/benchmarks/");
            self.error("unknown-benchmark", &file.benchmark, format!("no benchmark {name:?}"), hint);
            return None;
        };
        if let Some(weight) = file.weight.as_ref().filter(|weight| !(0.0..).contains(weight.get_ref())) {
            let message = format!("weight = {} is negative", weight.get_ref());
            self.error("out-of-range", weight, message, "write a weight of zero or more".to_owned());
        }
        if let Some(chance) = file.chance.as_ref().filter(|chance| !(0.0..1.0).contains(chance.get_ref())) {
            let message = format!("chance = {} is not a fraction from 0 to below 1", chance.get_ref());
            self.error("out-of-range", chance, message, "four choices give chance = 0.25".to_owned());
        }
        let card_chance = self.catalog.benchmark(benchmark).card.as_ref().and_then(|(_, card)| card.chance);
        let chance = file.chance.as_ref().map(|chance| *chance.get_ref()).or(card_chance);
        if aggregate == Aggregate::ChanceNormalisedMean && file.role == Role::Score && chance.is_none() {
            let message = format!("the chance level of {name:?} is not known");
            let hint = "state chance = … here or in the benchmark's card; 0 where guessing earns nothing".to_owned();
            self.error("no-chance-level", &file.benchmark, message, hint);
        }
        if aggregate == Aggregate::CategoryBalancedMean && file.role == Role::Score && file.group.is_none() {
            let hint = "give the column a group = { zh = …, en = … }".to_owned();
            let message = format!("the column of {name:?} belongs to no group to be balanced");
            self.error("no-group", &file.benchmark, message, hint);
        }
        if let Some(items) = file.items.as_ref().filter(|items| *items.get_ref() == 0) {
            let hint = "leave the key out where the number is not known".to_owned();
            self.error("out-of-range", items, "items = 0 is no number of items".to_owned(), hint);
        }
        let mut require = Protocol::default();
        for (field, value) in &file.require {
            require.set(*field, value.text());
        }
        Some(ColumnDefinition {
            position: Position::of(self.text, file.benchmark.span().start),
            benchmark,
            subsets: self.subsets(&file),
            label: file.label,
            metric: file.metric,
            require,
            material: file.material.unwrap_or_else(|| material.to_vec()),
            weight: file.weight.map_or(1.0, Spanned::into_inner),
            chance,
            group: file.group,
            role: file.role,
            reporter: file.reporter,
            direction: file.direction,
            items: file.items.map(Spanned::into_inner),
        })
    }

    /// The indices are those of the columns as long as none of them has an error; otherwise there is no definition.
    fn chart(&mut self, file: &ChartFile, columns: &[ColumnFile]) -> Option<ChartDefinition> {
        let (x, y) = (self.column_of_chart(&file.x, columns), self.column_of_chart(&file.y, columns));
        let (x, y) = (x?, y?);
        if x == y {
            let message = format!("x and y are the same column {:?}", file.y.get_ref());
            self.error("contradiction", &file.y, message, "name two columns".to_owned());
            return None;
        }
        Some(ChartDefinition { x, y, log: file.log })
    }

    /// The column with this label or, without a label like it, of this benchmark.
    fn column_of_chart(&mut self, name: &Spanned<String>, columns: &[ColumnFile]) -> Option<usize> {
        let wanted = name.get_ref();
        let labelled = |column: &ColumnFile| {
            let label = column.label.as_ref();
            label.is_some_and(|label| Language::ALL.into_iter().any(|language| label.get(language) == wanted))
        };
        let which = |is: &dyn Fn(&ColumnFile) -> bool| -> Vec<usize> {
            columns.iter().enumerate().filter(|(_, column)| is(column)).map(|(index, _)| index).collect()
        };
        let labelled = which(&labelled);
        let found = if labelled.is_empty() { which(&|column| column.benchmark.get_ref() == wanted) } else { labelled };
        match found[..] {
            [column] => Some(column),
            [] => {
                let hint = "write the label of one of [[columns]], or its benchmark".to_owned();
                self.error("unknown-column", name, format!("no column {wanted:?}"), hint);
                None
            }
            _ => {
                let message = format!("{} columns are called {wanted:?}", found.len());
                self.error("ambiguous-column", name, message, "give each a label, and write that".to_owned());
                None
            }
        }
    }

    fn subsets(&mut self, file: &ColumnFile) -> Subsets {
        match (&file.subsets, &file.subset_count) {
            (None, None) => Subsets::Whole,
            (Some(names), None) => {
                let mut names: Vec<Arc<str>> = names.iter().map(|name| name.as_str().into()).collect();
                names.sort_unstable();
                names.dedup();
                Subsets::Named(names)
            }
            (None, Some(count)) => Subsets::Count(*count.get_ref()),
            (Some(_), Some(count)) => {
                let hint = "name the subsets, or say how many there are".to_owned();
                self.error("contradiction", count, "subsets and subset_count exclude each other".to_owned(), hint);
                Subsets::Whole
            }
        }
    }
}
