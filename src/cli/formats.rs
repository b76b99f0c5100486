//! `tianti formats`

use super::{Printed, say};
use crate::formats::FORMATS;
use anyhow::Result;
use serde_json::json;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_help = "Examples:\n  tianti formats\n  tianti formats --format json")]
pub(super) struct Arguments {
    /// How to print the list
    #[arg(long, value_enum, default_value_t = Printed::Text)]
    format: Printed,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode> {
    match arguments.format {
        Printed::Json => {
            let formats: Vec<_> = (FORMATS.iter())
                .map(|format| json!({"name": format.name(), "title": format.title(), "example": format.example()}))
                .collect();
            say(&json!({ "formats": formats }).to_string());
        }
        Printed::Text => {
            let width = FORMATS.iter().map(|format| format.name().len()).max().unwrap_or(0);
            for format in FORMATS {
                say(&format!("{:width$}  {}", format.name(), format.title()));
                say(&format!("{:width$}  {}", "", format.example()));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
