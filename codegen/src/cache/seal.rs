//! Texts that tell whether they are as they were written: their last line is the digest of all
//! before it.

use crate::digest::Digest;

/// A text with its seal.
pub(super) fn sealed(body: &str) -> String {
    format!("{body}\n{}\n", Digest::of(body.as_bytes()))
}

/// The text that was sealed; `None` where it is another one by now.
pub(super) fn opened(text: &str) -> Option<&str> {
    let (body, digest) = text.strip_suffix('\n')?.rsplit_once('\n')?;
    (digest.parse() == Ok(Digest::of(body.as_bytes()))).then_some(body)
}
