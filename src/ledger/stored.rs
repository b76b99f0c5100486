//! Records as the ledger keeps them: there may be millions, and most of what they say many of a file say alike.

use crate::record::{
    Date, Extra, Interval, Items, Metric, ModelName, Origin, Place, Protocol, Provenance, Record, Reporter, Value,
    Variant, WebUrl,
};
use foldhash::{HashMap, HashSet};
use std::hash::Hash;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

/// A [`Record`], of which the [`Circumstances`] are shared with its neighbours.
#[derive(Clone, Debug)]
pub struct Stored {
    pub model: Arc<ModelName>,
    pub benchmark: Arc<str>,
    pub subset: Option<Arc<str>>,
    pub value: Value,
    pub place: Place,
    circumstances: Arc<Circumstances>,
}

/// What records of a file mostly have alike.
#[derive(Debug, PartialEq)]
pub struct Circumstances {
    pub metric: Arc<Metric>,
    pub protocol: Arc<Protocol>,
    pub origin: Arc<Origin>,
    pub standard_error: Option<Value>,
    pub interval: Option<Arc<Interval>>,
    pub items: Items,
    pub aggregate: bool,
    pub date: Option<Date>,
    pub reporter: Reporter,
    pub url: Option<WebUrl>,
    pub extra: Option<Arc<Extra>>,
}

/// From when on a board's records count as known. Days of both kinds in one order would say nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dating {
    /// From the day on which each was measured.
    #[default]
    Measured,
    /// From the day on which its source was fetched: where no record says when it was measured.
    Fetched,
}

impl Deref for Stored {
    type Target = Circumstances;

    fn deref(&self) -> &Circumstances {
        &self.circumstances
    }
}

impl Stored {
    /// The day from which on it counts as known, as precise as it is stated.
    pub fn day(&self, dating: Dating) -> Option<&str> {
        let date = match dating {
            Dating::Measured => &self.date,
            Dating::Fetched => &self.origin.source.retrieved,
        };
        date.as_ref().map(Date::day)
    }

    /// The record as it was read.
    pub fn record(&self) -> Record {
        Record {
            model: ModelName::clone(&self.model),
            benchmark: Arc::clone(&self.benchmark),
            subset: self.subset.clone(),
            metric: Arc::clone(&self.metric),
            value: self.value.clone(),
            standard_error: self.standard_error.clone(),
            interval: self.interval.clone(),
            items: self.items,
            protocol: Arc::clone(&self.protocol),
            aggregate: self.aggregate,
            provenance: Provenance {
                origin: Arc::clone(&self.origin),
                place: self.place.clone(),
                date: self.date.clone(),
                reporter: self.reporter,
                url: self.url.clone(),
            },
            extra: self.extra.clone(),
        }
    }
}

/// Stores the records of files; what many files have is kept once.
#[derive(Default)]
pub(super) struct Store(Mutex<Known>);

#[derive(Default)]
struct Known {
    texts: HashSet<Arc<str>>,
    variants: HashSet<Arc<Variant>>,
    models: HashSet<Arc<ModelName>>,
    metrics: HashSet<Arc<Metric>>,
    protocols: HashSet<Arc<Protocol>>,
}

impl Store {
    /// The records of a file.
    pub(super) fn keep(&self, records: Vec<Record>) -> Vec<Stored> {
        let mut store = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut of_file = OfFile {
            known: &mut store,
            models: HashMap::default(),
            texts: HashMap::default(),
            circumstances: HashMap::default(),
            last: None,
        };
        let mut stored = Vec::with_capacity(records.len());
        stored.extend(records.into_iter().map(|record| of_file.stored(record)));
        stored
    }
}

/// What the records of a file had so far, by the addresses at which their reader shares it: equal addresses are told
/// faster than equal values.
struct OfFile<'k> {
    known: &'k mut Known,
    models: HashMap<[*const u8; 2], Arc<ModelName>>,
    texts: HashMap<*const u8, Arc<str>>,
    /// The last ones with the same metric and protocol.
    circumstances: HashMap<[*const u8; 2], Arc<Circumstances>>,
    last: Option<Arc<Circumstances>>,
}

impl OfFile<'_> {
    fn stored(&mut self, record: Record) -> Stored {
        let Record { model, benchmark, subset, metric, value, standard_error, interval, items, protocol, .. } = record;
        let (aggregate, extra) = (record.aggregate, record.extra);
        let Provenance { origin, place, date, reporter, url } = record.provenance;
        let own = Circumstances {
            metric,
            protocol,
            origin,
            standard_error,
            interval,
            items,
            aggregate,
            date,
            reporter,
            url,
            extra,
        };
        Stored {
            model: self.model(model),
            benchmark: self.text(benchmark),
            subset: subset.map(|subset| self.text(subset)),
            value,
            place,
            circumstances: self.circumstances(own),
        }
    }

    fn model(&mut self, model: ModelName) -> Arc<ModelName> {
        let at = [address(&model.raw), address(&model.variant)];
        let make = || {
            let Known { texts, variants, models, .. } = &mut *self.known;
            let model = ModelName { raw: known(texts, model.raw), variant: known(variants, model.variant) };
            known(models, Arc::new(model))
        };
        Arc::clone(self.models.entry(at).or_insert_with(make))
    }

    fn text(&mut self, text: Arc<str>) -> Arc<str> {
        let at = address(&text);
        Arc::clone(self.texts.entry(at).or_insert_with(|| known(&mut self.known.texts, text)))
    }

    fn circumstances(&mut self, own: Circumstances) -> Arc<Circumstances> {
        let at = [address(&own.metric), address(&own.protocol)];
        if let Some(same) = self.circumstances.get(&at).filter(|known| known.is_otherwise(&own)) {
            return Arc::clone(same);
        }
        let metric = known(&mut self.known.metrics, own.metric);
        let protocol = known(&mut self.known.protocols, own.protocol);
        let own = Circumstances { metric, protocol, ..own };
        let new = match self.last.take() {
            Some(last) if last.is(&own) => last,
            _ => Arc::new(own),
        };
        self.last = Some(Arc::clone(&new));
        self.circumstances.insert(at, Arc::clone(&new));
        new
    }
}

fn address<T: ?Sized>(shared: &Arc<T>) -> *const u8 {
    Arc::as_ptr(shared).cast()
}

/// The known value that equals `value`, which becomes known if there is none.
fn known<T: Eq + Hash + ?Sized>(known: &mut HashSet<Arc<T>>, value: Arc<T>) -> Arc<T> {
    match known.get(&value) {
        Some(known) => Arc::clone(known),
        None => {
            known.insert(Arc::clone(&value));
            value
        }
    }
}

impl Circumstances {
    /// Whether `other` are the same; those that readers share are told by their addresses.
    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.metric, &other.metric)
            && Arc::ptr_eq(&self.protocol, &other.protocol)
            && self.is_otherwise(other)
    }

    /// Whether `other` are the same but for metric and protocol, which are not looked at.
    fn is_otherwise(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.origin, &other.origin)
            && self.standard_error == other.standard_error
            && self.interval == other.interval
            && self.items == other.items
            && self.aggregate == other.aggregate
            && self.date == other.date
            && self.reporter == other.reporter
            && self.url == other.url
            && match (&self.extra, &other.extra) {
                (None, None) => true,
                (Some(one), Some(other)) => Arc::ptr_eq(one, other),
                _ => false,
            }
    }
}
