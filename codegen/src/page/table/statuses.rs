//! Tables of statuses below *Response*: each row says what one of them comes with.

use std::borrow::Cow;

use crate::markdown::{Document, Row, Table};
use crate::page::prose::{self, Sentence, named_status};

/// What the rows of a table say, if each of them begins with a status.
pub(super) fn read<'a>(
    document: &Document<'a>,
    table: &Table,
    heading: &Cow<'a, str>,
) -> Option<Vec<Sentence<'a>>> {
    let rows = table.rows.iter();
    rows.map(|row| read_row(document, row, heading)).collect()
}

fn read_row<'a>(
    document: &Document<'a>,
    row: &Row,
    heading: &Cow<'a, str>,
) -> Option<Sentence<'a>> {
    let (first, rest) = document.cells(row).split_first()?;
    let said = document.plain(&first.inlines);
    let (status, reason) = named_status(&said)?;
    if reason.starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let mut sentence = Sentence::of_status(status, first.span, heading);
    // What comes with an error is no answer.
    if status < 400 {
        for cell in rest {
            let read = prose::read(document, &cell.inlines, row.span, heading);
            sentence.ty = sentence.ty.or(read.ty);
            sentence.supposed = sentence.supposed.or(read.supposed);
            sentence.binary |= read.binary;
            sentence.nothing |= read.nothing;
        }
    }
    Some(sentence)
}
