//! What tables say that operations return: those of methods, and on their own pages those of what the answers have.

use std::sync::OnceLock;

use foldhash::HashMap;

use super::described_answers::DescribedAnswers;
use crate::assemble::routes::groups::Group;
use crate::assemble::types::Types;
use crate::model::{Primitive, Type, TypeKind};
use crate::page::Page;
use crate::page::table::methods::MethodRow;
use crate::page::type_name;

/// The rows of all tables of methods, and the types that other tables are about.
pub(in crate::assemble) struct ListedAnswers<'p> {
    pages: &'p [Page<'p>],
    /// By the paths of the files to which they lead, once one is asked for: most pages say what comes back.
    rows: OnceLock<HashMap<String, Vec<Row>>>,
    described: DescribedAnswers,
}

/// A row, and the index of the page on which it stands.
type Row = (MethodRow, usize);

impl<'p> ListedAnswers<'p> {
    pub(in crate::assemble) fn new(pages: &'p [Page<'p>], described: DescribedAnswers) -> Self {
        Self {
            pages,
            rows: OnceLock::new(),
            described,
        }
    }

    /// What an operation returns: what a table of its page describes; or else what all rows that lead to its page name,
    /// if they are about nothing else. `is_named` tells whether the page itself names a type.
    pub(super) fn of(
        &self,
        page: &Page<'_>,
        group: &Group,
        is_named: bool,
        types: &Types,
    ) -> Option<Type> {
        let listed = || match is_named || group.several {
            true => None,
            false => self.listed(page, types),
        };
        self.described.of(page, group).or_else(listed)
    }

    /// Whether a table of its page describes what an operation returns.
    pub(super) fn is_described(&self, page: &Page<'_>, group: &Group) -> bool {
        self.described.of(page, group).is_some()
    }

    /// What an operation with a page of its own returns, if all rows that lead there and name a type name the same.
    fn listed(&self, page: &Page<'_>, types: &Types) -> Option<Type> {
        if page.is_section {
            return None;
        }
        let rows = self.rows().get(&*page.file.path).into_iter().flatten();
        let mut returned = rows.filter_map(|&(row, from)| {
            let from = &self.pages[from];
            let ty = type_name::parse(row.answer(from))?;
            types.resolve(from, &ty)
        });
        let first = returned.next()?;
        let is_json = first.kind != TypeKind::Primitive(Primitive::Stream);
        let is_one = returned.all(|other| other == first);
        (is_json && is_one).then_some(first)
    }

    fn rows(&self) -> &HashMap<String, Vec<Row>> {
        self.rows.get_or_init(|| {
            let mut rows: HashMap<String, Vec<_>> = HashMap::default();
            for (index, page) in self.pages.iter().enumerate() {
                for &row in &page.methods {
                    if let Some(path) = row.path(page) {
                        rows.entry(path).or_default().push((row, index));
                    }
                }
            }
            rows
        })
    }
}
