//! Fetching one address to a file: redirects, retries, conditions and resumption.

use super::Progress;
use super::address::{self, Networks, Refused, Resolver};
use super::body::{Body, Coding};
use super::failure::Failure;
use super::hosts::Hosts;
use super::limits::Limits;
use crate::snapshot::Answer;
use anyhow::Context;
use reqwest::blocking::{self, Response};
use reqwest::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_RANGE, ETAG, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE,
    LAST_MODIFIED, LOCATION, RANGE, RETRY_AFTER,
};
use reqwest::{StatusCode, Url};
use serde::{Deserialize, Serialize};
use std::error::Error;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

/// Makes requests within the limits.
pub(super) struct Client {
    http: blocking::Client,
    networks: Networks,
    hosts: Hosts,
    pub(super) limits: Limits,
}

/// What one source may take, and who hears of it.
pub(super) struct Job<'a> {
    pub(super) source: &'a str,
    pub(super) deadline: Instant,
    pub(super) progress: &'a dyn Progress,
}

/// What to fetch.
pub(super) struct Request<'a> {
    pub(super) url: &'a Url,
    /// Whether `http` will do: the sources file spells it so.
    pub(super) plain_http: bool,
    /// Fetch only what is newer than this.
    pub(super) known: Option<&'a Answer>,
    /// Where the body goes. What an earlier attempt left there is resumed if the server can.
    pub(super) part: &'a Path,
}

/// What came of a request.
pub(super) enum Got {
    NotModified,
    Body(Body),
}

/// What belongs to a body that has begun to arrive, in a file beside it: all that is needed to resume.
#[derive(Serialize, Deserialize)]
struct Begun {
    url: String,
    etag: String,
    coding: Coding,
}

/// Why an attempt failed.
enum Trouble {
    /// Another attempt may succeed; the server may say when.
    Passing {
        reason: String,
        after: Option<Duration>,
    },
    Final(Failure),
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Final(failure)
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Self::Final(Failure::disk(&error))
    }
}

fn passing(reason: impl Into<String>) -> Trouble {
    Trouble::Passing { reason: reason.into(), after: None }
}

impl Client {
    /// Certificates are checked against Mozilla's list; proxies of the environment are not used.
    pub(super) fn new(networks: Networks, limits: Limits) -> anyhow::Result<Self> {
        let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let http = blocking::Client::builder()
            .tls_backend_preconfigured(tls)
            .dns_resolver(Arc::new(Resolver(networks)))
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .connect_timeout(limits.connect)
            .timeout(limits.stall)
            .user_agent(concat!("tianti/", env!("CARGO_PKG_VERSION")))
            .build()
            .context("preparing to use the network")?;
        Ok(Self { http, networks, hosts: Hosts::new(limits.per_host), limits })
    }

    /// Fetches an address, trying again where that may help.
    pub(super) fn get(&self, request: &Request, job: &Job) -> Result<Got, Failure> {
        let mut pause = self.limits.pause;
        for attempt in 1.. {
            let (reason, after) = match self.attempt(request, job) {
                Ok(got) => return Ok(got),
                Err(Trouble::Final(failure)) => return Err(failure),
                Err(Trouble::Passing { reason, after }) => (reason, after),
            };
            if attempt >= self.limits.attempts {
                return Err(Failure::fetch(format!("{}: {reason}, {attempt} times", request.url)));
            }
            let wait = after.unwrap_or(pause);
            if wait > self.limits.longest_pause || Instant::now() + wait > job.deadline {
                let asked = format!("{}: {reason}; the next attempt would be in {} s", request.url, wait.as_secs());
                return Err(Failure::fetch(asked));
            }
            std::thread::sleep(wait);
            pause = pause.saturating_mul(2);
        }
        Err(Failure::fetch(format!("{}: no attempt was made", request.url)))
    }

