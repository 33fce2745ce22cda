//! How an example's request is made by the client: values, options and headers.

use std::fmt::Write;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::is_direction;
use super::operations::{required_headers, required_queries};
use super::options::{OptionKind, option_names, system};
use crate::model::{Encoding, ExampleRequest, Operation, PathTemplate, Piece, TypeKind};

/// Headers that the client writes by itself, or that only say what the body is.
const IMPLIED: &[&str] = &["authorization", "content-length", "content-type", "host"];

/// Text as a literal: raw where it has quotes, backslashes or line ends, so that it reads as the
/// page shows it; escaped where it has characters that no raw string can hold or nobody can see.
pub(super) fn literal(text: &str) -> Literal {
    let unseen = |c: char| c != '\n' && c.is_control() || is_direction(c);
    if text.contains(unseen) || !text.contains(['"', '\\', '\n']) {
        return Literal::string(text);
    }
    // As many marks as the longest run of them behind a quote, and one more.
    let runs = text.split('"').skip(1);
    let marks = runs
        .map(|behind| behind.len() - behind.trim_start_matches('#').len() + 1)
        .max();
    let marks = "#".repeat(marks.unwrap_or(0));
    let raw = format!("r{marks}\"{text}\"{marks}");
    raw.parse().unwrap_or_else(|_| Literal::string(text))
}

