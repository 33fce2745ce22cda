#!/usr/bin/env bash
# Has clients that others have written call the mock of a large documentation set: they are told
# another base URL, and nothing else. Fails where a call does.
#
# The set is corpus/graph/api-reference/v1.0 in $DOCWRIGHT_CORPUS (by default ../shared). The clients
# are installed into $DOCWRIGHT_TOOLS, by default a temporary folder. What is not to be had is skipped,
# and said to be.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source scripts/mock.sh

failed=0
docs=${DOCWRIGHT_CORPUS:-../shared}/corpus/graph/api-reference/v1.0
if [[ ! -d $docs ]]; then
    skip "$docs is not there"
    exit
fi
start_mock "$docs"

if has cargo; then
    calls=scripts/clients/graph-rs-sdk
    if CARGO_TARGET_DIR=$tools/graph-rs-sdk cargo build --quiet --manifest-path "$calls/Cargo.toml"; then
        "$tools/graph-rs-sdk/debug/graph-rs-sdk-calls" "$url" || failed=1
    else
        skip 'graph-rs-sdk cannot be built here'
    fi
else
    skip 'graph-rs-sdk needs cargo'
fi

python=$tools/msgraph-sdk/bin/python
if [[ -x $python ]] || { has python3 && python3 -m venv "$tools/msgraph-sdk"; }; then
    # msgraph-core imports Deprecated, and does not say so.
    if "$python" -m pip install --quiet msgraph-sdk Deprecated; then
        "$python" scripts/clients/msgraph-sdk.py "$url" || failed=1
    else
        skip 'msgraph-sdk cannot be installed here'
    fi
else
    skip 'msgraph-sdk needs python3'
fi

if has node && has npm; then
    client=@microsoft/microsoft-graph-client
    if npm install --silent --no-audit --no-fund --prefix "$tools/npm" "$client"; then
        node scripts/clients/microsoft-graph-client.mjs "$url" "$tools/npm" || failed=1
    else
        skip "$client cannot be installed here"
    fi
else
    skip '@microsoft/microsoft-graph-client needs node and npm'
fi

exit "$failed"
