//! Tianti (天梯): leaderboard sites and knowledge bases from evaluation results.
//!
//! A build flows one way, from files to pages:
//!
//! 1. [`tree`] lists the files of a site and [`settings`] reads what holds for all of it.
//! 2. [`catalog`] reads the cards of models, benchmarks and organisations, and the names that lead to them.
//! 3. [`formats`] reads result files, as their tools wrote them, into [`record`]s; [`ledger`] gives each its source,
//!    model and benchmark.
//! 4. [`board`] decides which records can be compared, fills the cells and places the models, with [`stats`] for the
//!    arithmetic.
//! 5. [`content`] reads the articles.
//! 6. [`page`] says which pages exist and what each shows.
//! 7. [`render`] turns a page into bytes, by a theme, and [`output`] writes them: all or nothing.
//!
//! [`search`] is what a reader's browser gets to search all of it.
//!
//! For `tianti check`, [`lint`] looks for numbers that cannot be what they say.
//! [`battles`] rates the models of files of pairwise comparisons, by [`stats::battles`].
//!
//! Apart from builds, [`pull`] fetches data from the web into [`snapshot`]s, which the ledger reads like result files.
//! [`export`] writes what the ledger holds for other programs.
//!
//! [`pipeline::build`] is the whole program, a line per stage. Whatever is wrong with a site's files is a
//! [`diagnostic`], collected over all stages, and [`cli`] prints them. [`import`] puts result files into place.

pub mod battles;
pub mod board;
pub mod catalog;
pub mod cli;
pub mod content;
pub mod diagnostic;
pub mod export;
pub mod formats;
pub mod glossary;
pub mod import;
pub mod language;
pub mod ledger;
pub mod lint;
pub mod output;
pub mod page;
pub mod pipeline;
mod press;
pub mod pull;
pub mod record;
pub mod render;
pub mod search;
pub mod settings;
pub mod snapshot;
pub mod stats;
pub mod tree;
