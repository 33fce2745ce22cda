//! Measures `regen` on a whole documentation set: from nothing, after one page has changed, and
//! where nothing has. See the README beside this file.

#[path = "../../cli/src/allocator.rs"]
mod allocator;
mod common;

use std::fs;
use std::mem;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use docwright::project::{Overrides, Project};
use docwright::regenerate::{Regenerated, Run};

use common::{Bench, Result};

const SETTINGS: &str = concat!(
    "docs = \"docs\"\nout = \"out\"\n",
    include_str!("corpus.toml")
);

/// A page that many others speak of.
const CHANGED: &str = "resources/user.md";

fn main() -> ExitCode {
    // The floor has the allocator of the command too.
    allocator::keep_freed_memory();
    let bench = Bench {
        measured: &[
            ("the floor", "floor", "1"),
            ("`regen` from nothing", "from nothing", "2"),
            ("`regen` after one page has changed", "one page", "2"),
            ("`regen` where nothing has changed", "no change", "2"),
        ],
        prepare,
        work,
        readme: concat!(env!("CARGO_MANIFEST_DIR"), "/benches/README.md"),
        table: "the table of regen",
    };
    bench.main()
}

fn prepare(what: &str, docs: &Path, scratch: &Path) -> Result<PathBuf> {
    let own = scratch.join("docs");
    match what {
        "floor" => return Ok(docs.to_owned()),
        "from nothing" => {
            if !own.exists() {
                fs::write(scratch.join("docwright.toml"), SETTINGS)?;
                copy(docs, &own)?;
            }
            for made in ["out", "target"] {
                put_aside(scratch, made)?;
            }
        }
        "one page" => change(&own.join(CHANGED))?,
        _ => {}
    }
    Ok(scratch.to_owned())
}

fn work(what: &str, folder: &Path) -> Result<()> {
    match what {
        "floor" => common::floor(folder),
        _ => regen(folder),
    }
}

/// The work of `docwright regen`.
fn regen(folder: &Path) -> Result<()> {
    let overrides = Overrides {
        target: Some(PathBuf::from("target")),
        ..Overrides::default()
    };
    let project = Project::load(folder, &overrides)?;
    let run = Run {
        waiting: || (),
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

/// Makes room for a folder. What earlier rounds made is kept to the end: some file systems are slow to
/// make files where as many have just been removed.
fn put_aside(scratch: &Path, made: &str) -> Result<()> {
    let made = scratch.join(made);
    if made.exists() {
        let mut places = (1..).map(|number| made.with_extension(number.to_string()));
        let free = places.find(|place| !place.exists());
        fs::rename(&made, free.ok_or("there is no room")?)?;
    }
    Ok(())
}

/// Puts one more paragraph behind the title of a page.
fn change(page: &Path) -> Result<()> {
    let text = fs::read_to_string(page)?;
    let title = text.find("\n# ").ok_or("the page has no title")?;
    let end = text[title + 1..].find('\n').ok_or("the page ends")? + title + 1;
    let (before, behind) = text.split_at(end);
    Ok(fs::write(
        page,
        format!("{before}\n\nOne more word.{behind}"),
    )?)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for page in common::list(from)? {
        let target = to.join(page.strip_prefix(from)?);
        fs::create_dir_all(target.parent().unwrap_or(to))?;
        fs::copy(page, target)?;
    }
    Ok(())
}
