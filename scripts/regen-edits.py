#!/usr/bin/env python3
"""Edits pages of a documentation set at random, and checks after each edit that `docwright regen`,
which makes only what has changed, leaves the crate that it makes without its cache.

    scripts/regen-edits.py <docwright> <the folder of the pages> [edits] [seed]
"""

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SETTINGS = Path(__file__).resolve().parent.parent / "codegen/benches/corpus.toml"


def some_line(text, pattern):
    """One of the lines that fit a pattern."""
    return random.choice(list(re.finditer(pattern, text, re.M)) or [None])


def replaced(text, found, new):
    return text[: found.start()] + new + text[found.end() :] if found else text


def one_more_line(text):
    found = some_line(text, r"^$")
    return replaced(text, found, "\nOne more line.\n")


def a_row_less(text):
    found = some_line(text, r"^\|? ?\w[^\n]*\|[^\n]*\n")
    return replaced(text, found, "")


def a_row_more(text):
    found = some_line(text, r"^\|? ?(\w+)[^\n]*\|[^\n]*\n")
    return replaced(text, found, found[0] + found[0].replace(found[1], found[1] + "X", 1)) if found else text


def another_word(text):
    found = some_line(text, r"\b[a-z]{5,}\b")
    return replaced(text, found, found[0] + "x") if found else text


def another_title(text):
    found = some_line(text, r"^# (\w+)")
    return replaced(text, found, found[0] + "X") if found else text


def another_type(text):
    found = some_line(text, r"\b(String|Int32|Boolean|DateTimeOffset)\b")
    return replaced(text, found, random.choice(["String", "Int64", "Guid"]))


def a_route_less(text):
    found = some_line(text, r"^(GET|POST|PATCH|DELETE|PUT) /[^\n]*\n")
    return replaced(text, found, "")


EDITS = [
    one_more_line,
    a_row_less,
    a_row_more,
    another_word,
    another_title,
    another_type,
    a_route_less,
]


def edit(pages):
    """Edits a page, or makes or removes one; says what it did, and how to undo it."""
    page = random.choice(pages)
    before = page.read_bytes()
    undo = lambda: page.write_bytes(before)
    kind = random.randrange(len(EDITS) + 2)
    if kind == len(EDITS):
        page.unlink()
        return f"without {page}", undo
    if kind == len(EDITS) + 1:
        copy = page.with_name(f"{page.stem}-copy.md")
        copy.write_bytes(before)
        return f"{page} twice", copy.unlink
    change = EDITS[kind]
    text = before.decode("utf-8", "surrogateescape")
    page.write_bytes(change(text).encode("utf-8", "surrogateescape"))
    return f"{change.__name__} in {page}", undo


def main():
    docwright, docs, *rest = sys.argv[1:]
    count = int(rest[0]) if rest else 50
    random.seed(int(rest[1]) if rest[1:] else 1)
    docwright = Path(docwright).resolve()
    environment = {key: value for key, value in os.environ.items() if key != "CARGO_TARGET_DIR"}
    with tempfile.TemporaryDirectory() as home:
        home = Path(home)
        shutil.copytree(docs, home / "docs")
        (home / "docwright.toml").write_text('docs = "docs"\nout = "out"\n' + SETTINGS.read_text())

        def regen(*options):
            command = [docwright, "regen", *options]
            return subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True)

        def settle(what):
            ran = regen()
            if ran.returncode != 0:
                return False
            check = regen("--check", "--no-cache")
            if check.returncode != 0:
                sys.exit(f"{what}: the crate is another one\n{check.stderr}")
            return True

        if not settle("at first"):
            sys.exit("the pages have errors")
        refused = 0
        for _ in range(count):
            pages = sorted((home / "docs").rglob("*.md"))
            what, undo = edit(pages)
            if not settle(what):
                refused += 1
                undo()
        print(f"{count} edits, of which {refused} were refused as errors: the crate is always the same")


main()
