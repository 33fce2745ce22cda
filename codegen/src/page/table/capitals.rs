//! Names that a table begins with a capital, and JSON with a small letter.

use foldhash::{HashMap, HashMapExt as _};

use crate::diagnostic::Code;
use crate::page::Page;
use crate::page::context::Context;
use crate::vocabulary::Json as _;

/// Gives the rows of a request's body the names that all requests of the page write, and reports them.
pub(in crate::page) fn settle<'a>(cx: &mut Context<'a>, page: &mut Page<'a>) {
    // Most rows begin with a small letter.
    let mut rows = page.body_rows.iter();
    let Some(first) = rows.position(|row| begins_with_capital(&row.name)) else {
        return;
    };
    let requests = page.examples.requests.iter();
    let bodies = requests.filter_map(|request| request.json_value());
    let mut shown: HashMap<String, Vec<String>> = HashMap::new();
    for (name, _) in bodies.flat_map(|body| body.members()) {
        let known = shown.entry(name.to_ascii_lowercase()).or_default();
        if !known.iter().any(|it| it == name) {
            known.push(name.to_owned());
        }
    }
    for row in &mut page.body_rows[first..] {
        let names = shown.get(&row.name.to_ascii_lowercase());
        if let Some([name]) = names.map(Vec::as_slice)
            && is_small(name, &row.name)
        {
            let (code, message, help) = misspelt(&row.name, name);
            cx.report_with_help(code, row.span, message, help);
            row.name = name.clone().into();
        }
    }
}

/// Whether the name of a property begins with a capital.
pub(crate) fn begins_with_capital(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Whether a name is another one that begins with a capital, but begins with a small letter.
pub(crate) fn is_small(name: &str, other: &str) -> bool {
    begins_with_capital(other)
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.eq_ignore_ascii_case(other)
}

/// What is reported of a row whose name all examples write with a small letter.
pub(crate) fn misspelt(name: &str, shown: &str) -> (Code, String, String) {
    let message = format!("`{name}` is written `{shown}` in all examples");
    let help = format!(
        "names in JSON are told apart by case, and the examples are believed: write `{shown}`"
    );
    (Code::PropertyUnknown, message, help)
}
