//! Looks up any text among the names of a small catalog, and adds it to an empty one where it is unknown.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::fs;
use std::sync::{Arc, LazyLock};
use tianti::catalog::{self, Catalog, ModelMatch};
use tianti::diagnostic::Diagnostics;
use tianti::tree::Tree;

const FILES: [(&str, &str); 6] = [
    ("tianti.toml", "title = 'Names'\ndescription = 'Names'\n"),
    ("data/orgs.toml", "[org]\nname = 'Org'\n[other]\nname = 'Other'\n"),
    ("data/models/org/m-7b.toml", "name = 'M 7B'\naliases = ['m7', 'org/m-7b-chat']\nopen_weights = true\n"),
    ("data/models/other/m-7b.toml", "name = 'Other M'\nopen_weights = true\n"),
    ("data/models/org/k.toml", "name = 'K'\nopen_weights = true\n"),
    ("data/benchmarks/quiz.toml", "name = 'Quiz'\nsummary = 'Quiz'\naliases = ['quiz_*', '题*']\n"),
];

fn catalog() -> Catalog {
    let site = tempfile::tempdir().unwrap();
    for (path, text) in FILES {
        let path = site.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let mut diagnostics = Diagnostics::default();
    let tree = Tree::list(site.path(), &mut diagnostics).unwrap();
    let catalog = catalog::read(&tree, &mut diagnostics);
    assert_eq!(diagnostics.errors(), 0, "{diagnostics:?}");
    catalog
}

static CATALOG: LazyLock<Catalog> = LazyLock::new(catalog);

fuzz_target!(|name: &str| {
    let found = CATALOG.find_model(name);
    assert_eq!(found, CATALOG.find_model(&format!(" {name} ")), "spaces around a name do not matter");
    assert!(CATALOG.models_like(name).len() <= 3);
    assert!(CATALOG.benchmarks_like(name).len() <= 3);
    CATALOG.find_benchmark(name);
    if found == ModelMatch::Unknown {
        let mut catalog = Catalog::default();
        let index = catalog.add_model_without_card(&Arc::from(name));
        assert!(matches!(catalog.find_model(name), ModelMatch::Model(known, _) if known == index));
    }
});
