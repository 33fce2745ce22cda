//! Calls of functions, as they stand in a segment of a path: `between(start='a',days=2)`.

use std::fmt;

use crate::text::trimmed;

/// The call of a function.
#[derive(Clone, Copy, Debug)]
pub struct Call<'t> {
    /// The name of the function.
    pub name: &'t str,
    /// What stands in the parentheses.
    text: &'t str,
}

/// An argument of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argument<'t> {
    /// Its name, by which a service knows it; empty where it has none.
    pub name: &'t str,
    /// The value as it is written.
    pub value: &'t str,
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
    pub fn read(segment: &'t str) -> Option<Self> {
        let (name, text) = segment.strip_suffix(')')?.split_once('(')?;
        (!name.is_empty()).then_some(Self { name, text })
    }

    /// A call without arguments.
    pub(crate) fn bare(name: &'t str) -> Self {
        Self { name, text: "" }
    }

    /// The arguments in the order in which they are written.
    pub fn arguments(self) -> impl Iterator<Item = Argument<'t>> {
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
    pub fn names(self) -> Option<Vec<&'t str>> {
        let names = self.arguments().map(|argument| argument.name);
        names
            .map(|name| (!name.is_empty()).then_some(name))
            .collect()
    }

    /// The argument that it has for each of some names, which services know in any case; absent where it
    /// has one that is for none of them.
    pub fn named(self, names: &[&str]) -> Option<Vec<Option<Argument<'t>>>> {
        let mut left: Vec<Argument<'t>> = self.arguments().collect();
        let mut take = |is_it: &dyn Fn(&str) -> bool| {
            let at = left.iter().position(|argument| is_it(argument.name))?;
            Some(left.remove(at))
        };
        // A function may have arguments that differ in nothing but case.
        let exact = names.iter().map(|name| take(&|it| it == *name));
        let mut named: Vec<Option<Argument<'t>>> = exact.collect();
        for (name, argument) in names.iter().zip(&mut named) {
            *argument = argument.or_else(|| take(&|it| it.eq_ignore_ascii_case(name)));
        }
        left.is_empty().then_some(named)
    }

    /// The call with its arguments in another order; absent where it has not just these.
    pub(crate) fn in_order(self, names: &[&str]) -> Option<String> {
        let ordered = self.named(names)?.into_iter();
        let written = ordered.map(|argument| Some(argument?.to_string()));
        let written: Vec<String> = written.collect::<Option<_>>()?;
        Some(format!("{}({})", self.name, written.join(",")))
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

    #[test]
    fn arguments_that_differ_in_case_are_two() {
        let call = Call::read("f(A=1,a=2)").unwrap();
        let in_order = |names: &[&str]| call.in_order(names);
        assert_eq!(in_order(&["a", "A"]).as_deref(), Some("f(a=2,A=1)"));
        assert_eq!(in_order(&["a", "b"]), None);
        assert_eq!(in_order(&["a"]), None);
    }

    #[test]
    fn a_call_may_lack_arguments() {
        let named = |names: &[&str]| {
            let named = Call::read("f(b=')')").unwrap().named(names)?;
            let values = named.into_iter().map(|it| it.map(|it| it.value));
            Some(values.collect::<Vec<_>>())
        };
        assert_eq!(named(&["a", "B"]), Some(vec![None, Some("')'")]));
        assert_eq!(named(&["a"]), None);
    }
}
