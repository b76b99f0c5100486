//! What file and folder names say where the content does not: the model and the date.

use crate::record::Date;

/// The folder that directly holds the file.
pub fn folder(path: &str) -> Option<&str> {
    path.rsplit('/').nth(1)
}

/// The file's name without its ending, and without that of a compression.
pub fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = name.strip_suffix(".gz").unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// `org/name` for a folder called `org__name`; `None` for any other, such as the `__data__models__x` of a local path.
pub fn model_of_folder(folder: &str) -> Option<String> {
    let (organisation, name) = folder.split_once("__")?;
    let plain = !organisation.is_empty() && !name.is_empty() && !name.contains("__");
    plain.then(|| format!("{organisation}/{name}"))
}

/// The date at the end of a name such as `results_2024-01-04T13-27-32.660899.json`.
pub fn date_with_dashes(path: &str) -> Option<Date> {
    let written = stem(path).rsplit('_').next()?;
    let (day, time) = written.split_once('T')?;
    let clock = time.split('.').next()?;
    let plausible = clock.len() == "13-27-32".len() && time.bytes().all(|b| b.is_ascii_digit() || b"-.".contains(&b));
    if !plausible {
        return None;
    }
    Date::parse(&format!("{day}T{}", time.replace('-', ":")))
}

/// The date at the end of a file's name such as `summary_20231208_194351.csv`.
pub fn date_in_digits(path: &str) -> Option<Date> {
    date_at_end(stem(path))
}

/// The date at the end of a name such as `run-20240305`, `20240305_142910`, `20240305-142910` or `20240305142910`.
pub fn date_at_end(name: &str) -> Option<Date> {
    let lengths = ["20240305_142910", "20240305142910", "20240305"].map(str::len);
    lengths.into_iter().find_map(|length| {
        let (before, written) = name.split_at_checked(name.len().checked_sub(length)?)?;
        Date::from_digits(written).filter(|_| !before.ends_with(|c: char| c.is_ascii_digit()))
    })
}

/// The folders of a path, the nearest to the file first.
pub fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.rsplit('/').skip(1)
}

/// A date written with dashes or underscores between its numbers: `2024-11-28_05-04-56`, `2024_06_24`.
pub fn date_in_parts(name: &str) -> Option<Date> {
    let (day, time) = name.split_at_checked("2024_06_24".len())?;
    let digits: String = day.split(['-', '_']).collect();
    let time: String = time.split(['-', '_']).collect();
    Date::from_digits(&digits)
        .filter(|_| name.len() == day.len())
        .or_else(|| Date::from_digits(&format!("{digits}{time}")))
}

/// The date of a run whose folder is called by it and nothing else, with or without a time: `20240305_142910`.
pub fn date_of_folder(path: &str) -> Option<Date> {
    folders(path).find_map(Date::from_digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_organisation_and_name_are_a_model() {
        assert_eq!(model_of_folder("HenryJJ__Instruct-v0.1").as_deref(), Some("HenryJJ/Instruct-v0.1"));
        for folder in ["results", "__data__models__Qwen", "org__", "a__b__c", "LASER2"] {
            assert_eq!(model_of_folder(folder), None, "{folder}");
        }
    }

    #[test]
    fn a_date_may_be_written_in_parts() {
        let date = |name| Some(date_in_parts(name)?.as_str().to_owned());
        assert_eq!(date("2024-11-28_05-04-56").as_deref(), Some("2024-11-28T05:04:56"));
        assert_eq!(date("2024_06_24").as_deref(), Some("2024-06-24"));
        for name in ["", "2024_13_24", "2024_06_24_x", "2024_06_2é4", "results"] {
            assert_eq!(date(name), None, "{name}");
        }
    }

    #[test]
    fn a_folder_dates_its_run_if_it_is_nothing_but_a_date() {
        let date = |path| Some(date_of_folder(path)?.as_str().to_owned());
        assert_eq!(date("o/20240305_142910/reports/m/x.json").as_deref(), Some("2024-03-05T14:29:10"));
        for path in ["20240305_142910.json", "run_20240305_142910/x.json", "x.json"] {
            assert_eq!(date(path), None, "{path}");
        }
    }

    #[test]
    fn dates_in_names_keep_their_precision() {
        let date = |path| Some(date_with_dashes(path)?.as_str().to_owned());
        assert_eq!(date("a/results_2024-01-04T13-27-32.660899.json").as_deref(), Some("2024-01-04T13:27:32.660899"));
        for path in ["results.json", "results-2025-03-06-T9-18-05.json", "x_2024-13-04T13-27-32.json", "x_Table.json"] {
            assert_eq!(date(path), None, "{path}");
        }
        let date = |path| Some(date_in_digits(path)?.as_str().to_owned());
        for (path, written) in [
            ("s/summary_20231208_194351.csv", "2023-12-08T19:43:51"),
            ("20231208-194351.json.gz", "2023-12-08T19:43:51"),
            ("x_20231208194351.json", "2023-12-08T19:43:51"),
            ("leaderboard_table_20231208.csv", "2023-12-08"),
        ] {
            assert_eq!(date(path).as_deref(), Some(written), "{path}");
        }
        for path in [
            "summary.csv",
            "ifeval_six_models.csv",
            "summary_20231308_194351.csv",
            "summary_2023120é_194351.csv",
            "x_120231208.csv",
            "é.csv",
        ] {
            assert_eq!(date(path), None, "{path}");
        }
    }
}
