//! Digests of bytes, by which it is known again what was read or written before.

use std::fmt;
use std::hash::Hash;
use std::io::{self, Read};
use std::num::ParseIntError;
use std::str::FromStr;

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// 128 bits of XXH3: fast enough that reading the bytes is what costs, and wide enough that no two
/// texts meet by chance. Whoever makes two that do can only keep their own change from showing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Digest(u128);

/// A digest of several parts, which is another one where they are cut in another way.
#[derive(Default)]
pub(crate) struct Digester(Xxh3);

impl Digest {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self(xxh3_128(bytes))
    }

    /// The digest of all that a reader gives, which is read piece by piece into a buffer.
    pub(crate) fn read(mut reader: impl Read, buffer: &mut [u8]) -> io::Result<Self> {
        let mut digester = Xxh3::new();
        loop {
            match reader.read(buffer) {
                Ok(0) => return Ok(Self(digester.digest128())),
                Ok(length) => digester.update(&buffer[..length]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl Digester {
    /// Adds bytes.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    /// Adds the text of a value.
    pub(crate) fn text(&mut self, value: impl fmt::Display) {
        let mut text = Text {
            digester: &mut self.0,
            length: 0,
        };
        // What only counts and digests takes any text.
        let _ = fmt::write(&mut text, format_args!("{value}"));
        let length = text.length.to_le_bytes();
        self.0.update(&length);
    }

    /// Adds a value, as far as it tells itself from others.
    pub(crate) fn value(&mut self, value: &(impl Hash + ?Sized)) {
        value.hash(&mut self.0);
    }

    /// Adds a digest.
    pub(crate) fn digest(&mut self, digest: Digest) {
        self.0.update(&digest.0.to_le_bytes());
    }

    pub(crate) fn finish(&self) -> Digest {
        Digest(self.0.digest128())
    }
}

/// A text that is digested while it is written.
struct Text<'d> {
    digester: &'d mut Xxh3,
    length: u64,
}

impl fmt::Write for Text<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.length += text.len() as u64;
        self.digester.update(text.as_bytes());
        Ok(())
    }
}

/// 32 hexadecimal digits.
impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl FromStr for Digest {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        u128::from_str_radix(text, 16).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_are_cut_in_another_way_have_another_digest() {
        let digest = |parts: &[&str]| {
            let mut digester = Digester::default();
            parts
                .iter()
                .for_each(|part| digester.bytes(part.as_bytes()));
            parts.iter().for_each(|part| digester.text(part));
            digester.finish()
        };
        assert_eq!(digest(&["ab", "c"]), digest(&["ab", "c"]));
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
        assert_ne!(digest(&["ab"]), digest(&["ab", ""]));
    }

    #[test]
    fn a_digest_of_pieces_is_that_of_the_whole() {
        let bytes: Vec<u8> = (0..1000_u32).map(|at| at as u8).collect();
        for size in [1, 7, 999, 1000, 4096] {
            let digest = Digest::read(&bytes[..], &mut vec![0; size]).unwrap();
            assert_eq!(digest, Digest::of(&bytes), "{size}");
        }
    }

    #[test]
    fn a_digest_reads_what_it_writes() {
        let digest = Digest::of(b"a");
        assert_eq!(digest.to_string().parse(), Ok(digest));
        assert_eq!(digest.to_string().len(), 32);
    }
}
