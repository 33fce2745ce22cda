//! An annotation on its way to the block that it is about.

use super::{BlockAnnotation, BlockType};
use crate::diagnostic::Code;
use crate::page::context::Context;
use crate::source::Span;

/// The annotation that waits for its block, where one does.
#[derive(Debug, Default)]
pub(in crate::page) struct Pending {
    annotation: Option<BlockAnnotation>,
    /// Whether something stood in between.
    detached: bool,
}

impl Pending {
    /// Has an annotation wait for the block behind it, and reports one that waits still.
    pub(in crate::page) fn hold(&mut self, cx: &mut Context<'_>, annotation: BlockAnnotation) {
        self.give_up(cx);
        *self = Self {
            annotation: Some(annotation),
            detached: false,
        };
    }

    /// The annotation of a block, if one waits for it. One that stands further up, before a
    /// heading or a sentence, is meant for it all the same, if it says what a block holds.
    pub(in crate::page) fn bind(
        &mut self,
        cx: &mut Context<'_>,
        block: Span,
    ) -> Option<BlockAnnotation> {
        let annotation = self.annotation.take()?;
        if self.detached {
            let (line, _) = cx.file.position(block.start);
            let message = "the annotation is not right before its block";
            let help = format!("move it to right above line {line}");
            cx.report_with_help(Code::AnnotationDetached, annotation.span, message, help);
        }
        let binds = !self.detached || !annotation.kind.says_nothing();
        binds.then_some(annotation)
    }

    /// Notes that something stands between the annotation and its block.
    pub(in crate::page) fn detach(&mut self) {
        self.detached = true;
    }

    /// Goes over a table: it takes the annotation that says that it is one of permissions.
    pub(in crate::page) fn pass_table(&mut self) {
        let annotation = self.annotation.take();
        self.annotation = annotation.filter(|it| it.kind != BlockType::Permissions);
        self.detach();
    }

    /// Reports an annotation that no block follows.
    pub(in crate::page) fn give_up(&mut self, cx: &mut Context<'_>) {
        if let Some(annotation) = self.annotation.take()
            && !annotation.kind.says_nothing()
        {
            let message = "no block follows the annotation";
            cx.report(Code::AnnotationUnbound, annotation.span, message);
        }
    }
}
