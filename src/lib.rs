pub mod diagnostic;
pub mod formats;
pub mod record;
