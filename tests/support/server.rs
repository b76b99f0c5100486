//! An HTTP server over plain sockets, which can do everything wrong that a server can.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Path and query.
    pub target: String,
    /// Names in lower case.
    pub headers: BTreeMap<String, String>,
    /// How many requests for the same target came before.
    pub before: usize,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }
}

/// What the server sends.
#[derive(Clone, Debug)]
pub struct Answer {
    status: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    /// `None`: no length is given and the connection ends the body.
    length: Option<usize>,
    manner: Manner,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    Whole,
    Chunked,
    /// The last chunk never comes.
    ChunkedWithoutEnd,
    /// Nothing of the head is sent for so long.
    SlowHead(Duration),
    /// The head comes byte by byte, and never ends.
    TricklingHead,
    /// After so many bytes of the body nothing more is sent, and the connection stays open.
    StallsAfter(usize),
    /// After so many bytes the connection is closed.
    BreaksAfter(usize),
    /// The body comes a byte at a time.
    Drips,
    /// The body is repeated for ever.
    Endless,
    /// The whole is sent after so long, for counting requests that overlap.
    Lasts(Duration),
}

impl Answer {
    pub fn new(status: &str, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref().to_vec();
        Self { status: status.into(), headers: Vec::new(), length: Some(body.len()), body, manner: Manner::Whole }
    }

    pub fn ok(body: impl AsRef<[u8]>) -> Self {
        Self::new("200 OK", body)
    }

