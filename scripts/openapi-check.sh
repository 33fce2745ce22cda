#!/usr/bin/env bash
# Has other people's tools judge the OpenAPI documents that docwright makes: of the pages in this
# repository, and of a large set where one is at hand in $DOCWRIGHT_CORPUS (by default ../shared).
#
# The tools are installed into $DOCWRIGHT_TOOLS, by default a temporary folder. What is not to be had
# is skipped, and said to be.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tools=${DOCWRIGHT_TOOLS:-$work/tools}
corpus=${DOCWRIGHT_CORPUS:-../shared}/corpus/graph
mkdir -p "$tools"

skip() {
    printf 'skipped: %s\n' "$1"
}

has() {
    command -v "$1" >/dev/null
}

documents=("$work/docs-src.json")
cargo run --quiet -p docwright-cli -- openapi --out "${documents[0]}"

if [[ -d $corpus/api-reference/v1.0 ]]; then
    document=$work/corpus.json
    printf '[crate]\nname = "corpus"\n' >"$work/docwright.toml"
    # Pages as their authors left them have faults: a status of 1 says so, and does not matter here.
    cargo run --quiet -p docwright-cli -- openapi --config "$work/docwright.toml" \
        --docs "$corpus/api-reference/v1.0" 2>/dev/null >"$document" || [[ $? -eq 1 ]]
    documents+=("$document")
else
    skip "$corpus/api-reference/v1.0 is not there"
fi

if has python3; then
    validator=$tools/venv/bin/openapi-spec-validator
    if [[ ! -x $validator ]]; then
        python3 -m venv "$tools/venv"
        "$tools/venv/bin/pip" install --quiet openapi-spec-validator
    fi
    "$validator" "${documents[@]}"
else
    skip 'openapi-spec-validator needs python3'
fi

if has node && has npm; then
    redocly=$tools/node_modules/.bin/redocly
    if [[ ! -x $redocly ]]; then
        npm install --silent --no-audit --no-fund --prefix "$tools" @redocly/cli
    fi
    "$redocly" lint --config scripts/redocly.yaml "${documents[@]}"
else
    skip "Redocly's linter needs node and npm"
fi

if has python3 && [[ -f ${documents[1]-} && -f $corpus/v1.0-metadata.xml ]]; then
    python3 scripts/metadata-compare.py "${documents[1]}" "$corpus/v1.0-metadata.xml" \
        --pages "$corpus/api-reference" | tail -n 2
    python3 scripts/metadata-operations.py "${documents[1]}" "$corpus/v1.0-metadata.xml" \
        --pages "$corpus/api-reference" | tail -n 2
else
    skip 'the comparison with the metadata needs python3 and the corpus'
fi
