//! Pages that try to get out of where their text belongs: into code, out of a comment, out of the
//! output folder.

use std::fmt::Write;

use docwright::diagnostic::{Code, Severity};
use proc_macro2::{TokenStream, TokenTree};

use crate::project::Project;

/// What a name or a sentence may hold. None of it may become the function that some of it declares.
const TEXTS: &[&str] = &[
    "a\"; fn injected() {} \"",
    "a */ fn injected() {} /*",
    "a\nfn injected() {}\n",
    "a\r\nfn injected() {}",
    "a]] fn injected() {} [[",
    "a\"# fn injected() {} r#\"",
    "a\"####; fn injected() {}",
    "a\u{202e}b\u{2066}c\u{2069}d\u{200f}",
    "a\u{0}b\u{7}c\u{7f}d\u{85}e\u{2028}f",
    "a{0}b{{c}}d%sf",
    "a\\",
    "a\\\"b",
    "```\nfn injected() {}\n```",
    "../../evil",
    "/evil",
    "C:\\evil",
    "..",
    "self",
    "Self",
    "crate",
    "_",
    "other",
    "1st",
    // Longer in lower case, and shorter.
    "İ",
    "K",
    "'a",
    "名前",
    "",
];

/// Characters that turn the direction of a text: rustc denies them in source text
/// (`text_direction_codepoint_in_comment`, `text_direction_codepoint_in_literal`).
const BIDI: [std::ops::RangeInclusive<char>; 2] =
    ['\u{202a}'..='\u{202e}', '\u{2066}'..='\u{2069}'];

/// A resource page that has the text wherever a page has text.
fn resource(text: &str) -> String {
    let json = serde_json::Value::from(text);
    let name = serde_json::Value::from(format!("sample.{text}"));
    let cell = text.replace(['\n', '\r'], " ").replace('|', " ");
    format!(
        "# {cell} resource type\n\n{text}\n\n\
         ## Properties\n\n| Property | Type | Description |\n|:--|:--|:--|\n\
         | {cell} | String | {cell} |\n| kind | {cell}Kind | `{cell}`, `b` |\n\
         | more | {cell} collection | {cell} |\n\n\
         ### {cell}Kind values\n\n| Member | Description |\n|:--|:--|\n\
         | {cell} | {cell} |\n| b | {cell} |\n\n\
         ## JSON representation\n\n\
         <!-- {{ \"blockType\": \"resource\", \"@odata.type\": {name}, \"keyProperty\": {json} }} -->\n\
         ```json\n{{ {json}: \"String\", \"kind\": \"String\", \"{{{{x}}}}\": {json} }}\n```\n"
    )
}

/// An API page that has the text wherever a page has text.
fn operation(index: usize, text: &str) -> String {
    let json = serde_json::Value::from(text);
    let ty = serde_json::Value::from(format!("sample.{text}"));
    let cell = text.replace(['\n', '\r'], " ").replace('|', " ");
    let key = cell.replace(['{', '}', '<', '>', '/'], "");
    format!(
        "# Get {cell}\n\n{text}\n\n\
         ## Permissions\n\n| Permission type | Permissions |\n|:--|:--|\n| Application | {cell} |\n\n\
         ## HTTP request\n\n```http\nGET /things{index}/{{{key}}}/{cell}\nPOST /things{index}\n```\n\n\
         ### {cell} HTTP request to {cell}\n\n```http\nPUT /things{index}\n```\n\n\
         ## Request headers\n\n| Header | Value |\n|:--|:--|\n| {cell} | {cell} |\n\n\
         ## Optional query parameters\n\n| Parameter | Type | Description |\n|:--|:--|:--|\n\
         | {cell} | String | {cell} |\n\n\
         ## Example\n\n<!-- {{ \"blockType\": \"request\", \"name\": {json} }} -->\n\
         ```http\nPOST https://api.example.com/v1/things{index}\nX-Note: {cell}\n\n{{ {json}: {json} }}\n```\n\n\
         <!-- {{ \"blockType\": \"response\", \"@odata.type\": {ty} }} -->\n\
         ```http\nHTTP/1.1 200 OK\nX-Note: {cell}\n\n{{ {json}: {json} }}\n```\n"
    )
}

