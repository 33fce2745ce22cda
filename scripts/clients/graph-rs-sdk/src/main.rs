//! Calls the mock with graph-rs-sdk: only the base URL is not the service's own.

use std::error::Error;
use std::process::ExitCode;

use futures::StreamExt;
use graph_rs_sdk::http::Url;
use graph_rs_sdk::{Graph, GraphClientConfiguration, ODataQuery};
use serde_json::{Value, json};

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> ExitCode {
    let base_url = std::env::args().nth(1).unwrap_or_default();
    let Ok(base_url) = Url::parse(&base_url) else {
        eprintln!("error: `{base_url}` is no URL");
        return ExitCode::FAILURE;
    };
    let configuration = GraphClientConfiguration::new()
        .access_token("token")
        .https_only(false);
    let mut client = Graph::from(configuration);
    client.use_test_endpoint(&base_url);
    let outcomes = [
        ("lists", lists(&client).await),
        ("gets", gets(&client).await),
        ("gets what belongs to a user", nested(&client).await),
        ("selects", selects(&client).await),
        ("follows pages", pages(&client).await),
        ("creates", creates(&client).await),
        ("changes", changes(&client).await),
        ("deletes", deletes(&client).await),
        ("calls a function", calls_a_function(&client).await),
        ("calls an action", calls_an_action(&client).await),
        ("downloads", downloads(&client).await),
        ("is told of an error", errors(&client).await),
        ("sends a batch", batches(&client).await),
    ];
    let mut code = ExitCode::SUCCESS;
    for (name, outcome) in outcomes {
        match outcome {
            Ok(()) => println!("graph-rs-sdk {name}: ok"),
            Err(error) => {
                println!("graph-rs-sdk {name}: {error}");
                code = ExitCode::FAILURE;
            }
        }
    }
    code
}

fn expect(holds: bool, what: impl std::fmt::Debug) -> Result {
    match holds {
        true => Ok(()),
        false => Err(format!("not as expected: {what:?}").into()),
    }
}

async fn lists(client: &Graph) -> Result {
    let users: Value = client.users().list_user().send().await?.json().await?;
    expect(users["value"][0]["displayName"].is_string(), users)
}

async fn gets(client: &Graph) -> Result {
    let user: Value = client.user("ada").get_user().send().await?.json().await?;
    expect(user["id"] == "ada" && user["displayName"].is_string(), user)
}

async fn nested(client: &Graph) -> Result {
    let request = client.user("ada").messages().list_messages();
    let messages: Value = request.send().await?.json().await?;
    expect(messages["value"][0]["subject"].is_string(), messages)
}

async fn selects(client: &Graph) -> Result {
    let request = client.users().list_user().select(&["displayName"]);
    let users: Value = request.send().await?.json().await?;
    let user = &users["value"][0];
    expect(
        user["displayName"].is_string() && user["mail"].is_null(),
        user,
    )
}

async fn pages(client: &Graph) -> Result {
    let request = client.groups().list_group().top("1").paging();
    let mut pages = request.stream::<Value>()?;
    let mut ids = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page?.into_body()?;
        expect(page["value"].as_array().map(Vec::len) == Some(1), &page)?;
        ids.push(page["value"][0]["id"].to_string());
    }
    let pages = ids.len();
    ids.dedup();
    expect(pages > 1 && ids.len() == pages, ids)
}

async fn creates(client: &Graph) -> Result {
    let event = json!({ "subject": "Let's go for lunch", "body": { "content": "Noon?" } });
    let request = client.me().events().create_events(&event);
    let response = request.send().await?;
    expect(response.status() == 201, response.status())?;
    let event: Value = response.json().await?;
    expect(event["id"].is_string(), event)
}

async fn changes(client: &Graph) -> Result {
    let change = json!({ "jobTitle": "Analyst" });
    let response = client.user("ada").update_user(&change).send().await?;
    expect(response.status().is_success(), response.status())
}

async fn deletes(client: &Graph) -> Result {
    let response = client.user("ada").delete_user().send().await?;
    expect(response.status() == 204, response.status())
}

async fn calls_a_function(client: &Graph) -> Result {
    let delta: Value = client.users().delta().send().await?.json().await?;
    expect(delta["@odata.nextLink"].is_string(), delta)
}

async fn calls_an_action(client: &Graph) -> Result {
    let mail = json!({
        "message": { "subject": "Meet for lunch?", "body": { "content": "Noon." } },
        "saveToSentItems": false,
    });
    let response = client.me().send_mail(&mail).send().await?;
    expect(response.status() == 202, response.status())
}

async fn downloads(client: &Graph) -> Result {
    let response = client.me().get_photo_content().send().await?;
    let bytes = response.bytes().await?;
    expect(!bytes.is_empty(), bytes)
}

async fn errors(client: &Graph) -> Result {
    let mut request = client.user("nobody").get_user();
    let headers = request.headers_mut();
    headers.insert("prefer", "code=404".parse()?);
    let response = request.send().await?;
    expect(response.status() == 404, response.status())?;
    let error: Value = response.json().await?;
    expect(error["error"]["code"].is_string(), error)
}

async fn batches(client: &Graph) -> Result {
    let requests = json!({ "requests": [
        { "id": "1", "method": "GET", "url": "/users" },
        { "id": "2", "method": "GET", "url": "/users/ada" },
    ]});
    let answer: Value = client.batch(&requests).send().await?.json().await?;
    expect(answer["responses"][1]["body"]["id"] == "ada", answer)
}
