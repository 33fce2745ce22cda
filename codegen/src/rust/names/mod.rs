//! Words to identifiers.
//!
//! Identifiers are given out by a [`Scope`], which never gives one twice. All scopes of a crate
//! are filled before the first line is emitted, in the order of the model, so that a name does
//! not depend on what is emitted when.

pub(super) mod route_names;
pub(super) mod table;

use std::borrow::Cow;
use std::fmt;

use foldhash::{HashMap, HashSet};
use heck::ToShoutySnakeCase;
use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use smol_str::{SmolStr, format_smolstr};
use unicode_normalization::UnicodeNormalization;

use crate::words::{snake, upper_camel};

/// How the words of an identifier are written together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// `profile_photo`: functions, fields.
    Snake,
    /// `profile_photo`: modules, and the files that hold them, whose names are ASCII.
    Module,
    /// `ProfilePhoto`: types and variants.
    Camel,
    /// `PROFILE_PHOTO`: constants and statics.
    Shouty,
}

/// Strict and reserved keywords of all editions up to 2024 (Rust Reference, "Keywords"), without
/// those of [`NEVER_RAW`], in their order. Weak keywords such as `union` are identifiers where we
/// write them.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Names that no module of a generated crate and of its tests may have: that of the runtime, which stands
/// at the beginning of paths, and those of the files that a crate or a folder begins with.
pub(super) const MODULES_IN_USE: &[&str] = &["docwright_client", "lib", "main", "mod"];

/// Words that are no identifier even with `r#` before them.
const NEVER_RAW: &[&str] = &["crate", "self", "super", "Self", "_"];

/// An identifier. Unlike that of the tokenizer it can be sent to another thread, since files are
/// made on all of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Ident(SmolStr);

/// A namespace in which each identifier stands for one thing.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub(super) case: Case,
    taken: HashSet<SmolStr>,
    /// The number that was given last behind a name, by that name with the first: the search for the next need
    /// not begin anew.
    numbers: HashMap<String, u32>,
}

/// An identifier that a scope has given out.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    /// The identifier.
    pub(super) ident: Ident,
    /// The one that was wanted and is something else's, where only a number tells the two apart.
    pub(super) in_place_of: Option<Ident>,
}

impl Scope {
    /// A scope in which some identifiers are taken already.
    pub(super) fn new(case: Case, reserved: &[&str]) -> Self {
        let taken = reserved.iter().copied().map(SmolStr::new).collect();
        let numbers = HashMap::default();
        Self {
            case,
            taken,
            numbers,
        }
    }

    /// A scope for the modules of a folder. None has the name of the folder itself, which clippy takes for a
    /// slip.
    pub(super) fn of_modules(folder: &str) -> Self {
        Self::new(Case::Module, &[MODULES_IN_USE, &[folder]].concat())
    }

    /// Makes room for so many identifiers more.
    pub(super) fn reserve(&mut self, count: usize) {
        self.taken.reserve(count);
    }

    /// The identifier of a text where it is free.
    ///
    /// # Errors
    ///
    /// It is something else's.
    pub(super) fn claim_one(&mut self, text: &str) -> Result<Ident, Ident> {
        let name = SmolStr::from(spell(self.case, text));
        match self.taken.insert(name.clone()) {
            true => Ok(ident(name)),
            false => Err(ident(name)),
        }
    }

    /// The first of the wanted names that is free, the best one first; where none is, the best
    /// one with the lowest number that is.
    pub(super) fn claim<T: AsRef<str>>(&mut self, wanted: impl IntoIterator<Item = T>) -> Claim {
        let mut best = None;
        for text in wanted {
            if let Ok(ident) = self.claim_one(text.as_ref()) {
                return Claim {
                    ident,
                    in_place_of: None,
                };
            }
            best.get_or_insert(text);
        }
        let best = best.as_ref().map_or("", AsRef::as_ref);
        // A number behind the longest name would be cut off again.
        let short = SmolStr::from(spell(self.case, best));
        let start = short.floor_char_boundary(LONGEST - 10);
        let best = match self.case {
            Case::Module | Case::Camel if start < short.len() => &short[..start],
            _ => best,
        };
        let numbered = |number: u32| spell(self.case, &format!("{best} {number}"));
        let last = self.numbers.entry(numbered(2)).or_insert(1);
        let name = loop {
            *last += 1;
            let name = SmolStr::from(numbered(*last));
            if self.taken.insert(name.clone()) {
                break name;
            }
        };
        Claim {
            ident: ident(name),
            in_place_of: Some(ident(short)),
        }
    }
}

/// The most bytes that the name of a module or a type has, since a file has the name too, rustdoc's
/// in the case of a type: file systems take 255 and archives fewer.
const LONGEST: usize = 100;

