//! Sentences that stand for the heading of a type: *The crew object contains the following properties*, above a table
//! behind that of a body or an answer, of which a row is of that type.

use std::borrow::Cow;

use super::{Section, SectionKind};
use crate::markdown::{BlockKind, Container, Document, tables};
use crate::page::resource::named_type;
use crate::page::type_sections;
use crate::text::lower;

/// The section of a type that such a sentence begins, within the section that is open.
pub(super) fn section<'a>(
    document: &Document<'a>,
    open: &Section<'a>,
    index: usize,
) -> Option<Section<'a>> {
    use SectionKind::{Other, RequestBody, Response};
    let block = &document.blocks[index];
    let BlockKind::Paragraph(run, Container::Page) = &block.kind else {
        return None;
    };
    let behind = document.blocks.get(index + 1).map(|block| &block.kind);
    // Most paragraphs stand above none.
    if !matches!(behind, Some(BlockKind::Table(_))) {
        return None;
    }
    let is_behind_one = matches!(open.kind, RequestBody | Response)
        && tables(open.own_blocks(document)).next().is_some()
        || open.kind == Other && open.is_in_bold;
    if !is_behind_one {
        return None;
    }
    let text = document.plain(run);
    let title = ["contains", "has", "includes"].iter().find_map(|verb| {
        let (title, said) = text.split_once(&format!(" {verb} "))?;
        said.contains("following").then_some(title)
    })?;
    let (name, is_called) = named_type(title)?;
    let is_one = is_called && type_sections::of_rows(document).contains(&*lower(name));
    (is_one && !shows_code(document, index)).then(|| Section {
        title: Cow::Owned(title.to_owned()),
        span: block.span,
        kind: Other,
        is_named: false,
        meant: None,
        route: None,
        blocks: index + 1..index + 1,
        around: None,
        level: open.level + u8::from(!open.is_in_bold),
        is_in_bold: true,
    })
}

/// Whether code stands between a block and the next heading: it is that of the section around the type.
fn shows_code(document: &Document<'_>, index: usize) -> bool {
    let kinds = document.blocks[index..].iter().map(|block| &block.kind);
    let mut own = kinds.take_while(|kind| !matches!(kind, BlockKind::Heading(..)));
    own.any(|kind| matches!(kind, BlockKind::Fence(_)))
}
