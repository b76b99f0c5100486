use crate::diagnostic::Diagnostics; use crate::record::{Origin, Record, Source}; use std::sync::Arc;
pub struct Reading { pub origin: Arc<Origin>, pub records: Vec<Record>, pub diagnostics: Diagnostics }
pub fn read(_p: &str, _b: &[u8], _s: Arc<Source>, _x: &(dyn Fn(&str) -> Option<String> + Sync)) -> Reading { todo!() }
