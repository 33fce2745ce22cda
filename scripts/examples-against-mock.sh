#!/usr/bin/env bash
# Has the tests of the crate that is generated of a large documentation set ask the mock of the same
# set, in the place of servers of their own.
#
#     scripts/examples-against-mock.sh [FEATURES [FILTER]]
#
# The features are areas, such as `full`, which is the default and takes long to compile; the filter is
# a part of the tests' names. The set is corpus/graph/api-reference/v1.0 in $DOCWRIGHT_CORPUS (by default
# ../shared); without it, nothing is done but to say so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/mock.sh

docs=${DOCWRIGHT_CORPUS:-../shared}/corpus/graph/api-reference/v1.0
if [[ ! -d $docs ]]; then
    skip "$docs is not there"
    exit
fi
docs=$(realpath "$docs")
crate=${DOCWRIGHT_CRATE:-$work/crate}
mkdir -p "$crate"
build_docwright
{
    printf 'docs = "%s"\nout = "generated"\n' "$docs"
    cat codegen/benches/corpus.toml
    printf '\n[crate.runtime]\npath = "%s"\n' "$PWD/runtime"
} >"$crate/docwright.toml"
# Pages as their authors left them have faults: a status of 1 says so, and does not matter here.
"$docwright" regen --config "$crate/docwright.toml" 2>"$work/findings" || [[ $? -eq 1 ]]
start_mock "$docs"
DOCWRIGHT_MOCK=$url cargo test --manifest-path "$crate/generated/Cargo.toml" \
    --features "${1:-full}" --test examples -- ${2+"$2"}
