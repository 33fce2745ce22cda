//! `src/enums/`: types whose values are words, one file each. Not there where the API has none.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::docs::{Docs, code};
use super::file::{Draft, RustFile};
use super::modules::{self, Module};
use super::names::{Case, Ident, Scope, file_name};
use crate::model::{EnumId, Enumeration, Member};

/// The files with the enumerations, and the module of them.
pub(super) fn files<'a>(context: &'a Context<'_>) -> Vec<Draft<'a>> {
    let all = &context.api.enums;
    if all.is_empty() {
        return Vec::new();
    }
    let ids = (0..all.len()).map(|index| EnumId(index as u32));
    let modules = ids.clone().map(|id| Module {
        name: &context.names.enumeration(id).module,
        items: vec![&context.names.enumeration(id).ty],
        areas: context.reach.of_enum(id),
    });
    let pages = all.iter().map(|enumeration| enumeration.source.page);
    let (folder, docs) = ("enums".to_owned(), "Types whose values are words.");
    let module = modules::draft(context, folder, pages.collect(), docs, modules.collect());
    let files = ids.map(|id| -> Draft<'a> { Box::new(move || enum_file(context, id)) });
    files.chain([module]).collect()
}

fn enum_file(context: &Context<'_>, id: EnumId) -> RustFile {
    let enumeration = context.api.enumeration(id);
    let names = context.names.enumeration(id);
    RustFile {
        path: format!("src/enums/{}.rs", file_name(&names.module)),
        pages: [enumeration.source.page].into(),
        items: items(context, enumeration, &names.ty),
        ..RustFile::default()
    }
}

fn items(context: &Context<'_>, enumeration: &Enumeration, ty: &Ident) -> TokenStream {
    let mut scope = Scope::new(Case::Camel, &["Other"]);
    let mut words = BTreeSet::new();
    let members = enumeration
        .members
        .iter()
        .filter(|member| words.insert(&member.name));
    let members = members.map(|member| {
        let name = pronounced(&member.name);
        let wanted = [name.clone(), format!("{name} value")];
        (scope.claim(&wanted).ident, member)
    });
    let members = members.collect::<Vec<(Ident, &Member)>>();
    let variants = members.iter().map(|(variant, member)| {
        let lead = match member.description.trim() {
            "" => format!("{}.", code(&member.name)),
            _ => format!("{}:", code(&member.name)),
        };
        let place = code(&context.api.locate(member.source));
        let docs = Docs::new()
            .prose(&lead, &member.description)
            .text(format!("Documented in {place}."))
            .outer();
        quote! { #docs #variant, }
    });
    let written = members.iter().map(|(variant, member)| {
        let word = &member.name;
        quote! { Self::#variant => #word, }
    });
    let known = members.iter().map(|(variant, member)| {
        let word = &member.name;
        quote! { #word => Self::#variant, }
    });
    let other = quote! { Self::Other(word.to_owned()) };
    let read = match members.is_empty() {
        true => other,
        false => quote! { match word { #(#known)* _ => #other, } },
    };
    let docs = match enumeration.description.trim() {
        "" => Docs::new().text(format!("The type {}.", code(&enumeration.name))),
        description => Docs::new().prose("", description),
    };
    let docs = match enumeration.flags {
        true => {
            docs.text("Several members at once, written with commas, are kept as [`Self::Other`].")
        }
        false => docs,
    };
    let place = code(&context.api.locate(enumeration.source));
    let docs = docs.text(format!("Documented in {place}.")).outer();
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #ty {
            #(#variants)*
            /// A word that the pages do not list, kept as it came.
            Other(String),
        }

        impl #ty {
            /// The word as it is sent.
            pub fn as_str(&self) -> &str {
                match self {
                    #(#written)*
                    Self::Other(word) => word,
                }
            }
        }

        impl From<&str> for #ty {
            fn from(word: &str) -> Self {
                #read
            }
        }

        docwright_client::text_enum!(#ty);
    }
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
