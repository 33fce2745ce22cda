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
    let lines = fill(depth + 1, items.iter().map(|item| format!("{item},")));
    format!("{indent}{head}\n{}\n{indent}{tail}\n", lines.join("\n"))
}

/// A line of words behind a head, inside of a literal: filled line by line below the head where it
/// does not fit. Behind a backslash the compiler skips the end of the line and the indentation of the
/// next, so that it is one line in any case.
pub(super) fn words(depth: usize, head: &str, words: &[&str]) -> String {
    let indent = "    ".repeat(depth);
    let head = escaped(head);
    let words: Vec<String> = words.iter().map(|word| escaped(word)).collect();
    if words.is_empty() {
        return format!("{indent}{head}\n");
    }
    let line = format!("{indent}{head} {}\n", words.join(" "));
    if line.chars().count() <= WIDTH {
        return line;
    }
    let lines = fill(depth + 1, words.into_iter());
    format!("{indent}{head} \\\n{}\n", lines.join(" \\\n"))
}

/// What stands for a text between the quotes of a literal.
fn escaped(text: &str) -> String {
    let literal = literal(text);
    literal[1..literal.len() - 1].to_owned()
}

/// Items with spaces between them, as many to a line as fit.
fn fill(depth: usize, items: impl Iterator<Item = String>) -> Vec<String> {
    let indent = "    ".repeat(depth);
    let mut lines: Vec<String> = Vec::new();
    for item in items {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + item.chars().count() < WIDTH => {
                line.push(' ');
                line.push_str(&item);
            }
            _ => lines.push(format!("{indent}{item}")),
        }
    }
    lines
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

    #[test]
    fn words_are_one_line_on_as_many_as_they_need() {
        let few = ["a.b", "c\"d"];
        assert_eq!(words(1, "x:", &few), "    x: a.b c\\\"d\n");
        // A head is never broken, however long.
        let x = "x".repeat(WIDTH);
        assert_eq!(words(1, &x, &[]), format!("    {x}\n"));
        let y = "y".repeat(60);
        let long = format!("x: \\\n    {y} \\\n    {y}\n");
        assert_eq!(words(0, "x:", &[&y, &y]), long);
    }
}
