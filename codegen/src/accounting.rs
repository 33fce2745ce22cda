//! What became of everything that was read.

use std::fmt;
use std::ops::AddAssign;

/// Counts of what the pages hold and what became of it: nothing is dropped in silence.
///
/// What was read is counted where it is seen, and what became of it where that is decided: where
/// the two do not come to the same, something was lost on the way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accounting {
    /// Lines of HTTP blocks that are not blank.
    pub http_lines: Tally,
    /// Annotation comments.
    pub annotations: Tally,
    /// Rows of tables.
    pub table_rows: Tally,
    /// Example requests and responses.
    pub examples: Tally,
}

/// How many things of a kind there were, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many there were.
    pub read: u32,
    /// How many became a part of the model.
    pub used: u32,
    /// How many did not, and are named by a diagnostic.
    pub reported: u32,
    /// How many document nothing that is called: rows of a list of methods, say.
    pub aside: u32,
}

impl Tally {
    /// How many have been lost on the way; none, unless docwright is at fault.
    pub fn lost(self) -> i64 {
        i64::from(self.read) - i64::from(self.used + self.reported + self.aside)
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.read += other.read;
        self.used += other.used;
        self.reported += other.reported;
        self.aside += other.aside;
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
            "{:<22} {:>8} {:>8} {:>8} {:>8}",
            "", "read", "used", "reported", "aside"
        )?;
        let rows = [
            ("lines of HTTP blocks", self.http_lines),
            ("annotations", self.annotations),
            ("table rows", self.table_rows),
            ("example messages", self.examples),
        ];
        for (name, tally) in rows {
            let Tally {
                read,
                used,
                reported,
                aside,
            } = tally;
            writeln!(f, "{name:<22} {read:>8} {used:>8} {reported:>8} {aside:>8}")?;
        }
        Ok(())
    }
}
