#!/usr/bin/env python3
"""How much CPU time and memory `cargo check` of a large generated crate takes, by itself, beside
graph-rs-sdk, which calls the same API without types for what it answers.

    scripts/compile-cost.py FOLDER [FEATURES]...

FOLDER is a crate that docwright has made of the whole documentation set. The crates are checked in
turns, their dependencies are compiled before, and nothing is taken from an earlier check. With
features as further arguments, such as that of an area, the crate is checked with these alone too.

Both are checked as dependencies of an application are: with `--cap-lints allow`, which Cargo gives
for crates from a registry or from git, and not for a folder.
"""

import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

OTHER = "graph-rs-sdk"
VERSION = "3.0.1"
ROUNDS = 3


def wrap(arguments):
    """Runs rustc in the place of cargo, and notes what it took for the crate that is measured."""
    if "--cap-lints" not in arguments and "--crate-name" in arguments:
        arguments = [*arguments, "--cap-lints", "allow"]
    # The pipe of make's job server is inherited.
    status = subprocess.run(arguments, close_fds=False).returncode
    name = arguments[arguments.index("--crate-name") + 1] if "--crate-name" in arguments else ""
    if name == os.environ["MEASURED_CRATE"] and "--print" not in arguments:
        need = resource.getrusage(resource.RUSAGE_CHILDREN)
        with open(os.environ["MEASURED_INTO"], "a", encoding="utf-8") as notes:
            json.dump([need.ru_utime + need.ru_stime, need.ru_maxrss], notes)
            notes.write("\n")
    return status


def library(folder):
    """The name of the library of a package, as rustc has it."""
    command = ["cargo", "metadata", "--no-deps", "--format-version", "1"]
    found = json.loads(subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout)
    return found["packages"][0]["name"].replace("-", "_")


def check(folder, package, crate, target, options):
    """Checks a package anew; CPU seconds, and MB at the peak."""
    environment = dict(os.environ, CARGO_TARGET_DIR=str(target), CARGO_INCREMENTAL="0")
    command = ["cargo", "check", "--quiet", "--package", package, "--lib", *options]
    subprocess.run(command, cwd=folder, env=environment, check=True)
    clean = ["cargo", "clean", "--quiet", "--package", package]
    subprocess.run(clean, cwd=folder, env=environment, check=True)
    notes = target / "notes"
    notes.unlink(missing_ok=True)
    environment |= {
        "RUSTC_WRAPPER": str(pathlib.Path(__file__).resolve()),
        "MEASURED_CRATE": crate,
        "MEASURED_INTO": str(notes),
    }
    subprocess.run(command, cwd=folder, env=environment, check=True)
    seconds, kilobytes = json.loads(notes.read_text(encoding="utf-8").splitlines()[-1])
    return seconds, kilobytes / 1000


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    name = library(folder)
    package = name.replace("_", "-")
    with tempfile.TemporaryDirectory() as home:
        home = pathlib.Path(home)
        (home / "src").mkdir()
        (home / "src/lib.rs").write_text("")
        (home / "Cargo.toml").write_text(
            '[package]\nname = "other"\nversion = "0.1.0"\nedition = "2021"\n'
            f'[dependencies]\n{OTHER} = "={VERSION}"\n[workspace]\n'
        )
        measured = {"the whole crate": (folder, package, name, [])}
        for features in sys.argv[2:]:
            options = ["--no-default-features", "--features", features]
            measured[f"`{features}` alone"] = (folder, package, name, options)
        measured[f"{OTHER} {VERSION}"] = (home, OTHER, OTHER.replace("-", "_"), [])
        needs = {title: [] for title in measured}
        for _ in range(ROUNDS):
            for title, (where, what, crate, options) in measured.items():
                target = home / f"target-{crate}"
                target.mkdir(exist_ok=True)
                needs[title].append(check(where, what, crate, target, options))
    print("| `cargo check`, not incremental | CPU | peak memory |\n|---|---:|---:|")
    for title, taken in needs.items():
        seconds = sorted(seconds for seconds, _ in taken)[ROUNDS // 2]
        memory = max(memory for _, memory in taken)
        print(f"| {title} | {seconds:.1f} s | {memory:.0f} MB |")
    return 0


if __name__ == "__main__":
    sys.exit(wrap(sys.argv[1:]) if "MEASURED_CRATE" in os.environ else main())
