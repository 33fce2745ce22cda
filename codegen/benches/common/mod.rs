//! What the measurements on a whole documentation set have in common: where the set is, the floor
//! that everything is held against, and a table in the README beside them.
//!
//! Each measurement is a process of its own, so that its peak of memory is its own too. All are
//! taken in one run, in turns, so that whatever else the machine does hits each of them alike, and
//! the median of the rounds counts.

#![allow(dead_code, reason = "not every bench measures in processes of its own")]

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use pulldown_cmark::{Options, Parser};

const ROUNDS: usize = 15;
pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What is measured, the floor first.
pub(crate) struct Bench {
    /// The name of each measurement in the table, the argument of its process, and its threads.
    pub(crate) measured: &'static [(&'static str, &'static str, &'static str)],
    /// Gets ready for the work that an argument stands for, in a folder that is there for the whole
    /// run, and says which folder it is done on. That is not measured.
    pub(crate) prepare: fn(&str, docs: &Path, scratch: &Path) -> Result<PathBuf>,
    /// Does the work that an argument stands for.
    pub(crate) work: fn(&str, &Path) -> Result<()>,
    /// The page with the table.
    pub(crate) readme: &'static str,
    /// The name of the table, which stands in the marks around it.
    pub(crate) table: &'static str,
}

/// What one process needed.
#[derive(Clone, Copy)]
struct Need {
    time: Duration,
    /// The peak of the resident set, in KiB.
    memory: u64,
}

/// The documentation set to measure on: that in the folder of `DOCWRIGHT_CORPUS`, or else beside
/// the repository. Says so where there is none.
pub(crate) fn documentation_set() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let corpus = env::var_os("DOCWRIGHT_CORPUS").map_or_else(beside, PathBuf::from);
    let docs = corpus.join("corpus/graph/api-reference/v1.0");
    if docs.is_dir() {
        return Some(docs);
    }
    println!("skipped: no documentation set at {}", docs.display());
    None
}

/// The floor: to read the pages and to run the Markdown parser over them, on one thread.
pub(crate) fn floor(docs: &Path) -> Result<()> {
    for file in list(docs)? {
        let text = fs::read_to_string(file)?;
        let events = Parser::new_ext(&text, Options::ENABLE_TABLES).into_offset_iter();
        events.for_each(|event| drop(black_box(event)));
    }
    Ok(())
}

impl Bench {
    /// The whole program: `--write` puts the table into the README too.
    pub(crate) fn main(&self) -> ExitCode {
        let arguments: Vec<String> = env::args().skip(1).collect();
        let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["measure", what, folder] => self.measure(what, Path::new(folder)),
            ref options if options.contains(&"--bench") => {
                self.compare(options.contains(&"--write"))
            }
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
    fn compare(&self, write: bool) -> Result<()> {
        let Some(docs) = documentation_set() else {
            return Ok(());
        };
        let scratch = tempfile::tempdir()?;
        let mut needs = vec![Vec::new(); self.measured.len()];
        // The first round brings the files into the cache of the system, and does not count.
        for round in 0..=ROUNDS {
            for ((_, what, threads), needs) in self.measured.iter().zip(&mut needs) {
                let folder = (self.prepare)(what, &docs, scratch.path())?;
                let need = run(what, threads, &folder)?;
                if round > 0 {
                    needs.push(need);
                }
            }
        }
        let table = self.table(&docs, &needs)?;
        print!("{table}");
        if write {
            let text = fs::read_to_string(self.readme)?;
            fs::write(
                self.readme,
                replaced(&text, self.table, &table).ok_or("no marks")?,
            )?;
        }
        Ok(())
    }

    /// Does the work, and prints how many nanoseconds and how many KiB it took.
    fn measure(&self, what: &str, folder: &Path) -> Result<()> {
        let begin = Instant::now();
        (self.work)(what, folder)?;
        let time = begin.elapsed().as_nanos();
        println!("{time} {}", peak()?);
        Ok(())
    }

    fn table(&self, docs: &Path, needs: &[Vec<Need>]) -> Result<String> {
        let files = list(docs)?;
        let sizes = files.iter().map(|file| Ok(fs::metadata(file)?.len()));
        let size: u64 = sizes.sum::<io::Result<u64>>()?;
        let medians = needs.iter().map(|needs| Need {
            time: median(needs.iter().map(|need| need.time).collect()),
            memory: median(needs.iter().map(|need| need.memory).collect()),
        });
        let medians: Vec<Need> = medians.collect();
        let mut text = format!(
            "{} pages, {:.1} MB; medians of {ROUNDS} rounds.\n\n\
             | | time | of the floor's | peak memory | of the pages' size |\n\
             |---|---:|---:|---:|---:|\n",
            files.len(),
            size as f64 / 1e6
        );
        for ((name, ..), need) in self.measured.iter().zip(&medians) {
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
}

/// Measures in a process of its own.
fn run(what: &str, threads: &str, folder: &Path) -> Result<Need> {
    let mut command = Command::new(env::current_exe()?);
    command.env("RAYON_NUM_THREADS", threads);
    let output = command.args(["measure", what]).arg(folder).output()?;
    let text = String::from_utf8(output.stdout)?;
    let numbers = text.split_whitespace().map(str::parse::<u64>);
    let [nanoseconds, memory] = numbers.collect::<std::result::Result<Vec<_>, _>>()?[..] else {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    };
    let time = Duration::from_nanos(nanoseconds);
    Ok(Need { time, memory })
}

/// For work on the pages where they are.
pub(crate) fn in_place(_: &str, docs: &Path, _: &Path) -> Result<PathBuf> {
    Ok(docs.to_owned())
}

/// The pages below a folder.
pub(crate) fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            files.extend(list(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    Ok(files)
}

/// The peak of this process's resident set in KiB (proc_pid_status(5), `VmHWM`).
fn peak() -> Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let size = line.and_then(|line| line.trim().strip_suffix(" kB"));
    Ok(size.ok_or("the system does not tell")?.parse()?)
}

fn median<T: Ord + Copy>(mut values: Vec<T>) -> T {
    values.sort();
    values[values.len() / 2]
}

/// The text with another table between the marks of a name.
fn replaced(text: &str, name: &str, table: &str) -> Option<String> {
    let begin = format!("<!-- begin of {name} -->");
    let end = format!("<!-- end of {name} -->");
    let (before, rest) = text.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!("{before}{begin}\n\n{table}\n{end}{after}"))
}
