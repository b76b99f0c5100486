#!/bin/sh
# Fills fuzz/corpus from the fixtures of the formats and the articles. Usage: fuzz/corpus.sh
set -eu
cd "$(dirname "$0")/.."

# An input of `reader`: the path, the files beside it, each on one line, and the content.
find tests/fixtures/formats -type f | sort | while read -r file; do
    case_of=${file#tests/fixtures/formats/}
    format=${case_of%%/*}
    path=${case_of#*/*/}
    mkdir -p "fuzz/corpus/$format"
    {
        printf '%s\n' "$path"
        find "$(dirname "$file")" -maxdepth 1 -type f ! -path "$file" | sort | xargs -r cat | tr '\r\n' '  '
        printf '\n'
        cat "$file"
    } > "fuzz/corpus/$format/$(printf '%s' "$case_of" | tr '/' '_')"
    case $file in
        *.csv) mkdir -p fuzz/corpus/csv && cp "$file" "fuzz/corpus/csv/$format-$(basename "$file")" ;;
        *.yaml | *.yml) mkdir -p fuzz/corpus/yaml && cp "$file" "fuzz/corpus/yaml/$format-$(basename "$file")" ;;
    esac
done

mkdir -p fuzz/corpus/article fuzz/corpus/latex fuzz/corpus/names
find content docs tests/fixtures -name '*.md' -size -16k | while read -r file; do
    cp "$file" "fuzz/corpus/article/$(printf '%s' "$file" | tr '/' '_')"
done
n=0
for formula in '\frac{TP}{TP+FP}' '\sum_{i=1}^n \sqrt{x_i^2}' '\begin{array}{cc}a&b\\c&d\end{array}' '\left(\text{a b}\right)'; do
    n=$((n + 1))
    printf '%s' "$formula" > "fuzz/corpus/latex/$n"
done
for name in 'org/m-7b' 'Org__M-7B-AWQ' 'm7@abc123_bfloat16' 'together/org/k (high)' 'm-7b.Q4_K_M.gguf' 'quiz_law' '题目'; do
    n=$((n + 1))
    printf '%s' "$name" > "fuzz/corpus/names/$n"
done
