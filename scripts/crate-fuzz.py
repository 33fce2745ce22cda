#!/usr/bin/env python3
"""Makes crates of random pages, changed at random, and lets the compiler, clippy, rustdoc and the crates' own
tests judge them. What docwright refuses as an error is as good as a crate; what it makes has to compile
without a warning and to pass its tests.

    scripts/crate-fuzz.py <docwright> [rounds] [seed]

The pages are those of the dialect's cases in this repository, and of corpus/graph/api-reference/v1.0 in
$DOCWRIGHT_CORPUS (by default ../shared) where that is at hand. A round is made again by its own seed, with
one round. The folder of a round that fails is kept. Compiled dependencies go to $DOCWRIGHT_TOOLS, by default
a temporary folder.
"""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests/dialect/cases"
CORPUS = Path(os.environ.get("DOCWRIGHT_CORPUS", ROOT.parent / "shared"))
CORPUS = CORPUS / "corpus/graph/api-reference/v1.0"

METHODS = "GET|POST|PUT|PATCH|DELETE"
ROUTE = rf"^(?:{METHODS}) /\S*$"
REQUEST = rf"^(?:{METHODS}) (?:https?://\S+|/\S+)$"
ROW = r"^\|(?![ :|-]*$).*\|.*\|[ ]*$"

# Names that Rust, its prelude, generated code or the file system has a meaning for already.
TAKEN = (
    "self Self super crate type match async dyn gen union try macro_rules static Option String Vec Result Box Some "
    "None Ok Err Default Clone From Iterator Debug Send Copy Fn bool str u8 std core Error Client Request Path "
    "Property Method Response Route Operation Resource send get new clone into build value runtime mock resources "
    "operations paths routes client Page other fmt header query body json Batch Url IntoFuture Count put patch "
    "delete option select top id key name serde downcast full tracing test example docwright_client tokio main lib "
    "mod BASE_URL token con aux index"
).split()

# Names that are none in Rust, or that another name becomes too.
ODD = [
    *("1st", "007", "größe", "名前", "ß", "e\u0301", "é", "🎉", "a" * 300, "fooBar", "FooBar", "foo_bar", "foo-bar"),
    *("foo.bar", "foo bar", "a/b", "a\\b", 'a"b', "a'b", "a{b", "$x", "@x", "#x", "__a", "x²", "1e5", "-1", "true"),
    *("null", "a<b>", "a\u200bb", "a\u00a0b", "a\u202eb", "_", "_0", "Self_", "unnamed"),
]
NAMES = TAKEN + ODD

# Text that means something to Markdown, to rustdoc, or to a literal of Rust.
TEXTS = [
    *("See [a] and [b](c) and [`Option`].", "Uses `<T>` and <b>bold</b> and <T> or <open", "ends with \\"),
    *('"# closes "## raw', "*/ ends /* comment", "{} {0} {{ }}", "https://example.com/a_b and http://x", "- a list"),
    *("`open", "``` fence", "~~~", "    indented", "# Heading", "> quote", "1. one", "1. - two", "![img](x.png)"),
    *("a | b", "<!-- comment -->", "&lt;T&gt; &#x202e;", "\u202e bidi \u2066", "**open", "a::b::c", "[^1]", "(b)", "[["),
    *("[x](<a b>)", "Possible values are: `a`, `A`, `self`, `+`.", "<br>a<br/>b", "Required.", "Nullable.", "\\u{1F600}"),
]

TYPES = [
    *("String", "Int32", "Int64", "Boolean", "Binary", "Stream", "Duration", "DateTimeOffset", "Date", "TimeOfDay"),
    *("Guid", "Double", "Decimal", "Byte", "Edm.String", "Collection(String)", "Collection(Collection(String))"),
    *("String collection", "Option", "Vec<String>", "object", "map", "any", "", "-", "String or Int32", "Collection("),
]

BODIES = [
    *("{}", "[]", "null", "true", "5", '"x"', '{"a":null}', '{"value":[]}', '{"value":5}', '{"id":1e400}', "plain text"),
    *('{"id":-99999999999999999999}', '{"n":0.1e-9,"m":1E5}', '{"a":"\\ud800"}', '{"a":1,"a":2}', '{"":""}', "(binary)"),
    *('{"@odata.type":"#microsoft.graph.user","id":"x"}', '{"value":[{"id":1},{"id":null},5,null]}', '"#"##', 'r#"x"#'),
    *('{"a":"\\"#\\"##"}', '{"a":{token}}', '{"a":[ ... ]}', '// c\n{"a":1}', '{"value":[[1],[2]]}', '{"error":"x"}'),
    *("[" * 60 + "]" * 60, json.dumps({"a": "x" * 5000}), '{"date":"2020-13-45T99:99:99Z","guid":"not"}'),
]

