//! Values of generated types as an application uses them: what may be absent, null or there, types
//! that extend others, and types that are open.

use std::sync::mpsc::{self, Receiver};

use dialect_cases::enums::BuoySignals;
use dialect_cases::resources::{
    Cargo, Chest, Container, Cupboard, Drawer, Gauge, Jar, Larder, Reefer, Session, Timber,
};
use dialect_cases::runtime::{DerivedFrom, MemoryTransport, Property, http};
use dialect_cases::{Client, Result};

/// A client of a service that gives one answer, and what that is sent.
fn service(answer: &'static str) -> (Client, Receiver<String>) {
    let (sender, sent) = mpsc::channel();
    let transport = MemoryTransport::new(move |request| {
        let body = String::from_utf8(request.into_body().into()).unwrap();
        // Not every test looks at what is sent.
        sender.send(body).ok();
        http::Response::new(answer)
    });
    let client = Client::builder("https://api.example.com/v1.0").transport(transport);
    (client.build().unwrap(), sent)
}

const CARGOES: &str = r##"{ "value": [
    { "@odata.type": "#harbour.container", "id": "1", "mass": 2.5, "feet": 40, "new": 1.10 },
    { "@odata.type": "harbour.timber", "id": "2", "wood": null },
    { "@odata.type": "https://example.com/$metadata#harbour.reefer", "celsius": -18.50 },
    { "@odata.type": "#harbour.submarine", "depth": 9 },
    { "id": "5" }
] }"##;

async fn cargoes() -> Result<Vec<Cargo>> {
    let (client, _) = service(CARGOES);
    Ok(client.harbour().cargoes().get().await?.into_value().value)
}

#[tokio::test]
async fn a_value_is_asked_for_as_what_it_is() -> Result<()> {
    let cargoes = cargoes().await?;
    let containers: Vec<Option<Container>> = downcast_all(&cargoes)?;
    let timbers: Vec<Option<Timber>> = downcast_all(&cargoes)?;
    let reefers: Vec<Option<Reefer>> = downcast_all(&cargoes)?;

    let container = containers[0].as_ref().unwrap();
    assert_eq!(
        (&container.mass, &container.feet),
        (&2.5.into(), &40.into())
    );
    assert_eq!(container.other.json("new"), Some("1.10"));
    assert_eq!(timbers[1].as_ref().unwrap().wood, Property::Null);
    let celsius = &reefers[2].as_ref().unwrap().celsius;
    assert_eq!(celsius.value().unwrap().as_str(), "-18.50");

    // What extends a container is one too, and still knows what it is.
    let cold = containers[2].as_ref().unwrap();
    assert_eq!(cold.downcast::<Reefer>()?.as_ref(), reefers[2].as_ref());
    assert_eq!(container.downcast::<Reefer>()?, None);

    let known = |index: usize| containers[index].is_some() || timbers[index].is_some();
    assert_eq!([0, 1, 2, 3, 4].map(known), [true, true, true, false, false]);
    assert!(containers[1].is_none() && timbers[0].is_none() && timbers[2].is_none());
    Ok(())
}

fn downcast_all<T>(cargoes: &[Cargo]) -> Result<Vec<Option<T>>>
where
    T: DerivedFrom<Cargo>,
{
    cargoes.iter().map(Cargo::downcast).collect()
}

#[tokio::test]
async fn a_property_that_is_none_of_its_type_is_kept_as_it_came() -> Result<()> {
    const BODY: &str =
        r##"{"value":[{"@odata.type":"#harbour.container","feet":"forty","mass":2.5}]}"##;
    let (client, _) = service(BODY);
    let cargoes = client.harbour().cargoes().get().await?;
    let container = cargoes[0].downcast::<Container>()?.unwrap();
    assert_eq!(
        (&container.mass, &container.feet),
        (&2.5.into(), &Property::Absent)
    );
    assert_eq!(container.other.json("feet"), Some("\"forty\""));
    assert_eq!(Cargo::from(container), cargoes[0]);
    Ok(())
}

#[tokio::test]
async fn a_derived_value_is_sent_where_its_base_is_asked_for() -> Result<()> {
    let (client, sent) = service("{}");
    let reefer = Reefer {
        celsius: Property::Value("-18.50".parse().unwrap()),
        feet: Property::Null,
        mass: "30 t".into(),
        ..Reefer::default()
    };
    client
        .harbour()
        .cargoes()
        .post(&reefer.clone().into())
        .await?;
    assert_eq!(
        sent.recv().unwrap(),
        r##"{"@odata.type":"#harbour.reefer","celsius":-18.50,"feet":null,"mass":"30 t"}"##
    );

    // Through all bases and back again.
    let cargo = Cargo::from(Container::from(reefer.clone()));
    let mut back = cargo.downcast::<Reefer>()?.unwrap();
    assert!(back.other.remove("@odata.type"));
    assert_eq!(back, reefer);
    Ok(())
}