/// The arguments that an operation needs, and the calls that set the rest of what the example
/// shows.
pub(super) fn settings(
    operation: &Operation,
    request: &ExampleRequest,
) -> Result<(Vec<TokenStream>, TokenStream), String> {
    let mut queries = query_pairs(&request.query);
    let mut headers = request.headers.clone();
    headers.retain(|(name, _)| !IMPLIED.contains(&name.to_ascii_lowercase().as_str()));
    let mut arguments = Vec::new();
    for parameter in required_queries(operation) {
        let at = queries.iter().position(|(name, _)| *name == parameter.name);
        let at = at.ok_or_else(|| format!("the request lacks `{}`", parameter.name))?;
        let value = literal(&queries.remove(at).1);
        arguments.push(quote! { #value });
    }
    for parameter in required_headers(operation) {
        let at = headers
            .iter()
            .position(|(name, _)| name.eq_ignore_ascii_case(&parameter.name));
        let at = at.ok_or_else(|| format!("the request lacks the header `{}`", parameter.name))?;
        let value = literal(&headers.remove(at).1);
        arguments.push(quote! { #value });
    }
    let names = option_names(operation);
    let mut calls = TokenStream::new();
    for (name, value) in &queries {
        let known = names
            .system
            .iter()
            .find(|(option, _)| system(*option).0 == name);
        let known =
            known.and_then(|(option, method)| Some((argument(system(*option).3, value)?, method)));
        let text = literal(value);
        calls.extend(match (known, names.queries.get(name)) {
            (Some((argument, method)), _) => quote! { .#method(#argument) },
            (None, Some(method)) => quote! { .#method(#text) },
            (None, None) => {
                let name = literal(name);
                quote! { .query(#name, #text) }
            }
        });
    }
    for (name, value) in &headers {
        let known = names
            .headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        let (name, value) = (literal(name), literal(value));
        calls.extend(match known {
            Some((_, method)) => quote! { .#method(#value) },
            None => quote! { .header(#name, #value) },
        });
    }
    Ok((arguments, calls))
}

/// The argument for an option of OData, where the value is one that its method can say.
fn argument(kind: OptionKind, value: &str) -> Option<TokenStream> {
    match kind {
        OptionKind::Text => {
            let value = literal(value);
            Some(quote! { #value })
        }
        OptionKind::List => {
            let items = list(value).into_iter().map(literal);
            Some(quote! { [#(#items),*] })
        }
        OptionKind::Number => {
            let number: u32 = value
                .parse()
                .ok()
                .filter(|number: &u32| number.to_string() == value)?;
            let number = Literal::u32_unsuffixed(number);
            Some(quote! { #number })
        }
        OptionKind::Switch => {
            let value: bool = value.parse().ok()?;
            Some(quote! { #value })
        }
    }
}

/// The items between commas, but for those within parentheses.
fn list(value: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let commas = |c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    };
    value.split(commas).collect()
}

/// The names and values of a query string, decoded.
fn query_pairs(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(value))
    });
    pairs.collect()
}

/// Undoes percent-encoding (RFC 3986, section 2.1), and `+` for a space, as forms write it.
fn decode(text: &str) -> String {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).map(|digit| digit as u8);
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        let pair = behind
            .first()
            .and_then(digit)
            .zip(behind.get(1).and_then(digit));
        match (first, pair) {
            (b'%', Some((high, low))) => {
                bytes.push(high << 4 | low);
                rest = &behind[2..];
                continue;
            }
            (b'+', _) => bytes.push(b' '),
            _ => bytes.push(*first),
        }
        rest = behind;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The path as the enum of routes writes it: values encoded so that they stay in their place.
pub(super) fn written_path(path: &PathTemplate, arguments: &[String]) -> String {
    let mut values = arguments.iter();
    let mut written = String::new();
    for segment in &path.segments {
        written.push('/');
        let start = written.len();
        for piece in &segment.pieces {
            match piece {
                Piece::Literal(text) => written.push_str(text),
                Piece::Parameter(parameter) => {
                    encode(
                        values.next().map_or("", String::as_str),
                        parameter.encoding,
                        &mut written,
                    );
                }
            }
        }
        let parts = written[start..].split('/');
        let dots = |part| {
            if matches!(part, "." | "..") {
                part.replace('.', "%2E")
            } else {
                part.to_owned()
            }
        };
        let parts: Vec<String> = parts.map(dots).collect();
        written.replace_range(start.., &parts.join("/"));
    }
    written
}

fn encode(value: &str, encoding: Encoding, out: &mut String) {
    let (value, kept) = match encoding {
        Encoding::Segment => (value.to_owned(), "-._~!,=@"),
        Encoding::Quoted => (value.replace('\'', "''"), "-._~!,=@':"),
        Encoding::Path => (value.to_owned(), "-._~!,=@/"),
    };
    for &byte in value.as_bytes() {
        match byte.is_ascii_alphanumeric() || kept.as_bytes().contains(&byte) {
            true => out.push(char::from(byte)),
            false => write!(out, "%{byte:02X}").expect("a string takes any text"),
        }
    }
}

/// The type of a body where nothing of the runtime is in scope.
pub(super) fn qualify(kind: TypeKind, ty: TokenStream) -> TokenStream {
    let plain = ["String", "bool", "u8", "i16", "i32", "i64", "f32", "f64"];
    match kind {
        TypeKind::Resource(_) | TypeKind::Enum(_) => ty,
        TypeKind::Primitive(_) if plain.contains(&ty.to_string().as_str()) => ty,
        TypeKind::Primitive(_) | TypeKind::Json => quote! { docwright_client::#ty },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_hold_any_text() {
        let texts = [
            "a",
            "a\"b",
            "\"#\"##",
            "a\nb",
            "a\r\nb",
            "\u{202e}\0",
            "\\",
            "\"",
            "é{}",
        ];
        for text in texts {
            let written = literal(text).to_string();
            let read: syn::LitStr = syn::parse_str(&written).unwrap();
            assert_eq!(read.value(), text);
            assert!(!written.contains(['\r', '\u{202e}', '\0']), "{written:?}");
        }
        assert_eq!(literal("{\"a\"#}").to_string(), "r##\"{\"a\"#}\"##");
    }

    #[test]
    fn query_strings_are_decoded_once() {
        let pairs = query_pairs("$select=a,b&q=a%20%26+%2541&empty=&bare&%zz=%C3%A9");
        let expected = [
            ("$select", "a,b"),
            ("q", "a & %41"),
            ("empty", ""),
            ("bare", ""),
            ("%zz", "é"),
        ];
        assert_eq!(
            pairs,
            expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
        assert_eq!(list("a,b($select=c,d),e"), ["a", "b($select=c,d)", "e"]);
    }
}
