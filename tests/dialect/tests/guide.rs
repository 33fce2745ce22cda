//! The pages that the guide to the dialect begins with are what it says they are.

use docwright::model::{Content, ResourceId, TypeKind};
use docwright::source::SourceFile;

const GUIDE: &str = include_str!("../../../docs/dialect.md");

#[test]
fn the_smallest_pages_of_the_guide_are_an_operation_and_its_type() {
    let mut blocks = GUIDE.split("````markdown\n").skip(1);
    let mut page = |path| {
        let block = blocks.next().and_then(|rest| rest.split_once("````"));
        let (text, _) = block.expect("the guide shows the page");
        SourceFile::new(path, text.to_owned())
    };
    let files = vec![page("docs/api/kite-get.md"), page("docs/resources/kite.md")];
    let reading = docwright::read_files(files, Vec::new());
    let findings: Vec<String> = reading
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(findings, [""; 0]);

    let api = reading.api;
    let [operation] = api.operations.as_slice() else {
        panic!("{:?}", api.operations);
    };
    assert_eq!(
        api.route(operation.routes[0]).path.to_string(),
        "/kites/{kite-id}"
    );
    assert_eq!(operation.examples.len(), 1);
    let answer = &operation.outcomes[0].content;
    let is_kite =
        matches!(answer, Content::Value(ty) if ty.kind == TypeKind::Resource(ResourceId(0)));
    assert!(is_kite, "{answer:?}");
    let [kite] = api.resources.as_slice() else {
        panic!("{:?}", api.resources);
    };
    assert_eq!(kite.properties.len(), 3);
    assert!(matches!(kite.properties[0].ty.kind, TypeKind::Enum(_)));
}