#[tokio::test]
async fn a_value_that_came_goes_back_as_it_came() -> Result<()> {
    for cargo in cargoes().await? {
        if let Some(reefer) = cargo.downcast::<Reefer>()? {
            assert_eq!(Cargo::from(reefer), cargo);
        }
        if let Some(timber) = cargo.downcast::<Timber>()? {
            assert_eq!(Cargo::from(timber), cargo);
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_value_of_flags_may_be_several_members() -> Result<()> {
    let (client, _) = service(r#"{ "signals": "light,bell,siren" }"#);
    let buoy = client.buoys("1").get().await?.into_value();
    let signals = buoy.signals.value().unwrap();
    assert!(signals.has(&BuoySignals::Bell) && !signals.has(&BuoySignals::Flag));
    let siren = BuoySignals::from("siren");
    assert!(
        signals
            .members()
            .eq([BuoySignals::Light, BuoySignals::Bell, siren])
    );
    let both: BuoySignals = [BuoySignals::Light, BuoySignals::Flag]
        .into_iter()
        .collect();
    assert_eq!(both.as_str(), "light,flag");
    Ok(())
}

#[tokio::test]
async fn an_open_type_takes_further_properties() -> Result<()> {
    let (client, sent) = service(r#"{ "plums": { "label": "1911", "grams": 500.0 } }"#);
    let mut larder = Larder::default();
    let jar = Jar {
        grams: 500.into(),
        ..Jar::default()
    };
    larder.other.insert("plums", &jar)?;
    larder.other.insert("pears", None::<Jar>)?;
    let answer = client.larder().patch(&larder).await?;
    assert_eq!(
        sent.recv().unwrap(),
        r#"{"pears":null,"plums":{"grams":500}}"#
    );

    let plums: Property<Jar> = answer.other.get("plums")?;
    assert_eq!(plums.value().unwrap().label, "1911".into());
    assert_eq!(plums.value().unwrap().grams, 500.into());
    assert_eq!(answer.other.get::<Jar>("pears")?, Property::Absent);
    Ok(())
}

#[tokio::test]
async fn a_body_leaves_clears_or_sets_a_property() -> Result<()> {
    for (shelves, body) in [
        (Property::Absent, "{}"),
        (Property::Null, r#"{"shelves":null}"#),
        (None.into(), r#"{"shelves":null}"#),
        (3.into(), r#"{"shelves":3}"#),
        (Some(3).into(), r#"{"shelves":3}"#),
    ] {
        let (client, sent) = service(body);
        let larder = Larder {
            shelves,
            ..Larder::default()
        };
        let answer = client.larder().patch(&larder).await?;
        assert_eq!(sent.recv().unwrap(), body);
        assert_eq!(answer.shelves, larder.shelves);
    }
    Ok(())
}

#[test]
fn numbers_are_written_as_odata_has_them() {
    let gauge = Gauge {
        count: 96.into(),
        double: f64::INFINITY.into(),
        doubles: vec![f64::NAN, 0.5].into(),
        ..Gauge::default()
    };
    assert_eq!(
        serde_json::to_string(&gauge).unwrap(),
        r#"{"count":96,"double":"INF","doubles":["NaN",0.5]}"#
    );
}

#[test]
fn what_is_in_a_resource_takes_no_room_of_the_stack() {
    const JSON: &str = r#"{ "firstDrawer": { "sixthBox": { "sixthLabel": "spoons" } }, "cupboards": [
        { "cupboards": [{ "cupboards": [{ "sixthDrawer": { "firstBox": {} } }] }] }
    ] }"#;
    assert!(size_of::<Cupboard>() < 512);

    let thread = std::thread::Builder::new().stack_size(512 * 1024);
    let read = thread.spawn(|| serde_json::from_str::<Cupboard>(JSON).unwrap());
    let cupboard = read.unwrap().join().unwrap();
    let drawer = cupboard.first_drawer.value().unwrap();
    let spoons = drawer.sixth_box.value().unwrap();
    assert_eq!(spoons.sixth_label, "spoons".into());

    // A value goes in as it is.
    let chest = Chest {
        sixth_label: "spoons".into(),
        ..Chest::default()
    };
    let same = Drawer {
        sixth_box: chest.into(),
        ..Drawer::default()
    };
    assert_eq!(cupboard.first_drawer, same.into());
}

#[test]
fn where_an_upload_goes_is_not_shown() {
    const JSON: &str = r#"{"uploadUrl":"https://a.b/?key=\"secret","nextExpectedRanges":["0-"],
        "within":{"uploadUrl":"https://a.b/?secret"},"named":"\"uploadUrl\":\"x\""}"#;
    let session: Session = serde_json::from_str(JSON).unwrap();
    for shown in [format!("{session:?}"), format!("{session:#?}")] {
        assert!(!shown.contains("secret"), "{shown}");
        assert!(shown.contains(r#""uploadUrl": …,"#), "{shown}");
        assert!(shown.contains(r#""\"uploadUrl\":\"x\"""#), "{shown}");
    }
    let none: Session = serde_json::from_str(r#"{"uploadUrl":null}"#).unwrap();
    assert_eq!(format!("{none:?}"), r#"session {"uploadUrl":null}"#);
}
