//! `data/notices/**/*.toml`: what is said of records after they were published, so that nothing disappears silently.
//!
//! A notice selects records by model, benchmark and file; whatever of these it names must agree. A withdrawn record stays
//! visible and no longer counts; a disputed and a contaminated one count, and say so.

use super::{Dating, Entry, Ledger, Stored};
use crate::catalog::{BenchmarkIx, Catalog, ModelIx, ModelMatch, nearest};
use crate::diagnostic::{Diagnostic, Diagnostics, Position, did_you_mean};
use crate::language::Text;
use crate::record::{Date, WebUrl};
use crate::tree::{Tree, parse_toml};
use foldhash::HashMap;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use toml::Spanned;

/// The folder of notices.
const NOTICES: &str = "data/notices/";

/// When a board is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment<'a> {
    /// With all that is known.
    Today,
    /// At the end of a day, or of a month or a year where the dates are no more precise. A less precise date comes before
    /// the more precise ones that it contains.
    Past(&'a str, Dating),
}

impl Moment<'_> {
    /// Whether a record was there already. One without a date always was.
    pub fn knows(self, record: &Stored) -> bool {
        match self {
            Self::Today => true,
            Self::Past(day, dating) => record.day(dating).is_none_or(|of_record| of_record <= day),
        }
    }
}

/// What a notice says of its records; the most serious first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NoticeState {
    /// They are shown and count for nothing.
    Withdrawn,
    /// Somebody doubts them; they count until that is settled.
    Disputed,
    /// Training and test data overlap, as somebody states; they count, for disclosure must not cost a place.
    Contaminated,
}

impl NoticeState {
    /// The name in files and data, and a part of names of interface strings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Withdrawn => "withdrawn",
            Self::Disputed => "disputed",
            Self::Contaminated => "contaminated",
        }
    }
}

/// A notice, as its file declares it, with names resolved.
#[derive(Debug, PartialEq, Eq)]
pub struct Notice {
    /// From 1, in the order of files and of places in them.
    pub number: u32,
    path: Arc<str>,
    position: Position,
    pub state: NoticeState,
    pub model: Option<ModelIx>,
    pub benchmark: Option<BenchmarkIx>,
    /// The path of a result file.
    pub file: Option<Arc<str>>,
    /// From when on it holds.
    pub since: Date,
    /// When it was settled: from then on it is history.
    pub until: Option<Date>,
    pub reason: Text,
    pub url: Option<WebUrl>,
}

impl Notice {
    /// Whether it holds at a moment.
    pub fn is_open(&self, at: Moment) -> bool {
        match at {
            Moment::Today => self.until.is_none(),
            Moment::Past(day, _) => {
                self.since.day() <= day && self.until.as_ref().is_none_or(|until| until.day() > day)
            }
        }
    }

    fn selects(&self, entry: &Entry) -> bool {
        self.model.is_none_or(|model| model == entry.model)
            && self.benchmark.is_none_or(|benchmark| benchmark == entry.benchmark)
            && self.file.as_ref().is_none_or(|file| *file == entry.record.origin.path)
    }
}