HEADERS = [
    *("X-Odd_Name: y", "Content-Length: 5", "If-Match: *", "Prefer: respond-async", "Accept: text/plain", "self: x", "x:"),
    *("Content-Encoding: gzip", "Authorization: Bearer x", "Range: bytes=0-5", "a b: c", ": x", "1: 2", 'x: "#'),
]

STATUSES = [
    *("200", "200 OK", "201 Created", "202 Accepted", "204 No Content", "302 Found\nLocation: https://x.example/"),
    *("304 Not Modified", "404 Not Found", "429 Too Many Requests\nRetry-After: 1", "100 Continue", "999 X", "500 X"),
]


def lines(pages, pattern, share, change):
    """Changes a share of the lines of all pages that fit a pattern."""

    def changed(found):
        return change(found[0]) if random.random() < share else found[0]

    for path, text in pages.items():
        pages[path] = re.sub(pattern, changed, text, flags=re.M)


def cell(index, choices):
    """A change of one cell of a row; the last one is counted from the end."""

    def change(row):
        cells = row.rstrip().removesuffix("|").split("|")
        cells[index if index < len(cells) else -1] = f" {random.choice(choices)} ".replace("|", "")
        return "|".join(cells) + "|"

    return change


def other_names(pages):
    """Calls things by names that mean something else, wherever the pages name them."""
    patterns = [r"^\|\s*`?(\w+)", r"[{<]([\w-]+)[}>]", r"/(\w+)", r"graph\.(\w+)", r"`(\w+)`", r'"name"\s*:\s*"(\w+)"']
    found = set().union(*(re.findall(random.choice(patterns), text, re.M) for text in pages.values()))
    for word in random.sample(sorted(found), min(len(found), 10)):
        name = random.choice(NAMES)
        for path, text in pages.items():
            pages[path] = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", lambda _: name, text)


def other_texts(pages):
    lines(pages, ROW, 0.3, cell(-1, TEXTS))
    lines(pages, r"^[A-Z][a-z][^:|]*$", 0.1, lambda line: f"{line} {random.choice(TEXTS)}")


def other_types(pages):
    lines(pages, ROW, 0.15, cell(2, TYPES))


def other_routes(pages):
    name = lambda: random.choice(NAMES).replace(" ", "")
    ends = [
        *(lambda: "/$ref", lambda: "/$value", lambda: "/$count", lambda: "/", lambda: "?a={a}&b={b}&a={c}"),
        *(lambda: f"/{name()}", lambda: f"/{{{name()}}}", lambda: f"/{name()}({name()}='{{x}}',y={{y}})"),
        *(lambda: f":/{{path}}:/{name()}", lambda: "/fn()", lambda: "/{id}/{id}", lambda: f"(key='{{{name()}}}')"),
        *(lambda: "/fn(ids=['{a}','{b}'])", lambda: "/a%20b", lambda: "/{a}-{b}", lambda: "#part", lambda: "/microsoft.graph.x"),
    ]
    lines(pages, ROUTE, 0.3, lambda route: f"{route}\n{route}{random.choice(ends)()}")
    lines(pages, REQUEST, 0.2, lambda request: request + random.choice(ends)())


def other_messages(pages):
    lines(pages, r"^HTTP/1\.1 .*$", 0.3, lambda _: f"HTTP/1.1 {random.choice(STATUSES)}")
    lines(pages, REQUEST, 0.3, lambda request: f"{request}\n{random.choice(HEADERS)}")
    lines(pages, r"^[\[{]\n[^`]*?\n[\]}]$", 0.3, lambda _: random.choice(BODIES))


def other_annotations(pages):
    more = [
        *('"openType": true', '"isCollection": true', '"keyProperty": "id"', '"truncated": true', '"isEmpty": true'),
        *('"@odata.type": "String"', '"@odata.type": "Edm.Stream"', '"@odata.type": "Collection(Edm.String)"'),
        *('"@odata.type": ""', '"idempotent": true', '"expectError": true', '"scopes": "a.b c.d"'),
    ]
    lines(pages, r'"blockType"\s*:\s*"\w+",', 0.3, lambda found: f"{found} {random.choice(more)},")


def other_titles(pages):
    titles = ["", "self", "Get", "*", "`code`", "a <b>", "[x](y)", "名前", "Get 1st", "a" * 200, "user resource type"]
    lines(pages, r"\A(?:---\n(?:.*\n)*?---\n)?\s*# .*$", 0.3, lambda found: f"# {random.choice(titles)}")


def other_places(pages):
    """Gives pages the names of files that a crate has, and puts one page below another."""
    for path in random.sample(sorted(pages), min(len(pages), 3)):
        folder = random.choice(["self", "a b", "résumé", "A", "mod", "tests", "src"])
        name = random.choice(["mod.md", "lib.md", "self.md", "1.md", "名.md", "A B.md", "a.b.md", "request.md", "CON.md"])
        pages[f"{folder}/{name}"] = pages.pop(path)
    first, last = random.choice(sorted(pages)), random.choice(sorted(pages))
    pages[first] += "\n\n" + pages[last]


