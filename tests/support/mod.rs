//! A small site in a temporary folder, and the program run on it.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A site under test.
pub struct Site {
    folder: TempDir,
}

impl Site {
    /// A site with settings, one organisation, two models and two benchmarks, and nothing else.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
            .file(
                "tianti.toml",
                "title = { zh = '天梯', en = 'Ladder' }\ndescription = { zh = '说明', en = 'About it' }\n",
            )
            .file("data/orgs.toml", "[org]\nname = { zh = '机构', en = 'Organisation' }\n")
            .file("data/models/org/a.toml", "name = 'Model A'\naliases = ['a-raw']\nopen_weights = true\n")
            .file("data/models/org/b.toml", "name = 'Model B'\n")
            .file(
                "data/benchmarks/quiz.toml",
                "name = 'Quiz'\nsummary = { zh = '测验', en = 'A quiz' }\nchance = 0.25\n",
            )
            .file("data/benchmarks/sums.toml", "name = 'Sums'\nsummary = 'Sums'\naliases = ['sums_*']\nchance = 0\n")
    }

    /// The same with results of both models on both benchmarks and a board over them.
    pub fn with_board() -> Self {
        Self::new()
            .file("data/results/run/source.toml", "name = { zh = '来源', en = 'The source' }\nreporter = 'measured'\n")
            .file(
                "data/results/run/scores.csv",
                "model,benchmark,value,unit,metric,shots\n\
                 a-raw,quiz,60.5,percent,acc,5\n\
                 a-raw,sums,0.4,fraction,acc,5\n\
                 Model B,quiz,70,percent,acc,5\n\
                 Model B,sums,0.305,fraction,acc,5\n",
            )
            .file("data/boards/main.toml", BOARD)
    }

    /// Writes a file of the site.
    pub fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        let full = self.root().join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, text).unwrap();
        self
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The output folder.
    pub fn out(&self) -> PathBuf {
        self.root().join("site")
    }

    /// Runs `tianti` with these arguments on the site.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.command(arguments, &[])
    }

    pub fn command(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_tianti"))
            .args(arguments)
            .args(["--root", self.root().to_str().unwrap()])
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        Run(output)
    }

    /// Builds the site, which must succeed.
    pub fn build(&self) -> Run {
        let run = self.run(&["build"]);
        assert_eq!(run.code(), 0, "{}", run.problems());
        run
    }

    /// A file that was built.
    pub fn page(&self, path: &str) -> String {
        fs::read_to_string(self.out().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Every built file with its bytes, by path.
    pub fn built(&self) -> Vec<(String, Vec<u8>)> {
        let files = walkdir::WalkDir::new(self.out()).sort_by_file_name().into_iter().map(Result::unwrap);
        let files = files.filter(|entry| entry.file_type().is_file());
        let name = |path: &Path| path.strip_prefix(self.out()).unwrap().to_str().unwrap().to_owned();
        files.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap())).collect()
    }
}

/// A board over both benchmarks.
pub const BOARD: &str = "title = { zh = '主榜', en = 'Main board' }\nsummary = 'Both'\naggregate = 'mean'\nmaterial = ['shots']\n\
    [[columns]]\nbenchmark = 'quiz'\n[[columns]]\nbenchmark = 'sums'\n";

/// What a run of the program gave.
pub struct Run(Output);

impl Run {
    pub fn code(&self) -> i32 {
        self.0.status.code().unwrap()
    }

    pub fn says(&self) -> String {
        String::from_utf8_lossy(&self.0.stdout).into_owned()
    }

    pub fn problems(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }
}

/// The text of a page's table of the given class, a line for each row, with `|` between cells.
pub fn table(page: &str, class: &str) -> Vec<String> {
    let start = page.find(&format!("<table class=\"{class}\"")).unwrap_or_else(|| panic!("no table {class} in {page}"));
    let table = &page[start..start + page[start..].find("</table>").unwrap()];
    let rows = table.split("<tr").skip(1).map(|row| row.split_once('>').unwrap().1);
    rows.map(|row| row.replace("<td", "|<td").replace("<th", "|<th")).map(|row| text(&row)).collect()
}

/// HTML without its tags.
pub fn text(html: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    text
}
