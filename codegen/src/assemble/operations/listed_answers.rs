//! What the tables of methods say that operations return.

use std::sync::OnceLock;

use foldhash::HashMap;

use crate::assemble::types::Types;
use crate::model::{Primitive, Type, TypeKind};
use crate::page::Page;
use crate::page::table::methods::MethodRow;
use crate::page::type_name;
use crate::source::resolve;

/// The rows of all tables of methods.
pub(in crate::assemble) struct ListedAnswers<'p, 'a> {
    pages: &'p [Page<'a>],
    /// By the names of the files to which they lead, once one is asked for: most pages say what comes back.
    rows: OnceLock<HashMap<&'p str, Vec<Row<'p, 'a>>>>,
}

/// A row, the path of its link as it is written, and the page on which it stands.
type Row<'p, 'a> = (MethodRow, &'p str, &'p Page<'a>);

impl<'p, 'a> ListedAnswers<'p, 'a> {
    pub(in crate::assemble) fn new(pages: &'p [Page<'a>]) -> Self {
        Self {
            pages,
            rows: OnceLock::new(),
        }
    }

    /// What an operation with a page of its own returns, if all rows that lead there and name a type name the same.
    pub(super) fn of(&self, page: &Page<'_>, types: &Types) -> Option<Type> {
        let label = page.file.label();
        let named = self.rows().get(file_name(&page.file.path));
        let rows = named.into_iter().flatten().filter(|(row, path, from)| {
            let from = from.file.path_of(row.operation.start);
            resolve(label, from, path).is_some_and(|it| it == page.file.path)
        });
        let mut returned = rows.filter_map(|(row, _, from)| {
            let cell = from.file.text[row.returns.range()].trim();
            types.resolve(&type_name::parse(cell)?, from.namespace.as_deref())
        });
        let first = returned.next()?;
        let is_text = first.kind != TypeKind::Primitive(Primitive::Stream);
        let is_one = returned.all(|other| other == first);
        (is_text && is_one && !page.is_section).then_some(first)
    }

    fn rows(&self) -> &HashMap<&'p str, Vec<Row<'p, 'a>>> {
        self.rows.get_or_init(|| {
            let mut rows: HashMap<&str, Vec<_>> = HashMap::default();
            for page in self.pages {
                for &row in &page.methods {
                    let after = page
                        .links
                        .partition_point(|it| it.span.start < row.operation.start);
                    let link = page.links.get(after);
                    if let Some(link) = link.filter(|it| it.span.end <= row.operation.end) {
                        let path = &link.destination[..link.path];
                        let named = rows.entry(file_name(path)).or_default();
                        named.push((row, path, page));
                    }
                }
            }
            rows
        })
    }
}

/// What is behind the last folder of a path.
fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