def other_lines(pages):
    ends = random.choice([("\n", "\r\n"), ("    ", "\t"), ("| ", "|\t"), ("# ", "\ufeff# ")])
    for path in random.sample(sorted(pages), min(len(pages), 3)):
        pages[path] = pages[path].replace(*ends)


CHANGES = [
    *(other_names, other_names, other_texts, other_types, other_routes, other_messages, other_annotations),
    *(other_titles, other_places, other_lines),
]


def chosen_pages():
    """Some cases of the dialect, or some pages of a large set with the types that they link to."""
    if not CORPUS.is_dir() or random.random() < 0.35:
        cases = random.sample(sorted(CASES.iterdir()), 15)
        found = [page for case in cases for page in case.rglob("*.md")]
        return {str(page.relative_to(CASES)): text_of(page) for page in found}
    operations = sorted((CORPUS / "api").glob("*.md"))
    begin = random.randrange(len(operations))
    neighbours = operations[begin : begin + random.randint(4, 20)]
    pages = {f"api/{page.name}": text_of(page) for page in neighbours}
    links = {name for text in pages.values() for name in re.findall(r"resources/([\w.-]+\.md)", text)}
    types = [page for name in sorted(links)[:25] if (page := CORPUS / "resources" / name).is_file()]
    return pages | {f"resources/{page.name}": text_of(page) for page in types}


def text_of(page):
    return page.read_bytes().decode("utf-8", "replace")


def write(home):
    """Writes the pages of a round with its settings; says what was changed."""
    pages = chosen_pages()
    changes = random.sample(CHANGES, random.randint(1, 4))
    for change in changes:
        change(pages)
    for path, text in pages.items():
        page = home / "docs" / path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8", newline="")
    settings = f'docs = "docs"\nout = "crate"\n[crate]\nname = "{random.choice(["corpus", "client", "a", "self-test"])}"\n'
    settings += f"areas = {random.choice(['true', 'false'])}\n"
    settings += f'[crate.runtime]\npath = "{ROOT / "runtime"}"\n'
    if random.random() < 0.25:
        settings += f'[crate.mock]\npath = "{ROOT / "mock"}"\n'
    (home / "docwright.toml").write_text(settings)
    return [change.__name__ for change in changes]


def judged(docwright, home, target):
    """What came of a round: `refused`, `clean`, or the output of who found a fault."""
    environment = os.environ | {
        "CARGO_TARGET_DIR": str(target),
        "CARGO_INCREMENTAL": "0",
        "CARGO_PROFILE_DEV_DEBUG": "0",
        "RUSTFLAGS": "-D warnings",
        "RUSTDOCFLAGS": "-D warnings",
    }

    def run(*command, cwd):
        return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)

    made = run(docwright, "regen", "--no-cache", cwd=home)
    if made.returncode != 0:
        is_refused = made.returncode == 1 and "error[" in made.stderr and "panicked" not in made.stderr
        return "refused" if is_refused else made.stderr
    # The versions of the dependencies are those that are compiled already.
    shutil.copy(ROOT / "Cargo.lock", home / "crate")
    features = ("--all-features", "--quiet")
    for command in [
        ("cargo", "clippy", *features, "--all-targets", "--", "-D", "warnings"),
        ("cargo", "test", *features, "--no-fail-fast"),
        ("cargo", "doc", *features, "--no-deps"),
    ]:
        ran = run(*command, cwd=home / "crate")
        if ran.returncode != 0:
            return f"{' '.join(command)}\n{ran.stdout}{ran.stderr}"
    return "clean"


def main():
    docwright, *rest = sys.argv[1:]
    docwright = Path(docwright).resolve()
    rounds = int(rest[0]) if rest else 20
    first = int(rest[1]) if rest[1:] else 1
    if not CORPUS.is_dir():
        print(f"skipped the pages of {CORPUS}: they are not there")
    counts = {"clean": 0, "refused": 0, "failed": 0}
    with tempfile.TemporaryDirectory() as tools:
        target = Path(os.environ.get("DOCWRIGHT_TOOLS", tools)) / "crate-fuzz"
        for seed in range(first, first + rounds):
            random.seed(seed)
            home = Path(tempfile.mkdtemp(prefix=f"crate-fuzz-{seed}-"))
            changes = write(home)
            verdict = judged(docwright, home, target)
            if verdict in counts:
                counts[verdict] += 1
                shutil.rmtree(home)
            else:
                counts["failed"] += 1
                print(f"seed {seed}, {', '.join(changes)}, kept in {home}:\n{verdict[-4000:]}")
    print(", ".join(f"{count} {what}" for what, count in counts.items()))
    sys.exit(counts["failed"] > 0)


main()
