//! What became of everything that was read.

use std::fmt;
use std::ops::AddAssign;

/// Counts of what the pages hold and what became of it: nothing is dropped in silence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accounting {
    /// Lines of HTTP blocks that are not blank.
    pub http_lines: Tally,
    /// Annotation comments.
    pub annotations: Tally,
    /// Rows of property, parameter, permission and member tables.
    pub table_rows: Tally,
    /// Example requests and responses.
    pub examples: Tally,
}

/// How many things of a kind there were, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many became a part of the model.
    pub used: u32,
    /// How many did not, and are named by a diagnostic.
    pub reported: u32,
}

impl Tally {
    /// How many there were.
    pub fn read(self) -> u32 {
        self.used + self.reported
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.used += other.used;
        self.reported += other.reported;
    }
}

impl AddAssign for Accounting {
    fn add_assign(&mut self, other: Self) {
        self.http_lines += other.http_lines;
        self.annotations += other.annotations;
        self.table_rows += other.table_rows;
        self.examples += other.examples;
    }
}

impl fmt::Display for Accounting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<22} {:>8} {:>8} {:>8}",
            "", "read", "used", "reported"
        )?;
        let rows = [
            ("lines of HTTP blocks", self.http_lines),
            ("annotations", self.annotations),
            ("table rows", self.table_rows),
            ("example messages", self.examples),
        ];
        for (name, tally) in rows {
            let Tally { used, reported } = tally;
            writeln!(f, "{name:<22} {:>8} {used:>8} {reported:>8}", tally.read())?;
        }
        Ok(())
    }
}
