//! The secret that requests carry.

use std::fmt;

/// A token or a key. It shows in no text that is made of it, and is taken out of those that a service makes.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A token or a key; white space around it is none of it.
    pub fn new(secret: impl AsRef<str>) -> Self {
        Self(secret.as_ref().trim().to_owned())
    }

    pub(crate) fn secret(&self) -> &str {
        &self.0
    }

    /// A text without the token, which a service may send back.
    pub(crate) fn hidden_in(&self, text: &str) -> String {
        match self.0.as_str() {
            "" => text.to_owned(),
            secret => text.replace(secret, "[token]"),
        }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}
