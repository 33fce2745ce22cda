//! Scopes of permissions.

use std::fmt;

/// Scopes in their order, kept as OAuth writes them: one text with a space between them (RFC 6749,
/// section 3.3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scopes(String);

impl Scopes {
    /// None yet, with room for a text of so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// Adds one at the end.
    pub fn push(&mut self, scope: &str) {
        debug_assert!(!scope.contains(' '));
        if !self.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(scope);
    }

    /// The scopes, each by itself.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split_ascii_whitespace()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of them is this one.
    pub fn contains(&self, scope: &str) -> bool {
        self.iter().any(|other| other == scope)
    }
}

impl<'s> Extend<&'s str> for Scopes {
    fn extend<I: IntoIterator<Item = &'s str>>(&mut self, scopes: I) {
        scopes.into_iter().for_each(|scope| self.push(scope));
    }
}

impl<'s> FromIterator<&'s str> for Scopes {
    fn from_iter<I: IntoIterator<Item = &'s str>>(scopes: I) -> Self {
        let mut all = Self::default();
        all.extend(scopes);
        all
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
