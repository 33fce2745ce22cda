#!/usr/bin/env bash
# Opens the explorer of `docwright mock` in a browser without a window, as a person would use it: of
# the pages in this repository, of pages that mean no good, and of a large set where one is at hand in
# $DOCWRIGHT_CORPUS (by default ../shared). Screenshots are for whoever wants to look, too.
#
# The browser is $CHROMIUM, or a Chromium that is installed; on a Debian machine it is installed. What drives it
# goes to $DOCWRIGHT_TOOLS, by default a temporary folder, and screenshots to $DOCWRIGHT_SCREENSHOTS.
# Where no browser is to be had the test is skipped, and says so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=$(mktemp -d)
server=
cleanup() {
    [[ -z $server ]] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
export DOCWRIGHT_TOOLS=${DOCWRIGHT_TOOLS:-$work/tools}
screenshots=${DOCWRIGHT_SCREENSHOTS:-$work/screenshots}
corpus=${DOCWRIGHT_CORPUS:-../shared}/corpus/graph/api-reference/v1.0
mkdir -p "$DOCWRIGHT_TOOLS" "$screenshots"

skip() {
    printf 'skipped: %s\n' "$1"
}

has() {
    command -v "$1" >/dev/null
}

browser() {
    local name
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
        if [[ -n $name ]] && has "$name"; then
            command -v "$name"
            return
        fi
    done
    return 1
}

if ! browser >/dev/null && has apt-get && [[ $(id -u) -eq 0 ]]; then
    { apt-get update && apt-get install --yes --no-install-recommends chromium fonts-dejavu-core; } \
        >"$work/apt.log" 2>&1 || tail -n 3 "$work/apt.log"
fi
if ! CHROMIUM=$(browser); then
    skip "there is no Chromium, and none can be installed"
    exit 0
fi
export CHROMIUM
if ! has npm || ! npm install --silent --no-audit --no-fund --prefix "$DOCWRIGHT_TOOLS" playwright-core@1 \
    >"$work/npm.log" 2>&1; then
    skip "what drives the browser cannot be installed: playwright-core of npm"
    exit 0
fi

cargo build --quiet -p docwright-cli
docwright=${CARGO_TARGET_DIR:-target}/debug/docwright

# Serves pages, looks at them, and stops: a name, what is known of the pages, arguments of the command.
look() {
    local name=$1 known=$2 url=
    shift 2
    touch "$work/$name.url"
    "$docwright" mock "$@" >"$work/$name.url" 2>"$work/$name.log" &
    server=$!
    # A large set takes a while to be read.
    for _ in {1..600}; do
        url=$(cat "$work/$name.url")
        [[ -z $url ]] || break
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    if [[ -z $url ]]; then
        cat "$work/$name.log"
        return 1
    fi
    node scripts/explorer-test.mjs "$(cut -d/ -f1-3 <<<"$url")/" "$name" "$screenshots" "$known"
    kill "$server"
    wait "$server" || true
    server=
}

look docs-src '{
    "search": "photo metadata",
    "title": "Get profilePhoto: get the metadata of the photo",
    "call": "client.users(\"<id>\").photo().get().await?",
    "answer": "96X96",
    "change": "ada lovelace",
    "changed": "client.users(\"ada lovelace\").photo().get().await?"
}'

# Whatever is written where, it is shown as it is written.
hostile='<img src=x onerror=alert(1)>'
mkdir -p "$work/hostile"
printf '[crate]\nname = "hostile"\n' >"$work/hostile/docwright.toml"
cat >"$work/hostile/thing-get.md" <<PAGE
# Get \\$hostile thing

A thing. $hostile [a link](javascript:alert(1)) <script>alert(1)</script> **$hostile** \`$hostile\`

## Permissions

One of the following permissions is required to call this API.

|Permission type|Permissions|
|:--|:--|
|Application|"><script>alert(1)</script>|

## HTTP request

\`\`\`http
GET /things/{thing-id}
\`\`\`

## Request headers

|Name|Type|Description|
|:--|:--|:--|
|X-Trace|string|$hostile [x](data:text/html,<script>alert(1)</script>)|

## Response

If successful, this method returns a \`200 OK\` response code and a [thing](thing.md) object in the response body.

## Example

### Request $hostile

<!-- { "blockType": "request", "name": "get_thing" } -->
\`\`\`http
GET https://api.example.com/v1.0/things/</script><script>alert(1)</script>
\`\`\`

### Response

<!-- { "blockType": "response", "@odata.type": "sample.thing" } -->
\`\`\`http
HTTP/1.1 200 OK
Content-Type: application/json

{ "id": "7", "name": "</pre>$hostile" }
\`\`\`
PAGE
cat >"$work/hostile/thing.md" <<PAGE
# thing resource type

$hostile

## Properties

|Property|Type|Description|
|:--|:--|:--|
|id|String|$hostile|
|name|String|[x](javascript:alert(1))|

## JSON representation

<!-- { "blockType": "resource", "@odata.type": "sample.thing" } -->
\`\`\`json
{ "id": "String", "name": "String" }
\`\`\`
PAGE
look hostile '{
    "search": "get thing",
    "title": "Get <img src=x onerror=alert(1)> thing",
    "call": "client.things(",
    "answer": "</pre><img src=x onerror=alert(1)>"
}' --config "$work/hostile/docwright.toml" --docs "$work/hostile"

if [[ -d $corpus ]]; then
    printf '[crate]\nname = "corpus"\n' >"$work/docwright.toml"
    look corpus '{
        "search": "create event",
        "title": "Create Event",
        "call": ".post(&body)",
        "answer": "Pacific Standard Time"
    }' --config "$work/docwright.toml" --docs "$corpus"
else
    skip "$corpus is not there"
fi
if [[ -n ${DOCWRIGHT_SCREENSHOTS:-} ]]; then
    printf 'screenshots are in %s\n' "$screenshots"
fi
