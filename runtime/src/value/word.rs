//! Types whose values are words.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Visitor};

/// Reads a word, as serde's `deserialize`.
pub fn deserialize_word<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: for<'a> From<&'a str>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_str(WordVisitor(PhantomData))
}

struct WordVisitor<T>(PhantomData<T>);

impl<T: for<'a> From<&'a str>> Visitor<'_> for WordVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a word")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<T, E> {
        Ok(T::from(word))
    }
}

/// Makes a type whose values are words: an enum with a variant for each, and one for words that the
/// pages do not list. Behind a word may stand where it is documented, which the docs of its variant tell
/// with the word; both are free of backticks then.
///
/// ```
/// docwright_client::words! {
///     /// How soon a message is to be read.
///     pub enum Importance {
///         /// Some day.
///         Low = "low" at "docs/message.md:31",
///         /// Now.
///         High = "high",
///     }
/// }
///
/// assert_eq!(Importance::from("high"), Importance::High);
/// assert_eq!(Importance::from("dire").as_str(), "dire");
/// ```
///
/// The traits go through the word: derived, each would be compiled for every word of every type.
#[macro_export]
macro_rules! words {
    ($(#[$attr:meta])* $vis:vis enum $name:ident {
        $($(#[$doc:meta])* $variant:ident = $word:literal $(at $place:literal)?,)*
    }) => {
        $(#[$attr])*
        #[non_exhaustive]
        $vis enum $name {
            $(
                $(#[$doc])*
                $(
                    #[doc = ""]
                    #[doc = concat!("In JSON `", $word, "`, documented in `", $place, "`.")]
                )?
                $variant,
            )*
            /// A word that the pages do not list, kept as it came.
            Other(String),
        }

        impl $name {
            /// The word as it is sent.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)*
                    Self::Other(word) => word,
                }
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)*
                    _ => Self::Other(word.to_owned()),
                }
            }
        }

        impl ::std::clone::Clone for $name {
            fn clone(&self) -> Self {
                Self::from(self.as_str())
            }
        }

        impl ::std::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl ::std::cmp::Eq for $name {}

        impl ::std::hash::Hash for $name {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                self.as_str().hash(state);
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(self.as_str(), f)
            }
        }

        impl<'de> $crate::macros::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
            where
                D: $crate::macros::serde::Deserializer<'de>,
            {
                $crate::macros::deserialize_word(deserializer)
            }
        }

        impl $crate::macros::serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error>
            where
                S: $crate::macros::serde::Serializer,
            {
                serializer.serialize_str(self.as_str())
            }
        }

        impl $crate::PropertyValue for $name {}

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

/// Lets a type of words be several of them at once: they are written with commas between them (OData JSON
/// format 4.01, section 7.1).
///
/// ```
/// docwright_client::words! {
///     /// What a bird can do.
///     pub enum Skill {
///         /// Through the air.
///         Fly = "fly",
///         /// On the water.
///         Swim = "swim",
///     }
/// }
///
/// docwright_client::flags!(Skill);
///
/// let duck: Skill = [Skill::Fly, Skill::Swim].into_iter().collect();
/// assert_eq!(duck.as_str(), "fly,swim");
/// assert!(duck.has(&Skill::Swim));
/// assert_eq!(duck.members().count(), 2);
/// ```
#[macro_export]
macro_rules! flags {
    ($name:ident) => {
        impl $name {
            /// Each of the words by itself.
            pub fn members(&self) -> impl ::std::iter::Iterator<Item = Self> {
                let words = self.as_str().split(',').map(str::trim);
                words.filter(|word| !word.is_empty()).map(Self::from)
            }

            /// Whether a word is among them.
            pub fn has(&self, member: &Self) -> bool {
                self.members().any(|own| own == *member)
            }
        }

        impl ::std::iter::FromIterator<$name> for $name {
            fn from_iter<I: ::std::iter::IntoIterator<Item = $name>>(members: I) -> Self {
                let mut words = ::std::string::String::new();
                for member in members {
                    if !words.is_empty() {
                        words.push(',');
                    }
                    words.push_str(member.as_str());
                }
                Self::from(words.as_str())
            }
        }
    };
}
