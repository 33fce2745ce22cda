#!/usr/bin/env python3
"""Makes crates of random pages, changed at random, and lets the compiler, clippy, rustdoc and the crates' own
tests judge them. What docwright refuses as an error is as good as a crate; what it makes has to compile
without a warning and to pass its tests, and to be the same with a cache and without. The OpenAPI document
of the pages has to be whole.

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
from urllib.parse import unquote

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


def other_bases(pages):
    """Lets types extend one another or themselves, have one another as properties, and be defined twice."""
    names = types(pages) or ["thing"]
    name = lambda: random.choice(names)
    ends = [
        *(lambda: f'"baseType": "microsoft.graph.{name()}"', lambda: f'"baseType": "other.{name()}"'),
        *(lambda: f'"@odata.type": "#microsoft.graph.{name()}"', lambda: f'"@odata.type": "Collection({name()})"'),
        *(lambda: f'"@type.aka": "{name()}"', lambda: f'"keyProperty": "{random.choice(NAMES[:8])}"'),
    ]
    lines(pages, r'"blockType"\s*:\s*"\w+",', 0.3, lambda found: f"{found} {random.choice(ends)()},")
    lines(pages, r"^# .*$", 0.1, lambda title: f"{title}\n\nInherits from [{name()}](../resources/{name()}.md).")
    shapes = ["{}", "{} collection", "[{}](../resources/{}.md)", "Collection(microsoft.graph.{})", "other.{}", "{} enum"]
    lines(pages, ROW, 0.15, lambda row: cell(2, [random.choice(shapes).replace("{}", name())])(row))


def types(pages):
    """What the pages call types."""
    found = set().union(*(re.findall(r'"#?microsoft\.graph\.(\w+)"', text) for text in pages.values()))
    return sorted(found)


def other_values(pages):
    """Puts other values in the place of single ones in JSON."""
    values = [
        *("null", "true", "5", "-0", "1.5", "1e99", "9223372036854775808", '""', '"x"', "[]", "{}", "[null]", '[["x"]]'),
        *('[5, "x"]', '{"a": {"a": []}}', '"String"', '"2024-01-01"', '"P1D"', '"12:00:00"', '"\\u0000"', '"a\\\\\\"b"'),
        *('{"@odata.type": "#microsoft.graph.nothing"}', '"https://graph.microsoft.com/v1.0/me?$skiptoken=x"', "{token}"),
    ]
    member = r'^(\s*"[^"\n]*"\s*:\s*)("[^"\n]*"|[\w.-]+)(,?)$'
    change = lambda found: re.sub(member, lambda parts: parts[1] + random.choice(values) + parts[3], found)
    lines(pages, member, 0.2, change)
    # Not `value`: what a page of a collection is that has two, nobody can say.
    more = ["@odata.nextLink", "@odata.count", "@odata.etag", "@odata.type", "x@odata.type", "", "a b", "id"]
    lines(pages, r"^\{$", 0.2, lambda _: f'{{\n  "{random.choice(more)}": {random.choice(values)},')


def other_sections(pages):
    """Adds tables of parameters, headers, properties and members, of names and types that fit or do not."""
    name = lambda: random.choice(NAMES + ["id", "$filter", "$select", "If-Match", "**Prefer**", "`a`", "a, b", "[x](y.md)"])
    required = lambda: random.choice(["", "Required.", "Optional.", "Nullable.", "Yes", "Possible values are: `a`, `b`."])
    headings = [
        *("Path parameters", "Function parameters", "Query parameters", "Optional query parameters", "Request headers"),
        *("Request body", "Properties", "Relationships", "Response", "Members", "Permissions", "JSON representation"),
    ]
    for path in random.sample(sorted(pages), min(len(pages), 5)):
        kind = random.choice([*headings, f"{name()} values", f"{random.choice(types(pages) or ['x'])} flags"])
        columns = random.choice(["Parameter | Type | Description", "Member | Value | Description", "Name | Type | Required"])
        rows = [f"| {name()} | {random.choice([*TYPES, '1', '-1'])} | {required()} |" for _ in range(random.randint(1, 8))]
        table = "\n".join([f"## {kind}", "", f"| {columns} |", "|:--|:--|:--|", *rows, ""])
        # A section of the page ends where the table begins, or the table is the last of it.
        before, heading, after = pages[path].rpartition("\n## ")
        pages[path] = f"{before}\n{table}{heading}{after}" if random.random() < 0.7 else f"{pages[path]}\n{table}"


def other_spellings(pages):
    """Spells names otherwise in single pages, and has pages of the same again, as another version of them."""
    spellings = [str.upper, str.lower, str.capitalize, lambda word: f"{word}s", lambda word: f"_{word}"]
    for path in random.sample(sorted(pages), min(len(pages), 5)):
        words = sorted(set(re.findall(r"(?<=[/{<`.|])\w+", pages[path]))) or ["x"]
        word, spelt = random.choice(words), random.choice(spellings)
        pages[path] = re.sub(rf"(?<!\w){word}(?!\w)", lambda _: spelt(word), pages[path])
    for path in random.sample(sorted(pages), min(len(pages), 2)):
        method = random.choice(METHODS.split("|"))
        other = re.sub(rf"^(?:{METHODS}) ", f"{method} ", pages[path], flags=re.M)
        pages[f"{path.removesuffix('.md')}-{random.choice(['2', 'again', 'A'])}.md"] = other


def other_blocks(pages):
    """Leaves fences and comments open, indents and quotes them, and includes what is there and what is not."""
    include = lambda: f"[!INCLUDE [x]({random.choice([*sorted(pages), '../x.md', '/x.md', '~/x.md', ''])})]"
    lines(pages, r"^```$", 0.05, lambda _: random.choice(["", "````", "~~~", "```http"]))
    lines(pages, r"^```.+$", 0.15, lambda _: random.choice(["```", "```json", "```HTTP", "~~~http", "````http", "> ```http"]))
    lines(pages, r"-->", 0.03, lambda _: random.choice(["", "--", "--> text", "-->\n\nA sentence.\n"]))
    lines(pages, r"^#+ .*$", 0.1, lambda found: random.choice(["#", "###### ", "- ", "> ", "    ", ""]) + found)
    lines(pages, r"^```[^`]+^```$", 0.1, lambda block: re.sub("^", random.choice(["  ", "\t", "> ", "- "]), block, flags=re.M))
    lines(pages, r"^$", 0.02, lambda _: random.choice([include(), "# [C#](#tab/csharp)", "---", "> [!NOTE]", ":::zone", "<div>"]))


CHANGES = [
    *(other_names, other_names, other_texts, other_types, other_routes, other_messages, other_annotations),
    *(other_titles, other_places, other_lines),
    *(other_bases, other_values, other_sections, other_spellings, other_blocks),
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


def write(home, pages):
    """Writes the pages, and no others."""
    shutil.rmtree(home / "docs", ignore_errors=True)
    for path, text in pages.items():
        page = home / "docs" / path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8", newline="")


def changed(pages):
    """Changes pages; says how."""
    changes = random.sample(CHANGES, random.randint(1, 4))
    for change in changes:
        change(pages)
    return ", ".join(change.__name__ for change in changes)


def write_settings(home, errors):
    """Writes settings at random. Where they take errors for warnings, what is made has to be as good."""
    settings = f'docs = "docs"\nout = "crate"\n[crate]\nname = "{random.choice(["corpus", "client", "a", "self-test"])}"\n'
    settings += f"areas = {random.choice(['true', 'false'])}\n"
    settings += f'[crate.runtime]\npath = "{ROOT / "runtime"}"\n'
    if random.random() < 0.25:
        settings += f'[crate.mock]\npath = "{ROOT / "mock"}"\n'
    if random.random() < 0.5:
        settings += "[severity]\n" + "".join(f'{code} = "warning"\n' for code in errors)
    (home / "docwright.toml").write_text(settings)


def runs_of(docwright, home):
    """Calls docwright in the folder of a round, with a cache of its own."""
    environment = {key: value for key, value in os.environ.items() if key != "CARGO_TARGET_DIR"}

    def run(*arguments):
        return subprocess.run([docwright, *arguments], cwd=home, env=environment, capture_output=True, text=True)

    return run


def refused_or_not(run):
    """What a run that did not succeed says: `refused` where it found errors, and else what it wrote."""
    is_refused = run.returncode == 1 and "error[" in run.stderr and "panicked" not in run.stderr
    return "refused" if is_refused else f"{run.args}\n{run.stdout}{run.stderr}"


def faults_of_openapi(text):
    """What no OpenAPI document may have."""

    def without_doubles(pairs):
        names = [name for name, _ in pairs]
        faults.extend(f"`{name}` twice in one object" for name in set(names) if names.count(name) > 1)
        return dict(pairs)

    def walk(value):
        if isinstance(value, list):
            for each in value:
                walk(each)
        elif isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                references.add(value["$ref"])
            for name, each in value.items():
                # What an example shows is no part of the document.
                if name not in ("example", "examples", "default", "const", "enum"):
                    walk(each)

    faults, references = [], set()
    try:
        document = json.loads(text, object_pairs_hook=without_doubles)
    except ValueError as error:
        return [str(error)]
    walk(document)
    for reference in sorted(references):
        target = document
        for part in reference.removeprefix("#/").split("/"):
            part = unquote(part).replace("~1", "/").replace("~0", "~")
            target = target.get(part) if isinstance(target, dict) else None
        if target is None:
            faults.append(f"`{reference}` is not there")
    ids, shapes = [], []
    for path, item in document.get("paths", {}).items():
        shapes.append(re.sub(r"\{[^{}]*\}", "{}", path))
        names = sorted(re.findall(r"\{([^{}]*)\}", path))
        for method in METHODS.lower().split("|"):
            if operation := item.get(method):
                ids.append(operation["operationId"])
                given = [one["name"] for one in operation.get("parameters", []) if one.get("in") == "path"]
                if sorted(given) != names:
                    faults.append(f"`{method} {path}` has the parameters {given}")
    for kind in (ids, shapes):
        faults.extend(f"`{one}` twice" for one in sorted(set(kind)) if kind.count(one) > 1)
    return faults


def judged_output(run, home, before, after):
    """What docwright alone makes of pages after a change, with the cache of a run before it."""
    write(home, before)
    run("regen")
    write(home, after)
    made = run("regen")
    if made.returncode != 0:
        return refused_or_not(made)
    again = run("regen")
    if again.returncode != 0 or ": 0 files written, 0 removed," not in again.stdout:
        return f"a second run writes again\n{again.stdout}{again.stderr}"
    anew = run("regen", "--check", "--no-cache")
    if anew.returncode != 0:
        return f"the crate without a cache is another one\n{anew.stdout}{anew.stderr}"
    openapi = run("openapi")
    if openapi.returncode != 0:
        return refused_or_not(openapi)
    faults = faults_of_openapi(openapi.stdout)
    return "OpenAPI: " + "\n".join(faults) if faults else "clean"


def judged_crate(home, target):
    """What the compiler and the crate's own tests say of a crate: `clean`, or the output of who found a fault."""
    environment = os.environ | {
        "CARGO_TARGET_DIR": str(target),
        "CARGO_INCREMENTAL": "0",
        "CARGO_PROFILE_DEV_DEBUG": "0",
        "RUSTFLAGS": "-D warnings",
        "RUSTDOCFLAGS": "-D warnings",
    }

    def run(*command, cwd):
        return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)

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
    codes = subprocess.run([docwright, "check", "--explain", "all"], capture_output=True, text=True, check=True)
    errors = re.findall(r"^(\S+) \(error\)$", codes.stdout, re.M)
    counts = {"clean": 0, "refused": 0, "failed": 0}
    with tempfile.TemporaryDirectory() as tools:
        target = Path(os.environ.get("DOCWRIGHT_TOOLS", tools)) / "crate-fuzz"
        for seed in range(first, first + rounds):
            random.seed(seed)
            home = Path(tempfile.mkdtemp(prefix=f"crate-fuzz-{seed}-"))
            write_settings(home, errors)
            before = chosen_pages()
            after = dict(before)
            changes = changed(after)
            verdict = judged_output(runs_of(docwright, home), home, before, after)
            if verdict == "clean":
                verdict = judged_crate(home, target)
            if verdict in counts:
                counts[verdict] += 1
                shutil.rmtree(home)
            else:
                counts["failed"] += 1
                print(f"seed {seed}, {changes}, kept in {home}:\n{verdict[-4000:]}")
    print(", ".join(f"{count} {what}" for what, count in counts.items()))
    sys.exit(counts["failed"] > 0)


main()
