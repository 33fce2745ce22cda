//! Compiles the pages of all cases as one documentation set, and makes its example tests a module,
//! and the calls that the same examples are shown with another.

use std::path::{Path, PathBuf};
use std::{env, fs};

use docwright::model::OperationId;
use docwright::project::{Overrides, Project};
use docwright::rust::Calls;

fn main() {
    docwright::build::Build::new().compile();

    let out = PathBuf::from(env::var_os("OUT_DIR").expect("Cargo sets OUT_DIR"));
    let examples = out.join("api/tests/examples/main.rs");
    // Only a file that is a module of its own may begin with docs of itself.
    let module = format!(
        "#[path = {:?}]\nmod documented;\n",
        examples.to_string_lossy()
    );
    fs::write(out.join("examples.rs"), module).expect("OUT_DIR can be written");
    fs::write(out.join("calls.rs"), calls()).expect("OUT_DIR can be written");
}

/// Each call in a function of its own, which gives it a token, a key and an error to fail with.
fn calls() -> String {
    let project = Project::load(Path::new("."), &Overrides::default()).expect("settings are read");
    let api = project.read().api;
    let calls = Calls::new(&api, &project.options.name);
    let (mut functions, mut places) = (String::new(), Vec::new());
    for (operation, id) in api.operations.iter().zip((0..).map(OperationId)) {
        for example in &operation.examples {
            let Some(call) = calls.write(&api, id, &example.request) else {
                continue;
            };
            functions += &format!(
                "async fn call_{}(token: String, key: &str) -> Result<String, Box<dyn Error>> {{\n\
                 {call}Ok(format!(\"{{answer:?}}\"))\n}}\n",
                places.len()
            );
            places.push(api.locate(example.request.source));
        }
    }
    format!("const PLACES: &[&str] = &{places:?};\n{functions}")
}