/// Settings that let pages with errors through: what is generated in spite of them has to be
/// sound as well.
fn settings() -> String {
    let text = serde_json::Value::from(TEXTS[0]);
    let mut settings = format!("[crate]\nname = \"things\"\ndescription = {text}\n\n[severity]\n");
    let errors = Code::ALL
        .iter()
        .filter(|code| code.severity() == Severity::Error);
    for code in errors {
        writeln!(settings, "{code} = \"warning\"").unwrap();
    }
    settings
}

/// Whether a function of the name is declared anywhere in the code.
fn declares(code: TokenStream, name: &str) -> bool {
    let mut after_fn = false;
    for token in code {
        let found = match &token {
            TokenTree::Group(group) => declares(group.stream(), name),
            TokenTree::Ident(ident) => after_fn && ident == name,
            _ => false,
        };
        if found {
            return true;
        }
        after_fn = matches!(&token, TokenTree::Ident(ident) if ident == "fn");
    }
    false
}

#[test]
fn a_declared_function_would_be_found() {
    let code = |text: &str| text.parse::<TokenStream>().unwrap();
    assert!(declares(code("mod a { fn injected() {} }"), "injected"));
    let mentions = "/// fn injected() {}\nfn a_fn_injected() { let injected = \"fn injected\"; }";
    assert!(!declares(code(mentions), "injected"));
}

#[test]
fn no_text_of_a_page_becomes_code_or_leaves_the_output_folder() {
    let project = Project::new(&[("docwright.toml", settings().as_bytes())]);
    for (index, text) in TEXTS.iter().enumerate() {
        project.write(&format!("docs-src/r{index}.md"), resource(text).as_bytes());
        project.write(
            &format!("docs-src/o{index}.md"),
            operation(index, text).as_bytes(),
        );
        // As far as the file system takes it, the text is the name of a page too.
        let name = text.replace(['/', '\0'], "-");
        project.write(
            &format!("docs-src/{name}.md"),
            b"# Get it\n\n```http\nGET /it\n```\n",
        );
    }
    let ran = project.run(&["regen"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);

    let inside = |path: &str| {
        ["docs-src/", "generated/", "docwright.toml"]
            .iter()
            .any(|own| path.starts_with(own))
    };
    let files = project.snapshot();
    assert!(files.keys().all(|path| inside(path)), "{:?}", files.keys());
    let mut parsed = 0;
    for (path, bytes) in project.bytes_in("generated") {
        let text = String::from_utf8(bytes).unwrap();
        let odd =
            |c: char| (c.is_control() && c != '\n') || BIDI.iter().any(|range| range.contains(&c));
        assert_eq!(text.lines().find(|line| line.contains(odd)), None, "{path}");
        if path.ends_with(".rs") {
            let parsed_file = syn::parse_file(&text);
            assert!(
                parsed_file.is_ok(),
                "{path}: {:?}\n{text}",
                parsed_file.err()
            );
            assert!(!declares(text.parse().unwrap(), "injected"), "{path}");
            parsed += 1;
        } else if path.ends_with("rustfmt.toml") {
            let settings: toml::Table = text.parse().unwrap();
            assert_eq!(
                settings.keys().collect::<Vec<_>>(),
                ["disable_all_formatting"]
            );
        } else if path.ends_with(".toml") {
            let manifest: toml::Table = text.parse().unwrap();
            assert_eq!(manifest["package"]["description"].as_str(), Some(TEXTS[0]));
        }
    }
    assert!(parsed > TEXTS.len(), "{parsed}");
    assert_eq!(project.run(&["regen", "--check"]).status, Some(0));
}

#[test]
fn settings_cannot_name_the_crate_after_a_path() {
    for name in ["../../evil", "a\"b", "a b", "", "a\nb"] {
        let name = serde_json::Value::from(name);
        let settings = format!("[crate]\nname = {name}\n");
        let page: &[u8] = b"# Get it\n\n```http\nGET /it\n```\n";
        let project = Project::new(&[
            ("docwright.toml", settings.as_bytes()),
            ("docs-src/it.md", page),
        ]);
        let ran = project.run(&["regen"]);
        assert_eq!(ran.status, Some(2), "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains("docwright.toml:2:"), "{}", ran.stderr);
        assert!(!project.path("generated").exists());
    }
}