/// All notices, found by what they select.
#[derive(Debug, Default)]
pub struct Notices {
    all: Vec<Arc<Notice>>,
    /// Indices of the notices that name a model; of those left, that name a benchmark; and the others.
    by_model: HashMap<ModelIx, Vec<usize>>,
    by_benchmark: HashMap<BenchmarkIx, Vec<usize>>,
    by_file: HashMap<Arc<str>, Vec<usize>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    notices: Vec<Spanned<Declared>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Declared {
    state: NoticeState,
    model: Option<Spanned<String>>,
    benchmark: Option<Spanned<String>>,
    file: Option<Spanned<String>>,
    since: Date,
    until: Option<Spanned<Date>>,
    reason: Text,
    url: Option<WebUrl>,
}

impl Notices {
    /// Reads every notice; one with an error is left out, with a diagnostic. `files` are the paths of all result files.
    pub(super) fn read(tree: &Tree, catalog: &Catalog, files: &[&Arc<str>], diagnostics: &mut Diagnostics) -> Self {
        let mut notices = Self::default();
        for path in tree.below(NOTICES, ".toml") {
            match tree.text(path).and_then(|text| Ok((parse_toml::<File>(path, &text)?, text))) {
                Ok((file, text)) => {
                    for declared in file.notices {
                        let check = Check { path, text: &text, catalog, files, diagnostics, failed: false };
                        if let Some(notice) = check.notice(declared, notices.all.len() as u32 + 1) {
                            notices.add(notice);
                        }
                    }
                }
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
        notices
    }

    fn add(&mut self, notice: Notice) {
        let index = self.all.len();
        let places = match (&notice.model, &notice.benchmark, &notice.file) {
            (Some(model), ..) => self.by_model.entry(*model).or_default(),
            (None, Some(benchmark), _) => self.by_benchmark.entry(*benchmark).or_default(),
            (None, None, Some(file)) => self.by_file.entry(Arc::clone(file)).or_default(),
            (None, None, None) => return,
        };
        places.push(index);
        self.all.push(Arc::new(notice));
    }

    /// In the order of their numbers.
    pub fn all(&self) -> &[Arc<Notice>] {
        &self.all
    }

    /// Those that select a record, settled ones too.
    pub fn selecting<'a>(&'a self, entry: &'a Entry) -> impl Iterator<Item = &'a Arc<Notice>> {
        let of_model = self.by_model.get(&entry.model);
        let of_benchmark = self.by_benchmark.get(&entry.benchmark);
        let of_file = (!self.by_file.is_empty()).then(|| self.by_file.get(&entry.record.origin.path)).flatten();
        let found = [of_model, of_benchmark, of_file].into_iter().flatten().flatten();
        found.map(|index| &self.all[*index]).filter(|notice| notice.selects(entry))
    }

    /// The notices that hold of a record, the most serious first.
    pub fn of(&self, entry: &Entry, at: Moment) -> Vec<Arc<Notice>> {
        let mut notices: Vec<_> = self.selecting(entry).filter(|notice| notice.is_open(at)).map(Arc::clone).collect();
        notices.sort_by_key(|notice| (notice.state, notice.number));
        notices
    }

    /// Whether a record is withdrawn.
    pub fn withdraw(&self, entry: &Entry, at: Moment) -> bool {
        !self.all.is_empty()
            && self.selecting(entry).any(|notice| notice.state == NoticeState::Withdrawn && notice.is_open(at))
    }

    /// Reports notices that select no record.
    pub(super) fn report(&self, ledger: &Ledger, diagnostics: &mut Diagnostics) {
        if self.all.is_empty() {
            return;
        }
        let mut used = vec![false; self.all.len()];
        for (_, entry) in ledger.entries() {
            self.selecting(&entry).for_each(|notice| used[notice.number as usize - 1] = true);
        }
        for (notice, _) in self.all.iter().zip(used).filter(|(_, used)| !used) {
            diagnostics.push(
                Diagnostic::warning("empty-notice", Arc::clone(&notice.path), "the notice selects no record")
                    .at(notice.position)
                    .hint("model, benchmark and file must all be those of one record; a notice is of records, not of votes"),
            );
        }
    }
}

/// A notice while it is checked.
struct Check<'a> {
    path: &'a Arc<str>,
    text: &'a str,
    catalog: &'a Catalog,
    files: &'a [&'a Arc<str>],
    diagnostics: &'a mut Diagnostics,
    failed: bool,
}

impl Check<'_> {
    fn error<T>(&mut self, code: &'static str, at: &Spanned<T>, message: String, hint: String) {
        self.failed = true;
        let position = Position::of(self.text, at.span().start);
        self.diagnostics.push(Diagnostic::error(code, Arc::clone(self.path), message).at(position).hint(hint));
    }

