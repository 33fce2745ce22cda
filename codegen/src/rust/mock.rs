//! `src/mock.rs`, and the pages that it serves.
//!
//! The pages are in the crate as they are, one file each: they are the diff of what somebody changed
//! in them, and the lines that the mock names are those of the pages.

use std::fmt::Write;

use quote::quote;

use super::Context;
use super::docs::Docs;
use super::file::{Pages, RustFile};
use super::macros::literal;
use super::names::library;
use crate::source::SourceFile;

/// The folder of the pages in the crate.
const FOLDER: &str = "pages";

/// Where a page is in the crate.
pub(super) fn path(page: &SourceFile) -> String {
    format!("{FOLDER}/{}", name(page))
}

/// What the mock calls a page: its path in the project, with a percent sign and a number (RFC 3986,
/// section 2.1) for each character that cannot be part of the name of a file on every system.
fn name(page: &SourceFile) -> String {
    let mut name = String::with_capacity(page.path.len());
    for c in page.path.chars() {
        match c {
            '%' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '\0'..='\x1f' | '\x7f' => {
                // Writing to a string cannot fail.
                let _ = write!(name, "%{:02X}", c as u32);
            }
            c if c.is_control() => name.push('_'),
            c => name.push(c),
        }
    }
    name
}

/// The file with the functions that start the mock.
pub(super) fn file(context: &Context<'_>, pages: &[SourceFile]) -> RustFile {
    let crate_name = &context.options.name;
    let library = library(crate_name);
    let docs = Docs::new()
        .text("The API on loopback, as its pages document it: for tests without the service.")
        .lines(&format!(
            "```no_run\nuse {library}::{{Client, mock}};\n\n\
             # async fn test() -> Result<(), Box<dyn std::error::Error>> {{\n\
             let server = mock::start().await?;\n\
             let client = Client::builder(server.base_url()).build()?;\n# Ok(())\n# }}\n```"
        ));
    let start = Docs::new()
        .text("Starts the service on a free port of loopback. It stops when it is dropped.")
        .text("# Errors")
        .text("Where no port can be listened on.")
        .outer();
    let service = Docs::new()
        .text("The service, to be set up before it is started.")
        .outer();
    RustFile {
        path: "src/mock.rs".to_owned(),
        pages: Pages::All,
        docs,
        items: quote! {
            pub use docwright_mock::{Faults, Limits, Mock, Server, Violation};

            #start
            pub async fn start() -> std::io::Result<Server> {
                service().start(0).await
            }

            #service
            pub fn service() -> Mock {
                Mock::of_texts(PAGES.iter().copied()).crate_name(#crate_name)
            }
        },
        tail: list(pages),
    }
}

/// The names of the pages and, beside each when it is compiled, its text.
fn list(pages: &[SourceFile]) -> String {
    let mut list = format!(
        "/// The pages by their names.\n\
         const PAGES: &[(&str, &str)] = &docwright_mock::pages!({}, [\n",
        literal(&format!("../{FOLDER}/"))
    );
    for page in pages {
        let _ = writeln!(list, "    {},", literal(&name(page)));
    }
    list + "]);\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_a_file_on_every_system() {
        let cases = [
            ("docs/api/a b-ü.md", "pages/docs/api/a b-ü.md"),
            ("docs/a:b%3A?.md", "pages/docs/a%3Ab%253A%3F.md"),
            ("docs/a\\..\\b\n\u{85}.md", "pages/docs/a%5C..%5Cb%0A_.md"),
        ];
        for (page, expected) in cases {
            assert_eq!(path(&SourceFile::new(page, "")), expected);
        }
    }

    #[test]
    fn names_stay_in_their_literals() {
        let page = SourceFile::new("docs/\"];\u{202e}.md", "");
        assert!(list(&[page]).contains("    \"docs/%22];\\u{202e}.md\",\n"));
    }
}
