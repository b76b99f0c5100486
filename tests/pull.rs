//! Pulls from a server on this machine that does everything wrong, and looks at what is left on disk.
#![allow(clippy::disallowed_methods, reason = "tests write the sites they pull into")]

#[path = "support/server.rs"]
mod server;
mod support;

use chrono::{DateTime, TimeDelta, Utc};
use parquet::data_type::ByteArrayType;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use server::{Answer, Asked, Server};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use support::Site;
use tianti::pull::{self, Endpoints, Limits, Networks, Options, Outcome, Standing};

const TABLE: &str = "[{\"model\": \"a\", \"score\": 0.10}]\n";

fn options(server: &Server) -> Options {
    Options {
        networks: Networks::PublicAnd(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        accept_shape: false,
        now: time(0),
        limits: Limits {
            connect: Duration::from_secs(1),
            stall: Duration::from_millis(400),
            total: Duration::from_secs(5),
            attempts: 3,
            pause: Duration::from_millis(2),
            longest_pause: Duration::from_secs(2),
            redirects: 3,
            download: 64 << 10,
            unpacked: 128 << 10,
            file: 32 << 10,
            snapshot: 40 << 10,
            files: 20,
            parallel: 8,
            per_host: 8,
        },
        endpoints: Endpoints { github: server.base(), hub: server.base(), viewer: server.base() },
    }
}

fn time(hours: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_767_225_600, 0).unwrap() + TimeDelta::hours(hours)
}

/// A site with one source, `table`, which is a JSON file at `/table`.
fn site(server: &Server) -> Site {
    sources(&format!("file = {{ url = '{}', format = 'json' }}", server.url("/table")))
}

/// A site with one source, `table`, which is at `location`.
fn sources(location: &str) -> Site {
    Site::new().file("data/sources.toml", source("table", location))
}

fn source(name: &str, location: &str) -> String {
    format!("[{name}]\nname = 'A table'\nlicence = 'MIT'\nreporter = 'measured'\nrefresh = '1d'\n{location}\n\n")
}

/// Pulls `table`; what became of it, and the problems as text.
fn pull(site: &Site, options: &Options) -> (Outcome, String) {
    pull_named(site, options, &["table"])
}

fn pull_named(site: &Site, options: &Options, names: &[&str]) -> (Outcome, String) {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let (outcomes, diagnostics) = pull::run(site.root(), &names, options, &()).unwrap();
    let problems: Vec<String> =
        diagnostics.iter().map(|problem| format!("{}: {}", problem.code, problem.message)).collect();
    assert_eq!(outcomes.len(), 1);
    (outcomes[0].1.clone(), problems.join("\n"))
}

fn updated(site: &Site, options: &Options) {
    let (outcome, problems) = pull(site, options);
    assert!(matches!(outcome, Outcome::Updated { .. }), "{problems}");
}

/// Every file below `data/` but those of the workshop, with its bytes.
fn state(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(site.root().join("data")).into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(site.root()).unwrap().to_str().unwrap().to_owned();
    let all = files.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap()));
    all.filter(|(name, _)| !name.starts_with("data/.pull/")).collect()
}

fn snapshot(site: &Site, file: &str) -> String {
    fs::read_to_string(site.root().join("data/snapshots/table").join(file)).unwrap()
}

fn lock(site: &Site) -> String {
    fs::read_to_string(site.root().join("data/sources.lock")).unwrap()
}