    /// `None` where it has an error, which is reported.
    fn notice(mut self, spanned: Spanned<Declared>, number: u32) -> Option<Notice> {
        let declared = spanned.get_ref();
        let model = declared.model.as_ref().and_then(|name| self.model(name));
        let benchmark = declared.benchmark.as_ref().and_then(|name| self.benchmark(name));
        let file = declared.file.as_ref().and_then(|path| self.file(path));
        if declared.model.is_none() && declared.benchmark.is_none() && declared.file.is_none() {
            let message = "the notice does not say which records it is about".to_owned();
            self.error("no-selection", &spanned, message, "name at least one of model, benchmark and file".to_owned());
        }
        if let Some(until) = declared.until.as_ref().filter(|until| *until.get_ref() < declared.since) {
            let message = format!("until = {} is before since = {}", until.get_ref(), declared.since);
            self.error("contradiction", until, message, "a notice is settled after it was given".to_owned());
        }
        let position = Position::of(self.text, spanned.span().start);
        let Declared { state, since, until, reason, url, .. } = spanned.into_inner();
        let until = until.map(Spanned::into_inner);
        let path = Arc::clone(self.path);
        (!self.failed).then_some(Notice {
            number,
            path,
            position,
            state,
            model,
            benchmark,
            file,
            since,
            until,
            reason,
            url,
        })
    }

    fn model(&mut self, name: &Spanned<String>) -> Option<ModelIx> {
        match self.catalog.find_model(name.get_ref()) {
            ModelMatch::Model(model, parts) if parts.is_empty() => Some(model),
            _ => {
                let near = self.catalog.models_like(name.get_ref());
                let hint = did_you_mean(&near, "write the id of a card, or the name as the result files have it");
                self.error("unknown-model", name, format!("no model {:?}", name.get_ref()), hint);
                None
            }
        }
    }

    fn benchmark(&mut self, id: &Spanned<String>) -> Option<BenchmarkIx> {
        let found = self.catalog.benchmark_by_id(id.get_ref());
        if found.is_none() {
            let near = self.catalog.benchmarks_like(id.get_ref());
            let hint = did_you_mean(&near, "write the id of a card, or of a page below benchmarks/");
            self.error("unknown-benchmark", id, format!("no benchmark {:?}", id.get_ref()), hint);
        }
        found
    }

    fn file(&mut self, path: &Spanned<String>) -> Option<Arc<str>> {
        let found = self.files.iter().copied().find(|file| &***file == path.get_ref().as_str());
        if found.is_none() {
            let near = nearest(path.get_ref(), self.files.iter().map(|file| (&***file, &***file)));
            let hint = did_you_mean(&near, "write the whole path of a result file, from data/ on");
            self.error("unknown-file", path, format!("no result file {:?}", path.get_ref()), hint);
        }
        found.map(Arc::clone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Declared>, String> {
        let file: File = toml::from_str(text).map_err(|error| error.message().to_owned())?;
        Ok(file.notices.into_iter().map(Spanned::into_inner).collect())
    }

    #[test]
    fn a_notice_needs_a_state_a_date_and_a_reason() {
        let whole = "[[notices]]\nstate = 'withdrawn'\nmodel = 'org/a'\nsince = 2026-03-01\nreason = 'R'\n";
        let read_back = read(whole).unwrap();
        assert_eq!((read_back[0].state, read_back[0].since.as_str()), (NoticeState::Withdrawn, "2026-03-01"));
        for (line, complaint) in
            [("state = 'withdrawn'\n", "state"), ("since = 2026-03-01\n", "since"), ("reason = 'R'\n", "reason")]
        {
            let error = read(&whole.replace(line, "")).unwrap_err();
            assert!(error.contains("missing field") && error.contains(complaint), "{error}");
        }
        assert!(read(&whole.replace("withdrawn", "gone")).unwrap_err().contains("unknown variant"));
    }

    #[test]
    fn the_most_serious_state_comes_first() {
        let mut states = [NoticeState::Contaminated, NoticeState::Withdrawn, NoticeState::Disputed];
        states.sort_unstable();
        assert_eq!(states.map(NoticeState::name), ["withdrawn", "disputed", "contaminated"]);
    }
}
