//! Tables of statuses below *Response*: each row says what one of them comes with.

use std::borrow::Cow;

use crate::markdown::{Document, Row, Table};
use crate::page::prose::{self, Sentence, named_status};
use crate::text::{strip_end, strip_start};

/// What the rows of a table say, if each of them begins with a status, or is about all others, as *Other status codes*
/// is: these say what comes with errors. Alone they are no statuses, but may be what is called so.
pub(super) fn read<'a>(
    document: &Document<'a>,
    table: &Table,
    heading: &Cow<'a, str>,
) -> Option<Vec<Sentence<'a>>> {
    let rows = table.rows.iter();
    let sentences = rows.map(|row| read_row(document, row, heading));
    let sentences: Vec<_> = sentences.collect::<Option<_>>()?;
    let has_status = sentences.iter().any(|it| !it.statuses.is_empty());
    has_status.then_some(sentences)
}

/// Whether a row is about all statuses that no other row is about, or about a class of them: `default`, `4XX`.
fn is_rest(document: &Document<'_>, row: &Row) -> bool {
    let first = document.cells(row).first();
    let said = first.map_or(Cow::Borrowed(""), |cell| document.plain(&cell.inlines));
    let is_class = |word: &str| {
        let digit = strip_end(word, "xx");
        digit.is_some_and(|digit| matches!(digit, "4" | "5"))
    };
    let is = |words: &str| words.eq_ignore_ascii_case(&said);
    is("default") || is_class(&said) || strip_start(&said, "other").is_some()
}

fn read_row<'a>(
    document: &Document<'a>,
    row: &Row,
    heading: &Cow<'a, str>,
) -> Option<Sentence<'a>> {
    let (first, rest) = document.cells(row).split_first()?;
    let mut sentence = match is_rest(document, row) {
        true => Sentence::of_failures(first.span, heading),
        false => {
            let said = document.plain(&first.inlines);
            let (status, reason) = named_status(&said)?;
            if reason.starts_with(|c: char| c.is_alphanumeric()) {
                return None;
            }
            Sentence::of_status(status, first.span, heading)
        }
    };
    for cell in rest {
        let read = prose::read(document, &cell.inlines, row.span, heading);
        if sentence.ty.is_none() {
            (sentence.ty, sentence.others) = (read.ty, read.others);
        }
        sentence.supposed = sentence.supposed.or(read.supposed);
        // What comes with an error is no answer.
        if !sentence.of_failures {
            sentence.binary |= read.binary;
            sentence.nothing |= read.nothing;
        }
    }
    Some(sentence)
}
