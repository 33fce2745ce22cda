//! What measurements on a whole documentation set have in common.
//!
//! Each measurement is a process of its own, so that its peak of memory is its own too. All are
//! taken in one run, in turns, so that whatever else the machine does hits each of them alike, and
//! the median of the rounds counts. The first of them is the floor: to read the same files and to
//! run pulldown-cmark over them on one thread.

use std::env;
use std::error::Error;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use pulldown_cmark::{Options, Parser};

pub(crate) type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// What one process needed.
#[derive(Clone, Copy)]
pub(crate) struct Need {
    pub(crate) time: Duration,
    /// The peak of the resident set, in KiB.
    pub(crate) memory: u64,
}

/// The pages to measure with; `None` where they are not at hand.
pub(crate) fn docs() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let corpus = env::var_os("DOCWRIGHT_CORPUS").map_or_else(beside, PathBuf::from);
    let docs = corpus.join("corpus/graph/api-reference/v1.0");
    if !docs.is_dir() {
        println!("skipped: no documentation set at {}", docs.display());
        return None;
    }
    Some(docs)
}

/// Runs this program again with arguments that tell it what to measure.
pub(crate) fn run(arguments: &[&OsStr], threads: Option<&str>) -> Result<Need> {
    let mut command = Command::new(env::current_exe()?);
    if let Some(threads) = threads {
        command.env("RAYON_NUM_THREADS", threads);
    }
    let output = command.arg("measure").args(arguments).output()?;
    let text = String::from_utf8(output.stdout)?;
    let numbers = text.split_whitespace().map(str::parse::<u64>);
    let [nanoseconds, memory] = numbers.collect::<std::result::Result<Vec<_>, _>>()?[..] else {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    };
    let time = Duration::from_nanos(nanoseconds);
    Ok(Need { time, memory })
}

/// Does some work, and prints how many nanoseconds and how many KiB it took.
pub(crate) fn measure(work: impl FnOnce() -> Result) -> Result {
    let begin = Instant::now();
    work()?;
    let time = begin.elapsed().as_nanos();
    println!("{time} {}", peak()?);
    Ok(())
}

/// Reads the pages and runs the Markdown parser over them.
pub(crate) fn floor(docs: &Path) -> Result {
    for file in list(docs)? {
        let text = fs::read_to_string(file)?;
        let events = Parser::new_ext(&text, Options::ENABLE_TABLES).into_offset_iter();
        events.for_each(|event| drop(black_box(event)));
    }
    Ok(())
}

/// The pages below a folder.
pub(crate) fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = entry.path();
            if entry.file_type()?.is_dir() {
                walk(&path, files)?;
            } else if path.extension().is_some_and(|extension| extension == "md") {
                files.push(path);
            }
        }
        Ok(())
    }
    let mut files = Vec::new();
    walk(folder, &mut files)?;
    Ok(files)
}

/// The peak of this process's resident set in KiB (proc_pid_status(5), `VmHWM`).
fn peak() -> Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let size = line.and_then(|line| line.trim().strip_suffix(" kB"));
    Ok(size.ok_or("the system does not tell")?.parse()?)
}

/// The table of the measurements, of which the first is the floor. With `write`, it is also put into
/// the README, between the marks of its name.
pub(crate) fn report(name: &str, docs: &Path, needs: &[(&str, Vec<Need>)], write: bool) -> Result {
    let sizes = list(docs)?
        .into_iter()
        .map(|file| Ok(fs::metadata(file)?.len()));
    let sizes = sizes.collect::<io::Result<Vec<u64>>>()?;
    let size: u64 = sizes.iter().sum();
    let rounds = needs.first().map_or(0, |(_, needs)| needs.len());
    let mut table = format!(
        "{} pages, {:.1} MB; medians of {rounds} rounds.\n\n\
         | | time | of the floor's | peak memory | of the pages' size |\n\
         |---|---:|---:|---:|---:|\n",
        sizes.len(),
        size as f64 / 1e6
    );
    let mut floor = None;
    for (name, needs) in needs {
        let time = median(needs.iter().map(|need| need.time).collect());
        let memory = median(needs.iter().map(|need| need.memory).collect());
        let ratio = time.as_secs_f64() / floor.get_or_insert(time).as_secs_f64();
        let bytes = (memory * 1024) as f64;
        writeln!(
            table,
            "| {name} | {} ms | {ratio:.2} | {:.0} MB | {:.1} |",
            time.as_millis(),
            bytes / 1e6,
            bytes / size as f64
        )?;
    }
    print!("{table}");
    if write {
        let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/README.md");
        let text = fs::read_to_string(&readme)?;
        fs::write(readme, replaced(&text, name, &table).ok_or("no marks")?)?;
    }
    Ok(())
}

fn median<T: Ord + Copy>(mut values: Vec<T>) -> T {
    values.sort();
    values[values.len() / 2]
}

/// The text with another table between the marks of a name.
fn replaced(text: &str, name: &str, table: &str) -> Option<String> {
    let (begin, end) = (
        format!("<!-- begin of {name} -->\n"),
        format!("<!-- end of {name} -->"),
    );
    let (before, rest) = text.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!("{before}{begin}\n{table}\n{end}{after}"))
}
