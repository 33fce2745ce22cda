//! Places in JSON.

use std::fmt;

/// The way from the whole of a text to a value in it. It is shown as a JSONPath (RFC 9535), such as
/// `$.value[0].name`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct JsonPath<'v>(pub Vec<Step<'v>>);

/// One step of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step<'v> {
    /// To the value of a property.
    Property(&'v str),
    /// To an item of an array.
    Item(usize),
}

impl fmt::Display for JsonPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("$")?;
        self.0.iter().try_for_each(|step| write!(f, "{step}"))
    }
}

impl fmt::Display for Step<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Property(name) if is_shorthand(name) => write!(f, ".{name}"),
            // What is no plain name is escaped, so that a path is always one line of what it says.
            Self::Property(name) => {
                let escaped = name.escape_debug().to_string().replace("\\\"", "\"");
                write!(f, "['{escaped}']")
            }
            Self::Item(index) => write!(f, "[{index}]"),
        }
    }
}

/// Whether a name can stand behind a dot (RFC 9535, section 2.5.1.1).
fn is_shorthand(name: &str) -> bool {
    let is_first = |c: char| c == '_' || c.is_ascii_alphabetic();
    name.starts_with(is_first) && name.chars().all(|c| is_first(c) || c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_as_in_their_specification() {
        let path = |steps: &[Step<'static>]| JsonPath(steps.to_vec()).to_string();
        assert_eq!(path(&[]), "$");
        let steps = [
            Step::Property("value"),
            Step::Item(2),
            Step::Property("a_1"),
        ];
        assert_eq!(path(&steps), "$.value[2].a_1");
        let odd = [
            Step::Property("@odata.type"),
            Step::Property("it's \"\u{1b}[0m"),
        ];
        assert_eq!(path(&odd), r#"$['@odata.type']['it\'s "\u{1b}[0m']"#);
    }
}
