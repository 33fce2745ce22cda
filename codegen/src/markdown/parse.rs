//! From text to blocks.

use super::builder::Builder;
use super::{Document, events, plain};

/// Reads the blocks of `text` from the byte `start` on, which is where front matter ends.
pub fn parse(text: &str, start: usize) -> Document<'_> {
    let mut builder = Builder::new(text);
    let is_plain = memchr::memchr(b'\r', text.as_bytes()).is_none();
    let mut at = start;
    while at < text.len() {
        let end = if is_plain {
            builder.plain_block(at)
        } else {
            None
        };
        at = end.unwrap_or_else(|| {
            // What brackets stand for may be defined anywhere behind them.
            let is_whole = !is_plain || builder.has_definitions();
            let end = if is_whole {
                text.len()
            } else {
                plain::markdown_end(text, at)
            };
            events::read(&mut builder, at..end)
        });
    }
    builder.finish()
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::markdown::BlockKind;
    use crate::source;

    fn shape(text: &str) -> Vec<String> {
        let document = parse(text, 0);
        let blocks = document.blocks.iter();
        blocks
            .map(|block| match &block.kind {
                BlockKind::Heading(level, run) => format!("h{level} {}", document.plain(run)),
                BlockKind::Paragraph(run, container) => {
                    format!("{container:?} {}", document.plain(run))
                }
                BlockKind::Fence(fence) => {
                    let lines = fence.lines.iter().map(|&line| document.slice(line));
                    let lines: Vec<_> = lines.collect();
                    format!("fence {} {lines:?} {:?}", fence.language, fence.end)
                }
                BlockKind::HtmlTable(rows) => format!("html table {rows}"),
                BlockKind::Comment(comment) => {
                    format!("comment{}{}", document.slice(comment.inner), comment.closed)
                }
                BlockKind::Table(table) => {
                    let rows = std::iter::once(&table.header).chain(&table.rows);
                    let rows = rows.map(|row| {
                        let cells = document.cells(row).iter();
                        let cells = cells.map(|cell| document.plain(&cell.inlines));
                        cells.collect::<Vec<_>>().join("|")
                    });
                    format!("table {}", rows.collect::<Vec<_>>().join("/"))
                }
            })
            .collect()
    }

    #[test]
    fn lists_are_flattened_and_their_fences_lose_the_indentation() {
        let text = "- one\n- two *b*\n\n  <!-- {} -->\n  ```http\n  GET /a\n\n  GET /b\n  ```\n";
        assert_eq!(
            shape(text),
            [
                "Item one",
                "Item two b",
                "comment {} true",
                r#"fence http ["GET /a", "", "GET /b"] Closed"#,
            ]
        );
    }

    #[test]
    fn a_comment_ends_where_it_is_closed_and_says_so_when_it_is_not() {
        assert_eq!(
            shape("<!-- a --> <!-- b -->\n```\nx\n```\n<!-- open\n\n# no heading\n"),
            [
                "comment a true",
                "comment b true",
                r#"fence  ["x"] Closed"#,
                "comment open\n\n# no heading\nfalse",
            ]
        );
    }

    #[test]
    fn tables_keep_their_cells_and_breaks() {
        let text = "text\n|A|B|\n|:--|--|\n|**x**|[T](t.md)<br/>y|\n|only|\n";
        assert_eq!(shape(text), ["Page text", "table A|B/x|T y/only|"]);
    }

    #[test]
    fn an_unclosed_fence_is_told_apart() {
        assert_eq!(
            shape("```http\nGET /a\n"),
            [r#"fence http ["GET /a"] Unknown"#]
        );
    }

    /// What pulldown-cmark alone makes of a text.
    fn judged(text: &str) -> Document<'_> {
        let mut builder = Builder::new(text);
        let mut at = 0;
        while at < text.len() {
            at = events::read(&mut builder, at..text.len());
        }
        builder.finish()
    }

    /// Lines that are read plainly beside such as are not, and such as change what others are.
    const LINES: [&str; 38] = [
        ":::zone",
        "",
        "  ",
        "text",
        "a [b](c.md) `d`  ",
        "**bold** & *x*",
        "a | b",
        "[a]",
        "    code",
        "\t<p>",
        "- item",
        "- **a** `b`  ",
        "* item",
        "1. item",
        "  - ```",
        "+",
        "> quote",
        ">",
        "> - ```",
        "# heading #",
        "## heading",
        "#",
        "```http",
        "```",
        "  ```",
        "~~~",
        "<!-- {",
        "a -->",
        "<br>",
        "<pre>",
        "|a|b|",
        "|-|:-:|",
        "|a|",
        "|a|b|\n|-|-|\n|c|d|",
        "---",
        "===",
        "***",
        "[a]: b.md",
    ];

    /// Pieces of lines of the same kinds.
    const PIECES: [&str; 47] = [
        "",
        " ",
        "  ",
        "\t",
        "a",
        "ü",
        "_",
        "a_b",
        "*",
        "**",
        "*a*",
        "**a b**",
        "*a:*",
        "**a.**",
        "`",
        "``",
        "`a`",
        "` a`",
        "[",
        "]",
        "(",
        ")",
        "![",
        "[a](b)",
        "[a](<b>)",
        "[a](b \"c\")",
        "[a][b]",
        "[](b)",
        "!",
        "<br/>",
        "<b>",
        "</b>",
        "<sup>1</sup>",
        "<b />",
        "<BR>",
        "</b/>",
        "<a:b>",
        "&",
        "&lt;",
        "&nbsp;",
        "&a",
        ";",
        "^",
        "\u{a0}",
        "\\",
        "\\|",
        "#",
    ];

    #[test]
    fn plain_blocks_are_what_pulldown_cmark_makes_of_them() {
        for first in LINES {
            for second in LINES {
                for third in LINES {
                    let text = format!("{first}\n{second}\n{third}");
                    assert_eq!(parse(&text, 0), judged(&text), "{text}");
                    let text = format!("{text}\n\ntext\n");
                    assert_eq!(parse(&text, 0), judged(&text), "{text}");
                }
            }
        }
    }

    #[test]
    fn plain_text_is_what_pulldown_cmark_makes_of_it() {
        for first in PIECES {
            for second in PIECES {
                for third in PIECES {
                    let line = format!("{first}{second}{third}");
                    let text =
                        format!("a{line}\n{line}\n\n# {line}\n|{line}|x|\n|-|-|\n|{line}|{line}\n");
                    assert_eq!(parse(&text, 0), judged(&text), "{text}");
                }
            }
        }
    }

    /// The project's own pages, and those of the documentation set that the benches measure, where
    /// its folder is named.
    #[test]
    fn pages_are_what_pulldown_cmark_makes_of_them() {
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut folders = vec![project.join("docs-src"), project.join("tests")];
        match env::var_os("DOCWRIGHT_CORPUS") {
            Some(corpus) => folders.push(PathBuf::from(corpus)),
            None => eprintln!("skipped the documentation set: DOCWRIGHT_CORPUS names no folder"),
        }
        for folder in folders {
            let (files, _) = source::read_docs(&folder, "docs");
            assert!(!files.is_empty(), "no page in {}", folder.display());
            for file in files {
                let text = &file.text;
                assert_eq!(parse(text, 0), judged(text), "{}", file.path);
            }
        }
    }
}