/// The words of a text in the given case, as an identifier but for keywords.
fn spell(case: Case, text: &str) -> String {
    let text = separated(text);
    let name = match case {
        Case::Snake => snake(&text),
        Case::Module => shortened(snake(&ascii(&text))),
        Case::Camel => shortened(upper_camel(&text)),
        Case::Shouty => text.to_shouty_snake_case(),
    };
    begun(case, name)
}

/// A text with nothing between its words that would be taken for a part of one. What separates words
/// in ASCII, heck knows. Letters have the form that the compiler warns of the least: two names that only
/// write an accent, a ligature or the width of a letter in another way are one.
fn separated(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut words = String::with_capacity(text.len());
    for c in text.nfkc() {
        match c {
            c if !is_word(c) => words.push(' '),
            c if is_of_one_case(c) => words += &numbered(c),
            c => words.push(c),
        }
    }
    Cow::Owned(words)
}

/// Whether a letter has a case and no counterpart in the other, so that no name of a type could begin with it, or
/// no constant have it.
fn is_of_one_case(c: char) -> bool {
    !c.is_ascii() && (c.is_lowercase() || c.is_uppercase()) && c.to_lowercase().eq(c.to_uppercase())
}

/// A name that begins as an identifier does.
fn begun(case: Case, name: String) -> String {
    match name.chars().next() {
        None => spell(case, "unnamed"),
        // An underscore alone would leave a module with the name of the type in it, and a variable without a
        // letter, of which clippy warns.
        Some(first) if first.is_ascii_digit() && case == Case::Module => format!("n{name}"),
        Some('0'..='9') if case == Case::Snake && is_number(&name) => format!("n{name}"),
        Some(first) if first.is_ascii_digit() || !is_word_start(first) => format!("_{name}"),
        Some(_) => name,
    }
}

/// Whether nothing but digits and what separates them is in a name.
fn is_number(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_digit() || b == b'_')
}

/// A name, cut where it is too long for a file.
fn shortened(mut name: String) -> String {
    // One byte is for the letter before a digit.
    name.truncate(name.floor_char_boundary(LONGEST - 1));
    name.truncate(name.trim_end_matches('_').len());
    name
}

/// A text with the numbers of its characters outside of ASCII in their place.
fn ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let written = text.chars().map(|c| match c.is_ascii() {
        true => c.to_string(),
        false => numbered(c),
    });
    Cow::Owned(written.collect())
}

/// The number of a character as a word.
fn numbered(c: char) -> String {
    format!(" u{:x} ", u32::from(c))
}

/// Whether a character may stand in an identifier (Unicode's `XID_Continue`). The tokenizer
/// knows; only it is asked about the rare characters outside of ASCII.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || !c.is_ascii()
            && c.is_alphanumeric()
            && syn::parse_str::<syn::Ident>(&format!("a{c}")).is_ok()
}

/// Whether a character may begin an identifier (Unicode's `XID_Start`).
fn is_word_start(c: char) -> bool {
    c.is_ascii() || syn::parse_str::<syn::Ident>(&c.to_string()).is_ok()
}

/// An identifier of a single name: raw where it is a keyword, with `_` behind it where that is
/// not allowed.
fn ident(name: SmolStr) -> Ident {
    // Keywords begin with a small letter, and most names of a crate with a capital.
    let is_small = name.starts_with(|c: char| c.is_ascii_lowercase());
    Ident(if NEVER_RAW.contains(&&*name) {
        format_smolstr!("{name}_")
    } else if is_small && KEYWORDS.binary_search(&&*name).is_ok() {
        format_smolstr!("r#{name}")
    } else {
        name
    })
}

