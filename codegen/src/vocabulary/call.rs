//! Calls of functions, as they stand in a segment of a path: `between(start='a',days=2)`.

use std::fmt;

use crate::words::trimmed;

/// The call of a function.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call<'t> {
    /// The name of the function.
    pub(crate) name: &'t str,
    /// What stands in the parentheses.
    text: &'t str,
}

/// An argument of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Argument<'t> {
    /// Its name, by which a service knows it; empty where it has none.
    pub(crate) name: &'t str,
    /// The value as it is written.
    pub(crate) value: &'t str,
}

impl fmt::Display for Argument<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name {
            "" => f.write_str(self.value),
            name => write!(f, "{name}={}", self.value),
        }
    }
}

impl<'t> Call<'t> {
    /// Reads a segment; absent where there are no parentheses behind a name.
    pub(crate) fn read(segment: &'t str) -> Option<Self> {
        let (name, text) = segment.strip_suffix(')')?.split_once('(')?;
        (!name.is_empty()).then_some(Self { name, text })
    }

    /// A call without arguments.
    pub(crate) fn bare(name: &'t str) -> Self {
        Self { name, text: "" }
    }

    /// The arguments in the order in which they are written.
    pub(crate) fn arguments(self) -> impl Iterator<Item = Argument<'t>> {
        let arguments = split_arguments(self.text).filter(|argument| !argument.is_empty());
        arguments.map(|argument| match argument.split_once('=') {
            Some((name, value)) if is_argument_name(trimmed(name)) => Argument {
                name: trimmed(name),
                value: trimmed(value),
            },
            _ => Argument {
                name: "",
                value: argument,
            },
        })
    }

    /// The names of the arguments; absent where one has none.
    pub(crate) fn names(self) -> Option<Vec<&'t str>> {
        let names = self.arguments().map(|argument| argument.name);
        names
            .map(|name| (!name.is_empty()).then_some(name))
            .collect()
    }

    /// The call with its arguments in another order; absent where it has not just these.
    pub(crate) fn in_order(self, names: &[&str]) -> Option<String> {
        let arguments: Vec<Argument<'_>> = self.arguments().collect();
        let named = |name: &&str| {
            let mut arguments = arguments.iter();
            let found = arguments.find(|argument| argument.name.eq_ignore_ascii_case(name))?;
            Some(format!("{}={}", found.name, found.value))
        };
        let ordered: Vec<String> = names.iter().map(named).collect::<Option<_>>()?;
        (ordered.len() == arguments.len()).then(|| format!("{}({})", self.name, ordered.join(",")))
    }
}

/// The parts of a call between the commas that divide its arguments: not those within quotes, brackets
/// and braces.
pub(crate) fn split_arguments(text: &str) -> impl Iterator<Item = &str> {
    let (mut quoted, mut brackets, mut braces) = (false, 0_usize, 0_usize);
    let divides = move |c: char| {
        match c {
            // The name of a placeholder may have an apostrophe in it.
            '\'' if braces == 0 => quoted = !quoted,
            '[' if !quoted => brackets += 1,
            ']' if !quoted => brackets = brackets.saturating_sub(1),
            '{' if !quoted => braces += 1,
            '}' if !quoted => braces = braces.saturating_sub(1),
            _ => {}
        }
        c == ',' && !quoted && brackets == 0 && braces == 0
    };
    text.split(divides).map(trimmed)
}

/// Whether a text can be the name of an argument.
pub(crate) fn is_argument_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_between_commas() {
        let cases: [(&str, &[(&str, &str)]); 7] = [
            ("f()", &[]),
            ("f(a = 'x, y',b=2)", &[("a", "'x, y'"), ("b", "2")]),
            ("f(a='it''s',b=[1,2])", &[("a", "'it''s'"), ("b", "[1,2]")]),
            (
                "f(a={the user's id},b={b})",
                &[("a", "{the user's id}"), ("b", "{b}")],
            ),
            ("f('AA=')", &[("", "'AA='")]),
            ("f(a='1,b=2')", &[("a", "'1,b=2'")]),
            ("f({id},b=1)", &[("", "{id}"), ("b", "1")]),
        ];
        for (call, expected) in cases {
            let arguments = Call::read(call).unwrap().arguments();
            let arguments: Vec<_> = arguments.map(|it| (it.name, it.value)).collect();
            assert_eq!(arguments, expected, "{call}");
        }
        assert!(Call::read("f").is_none());
        assert!(Call::read("(id)").is_none());
    }

    #[test]
    fn the_order_of_named_arguments_is_free() {
        let in_order = |call, names: &[&str]| Call::read(call).unwrap().in_order(names);
        let ordered = Some("f(a=1,B='x,y')".to_owned());
        assert_eq!(in_order("f(B='x,y', a=1)", &["a", "b"]), ordered);
        assert_eq!(in_order("f(a=1)", &["a", "b"]), None);
        assert_eq!(in_order("f(a=1,b=2)", &["a"]), None);
    }
}
