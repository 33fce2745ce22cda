//! An API by hand, for tests: photos, with what else is awkward to name or to write.

use crate::model::*;

/// Photos of users and groups, a list of messages, a function, a path by name.
pub(crate) fn api() -> Api {
    let page = |path: &str, title: &str| Page {
        path: path.to_owned(),
        title: title.to_owned(),
    };
    let mut api = Api {
        pages: vec![
            page("docs-src/api/profilephoto-get.md", "Get profilePhoto"),
            page(
                "docs-src/resources/profilephoto.md",
                "profilePhoto resource type",
            ),
        ],
        base_url: Some("https://graph.microsoft.com/v1.0".to_owned()),
        ..Api::default()
    };
    let string = Type::primitive(Primitive::String);
    api.resources = vec![
        Resource {
            properties: vec![
                property(
                    "from",
                    Type::single(TypeKind::Resource(ResourceId(0))),
                    "The message that *this one* answers.",
                ),
                property("other", string, ""),
                property(
                    "type",
                    Type::single(TypeKind::Enum(EnumId(0))),
                    "See [here](x.md).",
                ),
                property(
                    "photos",
                    Type::collection(TypeKind::Resource(ResourceId(1))),
                    "",
                ),
            ],
            ..resource("message", 40)
        },
        Resource {
            description: "A photo of a **user**, see https://example.com/{id}.".to_owned(),
            properties: vec![
                property(
                    "height",
                    Type::primitive(Primitive::Int32),
                    "The height of the photo. Read-only.",
                ),
                property("id", string, "The id, as in `GET /photos/<id>`."),
                property("width", Type::primitive(Primitive::Int32), "The width."),
            ],
            ..resource("profilePhoto", 35)
        },
    ];
    api.enums = vec![Enumeration {
        name: "importance".to_owned(),
        namespace: "microsoft.graph".to_owned(),
        description: String::new(),
        deprecated: false,
        text: false,
        flags: false,
        members: ["low", "other"].map(member).into(),
        source: at(1, 60),
    }];
    let photo = Type::single(TypeKind::Resource(ResourceId(1)));
    let message = Type::single(TypeKind::Resource(ResourceId(0)));
    let messages = Type::collection(TypeKind::Resource(ResourceId(0)));
    let photos = [
        "/groups/{group-id}/photo",
        "/me/photo",
        "/users/{user-id}/photo",
    ];
    let values = photos.map(|path| format!("{path}/$value"));
    let values: Vec<&str> = values.iter().map(String::as_str).collect();

    let id = add(
        &mut api,
        "get profilePhoto",
        "GET",
        &photos,
        31,
        Content::Value(photo),
    );
    api.operations[id].description =
        "Read the photo and properties of a [profilePhoto](../resources/profilephoto.md) object."
            .to_owned();
    api.operations[id].query_options = vec![QueryOption::Select];
    api.operations[id].headers = vec![
        parameter("If-None-Match", false),
        parameter("X-Sample", false),
    ];
    api.operations[id].permissions = vec![Permission {
        subject: Some("user".to_owned()),
        kind: PermissionKind::DelegatedWork,
        scopes: ["User.Read", "User.ReadBasic.All"].into_iter().collect(),
    }];
    let body = "{\n  \"height\": 96,\n  \"width\": 96,\n  \"id\": \"96X96\"\n}";
    let json = vec![("Content-type".to_owned(), "application/json".to_owned())];
    let ok = response(200, json.clone(), Some(body));
    let mut shown = example(
        "get_photo",
        "GET",
        "/users/{id}/photo",
        "$select=id,width&debug=a%20b",
        Some(ok),
    );
    shown.request.route = route_match(&api, "GET", photos[2], &["{id}"]);
    let refusal = response(
        404,
        json.clone(),
        Some("{\"error\": {\"code\": \"itemNotFound\"}}"),
    );
    let mut missing = example("get_photo", "GET", "/me/photo", "", Some(refusal));
    missing.request.route = route_match(&api, "GET", photos[1], &[]);
    let mut silent = example("get photo silently", "GET", "/me/photo", "", None);
    silent.request.route = missing.request.route.clone();
    api.operations[id].examples = vec![shown, missing, silent];

    let id = add(
        &mut api,
        "get profilePhoto value",
        "GET",
        &values,
        17,
        Content::Bytes,
    );
    let bytes = vec![("Content-type".to_owned(), "image/jpeg".to_owned())];
    let mut shown = example(
        "get bytes",
        "GET",
        "/me/photo/$value",
        "",
        Some(response(200, bytes, Some("Binary \\ \"# data"))),
    );
    shown.request.route = route_match(&api, "GET", "/me/photo/$value", &[]);
    api.operations[id].examples = vec![shown];

    let id = add(
        &mut api,
        "update profilePhoto",
        "PUT",
        &values,
        50,
        Content::Empty,
    );
    api.operations[id].request_body = Some(RequestBody {
        content: BodyContent::Bytes,
        properties: Vec::new(),
        media_type: Some("image/jpeg".to_owned()),
        description: "The photo, as bytes.".to_owned(),
        source: at(0, 52),
    });

    let list = ["/me/messages", "/users/{user-id}/messages"];
    let one = [
        "/me/messages/{message-id}",
        "/users/{user-id}/messages/{message-id}",
    ];
    let id = add(
        &mut api,
        "list messages",
        "GET",
        &list,
        70,
        Content::Value(messages),
    );
    api.operations[id].query_options = vec![QueryOption::Filter, QueryOption::Top];
    let id = add(
        &mut api,
        "create message",
        "POST",
        &list,
        71,
        Content::Value(message),
    );
    api.operations[id].request_body = Some(RequestBody {
        content: BodyContent::Value(message),
        properties: Vec::new(),
        media_type: None,
        description: String::new(),
        source: at(0, 72),
    });
    api.operations[id].headers = vec![parameter("Prefer", true)];
    let created = response(201, json, Some("{\"other\": null, \"x\": 1}"));
    let mut shown = example("create", "POST", "/me/messages", "", Some(created));
    shown.request.route = route_match(&api, "POST", "/me/messages", &[]);
    shown.request.headers = vec![("Prefer".to_owned(), "a".to_owned())];
    shown.request.body = Some("{\n  \"type\": \"low\"\n}".to_owned());
    api.operations[id].examples = vec![shown];
    add(
        &mut api,
        "get message",
        "GET",
        &one,
        73,
        Content::Value(message),
    );
    let id = add(
        &mut api,
        "copy message",
        "POST",
        &["/me/messages/{message-id}/copy"],
        74,
        Content::Empty,
    );
    api.operations[id].request_body = Some(RequestBody {
        content: BodyContent::Object(vec![property("destinationId", string, "Where to.")]),
        properties: Vec::new(),
        media_type: None,
        description: "An object.".to_owned(),
        source: at(0, 75),
    });
    let range = "/me/range(address='{address}')";
    add(
        &mut api,
        "range",
        "GET",
        &[range],
        80,
        Content::Value(Type::single(TypeKind::Json)),
    );
    let content = "/me/root:/{path}:/content";
    add(&mut api, "download", "GET", &[content], 81, Content::Bytes);
    api
}

