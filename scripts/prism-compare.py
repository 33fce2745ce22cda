#!/usr/bin/env python3
"""Holds `docwright mock` against Prism's mock of the OpenAPI document that `docwright openapi` makes of
the same pages: how soon each is ready, how much memory it takes, and how many requests a second it
answers, all in one run.

The pages are corpus/graph/api-reference/v1.0 in $DOCWRIGHT_CORPUS (by default ../shared), and those of
them whose names begin with `user`. Prism is installed into $DOCWRIGHT_TOOLS, by default a temporary
folder; the load comes from wrk. What is not to be had is skipped, and said to be. `--part` leaves out the
whole set, with which Prism takes long to start: $DOCWRIGHT_PATIENCE is the longest in seconds that a
server may take for that, by default 45; of one that takes longer, the table says what it took until then.
`--write` puts the table into mock/benches/README.md, where `--part` keeps that of the whole set.
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
# What the tables begin with.
WHOLE = "\nAll pages"
PART = "\nThe pages of users"
SECONDS = 3
# How often each load is measured, both servers in turns: the median counts.
ROUNDS = 3
# How many requests are sent at a time, without waiting for answers (RFC 9112, section 9.3.2).
AHEAD = 16
# How often the start is measured, unless that takes too long: in seconds, for all of them.
STARTS = 5
ENOUGH = 30
# The longest that a server may take to start, in seconds.
PATIENCE = float(os.environ.get("DOCWRIGHT_PATIENCE", 45))
# A request that any client makes, with a value that no page shows.
PATH = "/users/ada"
# The document asks for a token; any is as good.
AUTHORIZATION = "Bearer token"


# What is measured: how it is called and written, by what it is multiplied, and whether more is better.
ROWS = [
    ("start to the first answer", "{:,.0f} ms", 1e3, False),
    ("memory when ready", "{:,.1f} MB", 1e-6, False),
    ("memory after the load of one connection", "{:,.1f} MB", 1e-6, False),
    ("requests a second on one connection", "{:,.0f}", 1, True),
    (f"the same, {AHEAD} sent ahead of their answers", "{:,.0f}", 1, True),
    ("requests a second on 64 connections", "{:,.0f}", 1, True),
]


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

    def requests_a_second(self, connections, ahead=1):
        """What it answers to as many connections, of which each has `ahead` requests on its way."""
        threads = "1" if connections == 1 else "2"
        command = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{SECONDS}s", "--timeout", "30s"]
        command += ["-H", f"Authorization: {AUTHORIZATION}"]
        with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
            if ahead > 1:
                script.write(f"""
                    local all
                    init = function() all = string.rep(wrk.format(), {ahead}) end
                    request = function() return all end
                """)
                script.flush()
                command += ["-s", script.name]
            done = subprocess.run([*command, self.url], capture_output=True, text=True, check=True)
        report = done.stdout
        if "Non-2xx" in report or "Socket errors" in report:
            raise RuntimeError(f"{self.url}: {report}")
        return float(re.search(r"Requests/sec:\s*([\d.]+)", report)[1])

    def stop(self):
        self.process.terminate()
        self.process.wait()


def started(command):
    """A server, and the median of how long it took to start."""
    server = Server(command)
    starts = [server.start]
    while len(starts) < STARTS and sum(starts) < ENOUGH:
        server.stop()
        server = Server(command)
        starts.append(server.start)
    return server, median(starts)


def median(numbers):
    return sorted(numbers)[len(numbers) // 2]


def measure(commands):
    """What is measured of servers, in the order of `ROWS`, for each; of one that is late, why."""
    servers, measured = [], []
    try:
        for command in commands:
            try:
                server, start = started(command)
            except Late as late:
                measured.append(late)
                continue
            rows = [start, server.peak()]
            servers.append((server, rows))
            measured.append(rows)
        # The greatest load is the last: after it Prism may be no more.
        for load in ((1,), (1, AHEAD), (64,)):
            rounds = [[server.requests_a_second(*load) for server, _ in servers] for _ in range(ROUNDS)]
            for (server, rows), answered in zip(servers, zip(*rounds)):
                if load == (1,):
                    rows.append(server.peak())
                rows.append(median(answered))
    finally:
        for server, _ in servers:
            server.stop()
    return measured


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
    theirs = [*prism_command, "mock", "-v", "silent", str(document)]
    ours, theirs = measure([[program, "mock", *common], theirs])
    for index, (name, form, factor, more_is_better) in enumerate(ROWS):
        our, their, ratio = form.format(ours[index] * factor), "", ""
        if not isinstance(theirs, Late):
            their = form.format(theirs[index] * factor)
            ratio = ours[index] / theirs[index] if more_is_better else theirs[index] / ours[index]
            ratio = f"{ratio:,.1f}"
        elif index == 0:
            their = f"{theirs}, {theirs.processor:,.0f} s of work"
        elif index == 1:
            their = f"{theirs.memory * 1e-6:,.0f} MB until then"
            ratio = f"{theirs.memory / ours[index]:,.1f}"
        yield f"| {name} | {our} | {their} | {ratio} |\n"


def tables(work, tools, whole):
    """The table of all pages, where the whole is wanted, and that of a part of them."""
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
    sets = [(WHOLE, docs), (PART, part)] if whole else [(PART, part)]
    for name, pages in sets:
        count = sum(1 for _ in pages.rglob("*.md"))
        head = f"{name}, {count:,} of them:\n\n| | docwright | Prism | ratio |\n|---|---:|---:|---:|\n"
        yield head + "".join(compare(program, prism_command, pages, work))


def main():
    whole = "--part" not in sys.argv[1:]
    with tempfile.TemporaryDirectory() as work:
        tools = Path(os.environ.get("DOCWRIGHT_TOOLS", f"{work}/tools"))
        try:
            text = "".join(tables(Path(work), tools, whole))
        except Skip as reason:
            print(f"skipped: {reason}")
            return
    print(text)
    if "--write" in sys.argv[1:]:
        page = README.read_text()
        before, rest = page.split(MARKERS[0])
        kept, after = rest.split(MARKERS[1])
        kept = "" if whole else kept[: kept.index(PART)]
        README.write_text(f"{before}{MARKERS[0]}{kept}{text}\n{MARKERS[1]}{after}")


main()
