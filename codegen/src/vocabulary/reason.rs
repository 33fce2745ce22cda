//! What statuses are called.

/// The statuses of HTTP and their reason phrases (RFC 9110, section 15, and RFCs 4918, 6585 and 7538).
const REASONS: &[(u16, &str)] = &[
    (100, "Continue"),
    (200, "OK"),
    (201, "Created"),
    (202, "Accepted"),
    (203, "Non-Authoritative Information"),
    (204, "No Content"),
    (205, "Reset Content"),
    (206, "Partial Content"),
    (207, "Multi-Status"),
    (301, "Moved Permanently"),
    (302, "Found"),
    (303, "See Other"),
    (304, "Not Modified"),
    (307, "Temporary Redirect"),
    (308, "Permanent Redirect"),
    (400, "Bad Request"),
    (401, "Unauthorized"),
    (402, "Payment Required"),
    (403, "Forbidden"),
    (404, "Not Found"),
    (405, "Method Not Allowed"),
    (406, "Not Acceptable"),
    (408, "Request Timeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "Length Required"),
    (412, "Precondition Failed"),
    (413, "Content Too Large"),
    (415, "Unsupported Media Type"),
    (416, "Range Not Satisfiable"),
    (422, "Unprocessable Content"),
    (423, "Locked"),
    (424, "Failed Dependency"),
    (429, "Too Many Requests"),
    (500, "Internal Server Error"),
    (501, "Not Implemented"),
    (502, "Bad Gateway"),
    (503, "Service Unavailable"),
    (504, "Gateway Timeout"),
    (507, "Insufficient Storage"),
];

/// What a status is called.
pub(crate) fn reason(status: u16) -> Option<&'static str> {
    let mut reasons = REASONS.iter();
    let found = reasons.find(|(known, _)| *known == status);
    found.map(|(_, reason)| *reason)
}

/// The status that is called so, in whichever case.
pub(crate) fn status_called(reason: &str) -> Option<u16> {
    let mut reasons = REASONS.iter();
    let found = reasons.find(|(_, known)| known.eq_ignore_ascii_case(reason));
    found.map(|(status, _)| *status)
}