fn at(page: u32, line: u32) -> Source {
    Source {
        page: PageId(page),
        line,
        column: 1,
    }
}

fn resource(name: &str, line: u32) -> Resource {
    Resource {
        name: name.to_owned(),
        namespace: "microsoft.graph".to_owned(),
        description: String::new(),
        base: None,
        deprecated: false,
        open: false,
        restated: Vec::new(),
        properties: Vec::new(),
        source: at(1, line),
    }
}

fn property(name: &str, ty: Type, description: &str) -> Property {
    Property {
        name: name.to_owned(),
        ty,
        number: false,
        description: description.to_owned(),
        navigation: false,
        read_only: false,
        required: false,
        nullable: true,
        deprecated: false,
        source: at(1, 36),
    }
}

fn member(name: &str) -> Member {
    Member {
        name: name.to_owned(),
        value: None,
        description: String::new(),
        source: at(1, 61),
    }
}

fn parameter(name: &str, required: bool) -> Parameter {
    Parameter {
        name: name.to_owned(),
        ty: Type::primitive(Primitive::String),
        number: false,
        required,
        deprecated: false,
        description: "A header.".to_owned(),
        source: at(0, 45),
    }
}

/// Adds an operation with its routes, and gives back its index.
fn add(
    api: &mut Api,
    name: &str,
    method: &str,
    paths: &[&str],
    line: u32,
    content: Content,
) -> usize {
    let id = OperationId(api.operations.len() as u32);
    let mut routes = Vec::new();
    for path in paths {
        routes.push(RouteId(api.routes.len() as u32));
        api.routes.push(Route {
            method: method.to_owned(),
            path: template(path),
            operations: vec![id],
            sources: vec![at(0, line)],
        });
    }
    api.operations.push(Operation {
        name: name.to_owned(),
        title: name.to_owned(),
        description: String::new(),
        method: method.to_owned(),
        idempotent: false,
        deprecated: false,
        routes,
        source: at(0, line),
        path_parameters: Vec::new(),
        function_parameters: Vec::new(),
        query_options: Vec::new(),
        query_parameters: Vec::new(),
        headers: Vec::new(),
        keys: Vec::new(),
        request_body: None,
        outcomes: vec![
            Outcome {
                status: 200,
                content,
                source: at(0, line + 10),
            },
            Outcome {
                status: 404,
                content: Content::Empty,
                source: at(0, line + 10),
            },
        ],
        failure: None,
        permissions: Vec::new(),
        examples: Vec::new(),
    });
    id.0 as usize
}

