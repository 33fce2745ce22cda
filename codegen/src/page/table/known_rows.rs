//! The rows of a page that are read so far, as the headings of later tables may speak of them.

use foldhash::HashSet;

use super::NamedRow;
use crate::page::{Page, TYPED_TABLES};
use crate::text::lower;
use crate::vocabulary::split_name;

/// The names that were asked for so far, in lower case. Rows are only added while a page is read, so that each is looked
/// at once.
#[derive(Debug, Default)]
pub(in crate::page) struct KnownRows {
    properties: Names,
    types: [Names; TYPED_TABLES],
}

#[derive(Debug, Default)]
struct Names {
    /// How many rows of the table are known.
    rows: usize,
    names: HashSet<String>,
}

impl Names {
    /// Adds what is new, and tells whether a name is among all.
    fn has(
        &mut self,
        rows: &[NamedRow<'_>],
        name: &str,
        of: impl Fn(&NamedRow<'_>) -> Option<String>,
    ) -> bool {
        self.names.extend(rows[self.rows..].iter().filter_map(of));
        self.rows = rows.len();
        self.names.contains(name)
    }
}

impl KnownRows {
    /// Whether a page has a property of a name, in whichever case.
    pub(super) fn has_property(&mut self, page: &Page<'_>, name: &str) -> bool {
        let of = |row: &NamedRow<'_>| Some(row.name.to_ascii_lowercase());
        self.properties
            .has(&page.properties, &name.to_ascii_lowercase(), of)
    }

    /// Whether a row of a page is of a type of the set's own with a short name, in whichever case.
    pub(super) fn has_type(&mut self, page: &Page<'_>, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        let of = |row: &NamedRow<'_>| {
            let (_, short) = split_name(row.ty.as_ref()?.name.documented()?);
            Some(lower(short).into_owned())
        };
        let mut tables = page.typed_tables().into_iter().zip(&mut self.types);
        tables.any(|(rows, known)| known.has(rows, &name, of))
    }
}
