//! Requests as statements that call the generated client, for whoever is to write them.

use quote::quote;

use super::CrateAreas;
use super::client::base_url;
use super::docs::credentials;
use super::examples::{ClientCode, Uses, literal};
use super::made::view::View;
use super::names::library;
use super::names::table::Names;
use super::plan::areas::Areas;
use super::tree::Tree;
use crate::model::{Api, ExampleRequest, OperationId};

/// The width of what stands before each statement once they are a function's.
const INDENT: &str = "    ";

/// Writes requests as calls of the client that is generated of an API.
///
/// It is the code that makes the tests of a crate's examples, so that what it writes compiles as
/// those do: beside the crate, it names `token` and `key`, which the reader has, and `serde_json`.
#[derive(Debug)]
pub struct Calls {
    names: Names,
    tree: Tree,
    crate_name: String,
}

impl Calls {
    /// For the crate of an API, by the crate's name.
    pub fn new(api: &Api, crate_name: &str) -> Self {
        // Areas decide on the names of routes alone, which no call needs.
        let areas = Areas::new(api, CrateAreas::One);
        Self {
            names: Names::new(api, &areas, &mut Vec::new()),
            tree: Tree::new(api),
            crate_name: crate_name.to_owned(),
        }
    }

    /// The statements that make a request and wait for its answer; `None` where the client has no
    /// call for it: it takes no route, or lacks what its operation cannot be called without.
    ///
    /// `api` is the one that this was made for.
    pub fn write(&self, api: &Api, id: OperationId, request: &ExampleRequest) -> Option<String> {
        let code = ClientCode {
            api: View::new(api),
            names: &self.names,
            tree: &self.tree,
        };
        let library = library(&self.crate_name);
        let mut uses = Uses::through(&library);
        let call = code.call(id, request, &mut uses)?;
        let client = uses.own("Client");
        let base_url = base_url(api, &client);
        let text = literal(request.body.as_deref().unwrap_or(""));
        let body = call.body.map(|ty| {
            quote! {
                let json = #text;
                let body: #ty = serde_json::from_str(json)?;
            }
        });
        let request = call.request.call;
        let credentials = credentials::of(api.operation(id)).calls;
        let items = uses.call_items(&library);
        // A formatter of files is given a function, of which the statements are taken.
        let file = syn::parse2(quote! {
            #items
            async fn call() {
                let client = #client::builder(#base_url) #credentials.build()?;
                #body
                let answer = #request.await?;
            }
        });
        let file = prettyplease::unparse(&file.ok()?);
        let (items, function) = file.split_once("async fn call() {\n")?;
        let statements = function.trim_end().strip_suffix('}')?;
        Some(format!(
            "{items}\n{}",
            outdented(statements, &text.to_string())
        ))
    }
}

/// Statements without the indentation of the function that they were in; the lines of a literal
/// stay as they are.
fn outdented(statements: &str, literal: &str) -> String {
    let lines = |text: &str| {
        let lines = text.split_inclusive('\n');
        lines
            .map(|line| line.strip_prefix(INDENT).unwrap_or(line))
            .collect::<String>()
    };
    match statements.split_once(literal) {
        // What stands behind the literal on its last line has no indentation.
        Some((before, behind)) => lines(before) + literal + &lines(behind),
        None => lines(statements),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rust::sample;

    #[test]
    fn a_body_is_written_as_it_is_and_cannot_break_out() {
        let mut api = sample::api();
        let calls = Calls::new(&api, "profile-photo");
        let created = api
            .operations
            .iter()
            .position(|it| it.name == "create message");
        let created = created.unwrap();
        let mut request = api.operations[created].examples[0].request.clone();
        let body = "{\n        \"a\": \"\\\"# }\"\n    }";
        request.body = Some(body.to_owned());
        let id = OperationId(created as u32);
        let text = calls.write(&api, id, &request).unwrap();
        let expected = "use profile_photo::{Client, resources};\n\n\
                        let client = Client::builder(Client::BASE_URL).bearer(token).build()?;\n\
                        let json = r##\"{\n        \"a\": \"\\\"# }\"\n    }\"##;\n\
                        let body: resources::Message = serde_json::from_str(json)?;\n\
                        let answer = client.me().messages_collection().post(\"a\", &body).await?;\n";
        assert_eq!(text, expected);

        api.base_url = None;
        let text = calls.write(&api, id, &request).unwrap();
        assert!(text.contains("Client::builder(\"https://…\")"), "{text}");

        // What the operation cannot do without is missing.
        request.headers.clear();
        assert_eq!(calls.write(&api, id, &request), None);
    }
}
