//! The comparability guard: which records of a column may be compared, and what keeps the others apart.
//!
//! Records are comparable when they agree on metric, unit and every field that the column requires or that is declared material,
//! for the column or for the board. A field that a record does not state is unknown, and unknown is not equal: the board's
//! [`UnknownRule`] says what then happens. Where a material field is not required at a fixed value, the value under
//! which most models were measured stands for the column.

use super::definition::{ColumnDefinition, Definition, UnknownRule};
use crate::ledger::{EntryIx, Ledger};
use crate::record::{Field, Metric, Protocol, Unit};
use foldhash::HashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the comparable records of a column have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Agreement {
    pub metric: Arc<str>,
    /// Percent stands for fraction too.
    pub unit: Unit,
    /// Required and material fields; `None` where the records do not state it and the board accepts that.
    pub fields: Vec<(Field, Option<Arc<str>>)>,
}

/// A record of the column's benchmark that cannot be compared with the column's scores.
#[derive(Clone, Debug)]
pub struct Beside {
    /// Index of the column.
    pub column: usize,
    pub entry: EntryIx,
    /// At least one.
    pub differences: Vec<Difference>,
}

/// One reason why a record is not comparable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub what: Aspect,
    /// What the column has.
    pub expected: Option<Arc<str>>,
    /// What the record has; `None` when its file does not say.
    pub found: Option<Arc<str>>,
}

/// What two records can differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    Metric,
    Unit,
    Field(Field),
}

/// The records of one column, told apart.
pub(super) struct Judged {
    /// Absent when no record is comparable.
    pub agreement: Option<Agreement>,
    /// In the order of the candidates, withdrawn records last.
    pub comparable: Vec<EntryIx>,
    pub beside: Vec<Beside>,
    /// The metrics of records that meet the column's requirements. More than one means that the column has to name its
    /// metric: nothing else could choose between them.
    pub metrics: BTreeSet<Arc<str>>,
}

/// Judges the candidates of the column with index `column`, which are those that count and those that are withdrawn: these
/// have no say in what the column agrees on.
pub(super) fn judge(
    board: &Definition,
    column: usize,
    definition: &ColumnDefinition,
    [counting, withdrawn]: [&[EntryIx]; 2],
    ledger: &Ledger,
) -> Judged {
    let rules = Rules::new(board, definition);
    let mut kinds = Kinds::default();
    let mut kind_of: Vec<usize> = counting.iter().map(|entry| kinds.index(&rules, *entry, ledger)).collect();
    let agreement = kinds.prevailing(&kind_of, counting, ledger);
    let admissible = kinds.all.iter().filter(|kind| kind.admissible);
    let metrics = admissible.map(|kind| Arc::clone(&kind.metric)).collect();
    kind_of.extend(withdrawn.iter().map(|entry| kinds.index(&rules, *entry, ledger)));
    let mut judged = Judged { agreement, comparable: Vec::with_capacity(kind_of.len()), beside: Vec::new(), metrics };
    let differences: Vec<Vec<Difference>> =
        kinds.all.iter().map(|kind| rules.differences(kind, judged.agreement.as_ref())).collect();
    for (entry, kind) in counting.iter().chain(withdrawn).zip(kind_of) {
        match differences[kind].as_slice() {
            [] => judged.comparable.push(*entry),
            some => judged.beside.push(Beside { column, entry: *entry, differences: some.to_vec() }),
        }
    }
    judged
}

/// What the column demands.
struct Rules<'a> {
    metric: Option<&'a str>,
    require: &'a Protocol,
    /// Required and material fields, sorted, each once.
    fields: Vec<Field>,
    unknown: UnknownRule,
}

/// What matters of one record: records of one kind are judged alike.
struct Kind {
    metric: Arc<str>,
    unit: Unit,
    fields: Vec<(Field, Option<Arc<str>>)>,
    /// Meets the column's requirements, so that it can be what the column agrees on.
    admissible: bool,
}

impl<'a> Rules<'a> {
    fn new(board: &Definition, column: &'a ColumnDefinition) -> Self {
        let required = column.require.iter().map(|(field, _)| field);
        let fields: BTreeSet<Field> = required.chain(column.material.iter().copied()).collect();
        Self {
            metric: column.metric.as_deref(),
            require: &column.require,
            fields: fields.into_iter().collect(),
            unknown: board.unknown,
        }
    }

    fn kind(&self, metric: &Metric, protocol: &Protocol) -> Kind {
        let fields: Vec<_> = self.fields.iter().map(|field| (*field, protocol.get(*field).map(Arc::from))).collect();
        let mut kind =
            Kind { metric: Arc::clone(&metric.name), unit: shared_unit(metric.unit), fields, admissible: true };
        kind.admissible = self.unmet(&kind).is_empty();
        kind
    }

    /// Where a kind falls short of what the column requires, whatever the other records are.
    fn unmet(&self, kind: &Kind) -> Vec<Difference> {
        let mut unmet = Vec::new();
        if let Some(metric) = self.metric.filter(|metric| **metric != *kind.metric) {
            unmet.push(difference(Aspect::Metric, Some(metric), Some(&kind.metric)));
        }
        for (field, found) in &kind.fields {
            let required = self.require.get(*field);
            let met = match found {
                Some(found) => required.is_none_or(|required| required == &**found),
                None => self.unknown == UnknownRule::Accept,
            };
            if !met {
                unmet.push(difference(Aspect::Field(*field), required, found.as_deref()));
            }
        }
        unmet
    }

