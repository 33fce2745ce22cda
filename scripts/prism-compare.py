#!/usr/bin/env python3
"""Holds `docwright mock` against Prism's mock of the OpenAPI document that `docwright openapi` makes of
the same pages: how soon each is ready, how much memory it takes, and how many requests a second it
answers, all in one run.

The pages are corpus/graph/api-reference/v1.0 in $DOCWRIGHT_CORPUS (by default ../shared), and those of
them whose names begin with `user`. Prism is installed into $DOCWRIGHT_TOOLS, by default a temporary
folder; the load comes from wrk. What is not to be had is skipped, and said to be. $DOCWRIGHT_PATIENCE
is the longest in seconds that a server may take to start, by default 180; of one that takes longer, the
table says what it took until then. `--write` puts the table into mock/benches/README.md.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "mock/benches/README.md"
MARKERS = ("<!-- begin of the comparison -->\n", "<!-- end of the comparison -->")
SECONDS = 5
# How often the start is measured, unless that takes too long: in seconds, for all of them.
STARTS = 5
ENOUGH = 30
# The longest that a server may take to start, in seconds.
PATIENCE = float(os.environ.get("DOCWRIGHT_PATIENCE", 180))
# A request that any client makes, with a value that no page shows.
PATH = "/users/ada"
# The document asks for a token; any is as good.
AUTHORIZATION = "Bearer token"


class Skip(Exception):
    """Something is not to be had."""


class Late(Exception):
    """A server is not ready in time."""

    def __init__(self, seconds, memory, processor):
        super().__init__(f"not ready in {seconds:,.0f} s")
        self.memory = memory
        self.processor = processor


def free_port():
    """A port that nothing listens on, so that no other server answers for the one that is measured."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A server that runs, on a port of loopback."""

    def __init__(self, command):
        port = free_port()
        self.url = f"http://127.0.0.1:{port}{PATH}"
        begin = time.monotonic()
        self.process = subprocess.Popen(
            [*command, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while not self.is_ready():
            if self.process.poll() is not None:
                raise RuntimeError(f"{command} has ended")
            if time.monotonic() - begin > PATIENCE:
                late = Late(PATIENCE, self.peak(), self.processor())
                self.process.kill()
                self.process.wait()
                raise late
            time.sleep(0.002)
        self.start = time.monotonic() - begin

    def is_ready(self):
        try:
            headers = {"Authorization": AUTHORIZATION}
            request = urllib.request.Request(self.url, headers=headers)
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.status == 200
        except OSError as error:
            if getattr(error, "code", None):
                self.stop()
                raise RuntimeError(f"{self.url}: {error}") from error
            return False

    def peak(self):
        """The peak of the resident set in bytes (proc_pid_status(5), `VmHWM`)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s*(\d+) kB", status)[1]) * 1024

    def processor(self):
        """The time that processors have worked for it, in seconds (proc_pid_stat(5), `utime`, `stime`)."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text()
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def requests_a_second(self, connections):
        threads = "1" if connections == 1 else "2"
        command = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{SECONDS}s", "--timeout", "30s"]
        command += ["-H", f"Authorization: {AUTHORIZATION}", self.url]
        report = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in report or "Socket errors" in report:
            raise RuntimeError(f"{self.url}: {report}")
        return float(re.search(r"Requests/sec:\s*([\d.]+)", report)[1])

    def stop(self):
        self.process.terminate()
        self.process.wait()


def measure(command):
    """The median of the starts, and the rest of the last server."""
    server = Server(command)
    starts = [server.start]
    while len(starts) < STARTS and sum(starts) < ENOUGH:
        server.stop()
        server = Server(command)
        starts.append(server.start)
    try:
        ready = server.peak()
        one = server.requests_a_second(1)
        # It is taken before the greater load, after which Prism may be no more.
        loaded = server.peak()
        many = server.requests_a_second(64)
        return [sorted(starts)[len(starts) // 2], ready, loaded, one, many]
    finally:
        server.stop()


def prism(tools):
    if not shutil.which("npm"):
        raise Skip("Prism needs node and npm")
    program = tools / "prism/node_modules/.bin/prism"
    if not program.exists():
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund"]
        command += ["--prefix", str(tools / "prism"), "@stoplight/prism-cli"]
        if subprocess.run(command, check=False).returncode:
            raise Skip("Prism cannot be installed here")
    # What npm starts in its place would be measured otherwise.
    return [shutil.which("node"), str(program.resolve())]


def docwright():
    build = ["cargo", "build", "--quiet", "--release", "-p", "docwright-cli"]
    subprocess.run(build, cwd=ROOT, check=True)
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    return str(target / "release/docwright")


def compare(program, prism_command, docs, work):
    """Rows of the table for a folder of pages."""
    config = work / "docwright.toml"
    config.write_text('[crate]\nname = "mock"\n')
    document = work / "openapi.json"
    common = ["--config", str(config), "--docs", str(docs)]
    # Pages as their authors left them have faults: a status of 1 says so, and does not matter here.
    with document.open("wb") as out:
        command = [program, "openapi", *common]
        subprocess.run(command, stdout=out, stderr=subprocess.DEVNULL, check=False)
    ours = measure([program, "mock", *common])
    try:
        theirs = measure([*prism_command, "mock", "-v", "silent", str(document)])
    except Late as late:
        theirs = late
    names = [
        ("start to the first answer", "{:,.0f} ms", 1e3, False),
        ("memory when ready", "{:,.0f} MB", 1e-6, False),
        ("memory after the load of one connection", "{:,.0f} MB", 1e-6, False),
        ("requests a second on one connection", "{:,.0f}", 1, True),
        ("requests a second on 64 connections", "{:,.0f}", 1, True),
    ]
    if isinstance(theirs, Late):
        memory, ratio = theirs.memory * 1e-6, theirs.memory / ours[1]
        yield f"| {names[0][0]} | {ours[0] * 1e3:,.0f} ms | {theirs}, {theirs.processor:,.0f} s of work | |\n"
        yield f"| {names[1][0]} | {ours[1] * 1e-6:,.0f} MB | {memory:,.0f} MB until then | {ratio:,.1f} |\n"
        names, ours, theirs = names[2:], ours[2:], [None] * 3
    for (name, form, factor, more_is_better), our, their in zip(names, ours, theirs):
        if their is None:
            yield f"| {name} | {form.format(our * factor)} | | |\n"
            continue
        ratio = our / their if more_is_better else their / our
        cells = [name, form.format(our * factor), form.format(their * factor), f"{ratio:,.1f}"]
        yield "| " + " | ".join(cells) + " |\n"


def table(work, tools):
    corpus = Path(os.environ.get("DOCWRIGHT_CORPUS", ROOT / "../shared"))
    docs = corpus / "corpus/graph/api-reference/v1.0"
    if not docs.is_dir():
        raise Skip(f"{docs} is not there")
    if not shutil.which("wrk"):
        raise Skip("the load comes from wrk, which Debian has under this name")
    prism_command = prism(tools)
    program = docwright()
    part = work / "part"
    for folder in ("api", "resources"):
        (part / folder).mkdir(parents=True)
        for page in sorted((docs / folder).glob("user*.md")):
            shutil.copy(page, part / folder)
    text = ""
    for name, pages in (("All pages", docs), ("The pages of users", part)):
        count = sum(1 for _ in pages.rglob("*.md"))
        text += f"\n{name}, {count:,} of them:\n\n| | docwright | Prism | ratio |\n|---|---:|---:|---:|\n"
        text += "".join(compare(program, prism_command, pages, work))
    return text


def main():
    with tempfile.TemporaryDirectory() as work:
        tools = Path(os.environ.get("DOCWRIGHT_TOOLS", f"{work}/tools"))
        try:
            text = table(Path(work), tools)
        except Skip as reason:
            print(f"skipped: {reason}")
            return
    print(text)
    if "--write" in sys.argv[1:]:
        page = README.read_text()
        before, rest = page.split(MARKERS[0])
        _, after = rest.split(MARKERS[1])
        README.write_text(f"{before}{MARKERS[0]}{text}\n{MARKERS[1]}{after}")


main()
