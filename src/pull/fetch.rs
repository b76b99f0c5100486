//! Getting one source: which addresses to ask, and what to make of the answers.

use super::Endpoints;
use super::archive;
use super::client::{self, Client, Got, Job, Request};
use super::failure::Failure;
use super::store::{Draft, Workshop};
use super::verify::{self, Shape};
use crate::snapshot::{Answer, Dataset, Entry, File, Form, Github, Location, WebFile};
use reqwest::Url;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::path::Path;

/// All that is needed to fetch one source.
pub(super) struct Errand<'a> {
    pub(super) client: &'a Client,
    pub(super) endpoints: &'a Endpoints,
    pub(super) location: &'a Location,
    /// The snapshot that is there, if it is whole and was fetched from the same location.
    pub(super) previous: Option<&'a Entry>,
    /// Its folder.
    pub(super) snapshot: &'a Path,
    pub(super) workshop: &'a Workshop,
    pub(super) job: Job<'a>,
}

/// What came of an errand.
pub(super) enum Fetched {
    /// The snapshot is current.
    NotModified,
    /// A snapshot stands in the workshop, complete and verified.
    New(New),
}

/// A new snapshot.
pub(super) struct New {
    pub(super) files: Vec<File>,
    pub(super) shape: Shape,
    pub(super) answers: Vec<Answer>,
    pub(super) revision: Option<String>,
    /// Links of an archive, which were left out.
    pub(super) links: usize,
}

impl New {
    fn of(draft: Draft, shape: Shape, answers: Vec<Answer>) -> Self {
        Self { files: draft.files, shape, answers, revision: None, links: 0 }
    }
}