impl AsRef<str> for Ident {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Ident {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for Ident {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

impl PartialEq<String> for Ident {
    fn eq(&self, other: &String) -> bool {
        *self.0 == **other
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let span = Span::call_site();
        let ident = match self.0.strip_prefix("r#") {
            Some(keyword) => proc_macro2::Ident::new_raw(keyword, span),
            None => proc_macro2::Ident::new(&self.0, span),
        };
        ident.to_tokens(tokens);
    }
}

/// The names of so many things, in their order, where `name` makes them one after the other in the order of a
/// key: who comes first gets the better one.
pub(super) fn in_turn<K: Ord, N>(
    count: usize,
    mut key: impl FnMut(usize) -> K,
    mut name: impl FnMut(usize) -> N,
) -> Vec<N> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_cached_key(|&index| key(index));
    let named = order.into_iter().map(|index| (index, name(index)));
    let mut named: Vec<(usize, N)> = named.collect();
    named.sort_by_key(|&(index, _)| index);
    named.into_iter().map(|(_, name)| name).collect()
}

/// The identifier of one text in a scope of its own.
pub(super) fn single(case: Case, text: &str) -> Ident {
    ident(spell(case, text).into())
}

/// The name by which code calls a crate: its own, with `_` in place of `-`.
pub(super) fn library(crate_name: &str) -> Ident {
    ident(crate_name.replace('-', "_").into())
}

/// The text of an identifier as a file name has it.
pub(super) fn file_name(module: &Ident) -> String {
    let name = module.to_string();
    name.strip_prefix("r#").unwrap_or(&name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_identifiers() {
        let table = [
            (
                "profilePhoto",
                "profile_photo",
                "ProfilePhoto",
                "PROFILE_PHOTO",
            ),
            ("user-id", "user_id", "UserId", "USER_ID"),
            (
                "HTTPResponse",
                "http_response",
                "HttpResponse",
                "HTTP_RESPONSE",
            ),
            ("@odata.type", "odata_type", "OdataType", "ODATA_TYPE"),
            ("$value", "value", "Value", "VALUE"),
            ("3d model", "_3d_model", "_3dModel", "_3D_MODEL"),
            ("10.0", "n10_0", "_100", "_10_0"),
            ("größe", "größe", "Größe", "GRÖSSE"),
            ("ﬁn ａ²", "fin_a2", "FinA2", "FIN_A2"),
            ("ĸĸ", "u138_u138", "U138U138", "U138_U138"),
            ("*/\"#]\u{202e}\n", "unnamed", "Unnamed", "UNNAMED"),
            ("self", "self_", "Self_", "SELF"),
        ];
        for (text, snake, camel, shouty) in table {
            assert_eq!(single(Case::Snake, text), snake);
            assert_eq!(single(Case::Camel, text), camel);
            assert_eq!(single(Case::Shouty, text), shouty);
            // A scope spells word by word what is several.
            let claimed = Scope::new(Case::Camel, &[]).claim([text]);
            assert_eq!(claimed.ident, camel);
        }
    }

    #[test]
    fn no_module_has_the_name_of_a_type_or_a_file_name_outside_of_ascii() {
        for (text, module, ty) in [
            ("1st", "n1st", "_1st"),
            ("名前", "u540d_u524d", "名前"),
            ("größe", "gr_uf6_uDF_e", "Größe"),
        ] {
            assert_eq!(single(Case::Module, text), module.to_lowercase());
            assert_eq!(single(Case::Camel, text), ty);
        }
    }

    #[test]
    fn no_module_has_the_name_of_its_folder() {
        let mut scope = Scope::of_modules("paths");
        assert_eq!(scope.claim(["Paths"]).ident, "paths_2");
        assert_eq!(scope.claim(["Path"]).ident, "path");
    }

    #[test]
    fn no_module_or_type_is_too_long_for_a_file() {
        for case in [Case::Module, Case::Camel] {
            let mut scope = Scope::new(case, &[]);
            for long in ["long name ".repeat(50), "9".repeat(500), "名".repeat(500)] {
                for _ in 0..12 {
                    let name = scope.claim([&long]).ident.to_string();
                    assert!(name.len() <= LONGEST, "{name}");
                }
            }
        }
    }

    #[test]
    fn a_crate_is_called_as_it_is_named() {
        for (name, called) in [
            ("profile-photo", "profile_photo"),
            ("MyAPI", "MyAPI"),
            ("a--b_-", "a__b__"),
            ("type", "r#type"),
        ] {
            assert_eq!(library(name), called);
        }
    }

    #[test]
    fn no_keyword_is_given_out_bare() {
        for &word in KEYWORDS.iter().chain(NEVER_RAW) {
            assert!(
                syn::parse_str::<syn::Ident>(word).is_err() || word == "gen",
                "{word} is no keyword"
            );
            let name = if word == "Self" || word == "_" {
                ident(word.into())
            } else {
                single(Case::Snake, word)
            };
            assert!(
                syn::parse_str::<syn::Ident>(name.as_ref()).is_ok(),
                "{word}: {name}"
            );
            assert_ne!(name, word);
        }
    }

    #[test]
    fn a_scope_gives_out_each_identifier_once() {
        let mut scope = Scope::new(Case::Snake, &["get"]);
        let mut claim = |wanted: &[&str]| {
            let claim = scope.claim(wanted);
            (claim.ident.to_string(), claim.in_place_of.is_some())
        };
        assert_eq!(claim(&["get", "get path"]), ("get_path".into(), false));
        assert_eq!(claim(&["a_2"]), ("a_2".into(), false));
        assert_eq!(claim(&["a"]), ("a".into(), false));
        assert_eq!(claim(&["A"]), ("a_3".into(), true));
        assert_eq!(claim(&["type"]), ("r#type".into(), false));
        assert_eq!(claim(&["Type"]), ("type_2".into(), true));
        assert_eq!(claim(&["g\u{fc}te"]), ("g\u{fc}te".into(), false));
        assert_eq!(claim(&["gu\u{308}te"]), ("g\u{fc}te_2".into(), true));
        // A page may write one name over and over.
        let many = (3..20_000).map(|_| claim(&["type."]).0);
        assert_eq!(many.last().unwrap(), "type_19999");
    }
}
