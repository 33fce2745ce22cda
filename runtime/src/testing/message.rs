//! HTTP messages as pages write them.

/// A message taken apart; RFC 9112 (section 2.1) with the liberties that pages take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Message {
    /// The request line or the status line, with its continuation lines.
    pub(super) start: String,
    /// The headers in their order.
    pub(super) headers: Vec<(String, String)>,
    /// The body without the line ends around it; empty where there is none.
    pub(super) body: String,
}

impl Message {
    /// Takes a message apart.
    ///
    /// The query of a URL may go on in lines that begin with `?` or `&`. There may be empty lines
    /// before the headers, and none before a body that begins as JSON or XML does.
    pub(super) fn read(text: &str) -> Self {
        let mut lines = text
            .split_inclusive('\n')
            .skip_while(|line| line.trim().is_empty());
        let mut start = lines.next().unwrap_or_default().trim().to_owned();
        let mut lines = lines.peekable();
        while let Some(line) = lines.next_if(|line| line.trim_start().starts_with(['?', '&'])) {
            start.push_str(line.trim());
        }
        let mut headers = Vec::new();
        let mut body = String::new();
        while let Some(line) = lines.next() {
            if line.trim().is_empty() {
                if headers.is_empty() {
                    continue;
                }
                body = lines.collect();
                break;
            }
            match header(line) {
                Some(header) => headers.push(header),
                None => {
                    body = std::iter::once(line).chain(lines).collect();
                    break;
                }
            }
        }
        let body = body.trim_matches(['\r', '\n']).to_owned();
        Self {
            start,
            headers,
            body,
        }
    }
}

/// A header line, as far as the name is a token (RFC 9110, section 5.6.2).
fn header(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim_end();
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let valid = !name.is_empty() && name.bytes().all(token);
    valid.then(|| (name.to_owned(), value.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_as_pages_write_them() {
        const JSON: (&str, &str) = ("Content-Type", "application/json");
        type Headers = &'static [(&'static str, &'static str)];
        let cases: [(&str, &str, Headers, &str); 6] = [
            ("GET /me", "GET /me", &[], ""),
            (
                "\nPUT /me\nContent-Type: application/json\n\n{}\n",
                "PUT /me",
                &[JSON],
                "{}",
            ),
            (
                "PUT /me\n\nContent-Type: application/json\n\n{}\n",
                "PUT /me",
                &[JSON],
                "{}",
            ),
            (
                "PUT /me\r\nContent-Type:application/json\r\n{\r\n}\r\n",
                "PUT /me",
                &[JSON],
                "{\r\n}",
            ),
            (
                "GET /me\n  ?$top=5\n  &$skip=2",
                "GET /me?$top=5&$skip=2",
                &[],
                "",
            ),
            ("PUT /me\n\nBinary data", "PUT /me", &[], "Binary data"),
        ];
        for (text, start, headers, body) in cases {
            let headers = headers
                .iter()
                .map(|(n, v)| (n.to_string(), v.to_string()))
                .collect();
            let (start, body) = (start.to_owned(), body.to_owned());
            assert_eq!(
                Message::read(text),
                Message {
                    start,
                    headers,
                    body
                },
                "{text:?}"
            );
        }
    }
}
