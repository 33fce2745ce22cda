//! Arguments that a page gives a type, as an application gives them.

use std::sync::mpsc;

use dialect_cases::enums::{ListQuernsOrder, QuernState, Season};
use dialect_cases::runtime::{MemoryTransport, http, jiff, uuid};
use dialect_cases::{Client, Result};

#[tokio::test]
async fn arguments_are_values_of_their_types() -> Result<()> {
    let (sender, sent) = mpsc::channel();
    let transport = MemoryTransport::new(move |request| {
        let target = request.uri().path_and_query().unwrap().to_string();
        sender.send(target).unwrap();
        http::Response::new(r#"{"value":[]}"#)
    });
    let client = Client::builder("https://api.example.com/v1.0").transport(transport);
    let client = client.build()?;
    let bird = client.birds("7");

    let day = jiff::civil::date(2024, 5, 1);
    bird.sightings(day, -3, true).get().await?;
    bird.sightings("2024-05-01", -3, true).get().await?;
    let call = "/v1.0/birds/7/sightings(since=2024-05-01,days=-3,ringed=true)";
    assert_eq!([sent.recv().unwrap(), sent.recv().unwrap()], [call, call]);

    let until = jiff::Timestamp::UNIX_EPOCH;
    let ring = uuid::Uuid::nil();
    for season in [Season::Autumn, Season::from("it's warm")] {
        bird.sightings_by_until_ring_season_place(until, ring, season, "O'Hare")
            .get()
            .await?;
    }
    let call = |season: &str| {
        format!(
            "/v1.0/birds/7/sightings(until=1970-01-01T00%3A00%3A00Z,ring={ring},\
             season=nature.season'{season}',place='O''Hare')"
        )
    };
    assert_eq!(sent.recv().unwrap(), call("autumn"));
    assert_eq!(sent.recv().unwrap(), call("it''s%20warm"));

    let all = client.birds_collection().sightings().get();
    all.at_least(5).share(0.5).await?;
    assert_eq!(
        sent.recv().unwrap(),
        "/v1.0/birds/sightings?atLeast=5&share=0.5"
    );

    let querns = client.querns_collection().get();
    let querns = querns.state(QuernState::Worn).order(ListQuernsOrder::Up);
    querns.drive("wind,hand").await?;
    assert_eq!(
        sent.recv().unwrap(),
        "/v1.0/querns?state=worn&order=up&drive=wind,hand"
    );
    Ok(())
}
