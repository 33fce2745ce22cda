//! Text of macro calls. The formatter leaves what is inside of them alone, so they are written as
//! they are to be read. Everything that comes from pages is a literal or a comment of one line.

use proc_macro2::Literal;

/// Lines are broken at this width.
const WIDTH: usize = 100;

/// A string literal.
pub(super) fn literal(text: &str) -> String {
    Literal::string(text).to_string()
}

/// A list between `head` and `tail`: on one line where it fits, else filled line by line below the
/// head. `depth` is in steps of four spaces.
pub(super) fn list(
    depth: usize,
    head: &str,
    items: impl IntoIterator<Item = String>,
    tail: &str,
) -> String {
    let items: Vec<String> = items.into_iter().collect();
    let indent = "    ".repeat(depth);
    let line = format!("{indent}{head}{}{tail}\n", items.join(", "));
    if line.chars().count() <= WIDTH {
        return line;
    }
    let inner = "    ".repeat(depth + 1);
    let mut text = format!("{indent}{head}\n");
    let mut line = inner.clone();
    for item in items {
        let length = line.chars().count() + item.chars().count() + ",".len();
        if line.len() > inner.len() && length > WIDTH {
            text += line.trim_end();
            text.push('\n');
            line.clone_from(&inner);
        }
        line += &item;
        line += ", ";
    }
    text += line.trim_end();
    text + &format!("\n{indent}{tail}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_one_line_or_filled_below_its_head() {
        let few = ["a", "b"].map(str::to_owned);
        assert_eq!(list(1, "x: [", few, "],"), "    x: [a, b],\n");
        assert_eq!(list(0, "x: [", [], "],"), "x: [],\n");
        let many = vec!["y".repeat(30); 5];
        let text = list(1, "x: [", many, "],");
        let lengths: Vec<usize> = text.lines().map(str::len).collect();
        assert_eq!(lengths, [8, 8 + 31 * 2 + 1, 8 + 31 * 2 + 1, 8 + 31, 6]);
        assert!(text.ends_with("y,\n    ],\n"), "{text}");
    }
}