    /// Everything that keeps a kind from being compared with what the column agrees on.
    fn differences(&self, kind: &Kind, agreement: Option<&Agreement>) -> Vec<Difference> {
        let mut differences = self.unmet(kind);
        let Some(agreement) = agreement else {
            return differences;
        };
        if self.metric.is_none() && kind.metric != agreement.metric {
            differences.push(difference(Aspect::Metric, Some(&agreement.metric), Some(&kind.metric)));
        }
        if kind.unit != agreement.unit {
            differences.push(difference(Aspect::Unit, Some(agreement.unit.name()), Some(kind.unit.name())));
        }
        for ((field, found), (_, expected)) in kind.fields.iter().zip(&agreement.fields) {
            let listed = differences.iter().any(|difference| difference.what == Aspect::Field(*field));
            if let (Some(found), Some(expected), false) = (found, expected, listed)
                && found != expected
            {
                differences.push(difference(Aspect::Field(*field), Some(expected), Some(found)));
            }
        }
        for difference in &mut differences {
            if let (Aspect::Field(field), None) = (difference.what, &difference.expected) {
                difference.expected =
                    agreement.fields.iter().find(|(of, _)| *of == field).and_then(|(_, value)| value.clone());
            }
        }
        differences
    }
}

fn difference(what: Aspect, expected: Option<&str>, found: Option<&str>) -> Difference {
    Difference { what, expected: expected.map(Arc::from), found: found.map(Arc::from) }
}

/// Fraction and percent are one scale; the others are their own.
pub(super) fn shared_unit(unit: Unit) -> Unit {
    match unit {
        Unit::Fraction => Unit::Percent,
        other => other,
    }
}

/// The kinds met so far. Readers share metrics and protocols between records, so most records are known by address.
#[derive(Default)]
struct Kinds {
    all: Vec<Kind>,
    by_value: HashMap<(Arc<Metric>, Arc<Protocol>), usize>,
    by_address: HashMap<(*const Metric, *const Protocol), usize>,
}

impl Kinds {
    fn index(&mut self, rules: &Rules, entry: EntryIx, ledger: &Ledger) -> usize {
        let record = &ledger.entry(entry).record;
        let address = (Arc::as_ptr(&record.metric), Arc::as_ptr(&record.protocol));
        *self.by_address.entry(address).or_insert_with(|| {
            let value = (Arc::clone(&record.metric), Arc::clone(&record.protocol));
            *self.by_value.entry(value).or_insert_with(|| {
                self.all.push(rules.kind(&record.metric, &record.protocol));
                self.all.len() - 1
            })
        })
    }

    /// The agreement of most models among the admissible kinds; of equals, the first in order.
    fn prevailing(&self, kind_of: &[usize], candidates: &[EntryIx], ledger: &Ledger) -> Option<Agreement> {
        let mut models: BTreeMap<Agreement, BTreeSet<_>> = BTreeMap::new();
        let mut agreements: Vec<Option<Agreement>> = self.all.iter().map(Kind::agreement).collect();
        if let [only] = agreements.as_mut_slice() {
            return only.take();
        }
        for (entry, kind) in candidates.iter().zip(kind_of) {
            if let Some(agreement) = &agreements[*kind] {
                models.entry(agreement.clone()).or_default().insert(ledger.entry(*entry).model);
            }
        }
        let (mut agreement, _) = models.into_iter().rev().max_by_key(|(_, models)| models.len())?;
        for index in 0..agreement.fields.len() {
            if agreement.fields[index].1.is_none() {
                agreement.fields[index].1 = self.prevailing_value(index, &agreement, kind_of, candidates, ledger);
            }
        }
        Some(agreement)
    }

    /// What most models state of a field that the prevailing kind leaves open. Where the board accepts records that do
    /// not state it, those that do must still agree with each other.
    fn prevailing_value(
        &self,
        field: usize,
        agreement: &Agreement,
        kind_of: &[usize],
        candidates: &[EntryIx],
        ledger: &Ledger,
    ) -> Option<Arc<str>> {
        let mut models: BTreeMap<&Arc<str>, BTreeSet<_>> = BTreeMap::new();
        for (entry, kind) in candidates.iter().zip(kind_of) {
            let kind = &self.all[*kind];
            if let Some(value) = kind.fields[field].1.as_ref().filter(|_| kind.fits(agreement)) {
                models.entry(value).or_default().insert(ledger.entry(*entry).model);
            }
        }
        models.into_iter().rev().max_by_key(|(_, models)| models.len()).map(|(value, _)| Arc::clone(value))
    }
}

impl Kind {
    /// Whether the kind is admissible and states nothing that contradicts the agreement.
    fn fits(&self, agreement: &Agreement) -> bool {
        let mut fields = self.fields.iter().zip(&agreement.fields);
        self.admissible
            && self.metric == agreement.metric
            && self.unit == agreement.unit
            && fields.all(|((_, own), (_, agreed))| own.is_none() || agreed.is_none() || own == agreed)
    }

    fn agreement(&self) -> Option<Agreement> {
        let agreement = Agreement { metric: Arc::clone(&self.metric), unit: self.unit, fields: self.fields.clone() };
        self.admissible.then_some(agreement)
    }
}
