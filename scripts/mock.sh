# What scripts that call the mock have in common; they source it in the repository's root.

work=$(mktemp -d)
tools=${DOCWRIGHT_TOOLS:-$work/tools}
mkdir -p "$tools"
mocks=()

clean_up() {
    # None was started where a script has skipped everything.
    ((${#mocks[@]} == 0)) || kill "${mocks[@]}" 2>/dev/null || true
    rm -rf "$work"
}
trap clean_up EXIT

skip() {
    printf 'skipped: %s\n' "$1"
}

has() {
    command -v "$1" >/dev/null
}

# Builds the command, in the profile that is asked for.
build_docwright() {
    cargo build --quiet -p docwright-cli "$@"
    local profile=debug
    [[ $* != *--release* ]] || profile=release
    docwright=${CARGO_TARGET_DIR:-target}/$profile/docwright
}

# Starts the mock of a folder of pages, and waits until it says its `url`.
start_mock() {
    [[ -n ${docwright-} ]] || build_docwright
    printf '[crate]\nname = "mock"\n' >"$work/docwright.toml"
    : >"$work/url"
    "$docwright" mock --config "$work/docwright.toml" --docs "$1" "${@:2}" \
        >"$work/url" 2>"$work/violations" &
    mocks+=($!)
    for ((tries = 0; tries < 600; tries++)); do
        url=$(head -n 1 "$work/url")
        [[ -z $url ]] || return 0
        kill -0 "${mocks[-1]}"
        sleep 0.1
    done
    echo 'error: the mock does not start' >&2
    return 1
}
