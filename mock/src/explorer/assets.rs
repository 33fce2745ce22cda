//! The files of the page, as they are in `assets/`.

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// Names, media types and texts.
const FILES: &[(&str, &str, &str)] = &[
    ("index.html", HTML, include_str!("assets/index.html")),
    ("style.css", CSS, include_str!("assets/style.css")),
    ("icon.svg", SVG, include_str!("assets/icon.svg")),
    ("main.js", SCRIPT, include_str!("assets/main.js")),
    ("calls.js", SCRIPT, include_str!("assets/calls.js")),
    ("code.js", SCRIPT, include_str!("assets/code.js")),
    ("dom.js", SCRIPT, include_str!("assets/dom.js")),
    ("exchange.js", SCRIPT, include_str!("assets/exchange.js")),
    ("markdown.js", SCRIPT, include_str!("assets/markdown.js")),
    ("operation.js", SCRIPT, include_str!("assets/operation.js")),
    ("overview.js", SCRIPT, include_str!("assets/overview.js")),
    ("places.js", SCRIPT, include_str!("assets/places.js")),
    ("request.js", SCRIPT, include_str!("assets/request.js")),
    ("search.js", SCRIPT, include_str!("assets/search.js")),
    ("sidebar.js", SCRIPT, include_str!("assets/sidebar.js")),
    ("try.js", SCRIPT, include_str!("assets/try.js")),
    ("types.js", SCRIPT, include_str!("assets/types.js")),
];

/// The media type and the text of a file.
pub(super) fn file(name: &str) -> Option<(&'static str, &'static str)> {
    let mut files = FILES.iter();
    let (_, kind, text) = files.find(|(known, _, _)| *known == name)?;
    Some((kind, text))
}