impl Errand<'_> {
    pub(super) fn run(&self) -> Result<Fetched, Failure> {
        match self.location {
            Location::File(file) => self.file(file),
            Location::Github(github) => self.github(github),
            Location::Dataset(dataset) => match dataset.format {
                Form::Rows => self.rows(dataset),
                Form::Parquet => self.parquet(dataset),
            },
        }
    }

    fn file(&self, file: &WebFile) -> Result<Fetched, Failure> {
        let url = parse(file.url.as_str())?;
        let Got::Body(body) = self.ask(&url, true)? else { return Ok(Fetched::NotModified) };
        let bytes = body.read(self.client.limits.file)?;
        let verified = verify::table(url.as_str(), &bytes, file.format, file.path.as_ref())?;
        if verified.empty {
            return Err(Failure::content(format!("{url} holds an empty table")));
        }
        let mut draft = self.draft();
        draft.add(&format!("{}.{}", self.job.source, file.format.ending()), url.as_str(), &verified.bytes)?;
        Ok(Fetched::New(New::of(draft, verified.shape, validators([body.answer]))))
    }

    fn github(&self, github: &Github) -> Result<Fetched, Failure> {
        let url = parse(&format!("{}/{}/tar.gz/{}", self.endpoints.github, github.repository, github.reference))?;
        let Got::Body(body) = self.ask(&url, true)? else { return Ok(Fetched::NotModified) };
        let mut draft = self.draft();
        let unpacked = archive::unpack(&body, github, &self.client.limits, &mut draft)?;
        let new = New::of(draft, unpacked.shape, validators([body.answer]));
        Ok(Fetched::New(New { revision: unpacked.commit, links: unpacked.links, ..new }))
    }

    /// All rows in one document of the viewer's form. The pages must be of one state of the dataset.
    fn rows(&self, dataset: &Dataset) -> Result<Fetched, Failure> {
        let mut table: Option<Table> = None;
        loop {
            let offset = table.as_ref().map_or(0, |table| table.rows.len() as u64);
            let url = self.page_url(dataset, offset)?;
            let Got::Body(body) = self.ask(&url, false)? else { return Ok(Fetched::NotModified) };
            let known = self.previous.and_then(|previous| previous.revision.as_ref());
            if offset == 0 && known.is_some() && known == body.revision.as_ref() {
                return Ok(Fetched::NotModified);
            }
            let bytes = body.read(self.client.limits.file)?;
            let wrong = |reason: String| Failure::content(format!("{url} {reason}"));
            let page = Page::parse(&bytes).map_err(wrong)?;
            let table = table.get_or_insert_with(|| Table::begin(&page, body.revision.clone()));
            table.append(&page, body.revision).map_err(wrong)?;
            if table.bytes > self.client.limits.file {
                return Err(Failure::size(url.as_str(), self.client.limits.file));
            }
            client::forget(&self.workshop.part(url.as_str())).map_err(|error| Failure::disk(&error))?;
            if table.rows.len() as u64 == table.total {
                break;
            }
        }
        let Some(table) = table else { return Ok(Fetched::NotModified) };
        let url = self.page_url(dataset, 0)?;
        let mut draft = self.draft();
        draft.add(&format!("{}.json", self.job.source), url.as_str(), table.document().as_bytes())?;
        let new = New::of(draft, table.shape, Vec::new());
        Ok(Fetched::New(New { revision: table.revision, ..new }))
    }

    fn page_url(&self, dataset: &Dataset, offset: u64) -> Result<Url, Failure> {
        let mut url = parse(&format!("{}/rows", self.endpoints.viewer))?;
        url.query_pairs_mut()
            .append_pair("dataset", &dataset.repository)
            .append_pair("config", &dataset.config)
            .append_pair("split", &dataset.split)
            .append_pair("offset", &offset.to_string())
            .append_pair("length", &PAGE.to_string());
        Ok(url)
    }

    /// The Parquet files of a table; those that did not change are taken from the snapshot.
    fn parquet(&self, dataset: &Dataset) -> Result<Fetched, Failure> {
        let mut list = parse(&format!("{}/api/datasets/{}/parquet", self.endpoints.hub, dataset.repository))?;
        if let Ok(mut segments) = list.path_segments_mut() {
            segments.push(&dataset.config).push(&dataset.split);
        }
        let Got::Body(body) = self.ask(&list, false)? else { return Ok(Fetched::NotModified) };
        let urls: Vec<String> = serde_json::from_slice(&body.read(self.client.limits.file)?)
            .map_err(|error| Failure::content(format!("{list} is not a list of addresses: {error}")))?;
        if urls.is_empty() {
            return Err(Failure::content(format!("{list} names no file")));
        }
        client::forget(&self.workshop.part(list.as_str())).map_err(|error| Failure::disk(&error))?;
        let (mut draft, mut shape, mut answers, mut kept) = (self.draft(), None, Vec::new(), 0);
        for (index, url) in urls.iter().enumerate() {
            let url = parse(url)?;
            let (bytes, answer) = match self.ask(&url, true)? {
                Got::Body(body) => (body.read(self.client.limits.file)?, Some(body.answer)),
                Got::NotModified => {
                    kept += 1;
                    (self.kept(&url)?, self.known(&url).cloned())
                }
            };
            let columns =
                verify::shape_of_parquet(&bytes).map_err(|reason| Failure::content(format!("{url} {reason}")))?;
            if *shape.get_or_insert_with(|| columns.clone()) != columns {
                return Err(Failure::content(format!("{url} has other columns than the files before it")));
            }
            draft.add(&format!("{index:04}.parquet"), url.as_str(), &bytes)?;
            answers.extend(answer);
        }
        if kept == urls.len() && self.previous.is_some_and(|previous| previous.files.len() == kept) {
            return Ok(Fetched::NotModified);
        }
        Ok(Fetched::New(New::of(draft, shape.unwrap_or_default(), validators(answers))))
    }

    /// Asks one address. With `conditional` an answer that the snapshot holds is not sent again.
    fn ask(&self, url: &Url, conditional: bool) -> Result<Got, Failure> {
        let part = self.workshop.part(url.as_str());
        let plain_http = matches!(self.location, Location::File(_)) && url.scheme() == "http";
        let known = if conditional { self.known(url) } else { None };
        self.client.get(&Request { url, plain_http, known, part: &part }, &self.job)
    }

    fn known(&self, url: &Url) -> Option<&Answer> {
        self.previous?.answers.iter().find(|answer| answer.url == url.as_str())
    }

    /// The bytes of the snapshot that came from `url`.
    fn kept(&self, url: &Url) -> Result<Vec<u8>, Failure> {
        let file = self.previous.and_then(|previous| previous.files.iter().find(|file| file.url == url.as_str()));
        let file =
            file.ok_or_else(|| Failure::fetch(format!("{url} is said to be unchanged, and was never fetched")))?;
        std::fs::read(self.snapshot.join(&file.path)).map_err(|error| Failure::disk(&error))
    }

    fn draft(&self) -> Draft<'_> {
        self.workshop.draft(&self.client.limits)
    }
}

