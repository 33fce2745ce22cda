//! Measures `regen` on a whole documentation set: from nothing, after one page has changed, and
//! where nothing has. See the README beside this file.

mod harness;

use std::env;
use std::fs;
use std::mem;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use docwright::project::{Overrides, Project};
use docwright::regenerate::{Regenerated, Run};
use harness::{Need, Result};

/// The allocator of the command; the floor has it too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 9;

/// What the pages of the set need: a crate in areas, and their errors as warnings.
const SETTINGS: &str = r#"
docs = "docs"
out = "out"

[crate]
name = "corpus"
areas = true

[severity]
annotation-not-json = "warning"
comment-unclosed = "warning"
route-malformed = "warning"
type-cycle = "warning"
"#;

/// A page that many others speak of.
const CHANGED: &str = "resources/user.md";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["measure", "floor", docs] => harness::measure(|| harness::floor(Path::new(docs))),
        ["measure", "regen", folder] => harness::measure(|| regen(Path::new(folder))),
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
fn compare(write: bool) -> Result {
    let Some(docs) = harness::docs() else {
        return Ok(());
    };
    let home = tempfile::tempdir()?;
    let folder = home.path();
    fs::write(folder.join("docwright.toml"), SETTINGS)?;
    copy(&docs, &folder.join("docs"))?;

    let mut needs = [
        "the floor",
        "`regen` from nothing",
        "`regen` after one page has changed",
        "`regen` where nothing has changed",
    ]
    .map(|name| (name, Vec::<Need>::new()));
    // The first round brings the files into the cache of the system, and does not count.
    for round in 0..=ROUNDS {
        let floor = harness::run(&["floor".as_ref(), docs.as_os_str()], Some("1"))?;
        let regen = || harness::run(&["regen".as_ref(), folder.as_os_str()], None);
        for made in ["out", "target"] {
            let _ = fs::remove_dir_all(folder.join(made));
        }
        let from_nothing = regen()?;
        change(&folder.join("docs").join(CHANGED), round)?;
        let one_page = regen()?;
        let unchanged = regen()?;
        let all = [floor, from_nothing, one_page, unchanged];
        for ((_, needs), need) in needs.iter_mut().zip(all).filter(|_| round > 0) {
            needs.push(need);
        }
    }
    harness::report("the table of regen", &docs, &needs, write)
}

/// The work of `docwright regen`.
fn regen(folder: &Path) -> Result {
    let overrides = Overrides {
        target: Some(PathBuf::from("target")),
        ..Overrides::default()
    };
    let project = Project::load(folder, &overrides)?;
    let run = Run {
        write: true,
        cache: true,
    };
    match project.regenerate(run)? {
        Regenerated::Refused(_) => return Err("the pages have errors".into()),
        // The command leaves it to the end of the process to free what was read.
        done => mem::forget(done),
    }
    Ok(())
}

/// Puts a paragraph behind the title of a page.
fn change(page: &Path, round: usize) -> Result {
    let text = fs::read_to_string(page)?;
    let title = text.find("\n# ").ok_or("the page has no title")?;
    let end = text[title + 1..].find('\n').ok_or("the page ends")? + title + 1;
    let (before, behind) = text.split_at(end);
    Ok(fs::write(
        page,
        format!("{before}\n\nChanged in round {round}.{behind}"),
    )?)
}

fn copy(from: &Path, to: &Path) -> Result {
    for page in harness::list(from)? {
        let target = to.join(page.strip_prefix(from)?);
        fs::create_dir_all(target.parent().unwrap_or(to))?;
        fs::copy(page, target)?;
    }
    Ok(())
}
