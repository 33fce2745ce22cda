//! One run that brings the generated crate to what the pages say, or tells where it is behind.

use std::collections::BTreeMap;

use crate::Reading;
use crate::cache::{Cache, Entry, Inputs, Known, Record};
use crate::diagnostic::{Diagnostic, Severity};
use crate::digest::Digest;
use crate::output::{Difference, Files, OutputError};
use crate::parallel;
use crate::project::Project;
use crate::rust::{Made, MadeOf};
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
        let target = self.target.as_deref();
        let cache = target.map(|target| Cache::new(target, self.out.path()));
        let _lock = self.out.lock(run.waiting);
        match run.write {
            // An interrupted run that is bound to happen is finished first, and is no difference.
            true => self.out.finish()?,
            false => self.out.refuse_unfinished()?,
        }
        let read = || {
            let docs = Docs::load(&self.docs, &self.docs_label);
            let inputs = Inputs::new(self, &docs).filter(|_| run.cache);
            (docs, inputs)
        };
        let ((docs, inputs), kept) = parallel::join(read, || cache.as_ref()?.read());
        let kept = kept.filter(|kept| inputs.is_some_and(|it| it.build == kept.record.build));
        if let (Some(cache), Some(inputs), Some(kept)) = (&cache, inputs, &kept)
            && kept.record.inputs == inputs.all
            && let Some(stamps) = self.out.holds(&kept.record.texts(), &kept.stamps)?
        {
            if stamps != kept.stamps {
                cache.keep_stamps(kept.digest, stamps);
            }
            let (warnings, notes) = kept.record.findings;
            return Ok(Regenerated::Unchanged {
                warnings,
                notes,
                files: kept.record.files.len(),
            });
        }

        let (before, reading) = parallel::join(
            || self.out.snapshot(),
            || crate::read_loaded(docs, &self.progress),
        );
        let known = match (&kept, &before) {
            (Some(kept), Ok(before)) => Known::new(&kept.record, before),
            _ => Known::default(),
        };
        let (reading, made) = self.generate_of(reading, &known);
        if reading.diagnostics.iter().any(is_error) {
            return Ok(Regenerated::Refused(reading));
        }
        let before = before?;
        let differences = before.compare(&made.files)?;
        if run.write {
            self.out.apply(&differences)?;
        }
        if let (Some(cache), Some(inputs)) = (&cache, inputs) {
            let files = made.files.iter();
            let stamps = files.map(|(path, text)| before.stamp(path, text));
            cache.keep(&record_of(inputs, &reading, &made), stamps.collect());
        }
        Ok(Regenerated::Made {
            reading,
            files: made.files.len(),
            differences,
        })
    }
}

fn is_error(found: &Diagnostic) -> bool {
    found.severity == Severity::Error
}

fn record_of(inputs: Inputs, reading: &Reading, made: &Made) -> Record {
    let count = |severity| {
        let found = reading.diagnostics.iter();
        found.filter(|found| found.severity == severity).count()
    };
    Record {
        build: inputs.build,
        inputs: inputs.all,
        findings: (count(Severity::Warning), count(Severity::Note)),
        files: entries(&made.files, &made.made_of),
    }
}

fn entries(files: &Files, made_of: &BTreeMap<String, MadeOf>) -> BTreeMap<String, Entry> {
    let files: Vec<(&str, &str)> = files.iter().collect();
    let entries = parallel::map(&files, |_, &(path, text)| {
        let text = Digest::of(text.as_bytes());
        // What is not put together of tokens is as soon made as looked up.
        let made_of = made_of.get(path);
        let entry = Entry {
            reads: made_of.and_then(|it| it.reads.clone()),
            made_of: made_of.map_or(text, |it| it.tokens),
            text,
        };
        (path.to_owned(), entry)
    });
    entries.into_iter().collect()
}
