#!/bin/sh
# Runs one target for some seconds. Usage: fuzz/run.sh <format | csv | yaml | names | article | latex> <seconds>
set -eu
cd "$(dirname "$0")/.."
target=reader
case $1 in
    names | article | latex) target=$1 ;;
    csv | yaml) export TIANTI_FUZZ_PATH="x.$1" ;;
    *) export TIANTI_FUZZ_FORMAT="$1" ;;
esac
mkdir -p "fuzz/artifacts/$1"
# The toolchain is a stable one: no sanitizer, and the switches of coverage allowed.
RUSTC_BOOTSTRAP=1 cargo fuzz run --sanitizer none "$target" "fuzz/corpus/$1" -- \
    -max_total_time="$2" -timeout=10 -rss_limit_mb=2048 -max_len=8192 -artifact_prefix="fuzz/artifacts/$1/"