    fn attempt(&self, request: &Request, job: &Job) -> Result<Got, Trouble> {
        let have = Have::of(request);
        let mut url = request.url.clone();
        for _ in 0..=self.limits.redirects {
            self.networks.check(&url, request.plain_http)?;
            let _turn = self.hosts.enter(url.host_str().unwrap_or(""));
            let response = self.send(&url, request, have.as_ref())?;
            match response.status() {
                StatusCode::MOVED_PERMANENTLY
                | StatusCode::FOUND
                | StatusCode::SEE_OTHER
                | StatusCode::TEMPORARY_REDIRECT
                | StatusCode::PERMANENT_REDIRECT => url = redirected(&url, &response)?,
                StatusCode::NOT_MODIFIED if request.known.is_some() => return Ok(Got::NotModified),
                StatusCode::OK => return self.take(response, request, 0, job).map(Got::Body),
                StatusCode::PARTIAL_CONTENT => match have.filter(|have| have.is_continued_by(&response)) {
                    Some(have) => return self.take(response, request, have.bytes, job).map(Got::Body),
                    None => {
                        forget(request.part)?;
                        return Err(passing("the server sent another part of the file than was asked for"));
                    }
                },
                StatusCode::RANGE_NOT_SATISFIABLE if have.is_some() => {
                    forget(request.part)?;
                    return Err(passing("what was fetched before is no part of the file"));
                }
                status => return Err(refusal(&url, status, &response)),
            }
        }
        let message = format!("{}: more than {} redirects", request.url, self.limits.redirects);
        Err(Trouble::Final(Failure::fetch(message)))
    }

    fn send(&self, url: &Url, request: &Request, have: Option<&Have>) -> Result<Response, Trouble> {
        let mut get = self.http.get(url.clone()).header(ACCEPT_ENCODING, "gzip, zstd");
        if let Some(have) = have {
            get = get.header(RANGE, format!("bytes={}-", have.bytes)).header(IF_RANGE, &have.begun.etag);
        } else if let Some(known) = request.known {
            if let Some(etag) = &known.etag {
                get = get.header(IF_NONE_MATCH, etag);
            }
            if let Some(date) = &known.last_modified {
                get = get.header(IF_MODIFIED_SINCE, date);
            }
        }
        get.send().map_err(|error| match find_refused(&error) {
            Some(refused) => Trouble::Final(address::refused(refused)),
            None => passing(describe(&error)),
        })
    }

    /// Reads the body of `response` to the end, behind the first `have` bytes.
    fn take(&self, mut response: Response, request: &Request, have: u64, job: &Job) -> Result<Body, Trouble> {
        let answer = Answer {
            url: request.url.to_string(),
            etag: text(&response, &ETAG),
            last_modified: text(&response, &LAST_MODIFIED),
        };
        let coding = Coding::named(text(&response, &CONTENT_ENCODING).as_deref())?;
        let too_large = || Trouble::Final(Failure::size(request.url.as_str(), self.limits.download));
        let total = response.content_length().map(|length| length.saturating_add(have));
        if total.is_some_and(|total| total > self.limits.download) {
            return Err(too_large());
        }
        let mut file = open(request, have, &answer, coding)?;
        let mut bytes = have;
        let mut buffer = vec![0; 64 << 10];
        loop {
            if Instant::now() > job.deadline {
                let message = format!("{} took longer than {} s", request.url, self.limits.total.as_secs());
                return Err(Trouble::Final(Failure::fetch(message)));
            }
            let read = response.read(&mut buffer).map_err(|error| {
                passing(format!("the transfer broke off after {bytes} bytes: {}", describe(&error)))
            })?;
            let Some(chunk) = buffer.get(..read).filter(|chunk| !chunk.is_empty()) else { break };
            bytes += chunk.len() as u64;
            if bytes > self.limits.download {
                return Err(too_large());
            }
            file.write_all(chunk)?;
            job.progress.received(job.source, chunk.len() as u64);
        }
        if let Some(whole) = whole_length(&response).filter(|whole| *whole != bytes) {
            return Err(passing(format!("the transfer ended after {bytes} of {whole} bytes")));
        }
        let revision = text(&response, &HeaderName::from_static("x-revision"));
        Ok(Body { file: body_file(request.part), coding, answer, revision })
    }
}

/// What an earlier attempt at a request left.
struct Have {
    bytes: u64,
    begun: Begun,
}

