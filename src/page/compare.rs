//! The page on which a reader compares models of a board. A script compares them by the board's data file; without it the
//! page says how, and leads to what the boards say of their models.

use super::frame::Frame;
use super::route::Route;
use super::{Here, Link};
use crate::board::AnyBoard;
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
            ComparedBoard { data: None, models: board.listed(), sections, link }
        }
    }
}
