//! What the client costs: a GET of a small resource over a connection that stays open, through the
//! client, and by hand with reqwest and serde.
//!
//! `cargo bench -p docwright-client --bench call` measures both, and prints what the client takes on
//! top. For that they take turns call by call, so that whatever else the machine does falls on all
//! alike. All send the same headers, each over one connection of its own. By hand the request is sent
//! twice: without a limit of time, as reqwest sends it where nobody says otherwise, and with the limits
//! that the client has.

#[path = "../tests/contract/photos/mod.rs"]
#[expect(
    dead_code,
    unused_imports,
    reason = "one call of the tests' client is measured"
)]
mod photos;

use std::convert::Infallible;
use std::hint::black_box;
use std::net::{Ipv4Addr, TcpListener};
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use criterion::Criterion;
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http_body_util::Full;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::runtime::{Builder, Runtime};

const PHOTO: &str = r#"{"id":"240X240","height":240,"width":240}"#;
const TOKEN: &str = "a token of no particular length";
const NAME: &str = "example/1.0";

/// The resource, as somebody would write it who needs these three properties.
#[derive(serde::Deserialize)]
struct Photo {
    id: Option<String>,
    height: Option<i32>,
    width: Option<i32>,
}

fn runtime() -> Runtime {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime can be started")
}

/// Serves the resource on a thread of its own, and gives the URL of the service.
fn serve() -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("there is a port");
    listener.set_nonblocking(true).expect("a port can be asked");
    let address = listener.local_addr().expect("a port has a number");
    let answer = |_| async {
        let answer = http::Response::builder().header(CONTENT_TYPE, "application/json");
        Ok::<_, Infallible>(answer.body(Full::new(Bytes::from_static(PHOTO.as_bytes()))))
    };
    let accept = async move {
        let listener = tokio::net::TcpListener::from_std(listener).expect("it can be waited for");
        while let Ok((stream, _)) = listener.accept().await {
            stream.set_nodelay(true).expect("a connection is open");
            let service = service_fn(move |request| async move {
                answer(request)
                    .await
                    .map(|answer| answer.expect("it is valid"))
            });
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            tokio::spawn(connection);
        }
    };
    thread::spawn(|| runtime().block_on(accept));
    format!("http://{address}")
}

async fn through_the_client(client: &photos::Client) {
    let photo = client.users("ada@example.com").photo().get().await;
    black_box(photo.expect("the service answers"));
}

async fn by_hand(client: &reqwest::Client, base_url: &str) {
    let user = black_box("ada@example.com");
    let request = client.get(format!("{base_url}/users/{user}/photo"));
    let request = request
        .bearer_auth(TOKEN)
        .header(ACCEPT, "application/json");
    let answer = request.send().await.expect("the service answers");
    let body = answer
        .error_for_status()
        .expect("with a photo")
        .bytes()
        .await;
    let body = body.expect("which is sent whole");
    let photo: Photo = serde_json::from_slice(&body).expect("and is JSON");
    black_box((photo.id, photo.height, photo.width));
}

/// How long the median call takes each way, taking turns.
async fn medians(
    client: &photos::Client,
    hands: [&reqwest::Client; 2],
    base_url: &str,
) -> [Duration; 3] {
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..40_000 {
        let start = Instant::now();
        through_the_client(client).await;
        times[0].push(start.elapsed());
        for (hand, times) in hands.iter().zip(&mut times[1..]) {
            let start = Instant::now();
            by_hand(hand, base_url).await;
            times.push(start.elapsed());
        }
    }
    times.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2]
    })
}

fn main() {
    let base_url = serve();
    let client = photos::Client::builder(&base_url).bearer(TOKEN);
    let client = client.header(USER_AGENT.as_str(), NAME).build();
    let client = client.expect("the settings are good");
    let unlimited = || reqwest::Client::builder().user_agent(NAME);
    let reqwest = unlimited().build().expect("the settings are good");
    let runtime = runtime();

    let mut criterion = Criterion::default().configure_from_args();
    criterion.bench_function("call/client", |bencher| {
        bencher.iter(|| runtime.block_on(through_the_client(&client)));
    });
    criterion.bench_function("call/by hand", |bencher| {
        bencher.iter(|| runtime.block_on(by_hand(&reqwest, &base_url)));
    });
    criterion.final_summary();

    // As a test, the bench only has to run.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let limited = unlimited().connect_timeout(Duration::from_secs(10));
    let limited = limited.timeout(Duration::from_secs(100));
    let limited = limited.read_timeout(Duration::from_secs(60));
    let limited = limited.build().expect("the settings are good");
    let medians = medians(&client, [&reqwest, &limited], &base_url);
    let [client, hand, limited] = runtime.block_on(medians);
    let ratio = |hand: Duration| client.as_secs_f64() / hand.as_secs_f64();
    println!("taking turns: {client:?} through the client");
    println!("{hand:?} by hand: {:.3}", ratio(hand));
    println!(
        "{limited:?} by hand with the same limits: {:.3}",
        ratio(limited)
    );
}
