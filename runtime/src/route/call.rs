//! Calls of functions, as they stand in a segment of a path: `between(start='a',days=2)`.

/// The call of a function whose arguments all have names.
pub(crate) struct Call<'t> {
    name: &'t str,
    /// Names and values in the order in which they are written.
    arguments: Vec<(&'t str, &'t str)>,
}

impl<'t> Call<'t> {
    /// Reads a decoded segment, or one of a template; absent where it is none with named arguments.
    pub(crate) fn read(segment: &'t str) -> Option<Self> {
        let (name, arguments) = segment.strip_suffix(')')?.split_once('(')?;
        let arguments = split_arguments(arguments)
            .map(named)
            .collect::<Option<_>>()?;
        (!name.is_empty()).then_some(Self { name, arguments })
    }

    /// The same call with its arguments in the order of another's, by which nothing changes for a
    /// service; absent where it has not just those of the other.
    pub(super) fn in_order_of(&self, other: &Call<'_>) -> Option<String> {
        let mut left = self.arguments.clone();
        let mut take = |is_it: &dyn Fn(&str) -> bool| {
            let at = left.iter().position(|&(name, _)| is_it(name))?;
            Some(left.remove(at))
        };
        // A function may have arguments that differ in nothing but case.
        let names = || other.arguments.iter().map(|&(name, _)| name);
        let exact: Vec<_> = names().map(|name| take(&|it| it == name)).collect();
        let named = names()
            .zip(exact)
            .map(|(name, argument)| argument.or_else(|| take(&|it| it.eq_ignore_ascii_case(name))));
        let ordered: Vec<_> = named.collect::<Option<_>>()?;
        left.is_empty().then(|| self.written(&ordered))
    }

    /// The same call with its arguments in the order of their names.
    #[cfg(feature = "testing")]
    pub(crate) fn in_order_of_names(&self) -> String {
        let mut ordered = self.arguments.clone();
        ordered.sort_unstable();
        self.written(&ordered)
    }

    fn written(&self, arguments: &[(&str, &str)]) -> String {
        let arguments = arguments
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        let arguments: Vec<String> = arguments.collect();
        format!("{}({})", self.name, arguments.join(","))
    }
}

/// The parts between the commas that divide arguments: not those within quotes, brackets and braces.
fn split_arguments(text: &str) -> impl Iterator<Item = &str> {
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
    text.split(divides).map(str::trim)
}

/// The name of an argument, and its value.
fn named(argument: &str) -> Option<(&str, &str)> {
    let (name, value) = argument.split_once('=')?;
    let name = name.trim();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    is_name.then_some((name, value.trim()))
}
