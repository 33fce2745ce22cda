//! Segments of path templates: fixed text, placeholders in braces or angle brackets, arguments of
//! functions.

use std::borrow::Cow;

use smol_str::SmolStr;

use super::RouteFault;
use crate::text::{all_bytes, trimmed};
use crate::vocabulary::{
    Encoding, PathParameter, PathTemplate, Piece, Segment, SegmentKind, is_argument_name, is_guid,
    is_qualified, split_arguments,
};

/// Reads one segment. `after_colon` says that the one before ends in `:`, as in `root:/{path}`.
pub(in crate::page) fn parse(text: &str, after_colon: bool) -> Result<Segment, RouteFault> {
    let text = trimmed(text);
    // Most segments are nothing but a word.
    if all_bytes(text, |byte| byte.is_ascii_alphanumeric()) {
        return Ok(Segment::name(text));
    }
    if matches!(text, "." | "..") {
        let message = "a segment of dots leads to another path";
        return Err(RouteFault { offset: 0, message });
    }
    if text.chars().all(|c| c == '.') {
        // `/.../` stands for any number of segments like those before it.
        let path = Piece::Parameter(parameter("path", Encoding::Path));
        return Ok(Segment::new(SegmentKind::Key, [path]));
    }
    // A GUID stands for any other.
    if is_guid(text) {
        let id = Piece::Parameter(parameter("id", Encoding::Segment));
        return Ok(Segment::new(SegmentKind::Key, [id]));
    }
    // A space between arguments is for the reader: no URL has one.
    let arguments: Option<Vec<&str>> = text.contains('(').then(|| split_arguments(text).collect());
    let text = &arguments.map_or(Cow::Borrowed(text), |it| Cow::Owned(it.join(",")));
    let mut pieces = parse_pieces(text, after_colon)?;
    let kind = match pieces.as_slice() {
        [Piece::Parameter(_)] if after_colon => SegmentKind::ColonPath,
        [Piece::Parameter(_)] => SegmentKind::Key,
        _ if text.starts_with('$') => SegmentKind::System,
        pieces if is_item(pieces) => SegmentKind::Item,
        _ if text.contains('(') => SegmentKind::Function,
        _ if text.ends_with(':') => SegmentKind::ColonPath,
        [Piece::Literal(name)] if is_qualified(name) => SegmentKind::Cast,
        _ => SegmentKind::Name,
    };
    if kind == SegmentKind::Function {
        name_arguments(&mut pieces);
    }
    Ok(Segment::new(kind, pieces))
}

/// The placeholder that a name behind a colon is: `:id`.
pub(super) fn behind_colon(text: &str) -> Option<Segment> {
    let name = text
        .strip_prefix(':')
        .filter(|name| is_argument_name(name))?;
    let parameter = Piece::Parameter(parameter(name, Encoding::Segment));
    Some(Segment::new(SegmentKind::Key, [parameter]))
}

/// Splits a segment into fixed text and parameters.
fn parse_pieces(text: &str, after_colon: bool) -> Result<Vec<Piece>, RouteFault> {
    // Most segments are one piece.
    let mut pieces = Vec::with_capacity(1);
    let mut literal = String::new();
    let mut rest = text;
    while let Some(open) = memchr::memchr3(b'{', b'<', b'(', rest.as_bytes()) {
        let offset = text.len() - rest.len() + open;
        literal.push_str(&rest[..open]);
        let (close, bare) = match rest.as_bytes()[open] {
            b'{' => ('}', false),
            b'<' => ('>', false),
            // Parentheses without a name before them are a placeholder too: `/(team-id)/`.
            _ if literal.is_empty() && pieces.is_empty() => (')', true),
            _ => {
                literal.push('(');
                rest = &rest[open + 1..];
                continue;
            }
        };
        let Some(end) = rest[open..].find(close).map(|end| open + end) else {
            let message = "the placeholder is never closed";
            return Err(RouteFault { offset, message });
        };
        let name = rest[open + 1..end].trim();
        if name.is_empty() || (!bare && name.contains(['{', '<', '/'])) {
            let message = "the placeholder has no name";
            return Err(RouteFault { offset, message });
        }
        let after = &rest[end + 1..];
        let encoding = if literal.ends_with('\'') && after.starts_with('\'') {
            Encoding::Quoted
        } else if after_colon && literal.is_empty() {
            Encoding::Path
        } else {
            Encoding::Segment
        };
        if !literal.is_empty() {
            add_literal(&mut pieces, &literal);
            literal.clear();
        }
        pieces.push(Piece::Parameter(parameter(name, encoding)));
        rest = after;
    }
    literal.push_str(rest);
    if literal.contains("**") {
        let message = "this is no path";
        return Err(RouteFault { offset: 0, message });
    }
    if literal.contains(char::is_whitespace) {
        let offset = text.find(char::is_whitespace).unwrap_or(0);
        let message = "there is a space in the path";
        return Err(RouteFault { offset, message });
    }
    if !literal.is_empty() {
        add_literal(&mut pieces, &literal);
    }
    Ok(pieces)
}

/// Adds fixed text. An argument of a function may be a bare word in it: `columnsAfter(count=n)`. The
/// word stands for a value, and the argument's name is the better one for it.
fn add_literal(pieces: &mut Vec<Piece>, text: &str) {
    let mut rest = text;
    while let Some((name, at, end)) = bare_argument(rest) {
        pieces.push(Piece::Literal(rest[..at].into()));
        pieces.push(Piece::Parameter(parameter(name, Encoding::Segment)));
        rest = &rest[end..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest.into()));
    }
}