impl Have {
    fn of(request: &Request) -> Option<Self> {
        let begun: Begun = toml::from_str(&fs::read_to_string(begun_file(request.part)).ok()?).ok()?;
        let body = fs::symlink_metadata(body_file(request.part)).ok()?;
        let usable = body.is_file() && body.len() > 0 && begun.url == request.url.as_str();
        usable.then_some(Self { bytes: body.len(), begun })
    }

    fn is_continued_by(&self, response: &Response) -> bool {
        let range = text(response, &CONTENT_RANGE).unwrap_or_default();
        let coding = Coding::named(text(response, &CONTENT_ENCODING).as_deref());
        range.starts_with(&format!("bytes {}-", self.bytes))
            && text(response, &ETAG).is_none_or(|etag| etag == self.begun.etag)
            && coding.is_ok_and(|coding| coding == self.begun.coding)
    }
}

/// Opens the file of a body, to go on behind the first `have` bytes. A body with a strong validator can be resumed.
fn open(request: &Request, have: u64, answer: &Answer, coding: Coding) -> std::io::Result<File> {
    if have > 0 {
        return OpenOptions::new().append(true).open(body_file(request.part));
    }
    forget(request.part)?;
    if let Some(etag) = answer.etag.clone().filter(|etag| etag.starts_with('"')) {
        let begun = Begun { url: request.url.to_string(), etag, coding };
        fs::write(begun_file(request.part), toml::to_string(&begun).map_err(std::io::Error::other)?)?;
    }
    File::create(body_file(request.part))
}

/// Removes what was fetched for a request.
pub(super) fn forget(part: &Path) -> std::io::Result<()> {
    for file in [begun_file(part), body_file(part)] {
        match fs::remove_file(file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Whether a file of the workshop is of a body that can be resumed.
pub(super) fn may_resume(file: &Path) -> bool {
    body_file(file).is_file() && begun_file(file).is_file()
}

fn body_file(part: &Path) -> PathBuf {
    part.with_extension("part")
}

fn begun_file(part: &Path) -> PathBuf {
    part.with_extension("begun")
}

fn redirected(from: &Url, response: &Response) -> Result<Url, Failure> {
    let location = text(response, &LOCATION);
    let target = location.as_deref().and_then(|location| from.join(location).ok());
    target.ok_or_else(|| Failure::fetch(format!("{from} redirects to no address ({})", location.unwrap_or_default())))
}

fn refusal(url: &Url, status: StatusCode, response: &Response) -> Trouble {
    let reason = format!("the server answered {status}");
    match status {
        StatusCode::REQUEST_TIMEOUT
        | StatusCode::TOO_EARLY
        | StatusCode::TOO_MANY_REQUESTS
        | StatusCode::INTERNAL_SERVER_ERROR
        | StatusCode::BAD_GATEWAY
        | StatusCode::SERVICE_UNAVAILABLE
        | StatusCode::GATEWAY_TIMEOUT => Trouble::Passing { reason, after: retry_after(response) },
        _ => Trouble::Final(Failure::fetch(format!("{url}: {reason}"))),
    }
}

/// How long the server asks to wait: a number of seconds, or until a time.
fn retry_after(response: &Response) -> Option<Duration> {
    let value = text(response, &RETRY_AFTER)?;
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let time = httpdate::parse_http_date(&value).ok()?;
    Some(time.duration_since(SystemTime::now()).unwrap_or_default())
}

/// The length of the whole file of which a part was sent: `Content-Range: bytes 5-9/20`.
fn whole_length(response: &Response) -> Option<u64> {
    text(response, &CONTENT_RANGE)?.rsplit_once('/')?.1.parse().ok()
}

fn text(response: &Response, name: &HeaderName) -> Option<String> {
    Some(response.headers().get(name)?.to_str().ok()?.trim().to_owned())
}

fn find_refused(error: &reqwest::Error) -> Option<&Refused> {
    causes(error).find_map(|cause| cause.downcast_ref())
}

/// The last of an error's causes, which says what happened.
fn describe(error: &(dyn Error + 'static)) -> String {
    causes(error).last().map_or_else(|| error.to_string(), ToString::to_string)
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error: &&'a (dyn Error + 'static)| (*error).source())
}
