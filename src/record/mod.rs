//! The neutral types every reader produces and every later stage uses: one [`Record`] is one measurement.
//!
//! A record says what was measured (model, benchmark, metric), how ([`Protocol`]), what came out ([`Value`], exactly as
//! written) and where that stands ([`Provenance`]). Names are still the file's own; the catalog gives them ids. This
//! module knows no file, no format and no board.

pub mod id;
mod metric;
mod protocol;
mod provenance;
mod value;
mod web_url;

pub use metric::{Direction, Metric, Unit};
pub use protocol::{Field, Protocol};
pub use provenance::{Date, Origin, Place, Provenance, Reporter, Source};
pub use value::Value;
pub use web_url::WebUrl;

use std::sync::Arc;

/// One measurement: model × benchmark × metric under a protocol → value.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub model: ModelName,
    /// The benchmark or task, named as the file names it.
    pub benchmark: Arc<str>,
    /// The part of the benchmark that was measured (language, subject); absent for the whole.
    pub subset: Option<Arc<str>>,
    pub metric: Arc<Metric>,
    pub value: Value,
    /// The standard error of the value, in the value's unit; absent when the file states none.
    pub standard_error: Option<Value>,
    pub items: Items,
    pub protocol: Arc<Protocol>,
    /// The value is an average of other records of the same file.
    pub aggregate: bool,
    pub provenance: Provenance,
}

/// The model as the file names it, with the parts of its identity that the file keeps apart from the name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModelName {
    pub raw: Arc<str>,
    /// Commit, tag or step that names one set of weights; absent when the file does not say.
    pub revision: Option<Arc<str>>,
    /// `float16`, `int8`, …; absent when the file does not say.
    pub precision: Option<Arc<str>>,
}

impl ModelName {
    pub fn new(raw: impl Into<Arc<str>>) -> Self {
        Self { raw: raw.into(), revision: None, precision: None }
    }
}

/// How many items a value rests on. Zero is a number; unknown is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Items {
    /// Items that were scored.
    pub scored: Option<u64>,
    /// Items in the split; more than `scored` means a partial run.
    pub total: Option<u64>,
}

impl Items {
    /// Whether fewer items were scored than the split has; `None` when the file does not say.
    pub fn partial(self) -> Option<bool> {
        Some(self.scored? < self.total?)
    }
}