/// The first bare word behind `name=` in a list of arguments: the name, and where the word is.
fn bare_argument(text: &str) -> Option<(&str, usize, usize)> {
    let (mut from, mut begins) = (0, None);
    while let Some(equals) = text[from..].find('=').map(|at| from + at) {
        let at = equals + 1;
        let nearest = text[from..equals].rfind(['(', ',']);
        begins = nearest.map(|begins| from + begins).or(begins);
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let length = text[at..].find(|c| !is_word(c)).unwrap_or(text.len() - at);
        let word = &text[at..at + length];
        let ends = text[at + length..].starts_with([',', ')']);
        let is_value = matches!(word, "true" | "false" | "null");
        if let Some(begins) = begins
            && ends
            && !is_value
            && word.starts_with(|c: char| c.is_ascii_alphabetic())
        {
            return Some((text[begins + 1..equals].trim(), at, at + length));
        }
        from = at;
    }
    None
}

/// Whether pieces are a name, and in parentheses behind it one value that has none: a key. The arguments of
/// functions have names.
fn is_item(pieces: &[Piece]) -> bool {
    let [
        Piece::Literal(before),
        Piece::Parameter(_),
        Piece::Literal(behind),
    ] = pieces
    else {
        return false;
    };
    let name = match behind.as_str() {
        ")" => before.strip_suffix('('),
        "')" => before.strip_suffix("('"),
        _ => None,
    };
    name.is_some_and(is_argument_name)
}

/// Documents the values of arguments under the names of the arguments too, which are those that the
/// function has for them, and tables: `period` for what `period='{period_value}'` calls
/// `period_value`.
fn name_arguments(pieces: &mut [Piece]) {
    for at in 1..pieces.len() {
        let (before, behind) = pieces.split_at_mut(at);
        if let ([.., Piece::Literal(text)], [Piece::Parameter(parameter), ..]) = (before, behind)
            && let Some(name) = argument_before(text)
            && parameter
                .documented
                .first()
                .is_none_or(|known| known != name)
        {
            parameter.documented.retain(|known| known != name);
            parameter.documented.insert(0, name.into());
        }
    }
}

/// The name of the argument whose value stands behind a text: `days` behind `',days=`.
fn argument_before(text: &str) -> Option<&str> {
    let (before, value) = text.rsplit_once('=')?;
    let at = before.rfind(['(', ','])?;
    let name = before[at + 1..].trim();
    (is_argument_name(name) && !value.contains(',')).then_some(name)
}

/// A parameter of the documented name, or names: `id | userPrincipalName`.
fn parameter(name: &str, encoding: Encoding) -> Box<PathParameter> {
    let names = name.split('|').map(str::trim);
    let names = names.filter(|name| !name.is_empty());
    let name = SmolStr::from(name);
    let documented = match name.is_empty() || name.contains('|') {
        true => names.map(SmolStr::from).collect(),
        // Hardly any has several.
        false => vec![name.clone()],
    };
    Box::new(PathParameter {
        name,
        documented,
        encoding,
    })
}

/// Closes the parentheses that segments leave open, and says whether there were any.
pub fn close_parentheses(path: &mut PathTemplate) -> bool {
    let mut closed = false;
    for segment in &mut path.segments {
        let literals = segment.pieces.iter().filter_map(|piece| match piece {
            Piece::Literal(text) => Some(text.as_str()),
            Piece::Parameter(_) => None,
        });
        let missing = open_parentheses(literals.flat_map(str::bytes));
        if missing == 0 {
            continue;
        }
        closed = true;
        segment.push_text(&")".repeat(missing));
        if is_item(&segment.pieces) {
            segment.kind = SegmentKind::Item;
        }
    }
    closed
}

/// The name of the placeholder that is all of a text.
pub(super) fn placeholder(text: &str) -> Option<&str> {
    let braces = text.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
    braces.or_else(|| text.strip_prefix('<')?.strip_suffix('>'))
}

/// Puts the colon that ends a path in the middle of another, and that stands behind the slash, where it belongs:
/// `root:/{item-path}/:tracks` is `root:/{item-path}:/tracks`. Says whether there was one.
pub fn close_colon_paths(path: &mut PathTemplate) -> bool {
    let mut closed = false;
    for at in 1..path.segments.len() {
        let (before, behind) = path.segments.split_at_mut(at);
        let (before, behind) = (&mut before[at - 1], &mut behind[0]);
        let is_open = before.kind == SegmentKind::ColonPath
            && matches!(*before.pieces, [Piece::Parameter(_)]);
        let name = behind.literal().and_then(|name| name.strip_prefix(':'));
        let Some(name) = name.filter(|name| is_open && !name.is_empty()) else {
            continue;
        };
        let name = Segment::name(name);
        *behind = name;
        before.push_text(":");
        closed = true;
    }
    closed
}

/// How many parentheses a text opens and does not close, but for those between quotes.
fn open_parentheses(text: impl Iterator<Item = u8>) -> usize {
    let (mut quoted, mut open) = (false, 0_usize);
    for byte in text {
        match byte {
            b'\'' => quoted = !quoted,
            b'(' if !quoted => open += 1,
            b')' if !quoted => open = open.saturating_sub(1),
            _ => {}
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parameters_are_never_blank() {
        for (name, documented) in [
            ("id", &["id"][..]),
            ("id | name", &["id", "name"]),
            ("id |", &["id"]),
            ("", &[]),
        ] {
            assert_eq!(parameter(name, Encoding::Segment).documented, documented);
        }
    }
}
