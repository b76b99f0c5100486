#!/usr/bin/env bash
# Runs every test; installs what they need on Debian and its relatives. Stops at the first failure.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

step() { printf '\n==> %s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

install_packages() {
  has apt-get || fail "missing, and there is no apt-get to install them: $*"
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    has sudo || fail "install as root: apt-get install $*"
    as_root=(sudo)
  fi
  "${as_root[@]}" apt-get update -q </dev/null
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" </dev/null
}

step "Looking for what the tests need"
has cargo || fail "no Rust toolchain: see https://rustup.rs"
packages=()
has cc || packages+=(gcc libc6-dev)
has "${CHROMIUM:-chromium}" || packages+=(chromium)
[ -n "$(fc-list :lang=zh 2>/dev/null || true)" ] || packages+=(fontconfig fonts-noto-cjk)
has node || packages+=(nodejs)
has npm || packages+=(npm)
python3 -c 'import ensurepip, venv' 2>/dev/null || packages+=(python3 python3-venv)
if [ "${#packages[@]}" -gt 0 ]; then
  step "Installing ${packages[*]}"
  install_packages "${packages[@]}"
fi
CHROMIUM=$(command -v "${CHROMIUM:-chromium}")
export CHROMIUM
printf '%s, node %s, %s\n' "$(cargo --version)" "$(node --version)" "$("$CHROMIUM" --version 2>/dev/null)"
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 18 || (a === 18 && b >= 19) ? 0 : 1)' \
  || fail "the browser tests need Node.js 18.19 or later"

step "npm ci"
npm ci --prefix tests/browser --ignore-scripts --no-audit --no-fund </dev/null

step "Types of the theme's script"
npm run types --silent --prefix tests/browser

step "cargo fmt --check"
cargo fmt --check

step "cargo clippy"
cargo clippy --all-targets -- -D warnings

if [ -z "${TIANTI_REAL_DATA:-}" ] && [ -d ../shared/real ]; then
  TIANTI_REAL_DATA=$(cd ../shared/real && pwd)
  export TIANTI_REAL_DATA
fi
if [ -n "${TIANTI_REAL_DATA:-}" ]; then
  step "cargo test, with the real files in $TIANTI_REAL_DATA"
else
  step "cargo test; SKIPPED: the tests of tests/real.rs, since TIANTI_REAL_DATA names no folder of real result files"
fi
cargo test

step "Validating exports with the validator of Every Eval Ever"
tests/exchange/validate.sh

step "Building the site"
site=$(mktemp -d)
trap 'rm -rf "$site"' EXIT
cargo run --quiet -- build --out "$site"

alone=$(mktemp -d)
trap 'rm -rf "$site" "$alone"' EXIT
cargo run --quiet -- export --single-file open-llm-v1 --lang en --out "$alone/board.html"

step "Browser tests; pictures of failures go to tests/browser/out"
rm -rf tests/browser/out
TIANTI_SITE=$site TIANTI_SINGLE_FILE=$alone/board.html npm test --silent --prefix tests/browser </dev/null

step "All tests passed"
