//! Reads Markdown API reference pages and makes a Rust client crate of them.

pub mod accounting;
mod assemble;
pub mod build;
mod cache;
pub mod config;
pub mod conformance;
pub mod diagnostic;
mod digest;
pub mod json;
mod lists;
pub mod markdown;
pub mod model;
mod nearness;
pub mod openapi;
pub mod output;
pub mod page;
mod parallel;
mod pointers;
pub mod progress;
pub mod project;
pub mod regenerate;
mod review;
pub mod routing;
pub mod rust;
pub mod source;
mod stamp;
mod text;
pub mod vocabulary;
mod words;

use std::mem;
use std::path::Path;

use accounting::Accounting;
use assemble::links::Destinations;
use diagnostic::Diagnostic;
use model::Api;
use page::include::{Included, Includes};
use page::route::base_path::BasePath;
use page::{Page, PageReading};
use progress::Progress;
use source::{PageId, SourceFile};

/// A documentation set as it was read: what it documents, and what is wrong with it.
#[derive(Debug)]
pub struct Reading {
    /// The pages in the order of their paths, and behind them the files that are there to be included.
    pub files: Vec<SourceFile>,
    /// What they document.
    pub api: Api,
    /// Every finding, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// What became of everything that was read.
    pub accounting: Accounting,
}

/// Reads the pages below a folder.
///
/// `label` stands for the folder in everything that is reported or generated, so that nothing
/// depends on where the project lies. Reading never fails: what is wrong is a diagnostic.
pub fn read(folder: &Path, label: &str, progress: &Progress) -> Reading {
    let (files, diagnostics) = source::read_docs(folder, label);
    read_pages(files, diagnostics, progress)
}

/// Reads pages that are in memory, with the findings made so far.
pub fn read_files(files: Vec<SourceFile>, diagnostics: Vec<Diagnostic>) -> Reading {
    read_pages(files, diagnostics, &Progress::default())
}

/// Reads what the pages below a folder document, and does not review it: for those who need the API
/// soon. The findings are those that reading makes by itself, in no order: what is an error unless
/// settings say otherwise is among them.
pub fn read_api(folder: &Path, label: &str, progress: &Progress) -> (Api, Vec<Diagnostic>) {
    let (files, diagnostics) = source::read_docs(folder, label);
    read_api_of(files, diagnostics, progress)
}

/// Reads what pages in memory document, with the findings made so far, as [`read_api`] does.
pub fn read_api_of(
    mut files: Vec<SourceFile>,
    mut diagnostics: Vec<Diagnostic>,
    progress: &Progress,
) -> (Api, Vec<Diagnostic>) {
    let includes = Includes::new(&mut files);
    let (pages, api, _) = assemble_all(&includes, &mut diagnostics, progress);
    assemble::suppressions::apply(&pages, &mut diagnostics);
    parallel::free(pages);
    (api, diagnostics)
}

/// Reads pages and reviews them, with the findings made so far.
pub(crate) fn read_pages(
    files: Vec<SourceFile>,
    diagnostics: Vec<Diagnostic>,
    progress: &Progress,
) -> Reading {
    let nothing = |_: &Api| Vec::new();
    read_pages_and(files, diagnostics, progress, nothing, Leftovers::Freed)
}

/// What becomes of that which reading needs on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leftovers {
    /// It is freed.
    Freed,
    /// It is left to the end of the process.
    Leaked,
}

/// Does what [`read_pages`] does. What `also` finds in the API as a whole is looked for at the same time.
pub(crate) fn read_pages_and(
    mut files: Vec<SourceFile>,
    mut diagnostics: Vec<Diagnostic>,
    progress: &Progress,
    also: impl FnOnce(&Api) -> Vec<Diagnostic> + Send,
    leftovers: Leftovers,
) -> Reading {
    let includes = Includes::new(&mut files);
    let (pages, mut api, accounting) = assemble_all(&includes, &mut diagnostics, progress);
    let review = || review::review(&pages, &api);
    let (found, also_found) = parallel::join(review, || also(&api));
    diagnostics.extend(found);
    assemble::examples::contradictions::attach(&pages, &mut api, &diagnostics);
    assemble::suppressions::apply(&pages, &mut diagnostics);
    match leftovers {
        Leftovers::Freed => parallel::free(pages),
        Leftovers::Leaked => mem::forget(pages),
    }
    diagnostics.extend(also_found);
    diagnostics.sort_by(Diagnostic::by_place);
    diagnostics.dedup();
    Reading {
        files,
        api,
        diagnostics,
        accounting,
    }
}

/// Reads each page by itself, with the text that it includes, and puts all of them together. What is found
/// on the way is added to the findings, and what was read is counted.
fn assemble_all<'f>(
    includes: &'f Includes<'_>,
    diagnostics: &mut Vec<Diagnostic>,
    progress: &Progress,
) -> (Vec<Page<'f>>, Api, Accounting) {
    progress.expect(includes.pages().len());
    let links = Destinations::new(includes);
    let (mut pages, found) = parallel::unzip(includes.pages(), |index, _| {
        let (file, included) = includes.expand(index);
        let mut reading = page::read(file, PageId(index as u32));
        reading.diagnostics.extend(links.check(&reading.page));
        progress.step();
        let PageReading {
            page,
            parts,
            diagnostics,
            accounting,
        } = reading;
        (page, (parts, diagnostics, accounting, included))
    });
    let mut accounting = Accounting::default();
    let mut all_included = Included::default();
    for (parts, found, counted, included) in found {
        // Operations and types that share a page stand behind all pages, as pages of their own.
        for mut part in parts {
            part.id = PageId(pages.len() as u32);
            pages.push(part);
        }
        diagnostics.extend(found);
        accounting += counted;
        all_included.join(included);
    }
    diagnostics.extend(all_included.report());
    page::route::base_name::leave_out(&mut pages);
    let base_path = BasePath::leave_out(&mut pages, diagnostics);
    let samples = page::route::sample_calls::leave_out(&mut pages);
    accounting.http_lines.used -= samples;
    accounting.http_lines.aside += samples;
    let (api, found) = assemble::assemble(&pages, base_path);
    diagnostics.extend(found);
    (pages, api, accounting)
}
