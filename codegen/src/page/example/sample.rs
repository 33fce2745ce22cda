//! Bodies that stand by themselves, with an annotation that says of what type they are.

use crate::page::annotation::BlockAnnotation;
use crate::page::body::{self, JsonBody, Value};
use crate::page::context::Context;
use crate::page::excerpt::Excerpt;

/// JSON that shows a value of a type, and is no part of a message.
#[derive(Debug)]
pub struct Sample<'a> {
    /// Its annotation.
    pub annotation: BlockAnnotation,
    /// Its text.
    pub text: Excerpt<'a>,
    json: JsonBody,
}

impl<'a> Sample<'a> {
    /// Reads a block; `None` where it shows no JSON or had to be reported.
    pub(in crate::page) fn read(
        cx: &mut Context<'a>,
        annotation: BlockAnnotation,
        text: Excerpt<'a>,
    ) -> Option<Self> {
        let json = body::read(cx, &text)?;
        Some(Self {
            annotation,
            text,
            json,
        })
    }

    /// What is in it.
    pub fn value(&self) -> Value<'_> {
        self.json.value(&self.text.text)
    }
}
