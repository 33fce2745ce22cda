//! The list of codes. A code never changes its meaning, and a retired one is not used again.

use std::fmt;

use super::Severity;

/// Declares [`Code`] with the stable text, the usual severity and the explanation of each code.
macro_rules! codes {
    ($( $(#[doc = $doc:literal])+ $variant:ident = $text:literal, $severity:ident; )+) => {
        /// The kind of a finding.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $( $(#[doc = $doc])+ $variant, )+
        }

        impl Code {
            /// Every code, in the order of the list.
            pub const ALL: &[Self] = &[$( Self::$variant, )+];

            /// The stable text, as reports and `docwright.toml` write it.
            pub fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $text, )+ }
            }

            /// The severity that findings of this code have unless `docwright.toml` sets another.
            pub fn severity(self) -> Severity {
                match self { $( Self::$variant => Severity::$severity, )+ }
            }

            /// What the code means, and what to do about it.
            pub fn explanation(self) -> &'static str {
                match self { $( Self::$variant => concat!($($doc, "\n"),+), )+ }
            }
        }
    };
}

codes! {
    /// The page cannot be read from disk.
    PageUnreadable = "page-unreadable", Error;
    /// A symbolic link to a page or to a folder is not followed: pages come from below the documentation
    /// folder and nowhere else, and are called by the place where they lie.
    PageLinked = "page-linked", Warning;
    /// The page is not UTF-8. The column is that of the first byte that is not.
    PageNotUtf8 = "page-not-utf8", Error;
    /// The documentation folder holds no Markdown page.
    DocsEmpty = "docs-empty", Error;
    /// A comment or annotation has no `-->`, so that everything behind it is hidden; or a part of the page for some
    /// readers has no `[END]`, and is read like the rest.
    CommentUnclosed = "comment-unclosed", Error;
    /// A code block has no closing fence, so that everything behind it is part of it; or it has no language
    /// either, and may itself be the end of another block, which was read wrongly then.
    FenceUnclosed = "fence-unclosed", Error;
    /// A code block has no closing fence, and an annotation, a heading or the opening of another block shows
    /// where it should have ended. It is read up to there.
    FenceOverrun = "fence-overrun", Warning;
    /// A heading is one of those below which parts of an operation or a resource are looked for, but for a
    /// slip. It is taken for that.
    HeadingSpelling = "heading-spelling", Warning;
    /// The comment looks like an annotation, and its JSON cannot be read even leniently. The block
    /// behind it is read as if it had none.
    AnnotationNotJson = "annotation-not-json", Error;
    /// The JSON of an annotation can be read only by leniency: a trailing comma, a bare key, a line
    /// end within a string.
    AnnotationLenient = "annotation-lenient", Warning;
    /// A key of an annotation is one that the dialect knows, but for a slip. It is taken for that.
    AnnotationKey = "annotation-key", Warning;
    /// The `blockType` of an annotation is none that the dialect knows. One with a slip in it is taken for what is
    /// meant.
    AnnotationBlockType = "annotation-block-type", Warning;
    /// A heading or a sentence stands between an annotation and its block. It is bound all the
    /// same; other tools lose it.
    AnnotationDetached = "annotation-detached", Warning;
    /// An annotation is followed by no block that it could describe.
    AnnotationUnbound = "annotation-unbound", Warning;
    /// A line under *HTTP request* begins with a method, and its path cannot be read: a brace that
    /// is not closed, a placeholder without a name.
    RouteMalformed = "route-malformed", Error;
    /// A line under *HTTP request* is no route: a header, a word, a body. Or a heading or a line of text is a route with marks
    /// of Markdown in it; or a sentence below a heading of which nothing is made has a request in it, with its method and a whole URL.
    RouteLineUnread = "route-line-unread", Warning;
    /// Below a heading such as *HTTP request*, which announces routes, there is none, and the page has none elsewhere: nothing
    /// can be called there. *URL* and *Endpoint* announce routes where the page says more of an operation.
    RoutesMissing = "routes-missing", Warning;
    /// A route line holds the id of one thing where a parameter for any of them is meant.
    RouteLiteralId = "route-literal-id", Warning;
    /// A route stands under no *HTTP request* heading: an example request alone documents it, to a path
    /// without a host, or at another place of a thing that the page's own routes lead to.
    RouteFromRequest = "route-from-request", Note;
    /// One route is written in two spellings, or an example writes it in another one. Services compare paths without
    /// case, so both mean the same. The one with more capitals is taken, since that is how names are usually meant,
    /// unless twice as many pages have the other one.
    RouteSpelling = "route-spelling", Warning;
    /// The path of a route does not begin with what most others begin with, such as `/api/v1`, which belongs to the
    /// base URL. It is taken to stand behind that.
    RouteBase = "route-base", Warning;
    /// A function in a route is written without the arguments that an example gives it, or without the
    /// name that its argument has in other routes. They are taken from there.
    RouteArguments = "route-arguments", Warning;
    /// A route calls a function, or picks a thing, with a value that a table of the page describes in general, or
    /// with one that is its own name: `serial='serial'`. It is read as one value of many.
    RouteLiteralArgument = "route-literal-argument", Warning;
    /// An argument of a function is written without quotes in a route line, and examples have quotes around its
    /// value. It is taken to have them.
    RouteQuotes = "route-quotes", Warning;
    /// A table describes a parameter that no path of the page has, and none describes one of nearly the
    /// same name, or all that the paths have are described; or an example has an option or a header that no
    /// table describes, and one describes another of nearly the same name; or an option is called nearly as
    /// one of OData's.
    ParameterUnknown = "parameter-unknown", Warning;
    /// A parenthesis in a route is never closed. It is read as if it were, at the end of its
    /// segment.
    RouteParenthesis = "route-parenthesis", Warning;
    /// The colon that ends a path within a route stands behind the slash, and not before it. It is read as
    /// if it stood there.
    RouteColon = "route-colon", Warning;
    /// The path of a route or of an example request has two slashes in a row. They are read as one.
    SlashesDoubled = "slashes-doubled", Warning;
    /// An option of OData's stands in the path of a route, with no `?` before it. It is read as if there were one.
    QueryUnmarked = "query-unmarked", Warning;
    /// A block that is annotated or placed as an HTTP message begins with neither a request line
    /// nor a status line. A URL that is all of a request is taken for one with `GET` on a page that only reads.
    /// Or the only request that a page shows is the command line of a program.
    MessageUnread = "message-unread", Warning;
    /// A block is annotated as a response and holds a request, or the other way round.
    MessageKind = "message-kind", Warning;
    /// A line among the headers of a message is no header.
    HeaderUnread = "header-unread", Warning;
    /// A status line is not of the form `HTTP/1.1 200 OK` (RFC 9112, section 4).
    StatusLine = "status-line", Warning;
    /// The words behind a status are those of another one, as in `201 OK`, or its own with a slip in them (RFC 9110,
    /// section 15). The number counts.
    StatusReason = "status-reason", Warning;
    /// The `Content-Type` of a message says that its body is JSON, and it is none; or it names something else than
    /// bytes of any sort, and the body is JSON. The header counts.
    ContentType = "content-type", Warning;
    /// The `Content-Length` of a message is not the length of its body. The header is ignored.
    ContentLength = "content-length", Warning;
    /// A response is shown before any request on its page.
    ResponseWithoutRequest = "response-without-request", Error;
    /// A response is annotated with a name that no request before it has. It is taken to answer the
    /// request right before it.
    ResponseName = "response-name", Warning;
    /// A request that is annotated as an example has no response.
    RequestWithoutResponse = "request-without-response", Warning;
    /// The body of a message or resource is JSON by its looks and cannot be read even leniently.
    BodyNotJson = "body-not-json", Warning;
    /// The JSON of a message or resource can be read only by leniency.
    BodyLenient = "body-lenient", Warning;
    /// A name stands twice in one object of the JSON of a message or resource. What a reader makes of that is
    /// its own affair (RFC 8259, section 4); most keep the last value, and say nothing.
    KeyTwice = "key-twice", Warning;
    /// An example shows a single value as the `value` of an object, or as the one item in it, as if it were a
    /// collection, where the path ends in a key and the page speaks of one. The value is taken out of it.
    BodyWrapped = "body-wrapped", Warning;
    /// A resource is annotated without `@odata.type`, and so has no name.
    ResourceUnnamed = "resource-unnamed", Error;
    /// No column of a table is headed by a word for names, or none of a table of properties by one for types: all
    /// of them are strings then. Such a title with a slip in it is taken for what it is meant to be, and so is
    /// *Permission type*, or another title of a column of kinds of callers.
    TableColumns = "table-columns", Warning;
    /// A row of a table has no name, or more or fewer cells than the table has columns; or the line of dashes has,
    /// and other readers of Markdown see no table.
    TableRow = "table-row", Warning;
    /// Two rows of one table have the same name, and are not those of headers or of values in a path. The first
    /// counts.
    RowTwice = "row-twice", Warning;
    /// A table lists parameters or properties by name and type, and the heading above it is none of those
    /// below which they are looked for; or lines of a table are a paragraph to Markdown, since the line of
    /// dashes below its header is missing, or has another number of cells and rows that are not plain; or a
    /// table of properties stands below the name of another type than the page's, or on a page that names none;
    /// or one of members is of no enumeration that its heading or the title names; or one below *Response* stands beside
    /// the name of the type that comes back, or is not about what comes back; or a table is HTML. Nothing is made of it.
    TableUnread = "table-unread", Warning;
    /// A list has parameters, headers, properties or members, each with what it is, in the place of their table. Nothing is
    /// made of it.
    ListUnread = "list-unread", Warning;
    /// A row of a permissions table names no scope and does not say that there is none, or its kind of caller is
    /// none, or that of a column of scopes beside others is. One with a slip in it is taken for what it is meant to
    /// be. Or a table below *Permissions* lists scopes, and its header names neither permissions nor a kind of caller.
    PermissionUnread = "permission-unread", Warning;
    /// A row was left in from the template that the page was begun with. It is not part of the
    /// API.
    TemplateLeftover = "template-leftover", Warning;
    /// A type is named that no page defines. Where an example shows its properties, the type is made
    /// of them; otherwise values of it stay JSON. Where pages define a type of this name in another
    /// namespace only, that is taken. Or what stands in a column of types names none.
    TypeUnknown = "type-unknown", Warning;
    /// The title of a page calls it a type, and the page has neither a table of its properties or members nor its JSON with
    /// an annotation, so that it defines none.
    TypeUndescribed = "type-undescribed", Warning;
    /// An answer is said to be many things of a type, and the example shows an object that has them in another property
    /// than `value`. It is taken for JSON of any sort: a page that defines the object as a type gives it one.
    ItemsElsewhere = "items-elsewhere", Warning;
    /// A row of a table of relationships speaks of one thing, and a route of its name answers with
    /// many. They are taken to be many.
    RelationshipSingle = "relationship-single", Warning;
    /// A row of a table gives a property another type than the rest of the pages does, and that is taken:
    /// a string where the JSON representation names a type, a collection where neither it nor any example shows
    /// one, or one thing where both show many. Where the examples do not bear it out that the JSON
    /// representation shows one thing or many, the row is taken.
    PropertyType = "property-type", Warning;
    /// Two rows give a property of one resource different types. The first counts.
    PropertyTwice = "property-twice", Warning;
    /// Two tables list the members of an enumeration of one name, and have no member in common. The first
    /// counts.
    EnumTwice = "enum-twice", Warning;
    /// A description lists the possible values of a type, and the backticks around them are not in pairs.
    MembersUnread = "members-unread", Warning;
    /// A row of a table of methods says that something else comes back than the page of the operation does, to which it
    /// leads: nothing, one thing in the place of many, or a type that is no kin to that of the page, which is believed.
    MethodAnswer = "method-answer", Warning;
    /// An example names another type for its body than the sentence about the response does: one that no page
    /// defines, or one whose properties the body has not.
    TypeMismatch = "type-mismatch", Warning;
    /// A type extends itself, directly or through others.
    TypeCycle = "type-cycle", Error;
    /// A page that documents an operation or a type has no title: no heading but those below which its parts
    /// stand, and none in its front matter. What it documents has no name in words then.
    TitleMissing = "title-missing", Warning;
    /// A row of a table says of itself that it is not written yet: `TODO`, *Not yet documented*, an
    /// unknown type.
    NotDocumented = "not-documented", Note;
    /// The JSON of a resource shows a property that no row of the page describes, and that it does not
    /// inherit.
    PropertyUndocumented = "property-undocumented", Warning;
    /// A row describes a property that the JSON of the resource does not show.
    PropertyUnshown = "property-unshown", Note;
    /// The body of an example has a property that its type, the types that this extends, and the
    /// page's own table of the body do not have: clients keep it as an unknown property. Or a row of that table
    /// has a slip in its name, and is taken for the property that is meant. Or a table begins a name with a capital that
    /// all examples begin with a small letter: these are believed.
    PropertyUnknown = "property-unknown", Warning;
    /// An example request names a property in `$select`, `$expand` or `$orderby` that neither the annotated type
    /// of its answer has nor one that extends it.
    SelectionUnknown = "selection-unknown", Warning;
    /// A value in the body of an example can be none of its documented type: a string for a number, an
    /// object for an array, null where the page says that there is always a value.
    ValueType = "value-type", Warning;
    /// An example leaves out a header, an option of the query string or a property of its body that its page
    /// requires, and is answered as if it had it. Clients cannot be called without the header or the option, and the
    /// property is taken for one that need not be sent. One that the body has within something else is not missed.
    ExampleIncomplete = "example-incomplete", Note;
    /// A text in the body or the path of an example has not the form of its documented type: it is a day
    /// where an instant is documented, or no day of the calendar, or bytes that are no base64. Clients keep it
    /// as it came, and cannot read it.
    ValueForm = "value-form", Note;
    /// A value in the body of an example is no documented member of its enumeration, or a description lists one that
    /// the table of the members has not. Clients keep it as an unknown one; readers take it for one that they may send.
    MemberUnknown = "member-unknown", Note;
    /// The body of an example holds text of the template that it was begun with, such as
    /// `displayName-value`. One finding stands for all of the body.
    PlaceholderText = "placeholder-text", Note;
    /// A table lists what is in a body that is sent as the fields of a form. Clients take such a body as text, and nothing
    /// makes it of the rows.
    BodyForm = "body-form", Note;
    /// The `value` of a body is an array, and its annotation names a type without saying that there are
    /// many of it: it is read as a collection. Or the annotation says so, and the body is a single object.
    CollectionUnflagged = "collection-unflagged", Note;
    /// A link leads to a page that is not there.
    LinkMissing = "link-missing", Warning;
    /// A link leads to a place of a page that the page has not: no heading has that name.
    LinkAnchor = "link-anchor", Warning;
    /// Files that pages include are not there, or lie outside of the documentation folder. What they
    /// would add is not read; one finding stands for all of them.
    IncludeMissing = "include-missing", Note;
    /// A file is not included: it includes itself, directly or through others, or what a page includes
    /// is too much or nested too deep.
    IncludeRefused = "include-refused", Warning;
    /// A link writes the name of a page in another case: it breaks where files tell case apart.
    LinkCase = "link-case", Warning;
    /// An example request takes no route that its page documents.
    ExampleRoute = "example-route", Warning;
    /// An example request goes to another host than the API's, such as that of an application that is
    /// called back. It is no part of the API.
    ExampleHost = "example-host", Note;
    /// An example calls another host or version than the other pages do.
    ExampleBase = "example-base", Warning;
    /// An example response has a status that the page's sentences do not name.
    ExampleStatus = "example-status", Warning;
    /// Two example requests of the set have the same name. Names tell examples apart, and a response
    /// may be bound to its request by them.
    ExampleName = "example-name", Warning;
    /// No sentence under *Response* names a status.
    StatusUndocumented = "status-undocumented", Note;
    /// The body of an example response does not fit its status: one with 204, which has none, or none
    /// with 200 where the annotation names the type of it.
    StatusBody = "status-body", Warning;
    /// Two pages of one title document the same routes with the same examples, as where one of them was copied and then
    /// forgotten. Each is an operation, and both are called after their files.
    OperationTwice = "operation-twice", Note;
    /// Two things of the API have the same name in Rust, or one has the name of something that generated code uses,
    /// and one of them gets a number.
    NameCollision = "name-collision", Warning;
    /// An entry of `[[allow]]` in `docwright.toml` allows a finding that is no longer made.
    AllowanceUnused = "allowance-unused", Warning;
    /// The output folder holds a file that docwright did not write. Nothing is written while it is
    /// there: move it away, or name another folder.
    OutputNotOurs = "output-not-ours", Error;
    /// A service gives no answer to a documented request, or one that breaks off or takes too long.
    ServiceUnreachable = "service-unreachable", Error;
    /// A service refuses a documented request for what the caller gave or could not give: the token is
    /// none or may not do it, there are too many requests, or it knows nothing by the values that
    /// the page's example has. Nothing can be said about the answer that is documented.
    ServiceRefused = "service-refused", Note;
    /// A service answers a documented request with a status that the page does not name.
    ServiceStatus = "service-status", Warning;
    /// The answer of a service lacks a header that the page's example shows, or its `Content-Type`
    /// names another media type.
    ServiceHeader = "service-header", Warning;
    /// The answer of a service has no body where one is documented, or one where none is, or a body that
    /// is no JSON where the page shows JSON.
    ServiceBody = "service-body", Warning;
    /// The answer of a service lacks a property that the page's example shows with a value, and that the
    /// request has not left out with `$select`.
    ServicePropertyMissing = "service-property-missing", Warning;
    /// The answer of a service has a property that neither its type nor an example of the page has.
    ServicePropertyUnknown = "service-property-unknown", Warning;
    /// A value in the answer of a service can be none of its documented type: a string for a number, one
    /// thing for many.
    ServiceValueType = "service-value-type", Warning;
    /// A value in the answer of a service is no documented member of its enumeration.
    ServiceMemberUnknown = "service-member-unknown", Warning;
    /// An object in the answer of a service says that it is of a type that no page defines.
    ServiceTypeUnknown = "service-type-unknown", Warning;
}

impl Code {
    /// Whether findings of this code are about the answers of a service, and not about pages alone.
    pub fn is_about_service(self) -> bool {
        self.as_str().starts_with("service-")
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Code {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        let found = Self::ALL.iter().copied().find(|code| code.as_str() == text);
        found.ok_or(UnknownCode)
    }
}

/// The text is no code of docwright's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownCode;

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no such code")
    }
}

impl std::error::Error for UnknownCode {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_found_by_its_text_and_no_two_share_one() {
        for &code in Code::ALL {
            assert_eq!(code.as_str().parse(), Ok(code));
            assert!(!code.explanation().trim().is_empty());
        }
    }
}