    pub fn redirect(status: &str, to: &str) -> Self {
        Self::new(status, "").header("Location", to)
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub fn length(mut self, length: Option<usize>) -> Self {
        self.length = length;
        self
    }

    fn manner(mut self, manner: Manner) -> Self {
        self.manner = manner;
        self
    }

    pub fn chunked(self) -> Self {
        self.manner(Manner::Chunked)
    }

    pub fn chunked_without_end(self) -> Self {
        self.manner(Manner::ChunkedWithoutEnd)
    }

    pub fn slow_head(self, time: Duration) -> Self {
        self.manner(Manner::SlowHead(time))
    }

    pub fn trickling_head(self) -> Self {
        self.manner(Manner::TricklingHead)
    }

    pub fn stalls_after(self, bytes: usize) -> Self {
        self.manner(Manner::StallsAfter(bytes))
    }

    pub fn breaks_after(self, bytes: usize) -> Self {
        self.manner(Manner::BreaksAfter(bytes))
    }

    pub fn drips(self) -> Self {
        self.manner(Manner::Drips)
    }

    pub fn endless(self) -> Self {
        self.length(None).manner(Manner::Endless)
    }

    pub fn lasts(self, time: Duration) -> Self {
        self.manner(Manner::Lasts(time))
    }
}

type Script = dyn Fn(&Asked) -> Answer + Send + Sync;

#[derive(Default)]
struct State {
    asked: Mutex<Vec<Asked>>,
    open: AtomicUsize,
    most_open: AtomicUsize,
    stopped: AtomicBool,
}

/// A server on a free port of the loopback address, until it is dropped.
pub struct Server {
    address: SocketAddr,
    state: Arc<State>,
}

impl Server {
    pub fn new(script: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(State::default());
        let (shared, script): (_, Arc<Script>) = (Arc::clone(&state), Arc::new(script));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.stopped.load(Ordering::SeqCst) {
                    break;
                }
                let (shared, script) = (Arc::clone(&shared), Arc::clone(&script));
                thread::spawn(move || serve(stream.unwrap(), &shared, &*script));
            }
        });
        Self { address, state }
    }

    /// Always the same answer.
    pub fn always(answer: Answer) -> Self {
        Self::new(move |_| answer.clone())
    }

    /// One answer after the other; the last one stays.
    pub fn in_turn(answers: Vec<Answer>) -> Self {
        Self::new(move |asked| answers[asked.before.min(answers.len() - 1)].clone())
    }

    pub fn url(&self, target: &str) -> String {
        format!("http://{}{target}", self.address)
    }

    pub fn base(&self) -> String {
        self.url("")
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.state.asked.lock().unwrap().clone()
    }

    /// The most requests for which an answer was being made at once.
    pub fn most_at_once(&self) -> usize {
        self.state.most_open.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.stopped.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

/// Answers one request and closes the connection. What the client does to it is no failure of the server.
fn serve(mut stream: TcpStream, state: &State, script: &Script) {
    let Some(asked) = read(&stream, state) else { return };
    let open = state.open.fetch_add(1, Ordering::SeqCst) + 1;
    state.most_open.fetch_max(open, Ordering::SeqCst);
    let answer = script(&asked);
    if let Manner::Lasts(time) = answer.manner {
        wait(time, state);
    }
    // Before the last byte is sent, after which the next request may come.
    state.open.fetch_sub(1, Ordering::SeqCst);
    let _ = send(&mut stream, &answer, state);
    let _ = stream.shutdown(Shutdown::Both);
}

fn read(stream: &TcpStream, state: &State) -> Option<Asked> {
    let mut lines = BufReader::new(stream).lines();
    let target = lines.next()?.ok()?.split(' ').nth(1)?.to_owned();
    let mut headers = BTreeMap::new();
    for line in lines {
        let line = line.ok()?;
        let Some((name, value)) = line.split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let mut all = state.asked.lock().unwrap();
    let before = all.iter().filter(|asked| asked.target == target).count();
    let asked = Asked { target, headers, before };
    all.push(asked.clone());
    Some(asked)
}

fn send(stream: &mut TcpStream, answer: &Answer, state: &State) -> std::io::Result<()> {
    let mut head = format!("HTTP/1.1 {}\r\nConnection: close\r\n", answer.status);
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let chunked = matches!(answer.manner, Manner::Chunked | Manner::ChunkedWithoutEnd);
    match answer.length {
        _ if chunked => head.push_str("Transfer-Encoding: chunked\r\n"),
        Some(length) => head.push_str(&format!("Content-Length: {length}\r\n")),
        None => {}
    }
    head.push_str("\r\n");
    match answer.manner {
        Manner::SlowHead(time) => wait(time, state),
        Manner::TricklingHead => {
            for byte in "HTTP/1.1 200 OK\r\nX-Slow: ".bytes().chain(std::iter::repeat(b'x')) {
                stream.write_all(&[byte])?;
                wait(Duration::from_millis(20), state);
                if state.stopped.load(Ordering::SeqCst) {
                    break;
                }
            }
        }
        _ => {}
    }
    stream.write_all(head.as_bytes())?;
    let part = |length: usize| &answer.body[..length.min(answer.body.len())];
    match answer.manner {
        Manner::Chunked | Manner::ChunkedWithoutEnd => {
            for chunk in answer.body.chunks(7) {
                stream.write_all(format!("{:x}\r\n", chunk.len()).as_bytes())?;
                stream.write_all(chunk)?;
                stream.write_all(b"\r\n")?;
            }
            if answer.manner == Manner::Chunked { stream.write_all(b"0\r\n\r\n") } else { Ok(()) }
        }
        Manner::StallsAfter(length) => {
            stream.write_all(part(length))?;
            wait(Duration::from_secs(5), state);
            Ok(())
        }
        Manner::BreaksAfter(length) => stream.write_all(part(length)),
        Manner::Drips => answer.body.iter().try_for_each(|byte| {
            wait(Duration::from_millis(40), state);
            stream.write_all(&[*byte])
        }),
        Manner::Endless => loop {
            stream.write_all(&answer.body)?;
        },
        _ => stream.write_all(&answer.body),
    }
}

/// Waits, but not longer than the server lives.
fn wait(time: Duration, state: &State) {
    let end = Instant::now() + time;
    while Instant::now() < end && !state.stopped.load(Ordering::SeqCst) {
        thread::sleep(Duration::from_millis(5));
    }
}
