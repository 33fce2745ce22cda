//! `src/enums/`: types whose values are words, one file each. Not there where the API has none.

use std::collections::BTreeSet;

use super::Context;
use super::docs::{Docs, code};
use super::file::RustFile;
use super::macros::literal;
use super::made::contents::Contents;
use super::made::draft::{Draft, Subject};
use super::made::keys::Keys;
use super::modules::{self, Module};
use super::names::{Case, Ident, Scope, file_name};
use super::plan::Plan;
use crate::model::{EnumId, Enumeration, Member};

/// The files with the enumerations, and the module of them.
pub(super) fn files<'a>(context: &'a Context<'_>, plan: &Plan) -> Vec<Draft<'a>> {
    let api = context.api.all();
    let mut ids: Vec<EnumId> = api.enum_ids().collect();
    if ids.is_empty() {
        return Vec::new();
    }
    ids.sort_by_key(|&id| file_name(&context.names.enumeration(id).module));
    let modules = ids.iter().map(|&id| Module {
        name: &context.names.enumeration(id).module,
        items: vec![&context.names.enumeration(id).ty],
        areas: plan.reach.of_enum(id),
    });
    let pages = api.enums.iter().map(|enumeration| enumeration.source.page);
    let (folder, docs) = ("enums".to_owned(), "Types whose values are words.");
    let module = modules::draft(context, folder, pages.collect(), docs, modules.collect());
    let files = ids
        .into_iter()
        .map(|id| Draft::of(context, path_of(context, id), id, enum_file));
    files.chain([module]).collect()
}

impl Subject for EnumId {
    fn digest(&self, keys: &Keys, into: &mut Contents<'_>) {
        into.value(&keys.enumeration(*self));
    }
}

fn path_of(context: &Context<'_>, id: EnumId) -> String {
    let module = &context.names.enumeration(id).module;
    format!("src/enums/{}.rs", file_name(module))
}

fn enum_file(context: &Context<'_>, &id: &EnumId) -> RustFile {
    let enumeration = context.api.enumeration(id);
    let names = context.names.enumeration(id);
    let members = enumeration.members.iter().map(|member| member.source);
    let sources = [enumeration.source].into_iter().chain(members);
    RustFile {
        path: path_of(context, id),
        pages: sources.map(|source| source.page).collect(),
        tail: table(context, enumeration, &names.ty),
        ..RustFile::default()
    }
}

/// The call of the macro that makes an enum of the words.
fn table(context: &Context<'_>, enumeration: &Enumeration, ty: &Ident) -> String {
    let mut scope = Scope::new(Case::Camel, &["Other"]);
    let mut words = BTreeSet::new();
    let members = enumeration
        .members
        .iter()
        .filter(|member| words.insert(&member.name));
    let rows = members.map(|member| {
        let name = pronounced(&member.name);
        let wanted = [name.clone(), format!("{name} value")];
        row(context, &scope.claim(&wanted).ident, member)
    });
    let rows: String = rows.collect();
    let docs = match enumeration.description.trim() {
        "" => Docs::new().text(format!("The type {}.", code(&enumeration.name))),
        description => Docs::new().prose("", description),
    };
    let docs = match enumeration.flags {
        true => {
            docs.text("Several members at once are put together by `collect`, and taken apart by [`members`](Self::members).")
        }
        false => docs,
    };
    let place = code(&context.api.locate(enumeration.source));
    let docs = docs.text(format!("Documented in {place}."));
    let flags = match enumeration.flags {
        true => format!("\ndocwright_client::flags!({ty});\n"),
        false => String::new(),
    };
    format!(
        "docwright_client::words! {{\n{}    pub enum {ty} {{\n{rows}    }}\n}}\n{flags}",
        docs.text_lines("    "),
    )
}

fn row(context: &Context<'_>, variant: &Ident, member: &Member) -> String {
    let (word, place) = (&member.name, context.api.locate(member.source));
    let docs = Docs::new().prose("", &member.description);
    // The macro tells them between backticks.
    let are_plain = [word, &place]
        .iter()
        .all(|text| code(text) == format!("`{text}`"));
    let (docs, at) = match are_plain {
        true => (docs, format!(" at {}", literal(&place))),
        false => {
            // A code span shows nothing of a blank one.
            let shown = match word.trim().is_empty() {
                true => code(&format!("{word:?}")),
                false => code(word),
            };
            let told = format!("In JSON {shown}, documented in {}.", code(&place));
            (docs.text(told), String::new())
        }
    };
    format!(
        "{}        {variant} = {}{at},\n",
        docs.text_lines("        "),
        literal(word),
    )
}

/// A word with the signs of a number as words, which tell `-1` from `1` and `1.0` from `10`.
fn pronounced(word: &str) -> String {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut name = String::with_capacity(word.len());
    let mut before = None;
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '-' if before.is_none() && is_digit(chars.peek().copied()) => name += "minus ",
            '+' if before.is_none() && is_digit(chars.peek().copied()) => name += "plus ",
            '.' if is_digit(before) && is_digit(chars.peek().copied()) => name += " point ",
            c => name.push(c),
        }
        before = Some(c);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_files;
    use crate::rust::checks::options;
    use crate::rust::generate;
    use crate::source::SourceFile;

    #[test]
    fn modules_are_in_the_order_of_their_names() {
        let page = |path: &str, name: &str| {
            let text = format!("# {name} enum type\n\n## Members\n|Member|\n|:--|\n|calm|\n");
            SourceFile::new(path, text)
        };
        let pages = vec![page("docs/a.md", "wind"), page("docs/b.md", "air")];
        let api = read_files(pages, Vec::new()).api;
        let (files, _) = generate(&api, &[], &options());
        let text = files.get("src/enums/mod.rs").unwrap();
        assert!(text.contains("mod air;\nmod wind;\n"), "{text}");
    }

    #[test]
    fn numbers_are_told_apart() {
        for (word, name) in [
            ("-1", "minus 1"),
            ("+1", "plus 1"),
            ("10.0", "10 point 0"),
            ("a-1.b", "a-1.b"),
            ("-", "-"),
            ("", ""),
        ] {
            assert_eq!(pronounced(word), name);
        }
    }
}
