#!/usr/bin/env bash
# Has the validator of Every Eval Ever look at exports of this repository's data and of a small site beside this script.
# Needs cargo, python3 with venv, and PyPI.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
# The package asks for Python 3.12 and for everything its converters use; its validator needs neither.
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --ignore-requires-python every-eval-ever==0.3.0

for site in . "$here/site"; do
  out=$(mktemp -d -p "$work")
  cargo run --quiet -- export --root "$site" --to every-eval-ever --out "$out" 2>/dev/null
  cd "$out"
  "$work/venv/bin/python" -m every_eval_ever validate --format github 'data/*/*/*/*.json*'
  files=$(find data -type f | wc -l)
  [ "$files" -gt 0 ] || { echo "error: nothing was exported from $site" >&2; exit 1; }
  printf '%s: %s files are valid\n' "$site" "$files"
  cd "$here/../.."
done