/// A template of literals, keys, `'{quoted}'` arguments and `{paths}:` by name.
fn template(path: &str) -> PathTemplate {
    let segments = path.trim_start_matches('/').split('/').map(|text| {
        let kind = match text {
            _ if text.starts_with('$') => SegmentKind::System,
            _ if text.ends_with(':') => SegmentKind::ColonPath,
            _ if text.starts_with('{') => SegmentKind::Key,
            _ if text.contains("({") => SegmentKind::Item,
            _ if text.contains('(') => SegmentKind::Function,
            _ => SegmentKind::Name,
        };
        let encoding = match kind {
            SegmentKind::ColonPath => Encoding::Path,
            SegmentKind::Function => Encoding::Quoted,
            _ => Encoding::Segment,
        };
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, (name, behind))) = rest
            .split_once('{')
            .and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        {
            pieces.push(Piece::Literal(before.into()));
            let parameter = PathParameter {
                name: name.into(),
                documented: Vec::new(),
                encoding,
            };
            pieces.push(Piece::Parameter(parameter.into()));
            rest = behind;
        }
        pieces.push(Piece::Literal(rest.into()));
        pieces.retain(|piece| !matches!(piece, Piece::Literal(text) if text.is_empty()));
        Segment::new(kind, pieces)
    });
    PathTemplate {
        segments: segments.collect(),
    }
}

fn route_match(api: &Api, method: &str, path: &str, arguments: &[&str]) -> Option<RouteMatch> {
    let fits = |route: &Route| route.method == method && route.path.to_string() == path;
    let route = RouteId(api.routes.iter().position(fits)? as u32);
    Some(RouteMatch {
        route,
        arguments: arguments.iter().map(|&value| value.to_owned()).collect(),
        difference: None,
    })
}

fn response(status: u16, headers: Vec<(String, String)>, body: Option<&str>) -> ExampleResponse {
    let body = body.map(str::to_owned);
    ExampleResponse {
        status,
        headers,
        body,
        ty: None,
        truncated: false,
        source: at(0, 60),
    }
}

fn example(
    name: &str,
    method: &str,
    path: &str,
    query: &str,
    response: Option<ExampleResponse>,
) -> Example {
    let mark = if query.is_empty() { "" } else { "?" };
    Example {
        name: name.to_owned(),
        title: String::new(),
        request: ExampleRequest {
            method: method.to_owned(),
            target: format!("https://graph.microsoft.com/beta{path}{mark}{query}"),
            path: path.to_owned(),
            query: query.to_owned(),
            headers: Vec::new(),
            body: None,
            route: None,
            leaves: false,
            source: at(0, 57),
        },
        response,
        contradictions: Vec::new(),
    }
}