fn parse(url: &str) -> Result<Url, Failure> {
    Url::parse(url).map_err(|error| Failure::error("fetch-failed", format!("{url:?}: {error}"), "correct the address"))
}

/// The answers that can be asked for again, in order.
fn validators(answers: impl IntoIterator<Item = Answer>) -> Vec<Answer> {
    let mut answers: Vec<Answer> =
        answers.into_iter().filter(|answer| answer.etag.is_some() || answer.last_modified.is_some()).collect();
    answers.sort();
    answers
}

/// Rows in one page of the dataset viewer: the most it gives.
const PAGE: u64 = 100;

/// A page of the dataset viewer.
#[derive(Deserialize)]
struct Page<'a> {
    #[serde(borrow)]
    features: &'a RawValue,
    #[serde(borrow)]
    rows: Vec<&'a RawValue>,
    num_rows_total: u64,
    #[serde(default)]
    partial: bool,
}

#[derive(Deserialize)]
struct Row {
    row_idx: u64,
    #[serde(default)]
    truncated_cells: Vec<String>,
}

#[derive(Deserialize)]
struct Feature {
    name: String,
}

impl<'a> Page<'a> {
    fn parse(bytes: &'a [u8]) -> Result<Self, String> {
        serde_json::from_slice(bytes).map_err(|error| format!("is not a page of rows: {error}"))
    }
}

/// The rows of a dataset, as far as they have arrived.
struct Table {
    features: String,
    shape: Shape,
    rows: Vec<String>,
    bytes: u64,
    total: u64,
    revision: Option<String>,
}

impl Table {
    fn begin(page: &Page, revision: Option<String>) -> Self {
        let features: Vec<Feature> = serde_json::from_str(page.features.get()).unwrap_or_default();
        Self {
            features: page.features.get().to_owned(),
            shape: features.into_iter().map(|feature| feature.name).collect(),
            rows: Vec::new(),
            bytes: 0,
            total: page.num_rows_total,
            revision,
        }
    }

    fn append(&mut self, page: &Page, revision: Option<String>) -> Result<(), String> {
        if page.partial {
            return Err("has only a part of the dataset".to_owned());
        }
        if self.total == 0 || self.shape.is_empty() {
            return Err("holds an empty table".to_owned());
        }
        let changed =
            page.num_rows_total != self.total || page.features.get() != self.features || revision != self.revision;
        if changed {
            return Err("is of another state of the dataset than the pages before it".to_owned());
        }
        let begin = self.rows.len() as u64;
        let expected = PAGE.min(self.total - begin);
        if page.rows.len() as u64 != expected {
            return Err(format!("has {} rows instead of {expected}", page.rows.len()));
        }
        for (index, raw) in (begin..).zip(&page.rows) {
            let row: Row =
                serde_json::from_str(raw.get()).map_err(|error| format!("has a row that is none: {error}"))?;
            if row.row_idx != index {
                return Err(format!("has row {} in the place of row {index}", row.row_idx));
            }
            if !row.truncated_cells.is_empty() {
                return Err(format!("has row {index} with cells cut short: {}", row.truncated_cells.join(", ")));
            }
            self.bytes += raw.get().len() as u64;
            self.rows.push(raw.get().to_owned());
        }
        Ok(())
    }

    fn document(&self) -> String {
        let rows = self.rows.join(",\n");
        format!(
            "{{\"features\":{},\n\"rows\":[{rows}],\n\"num_rows_total\":{},\"partial\":false}}\n",
            self.features, self.total
        )
    }
}
