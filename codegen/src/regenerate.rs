//! One run that brings the generated crate to what the pages say, or tells where it is behind.

use std::collections::BTreeMap;

use crate::Reading;
use crate::cache::{Cache, Entry, Inputs, Kept, Known, Pages, Record};
use crate::diagnostic::{Diagnostic, Severity};
use crate::output::{Difference, OutputError, Snapshot, Wanted};
use crate::parallel;
use crate::project::Project;
use crate::source::Docs;

/// What is to be done.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// Whether the output folder is written; else it is only compared.
    pub write: bool,
    /// Whether what an earlier run made is made use of.
    pub cache: bool,
    /// What is called once where another run works on the output folder, and has to end first.
    pub waiting: fn(),
}

/// What a run came to.
#[derive(Debug)]
pub enum Regenerated {
    /// Nothing has changed since an earlier run, neither what it read nor what it made.
    Unchanged {
        /// How many warnings it had.
        warnings: usize,
        /// How many notes it had.
        notes: usize,
        /// How many files the crate has.
        files: usize,
    },
    /// The pages have errors: no crate is made of them.
    Refused(Reading),
    /// The crate was made.
    Made {
        /// The pages.
        reading: Reading,
        /// How many files the crate has.
        files: usize,
        /// Where the output folder differed from it.
        differences: Vec<Difference>,
    },
}

impl Project {
    /// Makes the crate, as far as an earlier run has not, and brings the output folder to it.
    ///
    /// The output folder is that of one run at a time: another one waits. Where it is only compared,
    /// nothing in it is touched; what the run has learned is kept in the target folder all the same.
    ///
    /// # Errors
    ///
    /// Where the output folder cannot be read or written, or holds files of others; or where it is only
    /// compared, and an earlier run was interrupted while it wrote.
    pub fn regenerate(&self, run: Run) -> Result<Regenerated, OutputError> {
        parallel::within(|| self.regenerate_now(run))
    }

    fn regenerate_now(&self, run: Run) -> Result<Regenerated, OutputError> {
        let target = self.target.as_deref();
        let cache = target.map(|target| Cache::new(target, self.out.path()));
        let _lock = self.out.lock(run.waiting);
        match run.write {
            // An interrupted run that is bound to happen is finished first, and is no difference.
            true => self.out.finish()?,
            false => self.out.refuse_unfinished()?,
        }
        let cache = cache.as_ref().filter(|_| run.cache);
        let ((docs, inputs), (kept, before)) =
            parallel::join(|| self.inputs(cache), || self.made_before(cache));
        let before = before?;
        let kept = kept.filter(|kept| inputs.is_some_and(|it| it.build == kept.record.build));
        if let (Some(cache), Some(inputs), Some(kept)) = (cache, inputs, &kept)
            && let Some(unchanged) = unchanged(cache, inputs, kept, &before)
        {
            return Ok(unchanged);
        }

        // The crate is made of what is read now, and so is what is kept of the run.
        let docs = docs.read();
        let inputs = inputs.and_then(|_| Inputs::new(self, &docs));
        let (files, found) = docs.decode();
        let reading = crate::read_pages(files, found, &self.progress);
        let known = kept
            .as_ref()
            .map_or_else(Known::default, |kept| Known::new(&kept.record, &before));
        let (reading, made) = self.generate_of(reading, &known);
        if reading.diagnostics.iter().any(is_error) {
            return Ok(Regenerated::Refused(reading));
        }
        let files = made.files.into_iter();
        let (files, texts): (BTreeMap<String, Entry>, Vec<Option<String>>) = files
            .map(|(path, file)| ((path, file.entry), file.text))
            .unzip();
        let wanted = files.keys().zip(texts).map(|(path, text)| {
            let text = text.map_or(Wanted::AsItIs, |text| Wanted::Text(text.into()));
            (path.as_str(), text)
        });
        let differences = before.compare(wanted.collect())?;
        let count = files.len();
        let write = || match run.write {
            true => self.out.apply(&differences),
            false => Ok(()),
        };
        let keep = || {
            if let (Some(cache), Some(inputs)) = (cache, inputs) {
                let record = record_of(inputs, &reading, files);
                cache.keep(&record, before.stamps(record.texts()));
            }
        };
        // What is kept is what was made; what became of it on disk is seen by the next run.
        parallel::join(write, keep).0?;
        Ok(Regenerated::Made {
            reading,
            files: count,
            differences,
        })
    }

    /// The pages, of which only those are read that an earlier run has not seen as they are, and what
    /// the run is made of.
    fn inputs(&self, cache: Option<&Cache>) -> (Docs, Option<Inputs>) {
        let before = cache.map(Cache::pages).unwrap_or_default();
        let docs = Docs::load(&self.docs, &self.docs_label, |name| before.get(name));
        let inputs = cache.and_then(|_| Inputs::new(self, &docs));
        let pages: Pages = docs.seen().collect();
        if let Some(cache) = cache.filter(|_| pages != before) {
            cache.keep_pages(&pages);
        }
        (docs, inputs)
    }

    /// What is kept of an earlier run, and what the output folder holds.
    fn made_before(
        &self,
        cache: Option<&Cache>,
    ) -> (Option<Kept>, Result<Snapshot<'_>, OutputError>) {
        let kept = cache.and_then(Cache::read);
        let seen = kept.as_ref().map_or_else(BTreeMap::new, Kept::seen);
        let before = self.out.snapshot(&seen);
        (kept, before)
    }
}

/// What the run comes to where an earlier one was made of the same, and the output folder still holds
/// what that made.
fn unchanged(
    cache: &Cache,
    inputs: Inputs,
    kept: &Kept,
    before: &Snapshot<'_>,
) -> Option<Regenerated> {
    let record = &kept.record;
    if record.inputs != inputs.all || !before.holds(record.texts()) {
        return None;
    }
    let stamps = before.stamps(record.texts());
    if stamps != kept.stamps {
        cache.keep_stamps(kept.digest, stamps);
    }
    let (warnings, notes) = record.findings;
    Some(Regenerated::Unchanged {
        warnings,
        notes,
        files: record.files.len(),
    })
}

fn is_error(found: &Diagnostic) -> bool {
    found.severity == Severity::Error
}

fn record_of(inputs: Inputs, reading: &Reading, files: BTreeMap<String, Entry>) -> Record {
    let count = |severity| {
        let found = reading.diagnostics.iter();
        found.filter(|found| found.severity == severity).count()
    };
    Record {
        build: inputs.build,
        inputs: inputs.all,
        findings: (count(Severity::Warning), count(Severity::Note)),
        files,
    }
}
