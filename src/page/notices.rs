//! Notices as pages list them: what is said of which records, since when, and why.

use super::route::Route;
use super::{Here, Link};
use crate::board::Board;
use crate::ledger::{Moment, Notice};
use crate::record::WebUrl;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A notice.
#[derive(Debug, Serialize)]
pub struct NoticeItem {
    /// Its anchor is `notice-` and this.
    pub number: u32,
    /// The interface string `notice-` and this says it.
    pub state: &'static str,
    pub model: Option<Link>,
    pub benchmark: Option<Link>,
    pub file: Option<String>,
    pub since: String,
    /// When it was settled.
    pub until: Option<String>,
    pub reason: String,
    pub url: Option<WebUrl>,
}

impl NoticeItem {
    pub(super) fn new(here: &Here, notice: &Notice) -> Self {
        let catalog = &here.site.catalog;
        let model = notice.model.map(|model| catalog.model(model));
        let benchmark = notice.benchmark.map(|benchmark| catalog.benchmark(benchmark));
        Self {
            number: notice.number,
            state: notice.state.name(),
            model: model.map(|model| here.link(&model.name, &Route::Model(model.id.clone()))),
            benchmark: benchmark.map(|benchmark| here.link(&benchmark.name, &Route::Benchmark(benchmark.id.clone()))),
            file: notice.file.as_deref().map(str::to_owned),
            since: notice.since.to_string(),
            until: notice.until.as_ref().map(ToString::to_string),
            reason: here.text(&notice.reason).to_owned(),
            url: notice.url.clone(),
        }
    }
}

/// The notices of a board's scores and of the records beside them, in the order of their numbers.
pub(super) fn of_board(here: &Here, board: &Board) -> Vec<NoticeItem> {
    if here.site.ledger.notices.all().is_empty() {
        return Vec::new();
    }
    let mut notices: BTreeMap<u32, Arc<Notice>> = BTreeMap::new();
    for row in &board.rows {
        let cells = row.cells.iter().flatten().chain(row.withdrawn.iter().map(|(_, cell)| cell));
        notices.extend(cells.flat_map(|cell| &*cell.notices).map(|notice| (notice.number, Arc::clone(notice))));
    }
    for beside in &board.beside {
        let of_entry = here.site.ledger.notices.of(&here.site.ledger.entry(beside.entry), Moment::Today);
        notices.extend(of_entry.into_iter().map(|notice| (notice.number, notice)));
    }
    notices.values().map(|notice| NoticeItem::new(here, notice)).collect()
}
