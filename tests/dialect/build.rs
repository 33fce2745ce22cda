//! Compiles the pages of all cases as one documentation set, and makes its example tests a module.

use std::path::PathBuf;
use std::{env, fs};

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
}
