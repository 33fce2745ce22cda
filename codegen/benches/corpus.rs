//! Measures `check` on a whole documentation set against the floor: to read the same files and to
//! run pulldown-cmark over them on one thread.
//!
//! Each measurement is a process of its own, so that its peak of memory is its own too. All are
//! taken in one run, in turns, so that whatever else the machine does hits each of them alike, and
//! the median of the rounds counts. See the README beside this file.

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::io::{self, Write as _};
use std::mem;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use docwright::page;
use docwright::project::{Overrides, Project};
use docwright::source::{self, PageId};
use pulldown_cmark::{Options, Parser};
use rayon::prelude::*;

/// The allocator of the command; the floor has it too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 15;
/// Where the table goes in the README.
const MARKERS: [&str; 2] = ["<!-- begin of the table -->\n", "<!-- end of the table -->"];

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What is measured: its name in the table, the argument of its process, and its threads.
const MEASURED: [(&str, &str, &str); 6] = [
    ("the floor", "floor", "1"),
    ("pages on one thread", "pages", "1"),
    ("pages on two threads", "pages", "2"),
    ("`check` on one thread", "check", "1"),
    ("`check` on two threads", "check", "2"),
    ("`openapi` on one thread", "openapi", "1"),
];

/// What one process needed.
#[derive(Clone, Copy)]
struct Need {
    time: Duration,
    /// The peak of the resident set, in KiB.
    memory: u64,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["measure", what, docs] => measure(what, Path::new(docs)),
        ref options if options.contains(&"--bench") => compare(options.contains(&"--write")),
        // Without that option it is a run of tests, and nothing is to be measured.
        _ => Ok(()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs all measurements and prints the table, or writes it into the README too.
fn compare(write: bool) -> Result<()> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let corpus = env::var_os("DOCWRIGHT_CORPUS").map_or_else(beside, PathBuf::from);
    let docs = corpus.join("corpus/graph/api-reference/v1.0");
    if !docs.is_dir() {
        println!("skipped: no documentation set at {}", docs.display());
        return Ok(());
    }
    let mut needs: [Vec<Need>; MEASURED.len()] = Default::default();
    // The first round brings the files into the cache of the system, and does not count.
    for round in 0..=ROUNDS {
        for ((_, what, threads), needs) in MEASURED.iter().zip(&mut needs) {
            let need = run(what, threads, &docs)?;
            if round > 0 {
                needs.push(need);
            }
        }
    }
    let table = table(&docs, needs)?;
    print!("{table}");
    if write {
        let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/README.md");
        let text = fs::read_to_string(&readme)?;
        fs::write(readme, replaced(&text, &table).ok_or("no markers")?)?;
    }
    Ok(())
}

/// Measures in a process of its own.
fn run(what: &str, threads: &str, docs: &Path) -> Result<Need> {
    let mut command = Command::new(env::current_exe()?);
    command.env("RAYON_NUM_THREADS", threads);
    let output = command.args(["measure", what]).arg(docs).output()?;
    let text = String::from_utf8(output.stdout)?;
    let numbers = text.split_whitespace().map(str::parse::<u64>);
    let [nanoseconds, memory] = numbers.collect::<std::result::Result<Vec<_>, _>>()?[..] else {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    };
    let time = Duration::from_nanos(nanoseconds);
    Ok(Need { time, memory })
}

/// Does the work, and prints how many nanoseconds and how many KiB it took.
fn measure(what: &str, docs: &Path) -> Result<()> {
    let begin = Instant::now();
    match what {
        "floor" => floor(docs)?,
        "pages" => pages(docs),
        "check" => check(docs)?,
        _ => openapi(docs)?,
    }
    let time = begin.elapsed().as_nanos();
    println!("{time} {}", peak()?);
    Ok(())
}

/// Reads the pages and runs the Markdown parser over them.
fn floor(docs: &Path) -> Result<()> {
    let mut files = Vec::new();
    list(docs, &mut files)?;
    for file in files {
        let text = fs::read_to_string(file)?;
        let events = Parser::new_ext(&text, Options::ENABLE_TABLES).into_offset_iter();
        events.for_each(|event| drop(black_box(event)));
    }
    Ok(())
}

/// Reads the pages as far as each goes by itself: the part of `check` that comes before the model.
fn pages(docs: &Path) {
    let (files, _) = source::read_docs(docs, "docs");
    let numbered = files.par_iter().enumerate();
    let read = numbered.map(|(index, file)| page::read(file, PageId(index as u32)));
    mem::forget(black_box(read.collect::<Vec<_>>()));
    mem::forget(files);
}

fn project(docs: &Path) -> Result<Project> {
    let overrides = Overrides {
        docs: Some(docs.to_owned()),
        ..Overrides::default()
    };
    Ok(Project::load(docs, &overrides)?)
}

/// The work of `docwright openapi`.
fn openapi(docs: &Path) -> Result<()> {
    let project = project(docs)?;
    let reading = project.read();
    black_box(docwright::openapi::document(&reading.api, &project.openapi));
    mem::forget(reading);
    Ok(())
}

/// The work of `docwright check`.
fn check(docs: &Path) -> Result<()> {
    let reading = project(docs)?.read();
    let mut out = io::sink();
    for finding in &reading.diagnostics {
        writeln!(out, "{finding}")?;
    }
    writeln!(out, "{}", reading.accounting)?;
    // The command leaves it to the end of the process to free what was read.
    mem::forget(reading);
    Ok(())
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            list(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    Ok(())
}

/// The peak of this process's resident set in KiB (proc_pid_status(5), `VmHWM`).
fn peak() -> Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let size = line.and_then(|line| line.trim().strip_suffix(" kB"));
    Ok(size.ok_or("the system does not tell")?.parse()?)
}

fn table(docs: &Path, needs: [Vec<Need>; MEASURED.len()]) -> Result<String> {
    let mut files = Vec::new();
    list(docs, &mut files)?;
    let sizes = files.iter().map(|file| Ok(fs::metadata(file)?.len()));
    let size: u64 = sizes.sum::<io::Result<u64>>()?;
    let medians = needs.map(|needs| Need {
        time: median(needs.iter().map(|need| need.time).collect()),
        memory: median(needs.iter().map(|need| need.memory).collect()),
    });
    let mut text = format!(
        "{} pages, {:.1} MB; medians of {ROUNDS} rounds.\n\n\
         | | time | of the floor's | peak memory | of the pages' size |\n\
         |---|---:|---:|---:|---:|\n",
        files.len(),
        size as f64 / 1e6
    );
    for ((name, ..), need) in MEASURED.iter().zip(&medians) {
        let ratio = need.time.as_secs_f64() / medians[0].time.as_secs_f64();
        let bytes = (need.memory * 1024) as f64;
        writeln!(
            text,
            "| {name} | {} ms | {ratio:.2} | {:.0} MB | {:.1} |",
            need.time.as_millis(),
            bytes / 1e6,
            bytes / size as f64
        )?;
    }
    Ok(text)
}

fn median<T: Ord + Copy>(mut values: Vec<T>) -> T {
    values.sort();
    values[values.len() / 2]
}

/// The text with another table between the markers.
fn replaced(text: &str, table: &str) -> Option<String> {
    let [begin, end] = MARKERS;
    let (before, rest) = text.split_once(begin)?;
    let (_, after) = rest.split_once(end)?;
    Some(format!("{before}{begin}\n{table}\n{end}{after}"))
}
