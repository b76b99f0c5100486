//! The page on which a reader compares models of a board. A script compares them by the board's data file; without it the
//! page says how, and leads to what the boards say of their models.

use super::frame::Frame;
use super::route::Route;
use super::{Here, Link};
use crate::board::AnyBoard;
use crate::catalog::ModelIx;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct ComparePage {
    #[serde(skip)]
    pub frame: Frame,
    pub boards: Vec<ComparedBoard>,
}

/// A board, and where its page compares models.
#[derive(Debug, Serialize)]
pub struct ComparedBoard {
    pub link: Link,
    /// Its id, where it has a data file from which the script can compare.
    pub data: Option<String>,
    pub models: usize,
    /// Pages' sections that compare models: an interface string and an address.
    pub sections: Vec<(&'static str, String)>,
}

pub fn compare(here: &Here, title: &str, description: &str) -> ComparePage {
    ComparePage {
        frame: here.frame(&Route::Compare, "compare", title, description),
        boards: here.site.boards.iter().map(|board| compared(here, board)).collect(),
    }
}

/// Models that the script compares at once.
const MOST: usize = 6;

/// The address that compares a model with others, on the board of scores that has most of them; `None` if none has any.
pub(super) fn with_others(here: &Here, model: ModelIx, others: &[ModelIx]) -> Option<String> {
    let site = here.site;
    let boards = |model: ModelIx| site.index.rows_of.get(&model).into_iter().flatten().map(|(board, _)| *board);
    let together = |board: usize| -> Vec<ModelIx> {
        let there = others.iter().copied().filter(|other| boards(*other).any(|other| other == board));
        std::iter::once(model).chain(there).take(MOST).collect()
    };
    let of_scores = boards(model).filter(|board| matches!(site.boards[*board], AnyBoard::Scores(_)));
    let all = of_scores.map(|board| (board, together(board))).filter(|(_, models)| models.len() > 1);
    let (board, models) = all.min_by_key(|(_, models)| std::cmp::Reverse(models.len()))?;
    let ids: Vec<&str> = models.iter().map(|model| site.catalog.model(*model).id.as_str()).collect();
    Some(format!("{}?board={}&models={}", here.href(&Route::Compare), site.boards[board].id(), ids.join(",")))
}

fn compared(here: &Here, board: &AnyBoard) -> ComparedBoard {
    let link = here.link(here.text(board.title()), &Route::Board(board.id().clone()));
    let section = |key, anchor: &str| (key, format!("{}#{anchor}", link.href));
    let table = section("within-table", "table");
    match board {
        AnyBoard::Scores(board) => {
            let certainty = (board.ranked > 0).then(|| section("within-certainty", "certainty"));
            ComparedBoard {
                data: Some(board.definition.id.to_string()),
                models: board.rows.len(),
                sections: std::iter::once(table).chain(certainty).collect(),
                link,
            }
        }
        AnyBoard::Battles(board) => {
            let sections = vec![table, section("within-wins", "wins")];
            let data = board.ranking().map(|_| board.definition.id.to_string());
            ComparedBoard { data, models: board.listed(), sections, link }
        }
    }
}
