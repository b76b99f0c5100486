//! Records as the ledger keeps them: there may be millions, and most of what they say many of a file say alike.

use crate::record::{
    Date, Extra, Interval, Items, Metric, ModelName, Origin, Place, Protocol, Provenance, Record, Reporter, Value,
    Variant, WebUrl,
};
use foldhash::HashSet;
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

impl Deref for Stored {
    type Target = Circumstances;

    fn deref(&self) -> &Circumstances {
        &self.circumstances
    }
}

impl Stored {
    /// The day from which on it counts as known, as precise as it is stated: when it was measured, or else when its source
    /// was fetched.
    pub fn day(&self) -> Option<&str> {
        self.date.as_ref().or(self.origin.source.retrieved.as_ref()).map(Date::day)
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

/// Looks values of one file up among those that are known: neighbours mostly have the same.
struct Lookup<'k, T: ?Sized> {
    known: &'k mut HashSet<Arc<T>>,
    /// The value last looked up, and the known one that equals it.
    last: Option<(Arc<T>, Arc<T>)>,
}

impl<'k, T: Eq + Hash + ?Sized> Lookup<'k, T> {
    fn new(known: &'k mut HashSet<Arc<T>>) -> Self {
        Self { known, last: None }
    }

    /// The known value that equals `value`, which becomes known if there is none.
    fn of(&mut self, value: Arc<T>) -> Arc<T> {
        if let Some((last, known)) = &self.last
            && Arc::ptr_eq(last, &value)
        {
            return Arc::clone(known);
        }
        let known = self.known.get(&value).map(Arc::clone).unwrap_or_else(|| {
            self.known.insert(Arc::clone(&value));
            Arc::clone(&value)
        });
        self.last = Some((value, Arc::clone(&known)));
        known
    }
}

impl<T: Eq + Hash> Lookup<'_, T> {
    /// As [`Self::of`], of a value that is not shared yet.
    fn of_owned(&mut self, value: T) -> Arc<T> {
        match &self.last {
            Some((_, known)) if **known == value => Arc::clone(known),
            _ => self.of(Arc::new(value)),
        }
    }
}

impl Store {
    /// The records of a file.
    pub(super) fn keep(&self, records: Vec<Record>) -> Vec<Stored> {
        let mut last: Option<Arc<Circumstances>> = None;
        let mut store = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Known { texts, variants, models, metrics, protocols } = &mut *store;
        let (mut variants, mut models) = (Lookup::new(variants), Lookup::new(models));
        let (mut metrics, mut protocols, mut texts) =
            (Lookup::new(metrics), Lookup::new(protocols), Lookup::new(texts));
        let stored = records.into_iter().map(|record| {
            let Record { model, benchmark, subset, metric, value, standard_error, interval, items, protocol, .. } =
                record;
            let (aggregate, extra) = (record.aggregate, record.extra);
            let Provenance { origin, place, date, reporter, url } = record.provenance;
            let own = Circumstances {
                metric: metrics.of(metric),
                protocol: protocols.of(protocol),
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
            let circumstances = match &last {
                Some(last) if last.is(&own) => Arc::clone(last),
                _ => Arc::new(own),
            };
            last = Some(Arc::clone(&circumstances));
            let model = ModelName { raw: texts.of(model.raw), variant: variants.of(model.variant) };
            Stored {
                model: models.of_owned(model),
                benchmark: texts.of(benchmark),
                subset: subset.map(|subset| texts.of(subset)),
                value,
                place,
                circumstances,
            }
        });
        // The collection takes over the memory of the larger records.
        let mut stored: Vec<Stored> = stored.collect();
        stored.shrink_to_fit();
        stored
    }
}

impl Circumstances {
    /// Whether `other` are the same; those that readers share are told by their addresses.
    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.metric, &other.metric)
            && Arc::ptr_eq(&self.protocol, &other.protocol)
            && Arc::ptr_eq(&self.origin, &other.origin)
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