/// A server whose answer can be exchanged.
fn changeable(first: Answer) -> (Server, Arc<Mutex<Answer>>) {
    let answer = Arc::new(Mutex::new(first));
    let shared = Arc::clone(&answer);
    (Server::new(move |_| shared.lock().unwrap().clone()), answer)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

#[test]
fn every_failure_leaves_snapshot_and_lock_as_they_were() {
    let json = "application/json";
    let zeros = vec![b' '; 1 << 20];
    let cases: Vec<(&str, Answer, &str)> = vec![
        ("always 500", Answer::new("500 Internal Server Error", ""), "fetch-failed: table: http"),
        ("429, come back in an hour", Answer::new("429 Too Many Requests", "").header("Retry-After", "3600"), "3600 s"),
        (
            "503, come back in a century",
            Answer::new("503 Service Unavailable", "").header("Retry-After", "Fri, 01 Jan 2100 00:00:00 GMT"),
            "the next attempt would be",
        ),
        ("not found", Answer::new("404 Not Found", TABLE), "404 Not Found"),
        ("nothing", Answer::new("204 No Content", ""), "204 No Content"),
        ("a part nobody asked for", Answer::new("206 Partial Content", TABLE), "another part"),
        ("a head that does not come", Answer::ok(TABLE).slow_head(Duration::from_secs(4)), "timed out"),
        ("a head that does not end", Answer::ok(TABLE).trickling_head(), "timed out"),
        ("a body that stalls", Answer::ok(TABLE).stalls_after(5), "broke off after 5 bytes"),
        ("a body that breaks", Answer::ok(TABLE).breaks_after(5), "broke off after 5 bytes"),
        ("a length that is too long", Answer::ok(TABLE).length(Some(TABLE.len() + 1)), "broke off"),
        ("a length that is too short", Answer::ok(TABLE).length(Some(TABLE.len() - 3)), "not-as-declared"),
        ("chunks without an end", Answer::ok(TABLE).chunked_without_end(), "broke off"),
        ("cut without a length", Answer::ok(&TABLE[..20]).length(None), "not-as-declared"),
        ("an endless body", Answer::ok([b' '; 4096]).endless(), "too-large"),
        ("a huge length", Answer::ok(TABLE).length(Some(1 << 40)), "too-large"),
        ("a larger file than is taken", Answer::ok(vec![b' '; 33 << 10]), "too-large"),
        ("a redirect to itself", Answer::redirect("302 Found", "/table"), "more than 3 redirects"),
        ("a redirect to nowhere", Answer::new("301 Moved Permanently", ""), "redirects to no address"),
        (
            "a redirect into the network",
            Answer::redirect("301 Moved Permanently", "http://10.0.0.1/"),
            "address-refused",
        ),
        (
            "a redirect to the cloud",
            Answer::redirect("307 Temporary Redirect", "http://169.254.169.254/x"),
            "address-refused",
        ),
        (
            "a redirect by another spelling",
            Answer::redirect("308 Permanent Redirect", "http://[::1]/x"),
            "address-refused",
        ),
        ("a redirect to a file", Answer::redirect("302 Found", "file:///etc/passwd"), "address-refused"),
        (
            "a web page",
            Answer::ok("<!DOCTYPE html><title>Busy</title>").header("Content-Type", "text/html"),
            "is a web page",
        ),
        ("nothing at all", Answer::ok(""), "is empty"),
        ("an empty table", Answer::ok("[]"), "empty table"),
        ("no JSON", Answer::ok("model,score\na,1\n").header("Content-Type", json), "is not JSON"),
        ("no UTF-8", Answer::ok(b"[{\"model\": \"\xff\"}]"), "is not UTF-8"),
        ("a gzip bomb", Answer::ok(gzip(&zeros)).header("Content-Encoding", "gzip"), "too-large"),
        ("a zstd bomb", Answer::ok(zstd(&zeros)).header("Content-Encoding", "zstd"), "too-large"),
        ("gzip that is none", Answer::ok(TABLE).header("Content-Encoding", "gzip"), "cannot be decompressed"),
        (
            "half of a gzip",
            Answer::ok(&gzip(TABLE.as_bytes())[..30]).header("Content-Encoding", "gzip"),
            "decompressed",
        ),
        ("zstd that is none", Answer::ok(TABLE).header("Content-Encoding", "zstd"), "cannot be decompressed"),
        ("a coding nobody asked for", Answer::ok(TABLE).header("Content-Encoding", "br"), "not asked for"),
        (
            "a column gone",
            Answer::ok("[{\"model\": \"a\"}]"),
            "shape-changed: table: the columns or keys changed (gone: \"score\")",
        ),
        ("a column renamed", Answer::ok("[{\"model\": 1, \"points\": 2}]"), "gone: \"score\"; new: \"points\""),
        ("another kind of table", Answer::ok("{\"rows\": [{\"model\": 1, \"score\": 2}]}"), "new: \"rows\""),
    ];
    let (server, answer) = changeable(Answer::ok(TABLE));
    let site = site(&server);
    let mut options = options(&server);
    updated(&site, &options);
    let before = state(&site);
    assert!(before.contains_key("data/snapshots/table/table.json") && before.contains_key("data/sources.lock"));
    options.now = time(48);
    for (name, wrong, expected) in cases {
        *answer.lock().unwrap() = wrong;
        let (outcome, problems) = pull(&site, &options);
        assert_eq!(outcome, Outcome::Failed, "{name}");
        assert!(problems.contains(expected), "{name}: {problems}");
        assert!(problems.contains("the snapshot of 2026-01-01 stays"), "{name}: {problems}");
        assert!(state(&site) == before, "{name}");
    }
    *answer.lock().unwrap() = Answer::ok(TABLE.replace("0.10", "0.20"));
    updated(&site, &options);
    assert!(snapshot(&site, "table.json").contains("0.20"), "it works again");
    assert!(!site.root().join("data/.pull").exists(), "nothing is left behind");
}

#[test]
fn what_passes_is_tried_again() {
    let busy = Answer::new("429 Too Many Requests", "");
    let past = "Sun, 06 Nov 1994 08:49:37 GMT";
    for first in [
        Answer::new("500 Internal Server Error", ""),
        Answer::new("503 Service Unavailable", ""),
        busy.clone().header("Retry-After", "0"),
        busy.header("Retry-After", past),
        Answer::ok(TABLE).breaks_after(3),
        Answer::ok(TABLE).stalls_after(3),
    ] {
        let server = Server::in_turn(vec![first, Answer::ok(TABLE)]);
        let site = site(&server);
        updated(&site, &options(&server));
        assert_eq!(snapshot(&site, "table.json"), TABLE);
        assert_eq!(server.asked().len(), 2);
    }
}

#[test]
fn a_wait_that_is_longer_than_the_time_left_is_not_begun() {
    let busy = Answer::new("429 Too Many Requests", "").header("Retry-After", "1");
    let server = Server::in_turn(vec![busy, Answer::ok(TABLE)]);
    let site = site(&server);
    let mut options = options(&server);
    options.limits.total = Duration::from_millis(500);
    assert_eq!(pull(&site, &options).0, Outcome::Failed);
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn what_is_no_https_is_not_taken_for_it() {
    let server = Server::always(Answer::ok(TABLE));
    let url = server.url("/table").replace("http:", "https:");
    let site = sources(&format!("file = {{ url = '{url}', format = 'json' }}"));
    let (outcome, problems) = pull(&site, &options(&server));
    assert_eq!(outcome, Outcome::Failed);
    assert!(problems.contains("fetch-failed") && problems.contains("3 times"), "{problems}");
}

#[test]
fn a_body_that_never_stalls_must_end_in_time_too() {
    let server = Server::always(Answer::ok(TABLE).drips());
    let site = site(&server);
    let mut options = options(&server);
    options.limits.total = Duration::from_millis(400);
    let (_, problems) = pull(&site, &options);
    assert!(problems.contains("took longer than"), "{problems}");
}

#[test]
fn the_same_bytes_arrive_however_they_are_sent() {
    for answer in [
        Answer::ok(TABLE),
        Answer::ok(TABLE).chunked(),
        Answer::ok(TABLE).length(None),
        Answer::ok(gzip(TABLE.as_bytes())).header("Content-Encoding", "gzip").chunked(),
        Answer::ok(zstd(TABLE.as_bytes())).header("Content-Encoding", "zstd"),
    ] {
        let server = Server::new(move |asked| match asked.target.as_str() {
            "/table" => Answer::redirect("301 Moved Permanently", "/deep/elsewhere?x=1"),
            "/deep/elsewhere?x=1" => Answer::redirect("307 Temporary Redirect", "../final"),
            _ => answer.clone(),
        });
        let site = site(&server);
        updated(&site, &options(&server));
        assert_eq!(snapshot(&site, "table.json"), TABLE);
        let asked = server.asked();
        assert_eq!(asked.last().unwrap().target, "/final");
        assert_eq!(asked[0].header("accept-encoding"), Some("gzip, zstd"));
        assert!(asked[0].header("user-agent").unwrap().starts_with("tianti/"));
    }
}

#[test]
fn a_snapshot_that_did_not_change_is_not_sent_again() {
    for (name, value, condition) in [
        ("ETag", "\"v1\"", "if-none-match"),
        ("ETag", "W/\"v1\"", "if-none-match"),
        ("Last-Modified", "Tue, 06 Jan 2026 08:00:00 GMT", "if-modified-since"),
    ] {
        let server = Server::new(move |asked| match asked.header(condition) {
            Some(known) if known == value => Answer::new("304 Not Modified", "").length(None).header(name, value),
            _ => Answer::ok(TABLE).header(name, value),
        });
        let site = site(&server);
        let mut options = options(&server);
        updated(&site, &options);
        let before = state(&site);
        options.now = time(48);
        assert_eq!(pull(&site, &options).0, Outcome::NotModified);
        let after = state(&site);
        assert_eq!(before["data/snapshots/table/table.json"], after["data/snapshots/table/table.json"]);
        let lock = lock(&site);
        assert!(lock.contains("retrieved = \"2026-01-01T00:00:00Z\"\nchecked = \"2026-01-03T00:00:00Z\""), "{lock}");

        fs::write(site.root().join("data/snapshots/table/table.json"), "edited").unwrap();
        updated(&site, &options);
        assert_eq!(snapshot(&site, "table.json"), TABLE, "a file that was edited is fetched again, without condition");
    }
}

/// Serves `body` with the ETag `etag`, and ranges of it.
fn ranged(asked: &Asked, body: &str, etag: &str) -> Answer {
    let range = asked.header("range").and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok());
    match range {
        Some(start) if asked.header("if-range") == Some(etag) && start < body.len() => {
            let content = format!("bytes {start}-{}/{}", body.len() - 1, body.len());
            Answer::new("206 Partial Content", &body[start..]).header("Content-Range", &content).header("ETag", etag)
        }
        Some(start) if asked.header("if-range") == Some(etag) => {
            Answer::new("416 Range Not Satisfiable", "").header("Content-Range", &format!("bytes */{start}"))
        }
        _ => Answer::ok(body).header("ETag", etag),
    }
}

#[test]
fn a_transfer_that_broke_off_goes_on_where_it_stopped() {
    let server = Server::new(|asked| match asked.before {
        0 => ranged(asked, TABLE, "\"v1\"").breaks_after(12),
        _ => ranged(asked, TABLE, "\"v1\""),
    });
    let site = site(&server);
    updated(&site, &options(&server));
    assert_eq!(snapshot(&site, "table.json"), TABLE);
    assert_eq!(server.asked()[1].header("range"), Some("bytes=12-"));
}

#[test]
fn the_next_pull_goes_on_where_this_one_stopped() {
    let (server, answer) = {
        let broken = Arc::new(Mutex::new(true));
        let shared = Arc::clone(&broken);
        let server = Server::new(move |asked| {
            let answer = ranged(asked, TABLE, "\"v1\"");
            if *shared.lock().unwrap() { answer.breaks_after(9) } else { answer }
        });
        (server, broken)
    };
    let site = site(&server);
    let mut options = options(&server);
    options.limits.attempts = 1;
    assert_eq!(pull(&site, &options).0, Outcome::Failed);
    *answer.lock().unwrap() = false;
    updated(&site, &options);
    assert_eq!(snapshot(&site, "table.json"), TABLE);
    assert_eq!(server.asked()[1].header("range"), Some("bytes=9-"));
    assert!(!site.root().join("data/.pull").exists());
}

#[test]
fn a_file_that_changed_meanwhile_is_not_patched_together() {
    let changed = TABLE.replace("0.10", "0.77");
    let now = changed.clone();
    let server = Server::new(move |asked| match asked.before {
        0 => ranged(asked, TABLE, "\"v1\"").breaks_after(12),
        _ => ranged(asked, &now, "\"v2\""),
    });
    let site = site(&server);
    updated(&site, &options(&server));
    assert_eq!(snapshot(&site, "table.json"), changed);
}

#[test]
fn a_server_that_resumes_at_the_wrong_place_is_asked_for_the_whole() {
    let server = Server::new(|asked| match asked.before {
        0 => ranged(asked, TABLE, "\"v1\"").breaks_after(12),
        1 => {
            Answer::new("206 Partial Content", TABLE).header("Content-Range", "bytes 0-31/32").header("ETag", "\"v1\"")
        }
        _ => ranged(asked, TABLE, "\"v1\""),
    });
    let site = site(&server);
    updated(&site, &options(&server));
    assert_eq!(snapshot(&site, "table.json"), TABLE);
    assert_eq!(server.asked()[2].header("range"), None);
}

#[test]
fn a_part_of_the_rest_is_not_taken_for_the_whole_of_it() {
    let part = |range: std::ops::Range<usize>| {
        let content = format!("bytes {}-{}/{}", range.start, range.end - 1, TABLE.len());
        Answer::new("206 Partial Content", &TABLE[range]).header("Content-Range", &content).header("ETag", "\"v1\"")
    };
    let server = Server::in_turn(vec![
        Answer::ok(TABLE).header("ETag", "\"v1\"").breaks_after(12),
        part(12..20),
        part(20..TABLE.len()),
    ]);
    let site = site(&server);
    updated(&site, &options(&server));
    assert_eq!(snapshot(&site, "table.json"), TABLE);
}

#[test]
fn a_weak_validator_is_no_reason_to_resume() {
    let server = Server::new(|asked| match asked.before {
        0 => Answer::ok(TABLE).header("ETag", "W/\"v1\"").breaks_after(12),
        _ => Answer::ok(TABLE),
    });
    let site = site(&server);
    updated(&site, &options(&server));
    assert_eq!(server.asked()[1].header("range"), None);
}

#[test]
fn private_addresses_are_refused_unless_allowed() {
    let server = Server::always(Answer::ok(TABLE));
    let mut options = options(&server);
    options.networks = Networks::Public;
    for host in ["127.0.0.1", "localhost", "127.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"] {
        let url = format!("http://{host}:{}/table", server.port());
        let site = sources(&format!("file = {{ url = '{url}', format = 'json' }}"));
        let (outcome, problems) = pull(&site, &options);
        assert_eq!(outcome, Outcome::Failed);
        assert!(
            problems.contains("address-refused") && problems.contains("not a public address"),
            "{host}: {problems}"
        );
        assert!(problems.contains("there is no snapshot of it"), "{problems}");
    }
    assert!(server.asked().is_empty(), "nothing was sent");
    options.networks = Networks::All;
    updated(&site(&server), &options);
}

#[test]
fn a_name_is_refused_by_where_it_leads_in_every_hop() {
    let server = Server::new(|asked| {
        let host = asked.header("host").unwrap().to_owned();
        let port = host.rsplit_once(':').unwrap().1;
        Answer::redirect("302 Found", &format!("http://localhost:{port}/inside"))
    });
    let site = site(&server);
    let mut options = options(&server);
    // The server itself may be asked; the name `localhost` may lead to an address that is not allowed.
    options.networks = Networks::PublicAnd("127.0.0.1".parse().unwrap());
    let loopback_only = std::net::ToSocketAddrs::to_socket_addrs(&("localhost", server.port()))
        .unwrap()
        .all(|address| address.ip() == Ipv4Addr::LOCALHOST);
    let (_, problems) = pull(&site, &options);
    let expected = if loopback_only { "more than 3 redirects" } else { "address-refused" };
    assert!(problems.contains(expected), "{problems}");
}

#[test]
fn a_host_gets_no_more_requests_at_once_than_allowed() {
    let server = Server::always(Answer::ok(TABLE).lasts(Duration::from_millis(60)));
    let names: Vec<String> = (0..6).map(|number| format!("s{number}")).collect();
    let declared: Vec<String> = names
        .iter()
        .map(|name| source(name, &format!("file = {{ url = '{}', format = 'json' }}", server.url(&format!("/{name}")))))
        .collect();
    let site = Site::new().file("data/sources.toml", declared.concat());
    let mut options = options(&server);
    options.limits.per_host = 2;
    options.limits.stall = Duration::from_secs(5);
    let (outcomes, diagnostics) = pull::run(site.root(), &[], &options, &()).unwrap();
    assert_eq!(diagnostics.errors(), 0);
    assert!(outcomes.iter().all(|(_, outcome)| matches!(outcome, Outcome::Updated { .. })));
    assert_eq!(server.most_at_once(), 2, "in parallel, but not more");
}

#[test]
fn one_source_that_fails_does_not_keep_others_from_being_fetched() {
    let server = Server::new(|asked| match asked.target.as_str() {
        "/good" => Answer::ok(TABLE),
        _ => Answer::new("404 Not Found", ""),
    });
    let at = |path: &str| format!("file = {{ url = '{}', format = 'json' }}", server.url(path));
    let site = Site::new().file("data/sources.toml", source("bad", &at("/bad")) + &source("good", &at("/good")));
    let (outcomes, diagnostics) = pull::run(site.root(), &[], &options(&server), &()).unwrap();
    let outcomes: Vec<(&str, bool)> =
        outcomes.iter().map(|(id, outcome)| (id.as_str(), *outcome == Outcome::Failed)).collect();
    assert_eq!(outcomes, [("bad", true), ("good", false)]);
    let problem = diagnostics.iter().next().unwrap();
    assert_eq!((&*problem.file, problem.position.unwrap().line), ("data/sources.toml", 1));
    assert!(lock(&site).contains("[good]") && !lock(&site).contains("bad"));
}

#[test]
fn a_changed_shape_is_taken_when_it_is_accepted_and_when_the_source_is_declared_anew() {
    let (server, answer) = changeable(Answer::ok(TABLE));
    let site = site(&server);
    let mut options = options(&server);
    updated(&site, &options);
    *answer.lock().unwrap() = Answer::ok("[{\"model\": \"a\", \"points\": 1}]");
    assert_eq!(pull(&site, &options).0, Outcome::Failed);
    options.accept_shape = true;
    updated(&site, &options);
    assert!(lock(&site).contains("\"points\""));
    options.accept_shape = false;
    *answer.lock().unwrap() = Answer::ok("{\"tables\": {\"main\": [{\"x\": 1.50}]}}");
    let location = format!("file = {{ url = '{}', format = 'json', path = '.tables.main' }}", server.url("/table"));
    let site = site.file("data/sources.toml", source("table", &location));
    updated(&site, &options);
    assert_eq!(snapshot(&site, "table.json"), "[{\"x\": 1.50}]", "the part, as written");
}

#[test]
fn csv_and_yaml_are_checked_and_kept_as_sent() {
    for (format, body, broken) in [
        ("csv", "model,score\na,\"1,50\"\n", "model,score\na,1,50\n"),
        ("yaml", "- model: a\n  score: 1.50\n", "- model: [a\n"),
    ] {
        let (server, answer) = changeable(Answer::ok(body));
        let site = sources(&format!("file = {{ url = '{}', format = '{format}' }}", server.url("/t")));
        updated(&site, &options(&server));
        assert_eq!(snapshot(&site, &format!("table.{format}")), body);
        assert!(
            lock(&site).contains("    \"model\",\n    \"score\",\n") || lock(&site).contains("[\"model\", \"score\"]")
        );
        *answer.lock().unwrap() = Answer::ok(broken);
        assert!(pull(&site, &options(&server)).1.contains("not-as-declared"));
    }
}

/// An archive as GitHub makes it: a comment with the commit, then everything in one folder. Paths are not checked.
fn archive(entries: &[(&str, tar::EntryType, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    let mut add = |path: &str, kind: tar::EntryType, bytes: &[u8]| {
        let mut header = tar::Header::new_ustar();
        header.as_old_mut().name[..path.len()].copy_from_slice(path.as_bytes());
        header.set_entry_type(kind);
        header.set_size(bytes.len() as u64);
        if kind == tar::EntryType::Symlink {
            header.set_link_name("/etc/passwd").unwrap();
        }
        header.set_cksum();
        builder.append(&header, bytes).unwrap();
    };
    add("pax_global_header", tar::EntryType::XGlobalHeader, format!("52 comment={COMMIT}\n").as_bytes());
    for (path, kind, bytes) in entries {
        add(path, *kind, bytes);
    }
    gzip(&builder.into_inner().unwrap())
}

const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";
const FILE: tar::EntryType = tar::EntryType::Regular;

fn repository(files: &str) -> Site {
    sources(&format!("github = {{ repository = 'org/repo', ref = 'main', files = {files} }}"))
}

fn networks_for_services(server: &Server) -> Options {
    Options { networks: Networks::All, ..options(server) }
}

#[test]
fn files_of_a_repository_come_from_its_archive() {
    let packed = archive(&[
        ("repo-main/", tar::EntryType::Directory, b""),
        ("repo-main/results/m one/a.json", FILE, b"{\"task\": 1, \"scores\": NaN}"),
        ("repo-main/results/deep/er/b.json", FILE, b"{\"task\": 1, \"scores\": 2, \"more\": 3}"),
        ("repo-main/results/none.json", FILE, b"[]"),
        ("repo-main/results/notes.md", FILE, b"not wanted"),
        ("repo-main/results/link.json", tar::EntryType::Symlink, b""),
        ("repo-main/results/hard.json", tar::EntryType::Link, b""),
        ("repo-main/README.md", FILE, b"not wanted"),
    ]);
    let server = Server::new(move |asked| match asked.header("if-none-match") {
        Some("\"v1\"") => Answer::new("304 Not Modified", "").length(None),
        _ => Answer::ok(&packed).header("ETag", "\"v1\""),
    });
    let site = repository("['results/**/*.json']");
    let options = networks_for_services(&server);
    let (outcome, problems) = pull(&site, &options);
    assert_eq!(outcome, Outcome::Updated { files: 3, bytes: 63, links: 2 }, "{problems}");
    assert_eq!(server.asked()[0].target, "/org/repo/tar.gz/main");
    assert_eq!(snapshot(&site, "results/m one/a.json"), "{\"task\": 1, \"scores\": NaN}");
    let lock = lock(&site);
    assert!(lock.contains(&format!("revision = \"{COMMIT}\"")), "{lock}");
    assert!(lock.contains(&format!("https://github.com/org/repo/blob/{COMMIT}/results/m%20one/a.json")), "{lock}");
    assert!(lock.contains("results/**/*.json: task") && !lock.contains("json: more"), "{lock}");
    assert_eq!(pull(&site, &options).0, Outcome::NotModified);
}

/// A record of POSIX's extended header, which begins with its own length.
fn extended(key: &str, value: &str) -> Vec<u8> {
    let rest = format!(" {key}={value}\n");
    let length = (1..).find(|length| length.to_string().len() + rest.len() == *length).unwrap();
    format!("{length}{rest}").into_bytes()
}

#[test]
fn long_paths_are_read_in_both_forms_of_the_header() {
    let long = format!("results/{}/{}", "一".repeat(40), "r".repeat(90));
    let packed = archive(&[
        ("pax", tar::EntryType::XHeader, &extended("path", &format!("repo-main/{long}/a.json"))),
        ("cut", FILE, TABLE.as_bytes()),
        ("././@LongLink", tar::EntryType::GNULongName, format!("repo-main/{long}/b.json\0").as_bytes()),
        ("cut", FILE, TABLE.as_bytes()),
        ("repo-main/results/c.json", FILE, TABLE.as_bytes()),
    ]);
    let server = Server::always(Answer::ok(packed));
    let site = repository("['results/**']");
    updated(&site, &networks_for_services(&server));
    for file in [format!("{long}/a.json"), format!("{long}/b.json"), "results/c.json".to_owned()] {
        assert_eq!(snapshot(&site, &file), TABLE);
    }
}

#[test]
fn an_archive_cannot_do_harm() {
    let wanted = ("repo-main/a.json", FILE, TABLE.as_bytes());
    let large = vec![b' '; 33 << 10];
    let bomb = vec![0; 1 << 20];
    let many: Vec<String> = (0..21).map(|number| format!("repo-main/{number:02}.json")).collect();
    let mut all: Vec<(&str, tar::EntryType, &[u8])> = Vec::new();
    all.extend(many.iter().map(|path| (path.as_str(), FILE, TABLE.as_bytes())));
    let whole = archive(&[wanted]);
    let mut torn = whole.clone();
    let checksum = torn.len() - 6;
    torn[checksum] ^= 1;
    let cases = [
        (
            "a path that leads out",
            archive(&[wanted, ("repo-main/../../../x.json", FILE, TABLE.as_bytes())]),
            "leads out of it",
        ),
        (
            "a path that leads out, in a header",
            archive(&[("pax", tar::EntryType::XHeader, &extended("path", "repo-main/../x.json")), wanted]),
            "leads out of it",
        ),
        ("a huge header", archive(&[("pax", tar::EntryType::XHeader, &bomb[..65 << 10]), wanted]), "has a header of"),
        ("an absolute path", archive(&[wanted, ("/etc/x.json", FILE, TABLE.as_bytes())]), "leads out of it"),
        ("a path of Windows", archive(&[wanted, ("repo-main/..\\x.json", FILE, TABLE.as_bytes())]), "leads out of it"),
        ("a file twice", archive(&[wanted, wanted]), "occurs twice"),
        ("only a link", archive(&[("repo-main/a.json", tar::EntryType::Symlink, b"")]), "has no file"),
        ("nothing wanted", archive(&[("repo-main/b.txt", FILE, b"x")]), "has no file *.json"),
        ("a file too large", archive(&[("repo-main/a.json", FILE, &large)]), "too-large"),
        ("a bomb that is not wanted", archive(&[wanted, ("repo-main/b.bin", FILE, &bomb)]), "too-large"),
        ("too many files", archive(&all), "more than 20 files"),
        ("a broken file", archive(&[("repo-main/a.json", FILE, b"{")]), "a.json is not JSON"),
        ("half an archive", whole[..whole.len() / 2].to_vec(), "not a whole archive"),
        ("a wrong checksum", torn, "not a whole archive"),
        ("no archive", b"<html>".to_vec(), "not a whole archive"),
    ];
    let (server, answer) = changeable(Answer::ok(whole));
    let site = repository("['*.json']");
    let options = networks_for_services(&server);
    updated(&site, &options);
    let before = state(&site);
    for (name, packed, expected) in cases {
        *answer.lock().unwrap() = Answer::ok(packed);
        let (outcome, problems) = pull(&site, &options);
        assert_eq!(outcome, Outcome::Failed, "{name}");
        assert!(problems.contains(expected), "{name}: {problems}");
        assert!(state(&site) == before, "{name}");
    }
    assert!(!site.root().join("x.json").exists() && !site.root().parent().unwrap().join("x.json").exists());
}

/// A page of the dataset viewer.
fn page(asked: &Asked, total: u64) -> String {
    let url = reqwest::Url::parse(&format!("http://host{}", asked.target)).unwrap();
    let query: BTreeMap<_, _> = url.query_pairs().into_owned().collect();
    assert_eq!(
        (query["dataset"].as_str(), query["config"].as_str(), query["split"].as_str()),
        ("org/set", "a b", "train")
    );
    let (offset, length): (u64, u64) = (query["offset"].parse().unwrap(), query["length"].parse().unwrap());
    let rows: Vec<String> = (offset..total.min(offset + length))
        .map(|row| format!("{{\"row_idx\":{row},\"row\":{{\"m\":\"{row}\",\"s\":{row}.50}},\"truncated_cells\":[]}}"))
        .collect();
    format!(
        "{{\"features\":[{{\"feature_idx\":0,\"name\":\"m\"}},{{\"feature_idx\":1,\"name\":\"s\"}}],\"rows\":[{}],\
         \"num_rows_total\":{total},\"num_rows_per_page\":100,\"partial\":false}}",
        rows.join(",")
    )
}

const ROWS: &str = "dataset = { id = 'org/set', config = 'a b', split = 'train', format = 'rows' }";

#[test]
fn all_rows_of_a_dataset_become_one_document() {
    let server = Server::new(|asked| Answer::ok(page(asked, 205)).header("X-Revision", "abc"));
    let site = sources(ROWS);
    let options = networks_for_services(&server);
    updated(&site, &options);
    let document: serde_json::Value = serde_json::from_str(&snapshot(&site, "table.json")).unwrap();
    let rows = document["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 205);
    assert_eq!(rows[204]["row"]["s"].to_string(), "204.50");
    assert_eq!(document["num_rows_total"].to_string(), "205");
    assert!(lock(&site).contains("revision = \"abc\""));
    assert_eq!(pull(&site, &options).0, Outcome::NotModified, "the same revision");
    assert_eq!(server.asked().len(), 4);
}

#[test]
fn a_dataset_of_which_a_page_does_not_fit_is_not_taken() {
    type Wrong = fn(&Asked) -> Answer;
    let cases: [(&str, Wrong, &str); 7] = [
        (
            "a row missing",
            |a| Answer::ok(page(a, 150).replacen("\"row_idx\":120,", "\"row_idx\":121,", 1)),
            "in the place of row 120",
        ),
        (
            "a page too short",
            |a| Answer::ok(page(a, if a.target.contains("offset=100") { 140 } else { 150 })),
            "another state",
        ),
        (
            "another revision",
            |a| Answer::ok(page(a, 150)).header("X-Revision", if a.target.contains("offset=0") { "a" } else { "b" }),
            "another state",
        ),
        ("cells cut short", |a| Answer::ok(page(a, 150).replacen("[]", "[\"m\"]", 1)), "cut short"),
        (
            "a part of the dataset",
            |a| Answer::ok(page(a, 150).replace("\"partial\":false", "\"partial\":true")),
            "only a part",
        ),
        ("no rows", |a| Answer::ok(page(a, 0)), "empty table"),
        (
            "more rows than there are",
            |a| Answer::ok(page(a, 150).replace("\"num_rows_total\":150", "\"num_rows_total\":90")),
            "has 100 rows instead of 90",
        ),
    ];
    for (name, wrong, expected) in cases {
        let server = Server::new(wrong);
        let site = sources(ROWS);
        let (outcome, problems) = pull(&site, &networks_for_services(&server));
        assert_eq!(outcome, Outcome::Failed, "{name}");
        assert!(problems.contains(expected), "{name}: {problems}");
        assert!(!site.root().join("data/snapshots").exists() && !site.root().join("data/sources.lock").exists());
    }
}

/// A Parquet file with one value in one column.
fn parquet(column: &str, value: &str) -> Vec<u8> {
    let schema = parse_message_type(&format!("message t {{ required binary {column} (STRING); }}")).unwrap();
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, Arc::new(schema), Arc::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let mut values = group.next_column().unwrap().unwrap();
    values.typed::<ByteArrayType>().write_batch(&[value.into()], None, None).unwrap();
    values.close().unwrap();
    group.close().unwrap();
    writer.close().unwrap();
    bytes
}

#[test]
fn only_the_parquet_files_that_changed_are_sent_again() {
    let version = Arc::new(Mutex::new("one"));
    let shared = Arc::clone(&version);
    let server = Server::new(move |asked| {
        let host = asked.header("host").unwrap();
        let (value, column) = match (asked.target.as_str(), *shared.lock().unwrap()) {
            ("/api/datasets/org/set/parquet/a%20b/train", _) => {
                return Answer::ok(format!("[\"http://{host}/0.parquet\",\"http://{host}/1.parquet\"]"));
            }
            ("/0.parquet", _) => ("zero", "m"),
            (_, "other") => ("other", "x"),
            (_, version) => (version, "m"),
        };
        match asked.header("if-none-match") {
            Some(etag) if etag == format!("\"{value}\"") => Answer::new("304 Not Modified", "").length(None),
            _ => Answer::ok(parquet(column, value)).header("ETag", &format!("\"{value}\"")),
        }
    });
    let site = sources(&ROWS.replace("'rows'", "'parquet'"));
    let options = networks_for_services(&server);
    updated(&site, &options);
    let holds = |site: &Site, file: &str, column: &str, value: &str| {
        fs::read(site.root().join("data/snapshots/table").join(file)).unwrap() == parquet(column, value)
    };
    assert!(holds(&site, "0001.parquet", "m", "one"));
    assert_eq!(pull(&site, &options).0, Outcome::NotModified);
    *version.lock().unwrap() = "two";
    updated(&site, &options);
    assert!(holds(&site, "0000.parquet", "m", "zero") && holds(&site, "0001.parquet", "m", "two"));
    let before = state(&site);
    *version.lock().unwrap() = "other";
    let (_, problems) = pull(&site, &options);
    assert!(problems.contains("other columns than the files before it"), "{problems}");
    assert!(state(&site) == before);
}

#[test]
fn a_pull_that_was_interrupted_is_finished_or_undone_by_the_next() {
    let (server, answer) = changeable(Answer::ok(TABLE));
    let site = site(&server);
    let options = options(&server);
    updated(&site, &options);
    let first = state(&site);
    *answer.lock().unwrap() = Answer::ok(TABLE.replace("0.10", "0.20"));
    updated(&site, &options);
    let second = state(&site);
    let entry = second["data/sources.lock"].clone();
    let back = |state: &BTreeMap<String, Vec<u8>>| {
        for (path, bytes) in state {
            fs::create_dir_all(site.root().join(path).parent().unwrap()).unwrap();
            fs::write(site.root().join(path), bytes).unwrap();
        }
    };
    let workshop = site.root().join("data/.pull/table");
    let nothing_named = |expected: &BTreeMap<String, Vec<u8>>, name: &str| {
        let mut options = options.clone();
        options.now = time(1);
        let (outcomes, diagnostics) = pull::run(site.root(), &[], &options, &()).unwrap();
        assert_eq!((outcomes[0].1.clone(), diagnostics.errors()), (Outcome::Fresh, 0), "{name}");
        assert!(state(&site) == *expected, "{name}");
        assert!(!site.root().join("data/.pull").exists(), "{name}");
    };

    back(&first);
    fs::create_dir_all(workshop.join("new")).unwrap();
    fs::write(workshop.join("new/table.json"), "half").unwrap();
    fs::create_dir_all(site.root().join("data/.pull/of-another-time/new")).unwrap();
    nothing_named(&first, "before it was decided");

    back(&first);
    fs::create_dir_all(workshop.join("new")).unwrap();
    fs::write(workshop.join("new/table.json"), &second["data/snapshots/table/table.json"]).unwrap();
    fs::write(workshop.join("decided.toml"), &entry).unwrap();
    nothing_named(&second, "decided, nothing moved");

    back(&first);
    fs::create_dir_all(workshop.join("new")).unwrap();
    fs::write(workshop.join("new/table.json"), &second["data/snapshots/table/table.json"]).unwrap();
    fs::write(workshop.join("decided.toml"), &entry).unwrap();
    fs::rename(site.root().join("data/snapshots/table"), workshop.join("old")).unwrap();
    nothing_named(&second, "the old snapshot moved away");

    back(&second);
    fs::write(site.root().join("data/sources.lock"), &first["data/sources.lock"]).unwrap();
    fs::create_dir_all(workshop.join("old")).unwrap();
    fs::write(workshop.join("decided.toml"), &entry).unwrap();
    nothing_named(&second, "both moved, not recorded");
}

#[test]
fn a_pull_that_is_killed_leaves_what_was_there_and_the_next_goes_on() {
    let stalls = Arc::new(Mutex::new(false));
    let shared = Arc::clone(&stalls);
    let server = Server::new(move |asked| {
        let answer = ranged(asked, TABLE, "\"v1\"");
        if *shared.lock().unwrap() { answer.stalls_after(9) } else { answer }
    });
    let site = site(&server);
    let arguments = ["pull", "table", "--allow-private=127.0.0.1"];
    assert_eq!(site.run(&arguments).code(), 0);
    fs::write(site.root().join("data/snapshots/table/table.json"), "edited, so that the whole is asked for").unwrap();
    let before = state(&site);
    *stalls.lock().unwrap() = true;
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_tianti"))
        .args(arguments)
        .args(["--root", site.root().to_str().unwrap()])
        .spawn()
        .unwrap();
    let arrived = || {
        let files = walkdir::WalkDir::new(site.root().join("data/.pull")).into_iter().flatten();
        files
            .filter(|file| file.path().extension().is_some_and(|ending| ending == "part"))
            .any(|file| file.metadata().is_ok_and(|metadata| metadata.len() == 9))
    };
    while !arrived() {
        assert!(child.try_wait().unwrap().is_none(), "it is at work");
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(state(&site) == before);
    *stalls.lock().unwrap() = false;
    assert_eq!(site.run(&arguments).code(), 0);
    assert_eq!(snapshot(&site, "table.json"), TABLE);
    assert_eq!(server.asked().last().unwrap().header("range"), Some("bytes=9-"));
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_links() {
    let server = Server::always(Answer::ok(TABLE).header("ETag", "\"v1\""));
    let outside = tempfile::tempdir().unwrap();
    let victim = outside.path().join("victim");
    fs::write(&victim, "mine").unwrap();
    let link = |site: &Site, path: &str, target: &Path| {
        let path = site.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(target, path).unwrap();
    };
    for path in ["data/.pull", "data/snapshots", "data/sources.lock"] {
        let site = site(&server);
        link(&site, path, outside.path());
        let error = pull::run(site.root(), &[], &options(&server), &()).unwrap_err();
        assert!(error.to_string().contains("symbolic link"), "{error}");
    }
    let site = site(&server);
    link(&site, "data/.pull/table", outside.path());
    link(&site, "data/snapshots/table", outside.path());
    updated(&site, &options(&server));
    assert_eq!(snapshot(&site, "table.json"), TABLE);
    assert_eq!(fs::read_to_string(&victim).unwrap(), "mine");
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1, "nothing was put there");
}

#[test]
fn two_pulls_do_not_work_on_one_site() {
    let server = Server::always(Answer::ok(TABLE));
    let site = site(&server);
    fs::create_dir_all(site.root().join("data/.pull")).unwrap();
    let other = fs::File::create(site.root().join("data/.pull/lock")).unwrap();
    other.lock().unwrap();
    let error = pull::run(site.root(), &[], &options(&server), &()).unwrap_err();
    assert!(error.to_string().contains("another pull"), "{error}");
}

#[test]
fn what_is_fresh_is_not_asked_again_and_a_check_asks_nobody() {
    let server = Server::always(Answer::ok(TABLE));
    let site = site(&server);
    let mut options = options(&server);
    let standing = |now| pull::check(site.root(), now).unwrap().0[0].1;
    assert_eq!(standing(time(0)), Standing::NeverPulled);
    assert!(!site.root().join("data/.pull").exists(), "a check writes nothing");
    updated(&site, &options);
    assert_eq!(standing(time(23)), Standing::Fresh { until: time(24) });
    assert_eq!(standing(time(24)), Standing::Stale { since: time(24) });
    options.now = time(23);
    assert_eq!(pull_named(&site, &options, &[]).0, Outcome::Fresh);
    assert_eq!(server.asked().len(), 1);
    fs::write(site.root().join("data/snapshots/table/more.json"), "x").unwrap();
    assert_eq!(standing(time(1)), Standing::Changed);
    fs::remove_file(site.root().join("data/snapshots/table/more.json")).unwrap();
    let text = fs::read_to_string(site.root().join("data/sources.toml")).unwrap().replace("/table", "/elsewhere");
    fs::write(site.root().join("data/sources.toml"), text).unwrap();
    assert_eq!(standing(time(1)), Standing::Redefined);
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn the_lock_is_sorted_and_says_all_there_is_to_know() {
    let server = Server::always(Answer::ok(TABLE).header("ETag", "\"v1\""));
    let site = site(&server);
    updated(&site, &options(&server));
    let url = server.url("/table");
    let sha256 = tianti::snapshot::sha256(TABLE.as_bytes());
    let expected = format!(
        "# Written by `tianti pull`; do not edit.\n\n[table]\nretrieved = \"2026-01-01T00:00:00Z\"\n\
         checked = \"2026-01-01T00:00:00Z\"\nlicence = \"MIT\"\nfrom = \"{url} (json)\"\nshape = [\"model\", \"score\"]\n\n\
         [[table.answers]]\nurl = \"{url}\"\netag = '\"v1\"'\n\n\
         [[table.files]]\npath = \"table.json\"\nurl = \"{url}\"\nsha256 = \"{sha256}\"\nbytes = {}\n",
        TABLE.len()
    );
    assert_eq!(lock(&site), expected);
}

#[test]
fn a_declaration_that_makes_no_sense_is_reported() {
    let file = "file = { url = 'https://a.example/x', format = 'json' }";
    for (text, expected) in [
        (source("a", ""), "bad-source"),
        (source("a", &format!("{file}\n{ROWS}")), "bad-source"),
        (source("\"../a\"", file), "bad-source"),
        (source("\"a/b\"", file), "bad-source"),
        (source("A", file), "bad-source"),
        (source("a", &file.replace("'json'", "'csv', path = '.x'")), "bad-source"),
        (source("a", &file.replace("'json'", "'json', path = 'x'")), "broken-toml"),
        (source("a", &file.replace("'json'", "'xml'")), "broken-toml"),
        (source("a", &file.replace("https:", "ftp:")), "broken-toml"),
        (source("a", &file.replace("'json'", "'json', allow_private = true")), "broken-toml"),
        (source("a", file).replace("'1d'", "'soon'"), "broken-toml"),
        (source("a", file).replace("licence = 'MIT'\n", ""), "broken-toml"),
        (source("a", "github = { repository = '../x', ref = 'main', files = ['*'] }"), "broken-toml"),
        (source("a", "github = { repository = 'o/r', ref = '../main', files = ['*'] }"), "broken-toml"),
        (source("a", "github = { repository = 'o/r', ref = 'main', files = [] }"), "broken-toml"),
        (source("a", "github = { repository = 'o/r', ref = 'main', files = ['a[' ] }"), "broken-toml"),
    ] {
        let site = Site::new().file("data/sources.toml", &text);
        let run = site.run(&["check"]);
        assert_eq!(run.code(), 1, "{text}");
        assert!(run.problems().contains(expected), "{text}: {}", run.problems());
        assert!(run.problems().contains("data/sources.toml:"), "{}", run.problems());
    }
    let site = Site::with_board().file("data/sources.toml", source("run", file));
    assert!(
        site.run(&["check"]).problems().contains("data/sources.toml:1:1: error[bad-source]"),
        "a folder of results"
    );
}

#[test]
fn the_command_says_what_it_did_and_a_build_reads_what_it_fetched() {
    let scores = "model,benchmark,value,unit,metric,shots\norg/a,quiz,61.50,percent,acc,5\norg/b,quiz,70,percent,acc,5\n\
        org/a,sums,40,percent,acc,5\norg/b,sums,30,percent,acc,5\n";
    let (server, answer) = changeable(Answer::ok(scores));
    let location = format!("file = {{ url = '{}', format = 'csv' }}", server.url("/scores"));
    let site = Site::new()
        .file("data/boards/main.toml", support::BOARD.replace("aggregate", "sources = ['table']\naggregate"))
        .file("data/sources.toml", source("table", &location).replace("MIT", "CC-BY-4.0"));
    assert_eq!(site.run(&["pull", "--check"]).says(), "table: never pulled\n");

    let refused = site.run(&["pull"]);
    assert_eq!(refused.code(), 1);
    assert!(refused.problems().contains("data/sources.toml:1:1: error[address-refused]"), "{}", refused.problems());
    assert!(refused.problems().contains("--allow-private"), "{}", refused.problems());

    let run = site.run(&["pull", "--allow-private=127.0.0.1"]);
    assert_eq!((run.code(), run.says().as_str()), (0, "table: updated, 1 file, 155 B\n"), "{}", run.problems());
    assert_eq!(run.problems(), "", "no bars in a pipe");
    assert_eq!(site.run(&["pull", "--check"]).code(), 0);
    assert!(site.run(&["pull"]).says().contains("fresh"), "nobody is asked");

    let asked = server.asked().len();
    drop(server);
    site.build();
    assert_eq!(asked, 1);
    assert_eq!(support::table(&site.page("en/boards/main.html"), "board").len(), 3);
    let model = site.page("en/models/org/a.html");
    assert!(model.contains("61.50") && model.contains("A table") && model.contains("CC-BY-4.0"), "{model}");

    let file = site.root().join("data/snapshots/table/table.csv");
    fs::write(&file, scores.replace("61.50", "99.50")).unwrap();
    let run = site.run(&["build"]);
    assert_eq!(run.code(), 1);
    assert!(run.problems().contains("data/snapshots/table/table.csv: error[snapshot-changed]"), "{}", run.problems());
    assert!(site.page("en/models/org/a.html").contains("61.50"), "the site stays");
    fs::remove_file(&file).unwrap();
    assert!(site.run(&["check"]).problems().contains("data/sources.lock: error[snapshot-changed]"));
    fs::write(&file, scores).unwrap();
    fs::write(site.root().join("data/snapshots/table/extra.csv"), scores).unwrap();
    assert!(site.run(&["check"]).problems().contains("extra.csv: error[snapshot-changed]"));
    fs::remove_file(site.root().join("data/snapshots/table/extra.csv")).unwrap();
    assert_eq!(site.run(&["check"]).code(), 0);
    fs::write(site.root().join("data/sources.toml"), "").unwrap();
    assert!(site.run(&["check"]).problems().contains("error[undeclared-snapshot]"));
    drop(answer);
}

#[test]
fn names_and_options_that_cannot_be_meant_are_errors_of_use() {
    let server = Server::always(Answer::ok(TABLE));
    let site = site(&server);
    let run = site.run(&["pull", "tabel"]);
    assert_eq!(run.code(), 2);
    assert!(run.problems().contains("did you mean table?"), "{}", run.problems());
    for arguments in [&["pull", "--accept-shape"][..], &["pull", "--check", "table"], &["pull", "--allow-private=x"]] {
        assert_eq!(site.run(arguments).code(), 2, "{arguments:?}");
    }
    let nothing = Site::new();
    assert!(nothing.run(&["pull"]).problems().contains("no data/sources.toml"));
    assert_eq!(nothing.run(&["check"]).code(), 0);
}
