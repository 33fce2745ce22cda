//! Places in the pages that findings point at.

use docwright::conformance::{Json, Kind, Step};
use docwright::diagnostic::Location;
use docwright::json;
use docwright::model::{Api, ExampleResponse, Source};
use docwright::source::SourceFile;

/// The pages, to find lines in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pages<'p> {
    pub(crate) api: &'p Api,
    pub(crate) files: &'p [SourceFile],
}

impl Pages<'_> {
    /// The place where something was read, up to the end of the line.
    pub(crate) fn at(&self, source: Source) -> Location {
        let line = self.line(source, source.line);
        let length = line.trim_end().chars().count() as u32;
        self.location(
            source,
            source.line,
            source.column,
            length.saturating_sub(source.column - 1),
        )
    }

    /// The header of a documented answer, or else its status line.
    pub(crate) fn header(&self, response: &ExampleResponse, name: &str) -> Location {
        let is_header = |line: &str| {
            let before = line.trim_start().split_once(':').map(|(before, _)| before);
            before.is_some_and(|before| before.trim_end().eq_ignore_ascii_case(name))
        };
        let mut headers = self
            .below(response.source)
            .take_while(|(_, text)| !text.trim().is_empty());
        match headers.find(|(_, text)| is_header(text)) {
            Some((line, text)) => {
                let indent = text.chars().take_while(|c| c.is_whitespace()).count() as u32;
                let length = text.trim().chars().count() as u32;
                self.location(response.source, line, indent + 1, length)
            }
            None => self.at(response.source),
        }
    }

    /// The property of a documented body, or else the status line above it. Items stand for each other:
    /// the first that shows the property is where it is.
    pub(crate) fn property(&self, response: &ExampleResponse, path: &[Step<'_>]) -> Location {
        let found = self.property_line(response, path);
        let Some((line, name)) = found else {
            return self.at(response.source);
        };
        let quoted = format!("\"{name}\"");
        let text = self.line(response.source, line);
        match text.find(&quoted) {
            Some(at) => {
                let column = text[..at].chars().count() as u32 + 1;
                self.location(response.source, line, column, quoted.chars().count() as u32)
            }
            None => self.at(response.source),
        }
    }

    /// The line where a documented body shows a property, and its name.
    fn property_line(
        &self,
        response: &ExampleResponse,
        path: &[Step<'_>],
    ) -> Option<(u32, String)> {
        let body = response.body.as_deref()?;
        let first = body.lines().next()?.trim();
        let (start, _) = self
            .below(response.source)
            .find(|(_, text)| text.trim() == first)?;
        let value = json::value(body)?;
        let mut values = vec![&value];
        let (last, steps) = path.split_last()?;
        let Step::Property(name) = last else {
            return None;
        };
        for step in steps {
            values = match step {
                Step::Property(name) => values.iter().filter_map(|it| it.member(name)).collect(),
                Step::Item(_) => values.iter().flat_map(|it| it.items()).collect(),
            };
        }
        let objects = values.iter().filter(|it| it.kind() == Kind::Object);
        let mut shown = objects.filter_map(|it| it.as_object()?.get(name));
        let (at, _) = json::name_range(shown.next()?);
        let before = body[..at].matches('\n').count() as u32;
        Some((start + before, (*name).to_owned()))
    }

    /// The lines below one, with their numbers, up to the end of the block.
    fn below(&self, source: Source) -> impl Iterator<Item = (u32, &str)> {
        let lines = (source.line + 1..).map(move |line| (line, self.line(source, line)));
        let text = &self.file(source).text;
        let count = text.lines().count() as u32;
        lines
            .take_while(move |(line, text)| *line <= count && !text.trim_start().starts_with("```"))
    }

    fn line(&self, source: Source, line: u32) -> &str {
        self.file(source).line(line)
    }

    /// The file of a page. Operations that share one are pages of its path.
    fn file(&self, source: Source) -> &SourceFile {
        let path = &self.api.pages[source.page.0 as usize].path;
        let mut files = self.files.iter();
        let file = files.find(|file| file.path == *path);
        file.expect("pages are made of files")
    }

    fn location(&self, source: Source, line: u32, column: u32, length: u32) -> Location {
        Location {
            path: self.api.pages[source.page.0 as usize].path.clone(),
            line,
            column,
            length: length.max(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_of_one_page_stand_in_its_file() {
        let operation = |method: &str| {
            format!(
                "## {method} it\n### HTTP request\n```http\n{method} /a\n```\n### Response\n`204`\n"
            )
        };
        let page = format!("# A\n{}{}", operation("PUT"), operation("DELETE"));
        let files = [("a.md", page), ("b.md", "# B\n".to_owned())];
        let files = files.map(|(path, text)| SourceFile::new(path, text));
        let reading = docwright::read_files(files.into(), Vec::new());
        let pages = Pages {
            api: &reading.api,
            files: &reading.files,
        };
        assert_eq!(reading.api.page_count(), 2);
        let operations = reading.api.operations.iter();
        let places = operations.map(|operation| pages.at(operation.source));
        let places: Vec<_> = places.map(|it| (it.path, it.line, it.length)).collect();
        let expected = [("a.md", 5, 6), ("a.md", 12, 9)];
        assert_eq!(
            places,
            expected.map(|(path, line, length)| (path.to_owned(), line, length))
        );
    }
}
